/**
 * Makes foreign text safe to show and to log: the error texts of services may repeat what was sent, and what was sent may
 * be a phone number, an email address or a key.
 */

/** Characters that are kept: nobody reads more of a message, and it must not take long. */
const MOST_TEXT = 20_000;

/** Characters at the end of a cut text that may be a part of something. */
const LONGEST_END = 400;

/** Object ids and dates look like numbers to the eye but say nothing about a person. */
const KEPT = String.raw`\b[0-9a-f]{24}\b|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b`;
const SECRET_WORD = String.raw`(?:api|access|secret)[-_ ]?(?:key|id|token)|key|token|secret|password|passwd|pwd|authorization|signature|session[-_ ]?id|cookie`;
/** Behind a word that says so, a secret of any length; else what is long enough to be one. */
const SECRET = [
	String.raw`\b(?:Bearer|Basic)\s{1,3}\S+`,
	String.raw`(?<=\b(?:${SECRET_WORD})["']?\s?(?:[:=]|%3[AD])\s?["']?)[^\s"',;&<>]+`,
	String.raw`(?<=\b(?:${SECRET_WORD})\s{1,2}["']?)(?=[^\s\d]{0,40}\d)[^\s"',;&<>]{6,}`,
	String.raw`\beyJ[\w.-]+`,
	String.raw`(?<![\w-])[\w-]{40,}`,
].join('|');
/** What an address holds before and behind its @. It is looked for from its beginning only, and no further than it may be long. */
const EMAIL_CHARACTER = String.raw`[^\s@"'<>(),;:=/]`;
const EMAIL = String.raw`(?<!${EMAIL_CHARACTER})${EMAIL_CHARACTER}{1,254}?(?:@|%40)[^\s@"'<>(),;]{1,254}`;
/** What people, pages, their addresses (once or twice encoded) and JSON put between digits. */
const BETWEEN = String.raw`(?:[\s()./_*\p{Pd}\p{Cf}\u2212\u00b7\u2022]|%(?:25){0,2}(?:2[089DEF]|C2%(?:25){0,2}A0|E2%(?:25){0,2}80%(?:25){0,2}[89][0-9A-F])|&nbsp;|&#\d{2,4};|\\u00a0){0,4}`;
/** Seven digits or more. */
const NUMBER = String.raw`(?:\+|%(?:25){0,2}2B)?\(?\p{Nd}(?:${BETWEEN}\p{Nd}){6,}`;
/** What is long enough to be a short key, and may be the name of something. */
const WORD = String.raw`(?<![\w-])[\w-]{20,39}(?![\w-])`;

const PATTERN = new RegExp(
	`(?<kept>${KEPT})|(?<secret>${SECRET})|(?<email>${EMAIL})|(?<word>${WORD})|(?<number>${NUMBER})`,
	'giu',
);
const NUMBERS = new RegExp(NUMBER, 'giu');

/**
 * Replaces email addresses, phone numbers and keys by `[email]`, `[number]` and `[secret]`, and line breaks by blanks.
 *
 * A run of seven digits or more counts as a phone number, also with spaces, dots, dashes, slashes or parentheses in
 * it, encoded for a web address or not. Kustomer's object ids and ISO dates stay. What is beyond the most is cut; so is what a
 * cut would leave of a number or a key.
 *
 * @param most characters that are looked at, at most 20,000
 */
export function redact(text: string, most = MOST_TEXT): string {
	const shown = beginningOf(text, Math.min(most, MOST_TEXT)).replace(PATTERN, (...found) => {
		const groups = found.at(-1) as Record<string, string | undefined>;
		if (groups.kept !== undefined) return groups.kept;
		if (groups.secret !== undefined) return '[secret]';
		if (groups.word !== undefined) {
			return isRandom(groups.word) ? '[secret]' : groups.word.replace(NUMBERS, '[number]');
		}
		return groups.email !== undefined ? '[email]' : '[number]';
	});
	// A line of its own in a log would look like somebody else's.
	return shown.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** A key has capital and small letters, and digits among them; a name has its digits in one place. */
function isRandom(word: string): boolean {
	return /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d[^\d]+\d/.test(word);
}

/** The beginning of a text, without the part of a word or number in which it ends. */
function beginningOf(text: string, most: number): string {
	if (text.length <= most) return text;
	const start = text.slice(0, Math.max(0, most - LONGEST_END));
	const end = text.slice(start.length, most);
	return start + end.replace(/(?<!\S)\S+$/, '').replace(/(?<![\p{Nd}\s().+\-/])[\p{Nd}\s().+\-/]+$/u, '');
}
