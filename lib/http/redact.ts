/**
 * Makes foreign text safe to show and to log: the error texts of services may repeat what was sent, and what was sent may
 * be a phone number, an email address or a key.
 */

/** Object ids and dates look like numbers to the eye but say nothing about a person. */
const KEPT = String.raw`\b[0-9a-f]{24}\b|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b`;
const SECRET = String.raw`\bBearer\s+\S+|\beyJ[\w-]+(?:\.[\w-]+)*|\b[\w-]{40,}\b`;
const EMAIL = String.raw`[^\s@"'<>(),;:=/]+(?:@|%40)[^\s@"'<>(),;]+`;
/** Seven digits or more, with whatever people put between them. */
const NUMBER = String.raw`(?:\+|%2B)?\(?\p{Nd}(?:[\s().\-/]{0,3}\p{Nd}){6,}`;

const PATTERN = new RegExp(
	`(?<kept>${KEPT})|(?<secret>${SECRET})|(?<email>${EMAIL})|(?<number>${NUMBER})`,
	'giu',
);

/**
 * Replaces email addresses, phone numbers and keys by `[email]`, `[number]` and `[secret]`.
 *
 * A run of seven digits or more counts as a phone number, also with spaces, dots, dashes, slashes or parentheses in
 * it. Kustomer's object ids and ISO dates stay.
 */
export function redact(text: string): string {
	return text.replace(PATTERN, (...found) => {
		const groups = found.at(-1) as Record<string, string | undefined>;
		if (groups.kept !== undefined) return groups.kept;
		if (groups.secret !== undefined) return '[secret]';
		return groups.email !== undefined ? '[email]' : '[number]';
	});
}
