/**
 * Addresses of the web app in which agents work. Kustomer documents none of them; those of customers and conversations are the ones
 * that its own links have, and that of a search is an assumption, which is why it can be set. Pure.
 */
import { isKustomerId } from '../domain/kustomer-id';
import { encoded } from '../http/encoding';
import { InputError } from '../http/errors';

/** Where the search of the web app is taken to be. */
export const SEARCH_PATH = '/app/search?q={search}';

/** More of a text is not put into an address. */
const LONGEST_TEXT = 200;
const LONGEST_PATH = 500;

/**
 * The page of a customer, or of one of the customer's conversations.
 *
 * @param webBaseUrl protocol and host, for example `https://acme.kustomerapp.com`
 * @throws {InputError} when an id is none of Kustomer's
 */
export function pageOf(
	webBaseUrl: string,
	{ customerId, conversationId }: { customerId: string; conversationId?: string },
): string {
	const ids = conversationId === undefined ? [customerId] : [customerId, conversationId];
	if (!ids.every(isKustomerId)) {
		throw new InputError(
			'customerId',
			'Kustomer answered with an ID that is none.',
			'Look into the execution; if it goes on, ask the maintainers of this package.',
		);
	}
	const path = [
		'app',
		'customers',
		customerId,
		...(conversationId === undefined ? [] : ['event', conversationId]),
	];
	return `${webBaseUrl}/${path.join('/')}`;
}

/** What a path may hold in braces. */
export type PathWords = Readonly<Partial<Record<'search' | 'phone' | 'email' | 'userId', string>>>;

/**
 * An address on Kustomer's own host from a path with words in braces, which are replaced and encoded; words without a value
 * become empty.
 *
 * @param path for example `/app/search?q={search}`
 * @throws {InputError} when the path leads to another host, or is none
 */
export function addressOf(webBaseUrl: string, path: string, words: PathWords): string {
	const filled = path.replace(/\{(search|phone|email|userId)\}/g, (_, word: keyof PathWords) =>
		encoded(shortened(words[word] ?? '')),
	);
	const isPath =
		/^\/(?![/\\])[\x21-\x7e]*$/.test(filled) && !filled.includes('\\') && path.length <= LONGEST_PATH;
	const url = isPath && URL.canParse(filled, webBaseUrl) ? new URL(filled, webBaseUrl) : undefined;
	if (url !== undefined && url.origin === new URL(webBaseUrl).origin) return url.href;
	throw new InputError(
		'unknownPath',
		"'If Nobody Is Found' is no path on Kustomer's own host.",
		`Write what follows the host in the browser, with a stroke in front, for example ${SEARCH_PATH}.`,
	);
}

/** A text for an address: one line, cut, without control characters. */
function shortened(text: string): string {
	return text
		.slice(0, 2 * LONGEST_TEXT)
		.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
		.trim()
		.slice(0, LONGEST_TEXT);
}
