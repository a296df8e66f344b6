/**
 * Reading what resources have in common: an object, perhaps one, perhaps several.
 */
import type { KustomerAnswer, KustomerClient, PathSegment } from '../client';
import { unexpectedAnswerError } from '../errors';
import { objectFrom } from '../objects';
import type { RequestName } from '../roles';

/** Every object of an answer: none, one, or several. Kustomer answers a list where a look-up has several matches. */
export function objectsIn<T>(body: unknown): T[] {
	const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined;
	return (Array.isArray(data) ? data : [data]).flatMap((one) => objectFrom<T>(one) ?? []);
}

/**
 * The one object of an answer.
 *
 * @throws {KustomerError} when the answer holds none
 */
export function objectIn<T>(operation: RequestName, answer: KustomerAnswer): T {
	const [object] = objectsIn<T>(answer.body);
	if (object !== undefined) return object;
	throw unexpectedAnswerError(operation, 'its answer holds no object with an ID', answer.status);
}

/**
 * Reads one object.
 *
 * @throws {KustomerError} of the kind `notFound` when there is none
 */
export async function readOne<T>(
	client: KustomerClient,
	operation: RequestName,
	path: readonly PathSegment[],
): Promise<T> {
	const answer = await client.request({ operation, method: 'GET', path });
	return objectIn<T>(operation, answer);
}

/** Reads the objects that a look-up finds; none when Kustomer says that there is none. */
export async function lookUp<T>(
	client: KustomerClient,
	operation: RequestName,
	path: readonly PathSegment[],
): Promise<T[]> {
	const answer = await client.request({ operation, method: 'GET', path, accept: [404] });
	return answer.status === 404 ? [] : objectsIn<T>(answer.body);
}
