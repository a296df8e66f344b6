/**
 * What kind of content a file has, by its name and by its first bytes. Only kinds that contact centers produce.
 * Signatures: https://en.wikipedia.org/wiki/List_of_file_signatures
 */

/** Bytes that {@link typeByBytes} wants to see. */
export const HEAD_BYTES = 512;

/** Says nothing about the content. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** The first extension of a type is the one that new names get. */
const EXTENSIONS: ReadonlyArray<readonly [contentType: string, ...extensions: string[]]> = [
	['audio/mpeg', 'mp3'],
	['audio/wav', 'wav', 'wave'],
	['audio/ogg', 'ogg', 'oga', 'opus'],
	['audio/mp4', 'm4a'],
	['audio/webm', 'weba'],
	['video/mp4', 'mp4', 'm4v'],
	['video/webm', 'webm'],
	['video/quicktime', 'mov'],
	['image/jpeg', 'jpg', 'jpeg'],
	['image/png', 'png'],
	['image/gif', 'gif'],
	['image/webp', 'webp'],
	['text/plain', 'txt', 'log'],
	['text/csv', 'csv'],
	['text/html', 'html', 'htm'],
	['application/json', 'json'],
	['application/pdf', 'pdf'],
	['application/xml', 'xml'],
	['application/zip', 'zip'],
];

/** Other names of the same. */
const SAME: Readonly<Record<string, string>> = {
	'audio/mp3': 'audio/mpeg',
	'audio/x-mp3': 'audio/mpeg',
	'audio/mpeg3': 'audio/mpeg',
	'audio/x-wav': 'audio/wav',
	'audio/wave': 'audio/wav',
	'audio/vnd.wave': 'audio/wav',
	'audio/x-pn-wav': 'audio/wav',
	'audio/x-m4a': 'audio/mp4',
	'audio/m4a': 'audio/mp4',
	'application/ogg': 'audio/ogg',
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'text/json': 'application/json',
	'text/xml': 'application/xml',
	'application/xhtml+xml': 'text/html',
};

/** Types that servers send when they do not know. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
	UNKNOWN_TYPE,
	'binary/octet-stream',
	'application/binary',
	'application/force-download',
	'application/download',
	'application/x-download',
]);

/** The extension of a name in lower case, without the dot; empty when there is none. */
export function extensionOf(name: string): string {
	return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The extension that files of a type get; undefined for a type that is not known here. */
export function extensionFor(contentType: string): string | undefined {
	return EXTENSIONS.find(([type]) => type === contentType)?.[1];
}

/** The type that a name's extension stands for, or undefined. */
export function typeByName(name: string): string | undefined {
	const extension = extensionOf(name);
	return EXTENSIONS.find(([, ...extensions]) => extensions.includes(extension))?.[0];
}

/**
 * A content type without its parameters, in lower case and by its usual name.
 *
 * @returns undefined when it is none, or says nothing
 */
export function plainType(contentType: unknown): string | undefined {
	if (typeof contentType !== 'string') return undefined;
	const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
	if (!/^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,60}$/.test(type) || SAYS_NOTHING.has(type))
		return undefined;
	return SAME[type] ?? type;
}

/** The type that the first bytes of a file show, or undefined when they may be anything. */
export function typeByBytes(head: Uint8Array): string | undefined {
	const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES)).toString(
		'latin1',
	);
	const at = (position: number, signature: string) => text.startsWith(signature, position);
	if (at(0, 'ID3')) return 'audio/mpeg';
	if (at(0, 'RIFF') || at(0, 'RF64')) {
		if (at(8, 'WAVE')) return 'audio/wav';
		if (at(8, 'WEBP')) return 'image/webp';
	}
	if (at(0, 'OggS')) return 'audio/ogg';
	if (at(4, 'ftyp'))
		return at(8, 'M4A') || at(8, 'M4B') ? 'audio/mp4' : at(8, 'qt') ? 'video/quicktime' : 'video/mp4';
	if (at(0, '\xff\xd8\xff')) return 'image/jpeg';
	if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
	if (at(0, 'GIF8')) return 'image/gif';
	if (at(0, '%PDF-')) return 'application/pdf';
	if (at(0, 'PK\x03\x04')) return 'application/zip';
	if (isMpegFrame(head)) return 'audio/mpeg';
	return typeOfText(text);
}

