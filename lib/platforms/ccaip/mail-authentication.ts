/**
 * What the server that received a mail says of its sender (rules U4, X16). The line From of a mail is written by whoever sends
 * it. Whether the domain in it has sent the mail, the receiving server finds out by SPF, DKIM and DMARC, and writes into the
 * header `Authentication-Results`: https://www.rfc-editor.org/rfc/rfc8601
 *
 * Anybody can write such a header. One counts only when it bears the name of the server that is trusted; a server has to take
 * out those that came in with its own name (RFC 8601, section 5).
 */
import { isRecord, ownValue } from '../../domain/record';
import { sendersOf, type ResolvedMail } from './session-mail';

/** Characters of a header that are looked at; results of three methods take a few hundred, many signatures a few thousand. */
const LONGEST_HEADER = 50_000;

/** Characters of the name of a server. */
const LONGEST_NAME = 300;

/** What may be known of a sender. */
export type SenderCheck =
	/** The trusted server says that the domain in From has sent the mail. */
	| { is: 'confirmed' }
	/** It says otherwise, or not that. */
	| { is: 'refuted'; reason: string }
	/** It says nothing; `server` is the one that says something. */
	| { is: 'unknown'; reason: string; server?: string };

/** One result, as `dmarc=pass header.from=example.com`. */
interface Result {
	method: string;
	result: string;
	properties: ReadonlyMap<string, string>;
}

/**
 * Whether a mail really comes from where it says.
 *
 * Confirmed by DMARC, which looks at the domain in From; where no DMARC result is told, by a DKIM signature of that domain or
 * by SPF for it. A failure of DMARC counts before everything else.
 *
 * @param server name by which the receiving server signs its results, such as `mx.google.com`
 */
export function checkSender(mail: ResolvedMail & { headers?: unknown }, server: string): SenderCheck {
	const header = headerIn(mail.headers, 'authentication-results');
	const told = header === undefined ? undefined : readResults(header);
	const trusted = serverName(server);
	if (told === undefined) {
		// A sender who makes what the server notes too long, or breaks its form, must not seem to be one of whom it notes nothing.
		return header !== undefined && trusted !== '' && beginsWith(header, trusted)
			? { is: 'refuted', reason: 'What the mail server has noted about its sender cannot be read.' }
			: { is: 'unknown', reason: 'No mail server has noted whether the sender is real.' };
	}
	if (told.server !== trusted) {
		return {
			is: 'unknown',
			reason:
				trusted === ''
					? 'It is not said which mail server is to be believed about senders.'
					: 'Another mail server than the trusted one has noted whether the sender is real.',
			server: told.server,
		};
	}
	const domains = [...new Set(sendersOf(mail).map((address) => address.split('@').at(-1) ?? ''))];
	const [domain = ''] = domains;
	if (domains.length !== 1 || domain === '') {
		return { is: 'refuted', reason: 'It does not name one domain as its sender.' };
	}
	return judge(told.results, domain);
}

function judge(results: readonly Result[], domain: string): SenderCheck {
	const about = (method: string, ...properties: string[]) =>
		results.filter(
			(one) =>
				one.method === method && properties.some((name) => domainIn(one.properties.get(name)) === domain),
		);
	const dmarc = results.filter(({ method }) => method === 'dmarc');
	if (dmarc.length > 0) {
		const isConfirmed =
			dmarc.every(({ result }) => result === 'pass') && about('dmarc', 'header.from').length === dmarc.length;
		if (isConfirmed) return { is: 'confirmed' };
		return dmarc.some(({ result }) => result === 'fail')
			? { is: 'refuted', reason: 'The mail server says that its sender is not real (DMARC).' }
			: { is: 'refuted', reason: 'The mail server does not confirm its sender by DMARC.' };
	}
	const passed = [
		...about('dkim', 'header.d', 'header.i'),
		...about('spf', 'smtp.mailfrom', 'smtp.mail'),
	].some(({ result }) => result === 'pass');
	return passed
		? { is: 'confirmed' }
		: { is: 'refuted', reason: 'The mail server does not confirm its sender by DMARC, DKIM or SPF.' };
}

