/**
 * Custom attributes that a session brings for its conversation and its customer (rules C13, C22): each value is written
 * once, and an older one never over a newer one.
 */
import { MAX_ATTRIBUTE_LENGTH } from '../kustomer/validate/custom-attributes';
import type { CustomAttributes } from '../kustomer/inputs';
import { hashOf, type WrittenAttribute } from './stored-session';

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
	const pending: PendingAttributes = { values: undefined, written: { ...written }, shortened: [] };
	for (const [name, value] of Object.entries(attributes ?? {})) {
		if (value === undefined) continue;
		const hash = hashOf(value);
		const [before, seenAt] = (Object.hasOwn(written, name) ? written[name] : undefined) ?? [];
		if (before === hash || (seenAt !== undefined && seenAt > at)) continue;
		const fitting = fit(value);
		if (fitting !== value) pending.shortened.push(name);
		pending.values = { ...pending.values, [name]: fitting };
		pending.written[name] = [hash, at];
	}
	return pending;
}

/** Kustomer refuses the whole request for one text that is too long; a call must not be lost for that. */
function fit(value: unknown): unknown {
	if (typeof value !== 'string' || value.length <= MAX_ATTRIBUTE_LENGTH) return value;
	return `${value.slice(0, MAX_ATTRIBUTE_LENGTH - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
