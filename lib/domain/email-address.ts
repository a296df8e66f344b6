/** What an email address is, for all who ask (rule X17). */

/** RFC 5321, 4.5.3.1.3: a path of 256 characters, without its angle brackets. */
const LONGEST_EMAIL = 254;
/** What is longer, blanks and `mailto:` included, is not looked at. */
const LONGEST_TEXT = 1000;

/** One `@`, nothing that separates addresses or surrounds them, and a dot inside the domain. */
const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(?:\.[^\s@<>(),;:"[\]\\.]+)+$/;

/**
 * The email address in a text: without blanks around it and without `mailto:`, in lower case, so that one address does
 * not make two customers.
 *
 * A name in front (`Jane <jane@example.com>`), several addresses, and a domain without a dot are no address: Kustomer
 * would refuse the whole customer because of it.
 *
 * @returns undefined for what has not the form of one
 */
export function emailOf(written: unknown): string | undefined {
	if (typeof written !== 'string' || written.length > LONGEST_TEXT) return undefined;
	const email = emailKey(written).replace(/^mailto:/, '');
	return email.length <= LONGEST_EMAIL && EMAIL.test(email) ? email : undefined;
}

/** Whether a text has the form of one email address. */
export function isEmail(written: unknown): written is string {
	return emailOf(written) !== undefined;
}

/** By what two addresses are compared, also where a system holds something else in their place. Empty for none. */
export function emailKey(written: string | null | undefined): string {
	return (written ?? '').trim().toLowerCase();
}