/** The domain of an address, `@domain` or `domain`, in lower case. */
function domainIn(written: string | undefined): string | undefined {
	return written?.split('@').at(-1)?.toLowerCase().replace(/\.$/, '');
}

/** The header as n8n gives it, without its name: n8n gives the whole line, under its name in lower case. */
function headerIn(headers: unknown, name: string): string | undefined {
	const line = isRecord(headers) ? ownValue(headers, name) : undefined;
	return typeof line === 'string' ? line.replace(/^[\w-]{1,40}[ \t]*:/, '') : undefined;
}

/** The name of a server, by which two of them are compared. */
function serverName(written: string): string {
	return written.trim().toLowerCase().replace(/\.$/, '');
}

/** Whether a header that cannot be read is one of this server, by the word that it begins with. */
function beginsWith(header: string, server: string): boolean {
	const [first = ''] = header.trimStart().slice(0, LONGEST_NAME).split(/[\s;]/);
	return serverName(first) === server;
}

/**
 * Reads `authserv-id [version]; method=result [reason=...] ptype.property=value ...; ...` (RFC 8601, section 2.2).
 *
 * @returns undefined for what has not this form
 */
function readResults(line: string): { server: string; results: Result[] } | undefined {
	const plain = line.length > LONGEST_HEADER ? undefined : withoutComments(line);
	const parts = plain === undefined ? undefined : split(plain, ';');
	const [first = '', ...rest] = parts ?? [];
	const [server, version, ...more] = words(first);
	if (server === undefined || more.length > 0 || (version !== undefined && version !== '1')) return undefined;
	const results = rest.flatMap((part): Result[] => {
		const [head = '', ...properties] = words(part);
		const [method = '', result] = pair(head);
		// The version of a method may stand behind it: "spf/1=pass".
		return result === undefined
			? []
			: [
					{
						method: method.split('/')[0]?.toLowerCase() ?? '',
						result: result.toLowerCase(),
						// What is told first holds.
						properties: new Map(
							properties
								.map(pair)
								.map(([name, value = '']): [string, string] => [name.toLowerCase(), value])
								.reverse(),
						),
					},
				];
	});
	return { server: serverName(server), results };
}

/** A part as words. Signs of equality stand in a word, also where blanks surround them; quotes go. */
function words(part: string): string[] {
	const joined = part
		.split('=')
		.map((piece) => piece.trim())
		.join('=');
	return split(joined, ' ').filter((word) => word !== '');
}

function pair(word: string): [name: string, value?: string] {
	const at = word.indexOf('=');
	return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

/** Without comments in parentheses, which may stand inside each other; undefined when one does not end. */
function withoutComments(text: string): string | undefined {
	let depth = 0;
	let isQuoted = false;
	const kept: string[] = [];
	for (let at = 0; at < text.length; at += 1) {
		const sign = text[at] ?? '';
		if (sign === '\\') {
			if (depth === 0) kept.push(sign, text[at + 1] ?? '');
			at += 1;
			continue;
		}
		if (depth === 0 && sign === '"') isQuoted = !isQuoted;
		if (!isQuoted && sign === '(') depth += 1;
		if (depth === 0) kept.push(sign);
		if (!isQuoted && sign === ')') depth = Math.max(0, depth - 1);
	}
	return depth === 0 && !isQuoted ? kept.join('') : undefined;
}

/** Splits where the sign stands outside of quotes, and takes the quotes away. Any blank counts as a blank. */
function split(text: string, by: ';' | ' '): string[] {
	const parts: string[] = [''];
	let isQuoted = false;
	for (let at = 0; at < text.length; at += 1) {
		const sign = text[at] ?? '';
		if (sign === '\\') {
			// What stands behind it is no sign of the form.
			at += 1;
			parts[parts.length - 1] += by === ';' ? `${sign}${text[at] ?? ''}` : (text[at] ?? '');
		} else if (sign === '"') {
			isQuoted = !isQuoted;
			if (by === ';') parts[parts.length - 1] += sign;
		} else if (!isQuoted && (sign === by || (by === ' ' && /\s/.test(sign)))) parts.push('');
		else parts[parts.length - 1] += sign;
	}
	return parts;
}
