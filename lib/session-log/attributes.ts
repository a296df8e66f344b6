/**
 * Custom attributes that a session brings for its conversation and its customer (rules C13, C22): each value is written
 * once, and an older one never over a newer one.
 */
import { ownValue } from '../domain/record';
import { MAX_ATTRIBUTE_LENGTH } from '../kustomer/validate/custom-attributes';
import type { CustomAttributes } from '../kustomer/inputs';
import { hashOf, type WrittenAttribute } from './stored-session';

/** Characters of a value that is kept beside its hash. */
const LONGEST_KEPT = 200;

/** Attributes that have to be written, and how they are remembered then. */
export interface PendingAttributes {
	/** Undefined when there is nothing to write. */
	values: CustomAttributes | undefined;
	written: Record<string, WrittenAttribute>;
	/** Names of texts that had to be cut. */
	shortened: string[];
}

/**
 * What of the attributes is new.
 *
 * @param at when the values were observed, in milliseconds since the epoch
 */
export function pendingAttributes(
	attributes: CustomAttributes | undefined,
	at: number,
	written: Record<string, WrittenAttribute>,
): PendingAttributes {
	const now = new Map(Object.entries(written));
	const values = new Map<string, unknown>();
	const shortened: string[] = [];
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (value === undefined) continue;
		const hash = hashOf(value);
		const [before, seenAt, , unsure] = ownValue(written, name) ?? [];
		if ((before === hash && unsure === undefined) || (seenAt !== undefined && seenAt > at)) continue;
		const fitting = fit(value);
		if (fitting !== value) shortened.push(name);
		values.set(name, fitting);
		now.set(name, writtenAs(hash, at, fitting));
	}
	// What two have written at the same time, whoever told it: the newer value once more.
	for (const [name, [hash, seenAt, value, unsure]] of now) {
		if (unsure === undefined) continue;
		now.set(name, writtenAs(hash, seenAt, value));
		if (value !== undefined) values.set(name, value);
	}
	return {
		values: values.size === 0 ? undefined : Object.fromEntries(values),
		written: Object.fromEntries(now),
		shortened,
	};
}

/** The value goes along, unless it is long: so anybody can write it again. */
function writtenAs(hash: string, at: number, value: unknown): WrittenAttribute {
	return (JSON.stringify(value)?.length ?? 0) <= LONGEST_KEPT && value !== undefined
		? [hash, at, value]
		: [hash, at];
}

/** Kustomer refuses the whole request for one text that is too long; a call must not be lost for that. */
function fit(value: unknown): unknown {
	if (typeof value !== 'string' || value.length <= MAX_ATTRIBUTE_LENGTH) return value;
	return `${value.slice(0, MAX_ATTRIBUTE_LENGTH - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
