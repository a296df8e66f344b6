/** Collects what an event says and nobody here understands, so that it is reported instead of being taken for something. */
import type { NotUnderstood } from '../domain/session';
import type { Fields } from './fields';

/** What of one event was not understood. */
export class Unread {
	private readonly found: NotUnderstood[] = [];

	/**
	 * The value, which is noted as not understood when there is none although a field for it is filled.
	 *
	 * @param paths fields from which it was read
	 * @param reason one sentence: what is expected, and what is done without it
	 */
	readFrom<T>(fields: Fields, paths: readonly string[], value: T | undefined, reason: string): T | undefined {
		if (value === undefined) {
			const field = paths.find((path) => fields.text(path) !== undefined);
			if (field !== undefined) this.note(field, reason);
		}
		return value;
	}

	note(field: string, reason: string): void {
		this.found.push({ field, reason });
	}

	/** Undefined when everything was understood. */
	get list(): NotUnderstood[] | undefined {
		return this.found.length > 0 ? this.found : undefined;
	}
}

/** What is said of a direction that is not known, by all who read one. */
export const UNKNOWN_DIRECTION =
	'This direction is not known. Known are in, inbound, incoming, out, outbound, outgoing, internal and their like. The call is taken neither for an inbound nor for an outbound one, and none of its numbers for the customer’s.';
