/**
 * Conversations: https://developer.kustomer.com/docs/concepts/conversations-and-messages
 */
import type { KustomerAnswer, KustomerClient } from '../client';
import type { Conversation } from '../documents';
import { lookUp, readOne } from './answers';

/** @throws {KustomerError} of the kind `notFound` when there is none */
export function getConversation(client: KustomerClient, id: string): Promise<Conversation> {
	return readOne<Conversation>(client, 'conversation.get', ['conversations', id]);
}

/** The conversation with this Kustomer id, or undefined. */
export async function findConversation(
	client: KustomerClient,
	id: string,
): Promise<Conversation | undefined> {
	const [found] = await lookUp<Conversation>(client, 'conversation.get', ['conversations', id]);
	return found;
}

/** The conversation with this external id, or undefined. Of several, which Kustomer may not prevent, the oldest. */
export async function findConversationByExternalId(
	client: KustomerClient,
	externalId: string,
): Promise<Conversation | undefined> {
	const found = await lookUp<Conversation>(client, 'conversation.get', [
		'conversations',
		{ field: 'externalId', value: externalId },
	]);
	return found.sort((a, b) =>
		(a.attributes?.createdAt ?? '').localeCompare(b.attributes?.createdAt ?? ''),
	)[0];
}

/** Conversations of the organization in Kustomer's order, newest first. */
export function listConversations(
	client: KustomerClient,
	options: { limit?: number } = {},
): Promise<Conversation[]> {
	return client.list<Conversation>({
		operation: 'conversation.list',
		path: ['conversations'],
		query: { sort: 'desc' },
		limit: options.limit,
	});
}

/** Conversations of one customer, in Kustomer's order. */
export function listCustomerConversations(
	client: KustomerClient,
	customerId: string,
	options: { limit?: number; maxPages?: number } = {},
): Promise<Conversation[]> {
	return client.list<Conversation>({
		operation: 'conversation.list',
		path: ['customers', customerId, 'conversations'],
		limit: options.limit,
		maxPages: options.maxPages,
	});
}

/** Sends a create request. 400 and 409 are returned, because callers have their own answer to them. */
export function postConversation(
	client: KustomerClient,
	body: Record<string, unknown>,
	repeatable: boolean,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'conversation.create',
		method: 'POST',
		path: ['conversations'],
		body,
		repeatable,
		accept: [400, 409],
	});
}

/** Sends a partial update. 400, 404 and 409 are returned, because callers have their own answer to them. */
export function patchConversation(
	client: KustomerClient,
	id: string,
	body: Record<string, unknown>,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'conversation.update',
		method: 'PATCH',
		path: ['conversations', id],
		body,
		accept: [400, 404, 409],
	});
}

/** Deletes one for good, with its messages and notes. One that is gone already is no failure. */
export async function deleteConversation(client: KustomerClient, id: string): Promise<void> {
	await client.request({
		operation: 'conversation.delete',
		method: 'DELETE',
		path: ['conversations', id],
		accept: [404],
	});
}

/** Adds tags, creating those that the organization does not have. 404 is returned. */
export function addConversationTags(
	client: KustomerClient,
	id: string,
	tags: readonly string[],
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'conversation.addTags',
		method: 'POST',
		path: ['conversations', id, 'tags'],
		body: tags,
		// Adding a tag twice leaves one.
		repeatable: true,
		accept: [404],
	});
}

/** Removes tags. 404 is returned. */
export function removeConversationTags(
	client: KustomerClient,
	id: string,
	tags: readonly string[],
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'conversation.removeTags',
		method: 'DELETE',
		path: ['conversations', id, 'tags'],
		body: tags,
		accept: [404],
	});
}
