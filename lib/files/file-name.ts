/**
 * Names of files. Those of sessions follow the names that contact centers give them in external storage (rule U5):
 * `call-123.mp3`, `call-123-photo-9.jpg`, `chat-77.txt`.
 */
import { foldLetters } from '../domain/plain-letters';
import { extensionFor, extensionOf, typeByName } from './content-type';

/** Characters of a name: what file systems take, in Unicode characters, extension included. */
const LONGEST_NAME = 200;

/** Characters of what is given as a name that are looked at. */
const MOST_TEXT = 8192;

const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name that is safe as it stands: no folders, no control or direction characters, nothing that a file system refuses.
 *
 * @returns undefined when nothing remains
 */
export function cleanFileName(raw: unknown): string | undefined {
	if (typeof raw !== 'string') return undefined;
	// Nobody needs more of it, and what follows takes longer the longer it is.
	const text = raw.length > MOST_TEXT ? raw.slice(0, MOST_TEXT / 2) + raw.slice(-MOST_TEXT / 2) : raw;
	const last = text
		.split(/[/\\]/)
		.filter((part) => part.trim() !== '')
		.at(-1);
	if (last === undefined) return undefined;
	const plain = last
		.normalize('NFC')
		// Also the characters that turn the direction of writing, which can hide what a name ends with.
		.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Surrogate}\u2028\u2029]/gu, '')
		.replace(/[<>:"|?*]/g, '_')
		.replace(/\s+/g, ' ')
		.replace(/^[. ]+|(?<![. ])[. ]+$/g, '');
	if (plain === '') return undefined;
	return shortFileName(RESERVED.test(plain) ? `_${plain}` : plain);
}

/** Cuts the middle of a cleaned name away: the beginning says what it is, the end what type it has. */
export function shortFileName(name: string): string {
	const letters = [...name];
	if (letters.length <= LONGEST_NAME) return name;
	const extension = extensionOf(name);
	const end = extension === '' ? '' : `.${extension}`;
	const beginning = letters.slice(0, LONGEST_NAME - end.length).join('');
	return `${beginning.replace(/(?<![. ])[. ]+$/, '')}${end}`;
}

/**
 * The name in a `Content-Disposition` header, not cleaned: https://www.rfc-editor.org/rfc/rfc6266. Servers that do not keep to
 * it write letters as they are, leave blanks outside of quotes, or do not end the quotes.
 */
export function nameInDisposition(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	const extended = /(?:^|[;\s])filename\*\s*=\s*"?(utf-8|iso-8859-1)'[^']*'([^;\s"]+)/i.exec(header);
	const decoded = extended === null ? undefined : decode(extended[2] ?? '', extended[1]);
	if (decoded !== undefined) return decoded;
	const quoted = /(?:^|[;\s])filename\s*=\s*"((?:[^"\\]|\\.)*)/i.exec(header)?.[1];
	if (quoted !== undefined) return asWritten(quoted.replace(/\\(.)/g, '$1'));
	const plain = /(?:^|[;\s])filename\s*=\s*([^;"]+)/i.exec(header)?.[1]?.trim();
	return plain === undefined || plain === '' ? undefined : asWritten(plain);
}

/** Headers come as one character for each byte; the bytes are mostly meant as UTF-8. */
function asWritten(latin1: string): string {
	if (!/[\x80-\xff]/.test(latin1) || /[^\0-\xff]/.test(latin1)) return latin1;
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
	} catch {
		return latin1;
	}
}

/** The last part of an address, when it looks like the name of a file. */
export function nameInUrl(url: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const last = new URL(url).pathname.split('/').at(-1) ?? '';
	const name = decode(last);
	return name !== undefined && typeByName(name) !== undefined ? name : undefined;
}

function decode(text: string, encoding = 'utf-8'): string | undefined {
	if (encoding.toLowerCase() === 'iso-8859-1') {
		return text.replace(/%([\da-f]{2})/gi, (_, byte: string) =>
			String.fromCharCode(Number.parseInt(byte, 16)),
		);
	}
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/**
 * A file's name with the extension of its type, when it has none. An extension that is not known stays as it is where the type
 * is only known in general: a form of XML, JSON or ZIP has a name of its own.
 */
export function withExtension(name: string, contentType: string): string {
	const own = extensionOf(name);
	if (own !== '' && typeByName(name) !== undefined) return name;
	const extension = extensionFor(contentType);
	const isGeneral = GENERAL.has(contentType) && /^(?=.*[a-z])\w{3,}$/.test(own);
	return extension === undefined || own === extension || isGeneral
		? name
		: shortFileName(`${name}.${extension}`);
}

const GENERAL: ReadonlySet<string> = new Set(['application/zip', 'application/xml', 'application/json']);

/** A session's file, as its name tells. */
export interface SessionFileName {
	channel: 'call' | 'chat';
	sessionId: string;
	/** Absent for the recording, transcript or metadata of the session as a whole. */
	part?: { kind: 'photo' | 'video'; id: string };
	/** Lower case, without the dot. */
	extension: string;
}

const SESSION_FILE = /^(call|chat)-([\w.~-]{1,120}?)(?:-(photo|video)-([\w.~-]{1,80}))?\.([a-z0-9]{1,8})$/i;

/** Reads a name of the form that rule U5 gives; undefined when it has another. Folders in front are left out. */
export function readSessionFileName(raw: string): SessionFileName | undefined {
	const found = SESSION_FILE.exec(cleanFileName(raw) ?? '');
	if (found === null) return undefined;
	const [, channel = '', sessionId = '', kind, id = '', extension = ''] = found;
	return {
		channel: channel.toLowerCase() === 'chat' ? 'chat' : 'call',
		sessionId,
		...(kind === undefined ? {} : { part: { kind: kind.toLowerCase() === 'video' ? 'video' : 'photo', id } }),
		extension: extension.toLowerCase(),
	};
}

/** The name of a session's file (rule U5). */
export function sessionFileName(file: SessionFileName): string {
	const { channel, sessionId, part, extension } = file;
	const middle = part === undefined ? '' : `-${part.kind}-${part.id}`;
	// CCAI Platform's own ids of sessions, `chat-987`, say the channel already.
	const id = plainId(sessionId.replace(/^(?:call|chat)-(?=\w)/i, ''));
	return cleanFileName(`${channel}-${id}${middle}.${extension}`) ?? `${channel}.${extension}`;
}

/** An id in the signs that such names have. Letters without a plain form keep ids apart by their numbers in Unicode. */
export function plainId(id: string): string {
	return foldLetters(id)
		.text.replace(/[^\p{ASCII}\P{L}]/gu, (letter) => `u${(letter.codePointAt(0) ?? 0).toString(16)}`)
		.replace(/[^\w.~-]+/g, '_');
}

/**
 * The id that the platform gave a session, from the external id that it has in Kustomer: `babelforce:7c3f` gives `7c3f`.
 */
export function sessionIdIn(externalId: string): string {
	return externalId.split(':').at(-1) || externalId;
}
