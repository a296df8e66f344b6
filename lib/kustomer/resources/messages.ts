/**
 * Messages. Creating one records it; Kustomer delivers nothing:
 * https://developer.kustomer.com/docs/concepts/conversations-and-messages
 */
import type { KustomerAnswer, KustomerClient, KustomerRequest } from '../client';
import type { Message } from '../documents';
import { listFrom } from '../objects';
import { lookUp, readOne } from './answers';

/** @throws {KustomerError} of the kind `notFound` when there is none */
export function getMessage(client: KustomerClient, id: string): Promise<Message> {
	return readOne<Message>(client, 'message.get', ['messages', id]);
}

/** The message with this Kustomer id, or undefined. */
export async function findMessage(client: KustomerClient, id: string): Promise<Message | undefined> {
	const [found] = await lookUp<Message>(client, 'message.get', ['messages', id]);
	return found;
}

/** The message with this external id, or undefined. */
export async function findMessageByExternalId(
	client: KustomerClient,
	externalId: string,
): Promise<Message | undefined> {
	const [found] = await lookUp<Message>(client, 'message.get', [
		'messages',
		{ field: 'externalId', value: externalId },
	]);
	return found;
}

/** External ids that one search names: as many messages fit onto its page. */
export const MOST_IN_SEARCH = 100;

/**
 * Messages by their external ids, at most {@link MOST_IN_SEARCH}, also those that somebody has deleted (`deleted: true`). What was
 * written a moment ago, the search may not show yet: https://developer.kustomer.com/docs/concepts/search. Requests: one.
 *
 * @returns undefined when this way is closed: a key without the search role, a search that does not understand the question, or an
 * answer that is no list of messages
 */
export async function searchMessagesByExternalId(
	client: KustomerClient,
	externalIds: readonly string[],
): Promise<Message[] | undefined> {
	const answer = await client.request<{ data?: unknown } | undefined>({
		operation: 'message.search',
		method: 'POST',
		path: ['customers', 'search'],
		query: { pageSize: MOST_IN_SEARCH },
		body: {
			queryContext: 'message',
			includeDeleted: true,
			and: [{ message_external_id: { in: externalIds.slice(0, MOST_IN_SEARCH) } }],
		},
		repeatable: true,
		accept: [400, 401, 403, 404],
	});
	return answer.status === 200 ? listFrom<Message>(answer.body?.data) : undefined;
}

/** Messages of one conversation. */
export function listMessages(
	client: KustomerClient,
	conversationId: string,
	options: { limit?: number } = {},
): Promise<Message[]> {
	return client.list<Message>({
		operation: 'message.list',
		path: ['conversations', conversationId, 'messages'],
		limit: options.limit,
	});
}

/**
 * Sends a create request for a conversation, or for a customer, where Kustomer opens a conversation by itself.
 * 400, 404 and 409 are returned, because callers have their own answer to them.
 */
export function postMessage(
	client: KustomerClient,
	parent: { conversationId: string } | { customerId: string },
	body: Record<string, unknown>,
	repeatable: boolean,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'message.create',
		method: 'POST',
		path:
			'conversationId' in parent
				? ['conversations', parent.conversationId, 'messages']
				: ['customers', parent.customerId, 'messages'],
		body,
		repeatable,
		accept: [400, 404, 409],
	});
}

/**
 * Sends a partial update. 400, 404 and 409 are returned, because callers have their own answer to them.
 *
 * @param once see {@link KustomerRequest.once}
 */
export function patchMessage(
	client: KustomerClient,
	id: string,
	body: Record<string, unknown>,
	{ once }: Pick<KustomerRequest, 'once'> = {},
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'message.update',
		method: 'PATCH',
		path: ['messages', id],
		body,
		once,
		accept: [400, 404, 409],
	});
}