/**
 * An MPEG audio frame: 11 bits set, then version, layer, bit rate and sampling rate, none of them a reserved value. Not of
 * layer I, which nobody has used for decades: its first two bytes are those of text in UTF-16.
 */
function isMpegFrame(head: Uint8Array): boolean {
	const [first = 0, second = 0, third = 0] = head;
	if (first !== 0xff || (second & 0xe0) !== 0xe0) return false;
	const version = (second >> 3) & 3;
	const layer = (second >> 1) & 3;
	return version !== 1 && layer !== 0 && layer !== LAYER_I && third >> 4 !== 15 && ((third >> 2) & 3) !== 3;
}

const LAYER_I = 3;

function typeOfText(latin1: string): string | undefined {
	const text = latin1.replace(/^(?:\xef\xbb\xbf)?\s+|^\xef\xbb\xbf/, '').toLowerCase();
	if (/^(?:<!doctype html|<html|<head|<body|<!--[^]*?<html)/.test(text)) return 'text/html';
	if (text.startsWith('<?xml')) return text.includes('<html') ? 'text/html' : 'application/xml';
	if (/^<error>/.test(text)) return 'application/xml';
	if (/^\{\s*(?:"|\}|$)/.test(text) || /^\[\s*(?:[{["\]]|$)/.test(text)) return 'application/json';
	return undefined;
}

/** What people call a file of this type, for texts. */
export function wordFor(
	contentType: string | undefined,
): 'recording' | 'video' | 'photo' | 'transcript' | 'file' {
	if (contentType?.startsWith('audio/') === true) return 'recording';
	if (contentType?.startsWith('video/') === true) return 'video';
	if (contentType?.startsWith('image/') === true) return 'photo';
	if (contentType === 'text/plain' || contentType === 'application/json') return 'transcript';
	return 'file';
}

/** Whether a file of this type is sound or picture, which text can never be. */
export function isMedia(contentType: string | undefined): boolean {
	return contentType !== undefined && /^(?:audio|video|image)\//.test(contentType);
}

/** What is known of a file's type. */
export interface TypeHints {
	/** Chosen by a person. Goes first. */
	chosen?: string;
	/** As the source says. */
	told?: string;
	/** Cleaned name of the file; may be empty. */
	name: string;
	head: Uint8Array;
}

/**
 * The type of a file: what a person chose, else what its bytes show, else what its name or its source says.
 */
export function contentTypeOf({ chosen, told, name, head }: TypeHints): string {
	const given = plainType(chosen);
	if (given !== undefined) return given;
	const byName = typeByName(name);
	const shown = typeByBytes(head);
	// The same container holds sound and pictures: the name knows which.
	if (shown !== undefined && byName !== undefined && sameContainer(shown, byName)) return byName;
	// Text that happens to look like JSON or a page keeps the type of its name.
	if (shown !== undefined && (isMedia(shown) || byName === undefined)) return shown;
	return byName ?? shown ?? plainType(told) ?? UNKNOWN_TYPE;
}

function sameContainer(a: string, b: string): boolean {
	const container = (type: string) => type.replace(/^(?:audio|video)\//, '');
	return container(a) === container(b);
}

/**
 * What came in place of a file, when it is clearly not the file: servers often answer errors and sign-in pages with the
 * status of a success.
 *
 * @returns "a web page" and the like, or undefined when it may be the file
 */
export function standsInFor({ chosen, told, name, head }: TypeHints): string | undefined {
	const expected = plainType(chosen) ?? typeByName(name);
	const shown = typeByBytes(head);
	if (expected === 'text/html') return undefined;
	if (shown === 'text/html') return 'a web page';
	const said = plainType(told);
	// Nobody names a recording after a page; a text may be sent with any type.
	if (said === 'text/html' && !isMedia(shown) && expected !== 'text/plain') return 'a web page';
	if (isMedia(shown) || (expected !== undefined && !isMedia(expected))) return undefined;
	if (shown === 'application/json') return 'a JSON text';
	if (shown === 'application/xml') return 'an XML text';
	if (expected === undefined) return undefined;
	if (said === 'application/json') return 'a JSON text';
	if (said === 'application/xml') return 'an XML text';
	return said?.startsWith('text/') === true ? 'a text' : undefined;
}
