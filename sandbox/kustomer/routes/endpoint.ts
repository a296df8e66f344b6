/** What a route is: a method, a path, who may call it, and a function from call to answer. */
import type { Documents, Resource } from '../documents';
import { ApiError, badParameter } from '../errors';
import type { RateLimit } from '../rate-limit';
import { hasRole, type Access } from '../roles';
import { OBJECT_ID } from '../schemas/formats';
import type { KustomerStore } from '../store';
import type { ApiKey } from '../types';

export interface Call {
	/** Decoded parts of the path. */
	params: Record<string, string>;
	query: Record<string, string>;
	/** Path below the host with the query, as sent. */
	path: string;
	body: unknown;
	key: ApiKey;
	/** The user that the key acts as. */
	userId: string;
	/** Milliseconds since the epoch. */
	now: number;
	store: KustomerStore;
	documents: Documents;
	limits: RateLimit;
	/** Whether clients may choose ids. */
	chosenIds: 'accept' | 'refuse';
}

export interface Answer {
	status: number;
	body?: unknown;
}

export interface Endpoint {
	method: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** Express path below `/v1`. */
	path: string;
	access: Access;
	handle(call: Call): Answer;
}

export const found = (data: Resource | Resource[]): Answer => ({ status: 200, body: { data } });
export const made = (data: Resource): Answer => ({ status: 201, body: { data } });
export const gone: Answer = { status: 204 };

/** An id from the path. assumes: malformed-id-is-400 */
export function idOf(call: Call, name = 'id'): string {
	const id = call.params[name] ?? '';
	if (!OBJECT_ID.test(id)) throw badParameter(name, 'Not a valid object-id');
	return id.toLowerCase();
}

/** The ids of a path segment that takes one id or several with commas between. */
export function idsOf(call: Call): string[] {
	return (call.params.id ?? '').split(',').map((id) => {
		if (!OBJECT_ID.test(id)) throw badParameter('id', 'Not a valid object-id');
		return id.toLowerCase();
	});
}

/** A body that has passed its schema. */
export function bodyOf(call: Call): Record<string, unknown> {
	return call.body as Record<string, unknown>;
}

const BACKDATING = ['createdAt', 'modifiedAt', 'createdBy', 'modifiedBy'] as const;

/** Notes and messages with another time or author than their own. assumes: backdating-is-403 */
export function checkBackdating(call: Call): void {
	const body = bodyOf(call);
	const named = BACKDATING.find((property) => body[property] !== undefined);
	if (named === undefined || hasRole(call.key, 'org.admin')) return;
	throw new ApiError(403, 'forbidden', 'Forbidden', {
		parameter: named,
		detail: 'Needs the role org.admin',
	});
}

/** Objects with an id that the client chose. assumes: chosen-id-accepted */
export function checkChosenId(call: Call): void {
	if (call.chosenIds === 'refuse' && bodyOf(call).id !== undefined) {
		throw badParameter('id', 'Additional properties not allowed', '/additionalProperties');
	}
}
