/** Where a file goes: found before anything is read or stored, so that no upload is in vain. */
import type { KustomerClient } from '../client';
import type { Conversation, Message } from '../documents';
import { KustomerError } from '../errors';
import { InputError } from '../../http/errors';
import type { ConversationTarget, FileTarget } from '../inputs';
import { ownId } from '../own-id';
import { objectIn } from '../resources/answers';
import { findMessage, findMessageByExternalId } from '../resources/messages';
import { checkExternalId, checkId } from '../validate/text';
import { locate, checkTarget, sendAbout } from './conversation-target';

/** A target that exists. */
export interface FoundTarget {
	conversationId: string;
	/** For messages, and for sessions that have one. */
	message?: Message;
	/** What a file is unique in: the message, also one that is still to come, else the conversation. */
	scope: string;
}

/**
 * Finds the target. Requests: one. A session without a message of its own is looked for among the conversations as well:
 * workflows that create a conversation for each call give it the session's external ID. That costs two more.
 *
 * @throws {InputError} when it is not said which
 * @throws {KustomerError} of the kind `notFound` when there is none
 */
export async function findFileTarget(
	client: KustomerClient,
	target: FileTarget,
	chooseId: boolean,
): Promise<FoundTarget> {
	if ('conversation' in target) {
		const id = await conversationIdOf(client, target.conversation, chooseId);
		return { conversationId: id, scope: id };
	}
	if ('session' in target) return await findSession(client, target.session, chooseId);
	return placeOf(await messageOf(client, target.message, chooseId));
}

async function conversationIdOf(
	client: KustomerClient,
	target: ConversationTarget,
	chooseId: boolean,
): Promise<string> {
	const located = await locate(client, checkTarget(target), chooseId);
	const { answer } = await sendAbout(client, located, (id) =>
		client.request({
			operation: 'conversation.get',
			method: 'GET',
			path: ['conversations', id],
			accept: [404],
		}),
	);
	return objectIn<Conversation>('conversation.get', answer).id;
}

function placeOf(message: Message): FoundTarget {
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

async function findSession(
	client: KustomerClient,
	externalId: string,
	chooseId: boolean,
): Promise<FoundTarget> {
	const session = requiredExternalId(externalId, 'session', 'session');
	const message = await byExternalId(client, session, chooseId);
	if (message !== undefined) return placeOf(message);
	const conversationId = await conversationIdOf(client, { externalId: session }, chooseId).catch(
		(error: unknown) =>
			error instanceof KustomerError && error.kind === 'notFound' ? undefined : Promise.reject(error),
	);
	if (conversationId === undefined) throw sessionNotFound(session);
	// The message's id is known before it exists, so that the file is not stored again once it does.
	return { conversationId, scope: chooseId ? ownId('message', session) : conversationId };
}

/** An id in one line, without the phone number that a platform may have made a part of it. */
function shownId(externalId: string): string {
	return externalId.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/\+\d{5,20}/g, '[number]');
}

/** The error for a session that has no place yet. */
export function sessionNotFound(externalId: string): KustomerError {
	return new KustomerError({
		kind: 'notFound',
		status: 404,
		operation: 'message.get',
		parameter: 'session',
		message: `The session ${shownId(externalId)} is not in Kustomer yet.`,
		advice:
			'Let the step Session: Log bring it there first, with the same external ID, then try again. If your record rules keep such sessions out of Kustomer, its files have no place there either.',
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
	throw new InputError(
		parameter,
		`It is not said which ${what} is meant: the external ID is empty.`,
		`Enter the external ID that the ${what} has in Kustomer, for example {{ $json.externalId }}.`,
	);
}
