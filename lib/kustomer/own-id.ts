import { createHash } from 'node:crypto';

/**
 * The object id that this package chooses for what it creates, derived from the external id: whoever logs the same
 * fact at the same time chooses the same id, so Kustomer can hold it only once (rule X1).
 *
 * Kustomer's create schemas for conversations, notes and messages accept an `id` of 24 hexadecimal characters:
 * https://developer.kustomer.com/kustomer-api-docs/reference/createaconversation
 *
 * @param externalId any text; the same text gives the same id
 * @param kind keeps a conversation and a note with the same external id apart
 * @returns 24 lower-case hexadecimal characters
 */
export function ownId(kind: 'conversation' | 'note' | 'message', externalId: string): string {
	return shortHash(`${kind}:${externalId}`);
}

/** A short name for a longer text, the same each time: 24 lower-case hexadecimal characters. */
export function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
