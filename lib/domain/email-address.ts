/** What an email address is, for all who ask (rule X17). */

/** RFC 5321, 4.5.3.1.3: a path of 256 characters, without its angle brackets. */
const LONGEST_EMAIL = 254;
/** What is longer, blanks and `mailto:` included, is not looked at. */
const LONGEST_TEXT = 1000;

/** One `@`, nothing before it that separates addresses or surrounds them, and a domain of letters, digits, hyphens and dots. */
const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)+$/u;

/** What people and programs put around an address without meaning it. */
const AROUND = /^[\s<>()[\]{}"'`,;:|\u200b-\u200f\u2060]$/u;

/**
 * The email address in a text, in lower case, so that one address does not make two customers.
 *
 * Taken off are blanks, brackets, quotes and separators around it (`<jo@example.com>`, `jo@example.com;`), a name beside it
 * (`Jo <jo@example.com>`, `jo@example.com (Jo)`), and `mailto:` with what a link says of the mail (`?subject=…`). Several
 * addresses are none, because nobody knows whose mail it is; neither is one with an empty part in its domain
 * (`jo@example..com`) or without a dot there: Kustomer would refuse the whole customer because of it.
 *
 * @returns undefined for what holds no address, or more than one
 */
export function emailOf(written: unknown): string | undefined {
	if (typeof written !== 'string' || written.length > LONGEST_TEXT) return undefined;
	const found = written
		.normalize('NFKC')
		.toLowerCase()
		// What web pages and addresses make of the signs.
		.replace(/&(?:lt|gt|quot);/g, ' ')
		.replace(/%40/g, '@')
		// A name stands outside of the brackets, or in them.
		.split(/[<>()[\]]/)
		.filter((part) => part.includes('@'))
		.map(unwrapped);
	const [email = '', ...others] = new Set(found);
	return others.length === 0 && email.length <= LONGEST_EMAIL && EMAIL.test(email) ? email : undefined;
}

function unwrapped(written: string): string {
	const bare = trimmed(written);
	const address = bare.startsWith('mailto:') ? bare.slice('mailto:'.length) : bare;
	const domain = address.indexOf('@');
	// What a link says of the mail.
	return trimmed(address.slice(0, domain) + address.slice(domain).replace(/\?.*$/s, ''));
}

function trimmed(written: string): string {
	let from = 0;
	let to = written.length;
	while (from < to && AROUND.test(written.charAt(from))) from += 1;
	while (to > from && (AROUND.test(written.charAt(to - 1)) || written.charAt(to - 1) === '.')) to -= 1;
	return written.slice(from, to);
}

/** Whether a text has the form of one email address. */
export function isEmail(written: unknown): written is string {
	return emailOf(written) !== undefined;
}

/** By what two addresses are compared, also where a system holds something else in their place. Empty for none. */
export function emailKey(written: unknown): string {
	return emailOf(written) ?? (typeof written === 'string' ? written.trim().toLowerCase() : '');
}
