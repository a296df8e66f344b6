/**
 * Makes foreign text safe to show and to log: the error texts of services may repeat what was sent, and what was sent may
 * be a phone number, an email address or a key.
 */

/** Characters that are kept: nobody reads more of a message, and it must not take long. */
const MOST_TEXT = 20_000;

/** Object ids and dates look like numbers to the eye but say nothing about a person. */
const KEPT = String.raw`\b[0-9a-f]{24}\b|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b`;
/** Behind a word that says so, a secret of any length; else what is long enough to be one. */
const SECRET = [
	String.raw`\bBearer\s{1,3}\S+`,
	String.raw`(?<=\b(?:api[-_ ]?key|access[-_ ]?key|token|secret|password|authorization)["']?\s?[:=]\s?["']?)[^\s"',;&<>]+`,
	String.raw`\beyJ[\w.-]+`,
	String.raw`(?<![\w-])[\w-]{40,}`,
].join('|');
/** What an address holds before and behind its @. It is looked for from its beginning only, and no further than it may be long. */
const EMAIL_CHARACTER = String.raw`[^\s@"'<>(),;:=/]`;
const EMAIL = String.raw`(?<!${EMAIL_CHARACTER})${EMAIL_CHARACTER}{1,254}?(?:@|%40)[^\s@"'<>(),;]{1,254}`;
/** What people, and addresses of pages, put between digits. */
const BETWEEN = String.raw`(?:[\s().\-/]|%2[089DF]){0,3}`;
/** Seven digits or more. */
const NUMBER = String.raw`(?:\+|%2B)?\(?\p{Nd}(?:${BETWEEN}\p{Nd}){6,}`;

const PATTERN = new RegExp(
	`(?<kept>${KEPT})|(?<secret>${SECRET})|(?<email>${EMAIL})|(?<number>${NUMBER})`,
	'giu',
);

/**
 * Replaces email addresses, phone numbers and keys by `[email]`, `[number]` and `[secret]`.
 *
 * A run of seven digits or more counts as a phone number, also with spaces, dots, dashes, slashes or parentheses in
 * it. Kustomer's object ids and ISO dates stay. What is beyond 20,000 characters is cut.
 */
export function redact(text: string): string {
	return text.slice(0, MOST_TEXT).replace(PATTERN, (...found) => {
		const groups = found.at(-1) as Record<string, string | undefined>;
		if (groups.kept !== undefined) return groups.kept;
		if (groups.secret !== undefined) return '[secret]';
		return groups.email !== undefined ? '[email]' : '[number]';
	});
}
