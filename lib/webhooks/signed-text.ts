/**
 * Short texts that a holder shows and cannot change: facts, an end, an id, and a signature over all of it. Pure.
 *
 * Written as `<facts>.<signature>`, both base64url: facts are JSON, the signature is HMAC-SHA-256 of use and facts. They can be read by
 * whoever has the text, so nothing secret belongs into them.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { isRecord } from '../domain/record';

/** What a text is for: one that was made for something else does not fit. */
export type Use = 'call' | 'desktop';

/** Facts of a signed text: names in letters, values in one line. */
export type Facts = Readonly<Record<string, string>>;

/** A text whose signature fits, and that has not ended. */
export interface Opened {
	facts: Facts;
	/** Names this text and no other. */
	id: string;
	/** When it ends, milliseconds since the epoch. */
	endsAt: number;
}

/** Why a text is not accepted: `unreadable` was never one, `foreign` was signed with another secret or changed. */
export type Refused = { refused: 'unreadable' | 'foreign' | 'ended' };

/** Characters. Longer ones are not looked at. */
const LONGEST = 2000;
const LONGEST_VALUE = 300;
const FORM = /^([\w-]{20,})\.([\w-]{43})$/;
/** Milliseconds for which a text may hold at most; one that claims more was not made here. */
export const LONGEST_LIFE = 31 * 24 * 3_600_000;

/**
 * Signs facts.
 *
 * @param endsAt milliseconds since the epoch
 * @param id as of {@link newId} unless told
 */
export function sign(use: Use, facts: Facts, endsAt: number, secret: string, id = newId()): string {
	const cut = Object.entries(facts).map(([name, value]) => [name, value.slice(0, LONGEST_VALUE)] as const);
	const body = { ...Object.fromEntries(cut), exp: Math.floor(endsAt / 1000), id };
	const written = Buffer.from(JSON.stringify(body), 'utf8').toString('base64url');
	return `${written}.${signatureOf(use, written, secret).toString('base64url')}`;
}

/**
 * Reads a text that was signed.
 *
 * @param presented anything
 * @param now milliseconds since the epoch
 */
export function open(use: Use, presented: unknown, secret: string, now: number): Opened | Refused {
	const text = typeof presented === 'string' && presented.length <= LONGEST ? presented.trim() : '';
	const [, written = '', signature = ''] = FORM.exec(text) ?? [];
	if (written === '') return { refused: 'unreadable' };
	const told = Buffer.from(signature, 'base64url');
	const expected = signatureOf(use, written, secret);
	if (told.length !== expected.length || !timingSafeEqual(told, expected)) return { refused: 'foreign' };
	return factsIn(written, now);
}

/** An id that nobody can guess. */
export function newId(): string {
	return randomBytes(12).toString('base64url');
}

function signatureOf(use: Use, written: string, secret: string): Buffer {
	return createHmac('sha256', secret).update(`${use}.${written}`, 'utf8').digest();
}

/** What a text says that was signed here: only an end of long ago, or a future that nobody gave, speaks against it. */
function factsIn(written: string, now: number): Opened | Refused {
	const body = parsed(Buffer.from(written, 'base64url').toString('utf8'));
	if (!isRecord(body)) return { refused: 'unreadable' };
	const { exp, id, ...rest } = body;
	if (typeof exp !== 'number' || typeof id !== 'string') return { refused: 'unreadable' };
	const endsAt = exp * 1000;
	if (!(endsAt > now) || endsAt > now + LONGEST_LIFE) return { refused: 'ended' };
	const facts = Object.entries(rest).filter(
		(entry): entry is [string, string] => typeof entry[1] === 'string',
	);
	return { facts: Object.fromEntries(facts), id, endsAt };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
