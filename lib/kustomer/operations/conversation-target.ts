/**
 * Finding a conversation by the id that somebody carried along, or by the external id that it was created with
 * (rule B2).
 */
import type { KustomerAnswer, KustomerClient } from '../client';
import { KustomerError } from '../errors';
import { InputError } from '../../http/errors';
import type { ConversationTarget } from '../inputs';
import { ownId } from '../own-id';
import { findConversationByExternalId } from '../resources/conversations';
import { checkExternalId, checkId } from '../validate/text';

/** Where a conversation is, or is believed to be. */
export interface Located {
	id: string;
	/** Set while the id is only derived from this external id: Kustomer may have chosen another one. */
	unconfirmed?: string;
}

/**
 * The id of a conversation. By external id it is derived, without a request, as long as ids are chosen by this package.
 *
 * @throws {InputError} when the id or external id is missing or has not the form of one
 * @throws {KustomerError} of the kind `notFound` when a look-up was needed and found none
 */
export async function locate(
	client: KustomerClient,
	target: ConversationTarget,
	chooseId: boolean,
): Promise<Located> {
	const checked = checkTarget(target);
	if ('id' in checked) return checked;
	const { externalId } = checked;
	if (chooseId) return { id: ownId('conversation', externalId), unconfirmed: externalId };
	return await lookUp(client, externalId);
}

/** Checks a target's form. Pure, so that all input can be checked before anything is sent. */
export function checkTarget(target: ConversationTarget): ConversationTarget {
	if ('id' in target && target.id !== undefined) {
		return { id: checkId(target.id, 'target.id', 'The conversation ID') };
	}
	const externalId = checkExternalId(
		'externalId' in target ? target.externalId : undefined,
		'target.externalId',
	);
	if (externalId !== undefined) return { externalId };
	throw new InputError(
		'target.externalId',
		'It is not said which conversation is meant: the external ID is empty.',
		'Enter the external ID that the conversation was created with, or its Kustomer ID.',
	);
}

/**
 * Sends a request about the conversation. When the derived id turns out to be unknown, the conversation is looked up by
 * its external id and the request is sent again.
 *
 * @param send has to return 404, not throw it
 * @throws {KustomerError} of the kind `notFound` when there is no such conversation
 */
export async function sendAbout(
	client: KustomerClient,
	located: Located,
	send: (conversationId: string) => Promise<KustomerAnswer>,
): Promise<{ located: Located; answer: KustomerAnswer }> {
	const answer = await send(located.id);
	if (answer.status !== 404) return { located: { id: located.id }, answer };
	if (located.unconfirmed === undefined) throw notFound('id');
	const actual = await lookUp(client, located.unconfirmed);
	const second = await send(actual.id);
	if (second.status === 404) throw notFound('externalId');
	return { located: actual, answer: second };
}

async function lookUp(client: KustomerClient, externalId: string): Promise<Located> {
	const found = await findConversationByExternalId(client, externalId);
	if (found === undefined) throw notFound('externalId');
	return { id: found.id };
}

function notFound(by: 'id' | 'externalId'): KustomerError {
	return new KustomerError({
		kind: 'notFound',
		status: 404,
		operation: 'conversation.get',
		parameter: `target.${by}`,
		message:
			by === 'id'
				? 'Kustomer has no conversation with this ID.'
				: 'Kustomer has no conversation with this external ID.',
		advice:
			by === 'id'
				? 'Check the ID. The conversation may have been deleted or merged, or it belongs to another organization. A user or team to assign may also not exist.'
				: 'The step that creates the conversation may not have run yet, or it failed. Check that both steps use the same external ID. Creating the conversation in this workflow as well is safe: with the same external ID there is only one.',
	});
}
