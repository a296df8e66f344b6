import { InputError } from '../../../http/errors';

/** Calls and chats are numbered apart, so a number alone names two sessions. */
export type SessionKind = 'call' | 'chat';

/** A session as the API names it. */
export interface SessionNumber {
	kind: SessionKind;
	/** Digits. */
	number: string;
}

const WRITTEN = /^(?:(call|chat)[-_ ]?)?(\d{1,18})$/i;

/**
 * The session that people and earlier steps name: `123`, `call-123`, or its external id, `ccaip:call-123`.
 *
 * @param expected what it has to be; without it, a bare number is refused because it could be either
 * @param field the field's name in the panel
 * @throws {InputError} when it is no id, or one of the other kind
 */
export function sessionNumberOf(
	written: string,
	expected: SessionKind | undefined,
	field: string,
): SessionNumber {
	// External ids carry a prefix and the platform's name in front.
	const id = written.trim().slice(-300).split(':').at(-1)?.trim() ?? '';
	const [, word, number] = WRITTEN.exec(id) ?? [];
	const kind = (word?.toLowerCase() as SessionKind | undefined) ?? expected;
	if (number === undefined) {
		throw new InputError(
			field,
			`'${field}' is not the ID of a call or chat.`,
			`Enter the number that CCAI Platform gave it, for example ${expected === 'chat' ? '987 or chat-987' : '123 or call-123'}.`,
		);
	}
	if (kind === undefined) {
		throw new InputError(
			field,
			`'${field}' does not say whether it is a call or a chat.`,
			`Calls and chats are numbered apart: write call-${number} or chat-${number}.`,
		);
	}
	if (expected !== undefined && kind !== expected) {
		throw new InputError(
			field,
			`'${field}' names a ${kind}, but a ${expected} is needed here.`,
			expected === 'call'
				? 'Chats have no recordings; Get Chat and Media: Download take them.'
				: 'Get Call takes calls.',
		);
	}
	return { kind, number: number.replace(/^0+(?=\d)/, '') };
}

/** The session's name in file names and in the normal form: `call-123`. */
export function sessionNameOf({ kind, number }: SessionNumber): string {
	return `${kind}-${number}`;
}
