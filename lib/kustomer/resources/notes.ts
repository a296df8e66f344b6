/**
 * Notes, which only agents see: https://developer.kustomer.com/kustomer-api-docs/reference/createnote
 */
import type { KustomerAnswer, KustomerClient } from '../client';
import type { Note } from '../documents';
import { lookUp } from './answers';

/** The note with this Kustomer id, or undefined. */
export async function findNote(client: KustomerClient, id: string): Promise<Note | undefined> {
	const [found] = await lookUp<Note>(client, 'note.get', ['notes', id]);
	return found;
}

/** Notes of one conversation. */
export function listNotes(
	client: KustomerClient,
	conversationId: string,
	options: { limit?: number } = {},
): Promise<Note[]> {
	return client.list<Note>({
		operation: 'note.list',
		path: ['conversations', conversationId, 'notes'],
		limit: options.limit,
	});
}

/** Sends a create request. 400, 404 and 409 are returned, because callers have their own answer to them. */
export function postNote(
	client: KustomerClient,
	conversationId: string,
	body: Record<string, unknown>,
	repeatable: boolean,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'note.create',
		method: 'POST',
		path: ['conversations', conversationId, 'notes'],
		body,
		repeatable,
		accept: [400, 404, 409],
	});
}

/** Sends a partial update. 404 is returned, because callers have their own answer to it. */
export function patchNote(
	client: KustomerClient,
	id: string,
	body: Record<string, unknown>,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'note.update',
		method: 'PATCH',
		path: ['notes', id],
		body,
		accept: [404],
	});
}
