/** What may be shown of the texts that services answer. */
import { redact } from './redact';

/** More characters of a text say nothing more. */
const LONGEST = 300;
/** More of a text, and of a page, is not even looked at. */
const LONGEST_READ = 2_000;
const LONGEST_PAGE = 20_000;

/**
 * A text of a service in one line, cut, and without phone numbers, email addresses and keys.
 *
 * @param longest characters
 * @returns undefined when nothing is left, or it is no text
 */
export function shownText(value: unknown, longest = LONGEST): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const plain = redact(String(value), LONGEST_READ)
		// What turns the direction of writing would turn that of the sentence around it.
		.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.replace(/\p{Surrogate}/gu, '\ufffd')
		.trim();
	if (plain === '') return undefined;
	return plain.length > longest ? `${plain.slice(0, longest).replace(/\p{Surrogate}$/u, '')}…` : plain;
}

/** What a body says that is no JSON. Proxies answer in HTML: the title is all that is of use. */
export function shownBody(body: string): string | undefined {
	const beginning = body.slice(0, LONGEST_PAGE);
	if (!/<(?:!doctype|html|head|body)\b/i.test(beginning)) return shownText(body);
	const title = /<title\b[^<>]{0,200}>([^<]*)<\/title>/i.exec(beginning)?.[1];
	return shownText(title) ?? 'a web page instead of an answer of the API';
}

/**
 * The first of some fields of a body that holds a text, or an object with a `message`.
 *
 * @param body anything
 * @param longest characters
 */
export function shownField(body: unknown, names: readonly string[], longest = LONGEST): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	for (const name of names) {
		const value = (body as Record<string, unknown>)[name];
		const inner = typeof value === 'object' && value !== null && 'message' in value ? value.message : value;
		const text = shownText(inner, longest);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** A text as the last part of a sentence that ends with a full stop of its own. */
export function withoutFullStop(text: string): string {
	return text.replace(/(?<![.\s])[.\s]+$/, '');
}
