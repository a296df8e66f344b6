/** Where a file goes: found before anything is read or stored, so that no upload is in vain. */
import type { KustomerClient } from '../client';
import type { Conversation, Message } from '../documents';
import { KustomerError, KustomerInputError } from '../errors';
import type { FileTarget } from '../inputs';
import { ownId } from '../own-id';
import { objectIn } from '../resources/answers';
import { findMessage, findMessageByExternalId } from '../resources/messages';
import { checkExternalId, checkId } from '../validate/text';
import { locate, checkTarget, sendAbout } from './conversation-target';

/** A target that exists. */
export interface FoundTarget {
	conversationId: string;
	/** For sessions and messages. */
	message?: Message;
	/** What a file is unique in: the message, else the conversation. */
	scope: string;
}

/**
 * Finds the target. Requests: one.
 *
 * @throws {KustomerInputError} when it is not said which
 * @throws {KustomerError} of the kind `notFound` when there is none
 */
export async function findFileTarget(
	client: KustomerClient,
	target: FileTarget,
	chooseId: boolean,
): Promise<FoundTarget> {
	if ('conversation' in target) {
		const located = await locate(client, checkTarget(target.conversation), chooseId);
		const { answer } = await sendAbout(client, located, (id) =>
			client.request({
				operation: 'conversation.get',
				method: 'GET',
				path: ['conversations', id],
				accept: [404],
			}),
		);
		const { id } = objectIn<Conversation>(client, 'conversation.get', answer);
		return { conversationId: id, scope: id };
	}
	const message =
		'session' in target
			? await sessionMessage(client, target.session, chooseId)
			: await messageOf(client, target.message, chooseId);
	const conversationId = message.relationships?.conversation?.data?.id;
	if (conversationId === undefined) {
		throw new KustomerError({
			kind: 'unexpectedAnswer',
			operation: 'message.get',
			message: 'The message belongs to no conversation.',
			advice: 'Choose the conversation itself as the target.',
		});
	}
	return { conversationId, message, scope: message.id };
}

async function sessionMessage(
	client: KustomerClient,
	externalId: string,
	chooseId: boolean,
): Promise<Message> {
	const checked = requiredExternalId(externalId, 'session', 'session');
	const found = await byExternalId(client, checked, chooseId);
	if (found !== undefined) return found;
	throw new KustomerError({
		kind: 'notFound',
		status: 404,
		operation: 'message.get',
		parameter: 'session',
		message: 'The session is not in Kustomer yet.',
		advice:
			'Let the step Session: Log bring it there first, with the same external ID. If your record rules keep such sessions out of Kustomer, its files have no place there either.',
	});
}

async function messageOf(
	client: KustomerClient,
	target: { id: string } | { externalId: string },
	chooseId: boolean,
): Promise<Message> {
	const found =
		'id' in target
			? await findMessage(client, checkId(target.id, 'message', 'The message ID'))
			: await byExternalId(client, requiredExternalId(target.externalId, 'message', 'message'), chooseId);
	if (found !== undefined) return found;
	throw new KustomerError({
		kind: 'notFound',
		status: 404,
		operation: 'message.get',
		parameter: 'message',
		message: `Kustomer has no message with this ${'id' in target ? 'ID' : 'external ID'}.`,
		advice:
			'Check the ID. The step that creates the message may not have run yet, or the message was deleted.',
	});
}

/** The derived id leads to it with one request; a message that was created otherwise is looked up. */
async function byExternalId(
	client: KustomerClient,
	externalId: string,
	chooseId: boolean,
): Promise<Message | undefined> {
	const derived = chooseId ? await findMessage(client, ownId('message', externalId)) : undefined;
	return derived ?? (await findMessageByExternalId(client, externalId));
}

function requiredExternalId(value: unknown, parameter: string, what: string): string {
	const externalId = checkExternalId(value, parameter);
	if (externalId !== undefined) return externalId;
	throw new KustomerInputError(
		parameter,
		`It is not said which ${what} is meant: the external ID is empty.`,
		`Enter the external ID that the ${what} has in Kustomer, for example {{ $json.externalId }}.`,
	);
}
