/**
 * What kind of content a file has, by its name and by its first bytes. Only kinds that contact centers produce.
 * Signatures: https://en.wikipedia.org/wiki/List_of_file_signatures
 */

/** Bytes that {@link typeByBytes} wants to see. */
export const HEAD_BYTES = 512;

/** Characters of what is said to be a type that are looked at, parameters included. */
const LONGEST_TYPE = 500;

/** Says nothing about the content. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** The first extension of a type is the one that new names get. */
const EXTENSIONS: ReadonlyArray<readonly [contentType: string, ...extensions: string[]]> = [
	['audio/mpeg', 'mp3'],
	['audio/wav', 'wav', 'wave'],
	['audio/ogg', 'ogg', 'oga', 'opus'],
	['audio/mp4', 'm4a'],
	['audio/webm', 'weba'],
	['audio/aac', 'aac'],
	['audio/flac', 'flac'],
	['audio/amr', 'amr'],
	['audio/amr-wb', 'awb'],
	['audio/basic', 'au', 'snd'],
	['audio/aiff', 'aiff', 'aif', 'aifc'],
	['audio/x-caf', 'caf'],
	['audio/x-ms-wma', 'wma'],
	['audio/x-matroska', 'mka'],
	['video/mp4', 'mp4', 'm4v'],
	['video/webm', 'webm'],
	['video/quicktime', 'mov', 'qt'],
	['video/3gpp', '3gp', '3gpp'],
	['video/3gpp2', '3g2'],
	['audio/3gpp', '3gp'],
	['audio/3gpp2', '3g2'],
	['video/ogg', 'ogv'],
	['video/x-msvideo', 'avi'],
	['video/x-matroska', 'mkv'],
	['video/x-ms-wmv', 'wmv'],
	['video/mpeg', 'mpg', 'mpeg'],
	['image/jpeg', 'jpg', 'jpeg'],
	['image/png', 'png'],
	['image/gif', 'gif'],
	['image/webp', 'webp'],
	['image/heic', 'heic', 'heics'],
	['image/heif', 'heif', 'heifs', 'hif'],
	['image/avif', 'avif', 'avifs'],
	['image/tiff', 'tiff', 'tif'],
	['image/x-adobe-dng', 'dng'],
	['image/x-canon-cr3', 'cr3'],
	['image/bmp', 'bmp'],
	['image/jp2', 'jp2'],
	['image/jxl', 'jxl'],
	['image/svg+xml', 'svg'],
	['text/plain', 'txt', 'log'],
	['text/csv', 'csv'],
	['text/html', 'html', 'htm'],
	['application/json', 'json'],
	['application/pdf', 'pdf'],
	['application/xml', 'xml'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
	['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
	['application/vnd.oasis.opendocument.text', 'odt'],
	['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
	['application/vnd.oasis.opendocument.presentation', 'odp'],
	['application/epub+zip', 'epub'],
	['application/msword', 'doc'],
	['application/vnd.ms-excel', 'xls'],
	['application/vnd.ms-powerpoint', 'ppt'],
	['application/vnd.ms-outlook', 'msg'],
	['application/rtf', 'rtf'],
	['text/vtt', 'vtt'],
	['message/rfc822', 'eml'],
	['application/zip', 'zip'],
];

/**
 * Types that share one container: its first bytes do not tell which of them it is, so the file's name and its source do
 * (rule U5). The first stands for what nobody tells.
 */
const CONTAINERS = {
	/** ISO/IEC 14496-12, of which MP4, QuickTime and 3GP are made: https://mp4ra.org/registered-types/brands */
	iso: [
		'video/mp4',
		'audio/mp4',
		'video/quicktime',
		'video/3gpp',
		'audio/3gpp',
		'video/3gpp2',
		'audio/3gpp2',
	],
	heif: ['image/heif', 'image/heic'],
	matroska: ['video/webm', 'audio/webm', 'video/x-matroska', 'audio/x-matroska'],
	ogg: ['audio/ogg', 'video/ogg'],
	asf: ['video/x-ms-wmv', 'audio/x-ms-wma'],
	tiff: ['image/tiff', 'image/x-adobe-dng'],
	zip: [
		'application/zip',
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		'application/vnd.openxmlformats-officedocument.presentationml.presentation',
		'application/vnd.oasis.opendocument.text',
		'application/vnd.oasis.opendocument.spreadsheet',
		'application/vnd.oasis.opendocument.presentation',
		'application/epub+zip',
	],
	ole: [
		'application/x-ole-storage',
		'application/msword',
		'application/vnd.ms-excel',
		'application/vnd.ms-powerpoint',
		'application/vnd.ms-outlook',
	],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Extensions that stand for the container, whatever is in it. */
const SAYS_CONTAINER: ReadonlySet<string> = new Set([
	'mp4',
	'webm',
	'ogg',
	'3gp',
	'3gpp',
	'3g2',
	'mov',
	'zip',
]);

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
	'audio/opus': 'audio/ogg',
	'audio/aacp': 'audio/aac',
	'audio/x-aac': 'audio/aac',
	'audio/x-flac': 'audio/flac',
	'audio/x-aiff': 'audio/aiff',
	'audio/x-amr': 'audio/amr',
	'video/x-m4v': 'video/mp4',
	'video/avi': 'video/x-msvideo',
	'video/msvideo': 'video/x-msvideo',
	'image/x-heic': 'image/heic',
	'image/heic-sequence': 'image/heic',
	'image/x-heif': 'image/heif',
	'image/heif-sequence': 'image/heif',
	'image/tif': 'image/tiff',
	'application/x-zip': 'application/zip',
	'application/x-zip-compressed': 'application/zip',
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
	const type = contentType.slice(0, LONGEST_TYPE).split(';')[0]?.trim().toLowerCase() ?? '';
	if (!/^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,60}$/.test(type) || SAYS_NOTHING.has(type))
		return undefined;
	return SAME[type] ?? type;
}

/**
 * The type that the first bytes of a file show, or undefined when they may be anything. A container shows only that it is one:
 * then it is the usual one of the types that it may be.
 */
export function typeByBytes(head: Uint8Array): string | undefined {
	return shownBy(head)?.type;
}

/** What the first bytes show: a type, and when they only show a container, the types that it may be. */
interface Shown {
	type: string;
	oneOf?: readonly string[];
}

function shownBy(head: Uint8Array): Shown | undefined {
	const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES)).toString(
		'latin1',
	);
	const at = (position: number, signature: string) => text.startsWith(signature, position);
	if (at(4, 'ftyp')) return shownByBrands(text);
	if (at(4, 'jP  \r\n')) return { type: 'image/jp2' };
	if (at(4, 'JXL \r\n')) return { type: 'image/jxl' };
	if (at(0, 'RIFF') || at(0, 'RF64') || at(0, 'BW64')) return typed(RIFF_TYPES[text.slice(8, 12)]);
	if (at(0, 'FORM')) return /^AIF[FC]$/.test(text.slice(8, 12)) ? { type: 'audio/aiff' } : undefined;
	if (at(0, 'OggS')) return shownByCodec(CONTAINERS.ogg, text, /theora|BBCD/, /OpusHead|vorbis|Speex|FLAC/);
	if (at(0, '\x1a\x45\xdf\xa3')) {
		const isWebm = text.includes('webm') || !text.includes('matroska');
		const types = isWebm ? CONTAINERS.matroska : CONTAINERS.matroska.filter((type) => type.includes('x-'));
		return shownByCodec(
			types,
			text,
			/V_(?:VP|AV1|MPEG|THEORA|MS)/,
			/A_(?:OPUS|VORBIS|AAC|MPEG|PCM|FLAC|AC3)/,
		);
	}
	if (at(0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11')) return container('asf');
	if (at(0, 'II*\x00') || at(0, 'MM\x00*')) return container('tiff');
	if (at(0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return container('ole');
	if (at(0, 'PK\x03\x04')) {
		const told = /^mimetype(application\/[\w.+-]{1,80}?)PK/.exec(text.slice(30))?.[1];
		return typed(told) ?? container('zip');
	}
	const found = SIGNATURES.find(([, signature]) => at(0, signature))?.[0];
	if (found !== undefined) return { type: found };
	if (isMpegFrame(head)) return { type: 'audio/mpeg' };
	if (isAacFrame(head)) return { type: 'audio/aac' };
	return typed(typeOfText(text));
}

const SIGNATURES: ReadonlyArray<readonly [type: string, signature: string]> = [
	['audio/mpeg', 'ID3'],
	['audio/flac', 'fLaC'],
	['audio/amr-wb', '#!AMR-WB\n'],
	['audio/amr', '#!AMR\n'],
	['audio/basic', '.snd'],
	['audio/x-caf', 'caff'],
	['video/mpeg', '\x00\x00\x01\xba'],
	['image/jpeg', '\xff\xd8\xff'],
	['image/png', '\x89PNG\r\n\x1a\n'],
	['image/gif', 'GIF8'],
	['image/jxl', '\xff\x0a'],
	['application/pdf', '%PDF-'],
	['application/rtf', '{\\rtf'],
];

const RIFF_TYPES: Readonly<Record<string, string>> = {
	WAVE: 'audio/wav',
	WEBP: 'image/webp',
	'AVI ': 'video/x-msvideo',
};

function typed(type: string | undefined): Shown | undefined {
	return type === undefined ? undefined : { type };
}

function container(name: keyof typeof CONTAINERS): Shown {
	return { type: CONTAINERS[name][0], oneOf: CONTAINERS[name] };
}

/** Sound or picture, where a codec in the beginning tells. */
function shownByCodec(types: readonly string[], text: string, pictures: RegExp, sound: RegExp): Shown {
	const family = pictures.test(text) ? 'video/' : sound.test(text) ? 'audio/' : '';
	const left = types.filter((type) => type.startsWith(family));
	return { type: left[0] ?? UNKNOWN_TYPE, ...(left.length > 1 ? { oneOf: left } : {}) };
}

/** Brands of still pictures, and of what is sound only. */
const HEIC = /^(?:heic|heix|heim|heis|hevc|hevx|hevm|hevs)$/;
const HEIF = /^(?:mif[12]|msf1|miaf)$/;
const AVIF = /^avi[fs]$/;
const SOUND = /^(?:M4[ABP] |F4[AB] )$/;

/**
 * The brands of an ISO file say what it is made for: the first one, and those that it is compatible with.
 * https://mp4ra.org/registered-types/brands; of pictures: https://aomediacodec.github.io/av1-avif/ and
 * https://nokiatech.github.io/heif/technical.html
 */
function shownByBrands(text: string): Shown {
	const length = Math.min(
		[...text.slice(0, 4)].reduce((sum, sign) => sum * 256 + sign.charCodeAt(0), 0),
		text.length,
	);
	const major = text.slice(8, 12);
	const others: string[] = [];
	for (let at = 16; at + 4 <= length; at += 4) others.push(text.slice(at, at + 4));
	const isStill = HEIF.test(major);
	if (AVIF.test(major) || (isStill && others.some((brand) => AVIF.test(brand))))
		return { type: 'image/avif' };
	if (HEIC.test(major) || (isStill && others.some((brand) => HEIC.test(brand))))
		return { type: 'image/heic', oneOf: CONTAINERS.heif };
	if (isStill) return container('heif');
	if (major === 'crx ') return { type: 'image/x-canon-cr3' };
	if (major === 'jxl ') return { type: 'image/jxl' };
	if (SOUND.test(major)) return { type: 'audio/mp4' };
	const usual =
		major === 'qt  '
			? 'video/quicktime'
			: major.startsWith('3gp')
				? 'video/3gpp'
				: major.startsWith('3g2')
					? 'video/3gpp2'
					: 'video/mp4';
	return { type: usual, oneOf: CONTAINERS.iso };
}

/** An AAC frame: twelve bits set, the layer zero, and a sampling rate that exists. */
function isAacFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
	return first === 0xff && (second & 0xf6) === 0xf0 && ((third >> 2) & 15) < 13;
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
	if (/^<svg[\s>]/.test(text)) return 'image/svg+xml';
	if (text.startsWith('<?xml')) {
		if (/<svg[\s>]/.test(text)) return 'image/svg+xml';
		return text.includes('<html') ? 'text/html' : 'application/xml';
	}
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
	const said = plainType(told);
	const shown = shownBy(head);
	// The same container holds sound, pictures or a document: the name knows which, unless it names the container as well.
	const ofContainer = (SAYS_CONTAINER.has(extensionOf(name)) ? [said, byName] : [byName, said]).find(
		(type) => type !== undefined && shown?.oneOf?.includes(type) === true,
	);
	if (ofContainer !== undefined) return ofContainer;
	// Text that happens to look like JSON or a page keeps the type of its name.
	if (shown !== undefined && (isMedia(shown.type) || byName === undefined))
		return moreExact(shown.type, said);
	return byName ?? shown?.type ?? said ?? UNKNOWN_TYPE;
}

/** A kind of XML or JSON that the source names, such as `application/geo+json`. */
function moreExact(shown: string, said: string | undefined): string {
	const syntax = /^application\/(xml|json)$/.exec(shown)?.[1];
	return syntax !== undefined && said?.endsWith(`+${syntax}`) === true ? said : shown;
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
