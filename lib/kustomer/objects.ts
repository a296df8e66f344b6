/** The objects in Kustomer's answers, whatever is in their place. Proxies and faults answer what is no object of Kustomer's. */
import { isRecord } from '../domain/record';

/**
 * An object of an answer: it has an id. One whose attributes are null has none.
 *
 * @returns undefined for what is no object
 */
export function objectFrom<T>(value: unknown): T | undefined {
	if (!isRecord(value) || typeof value.id !== 'string' || value.id === '') return undefined;
	return (value.attributes === null ? { ...value, attributes: {} } : value) as T;
}

/** The objects of a list; undefined when it is no list, or something in it is no object. */
export function listFrom<T>(value: unknown): T[] | undefined {
	if (!Array.isArray(value)) return undefined;
	const objects = value.flatMap((one) => objectFrom<T>(one) ?? []);
	return objects.length === value.length ? objects : undefined;
}
