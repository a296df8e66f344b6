import {
	contentTypeOf,
	isMedia,
	plainType,
	standsInFor,
	typeByBytes,
	typeByName,
	wordFor,
} from '../../../lib/files/content-type';
import { withExtension } from '../../../lib/files/file-name';

const bytes = (...parts: (string | number[])[]) =>
	Buffer.concat(
		parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
	);

describe('X5: the type of a file by its first bytes', () => {
	it.each([
		['audio/mpeg', bytes('ID3\x04')],
		['audio/mpeg', bytes([0xff, 0xfb, 0x90, 0x64])],
		['audio/wav', bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ')],
		['audio/ogg', bytes('OggS')],
		['video/mp4', bytes([0, 0, 0, 24], 'ftypisom')],
		['audio/mp4', bytes([0, 0, 0, 24], 'ftypM4A ')],
		['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
		['image/png', bytes([0x89], 'PNG\r\n', [0x1a], '\n')],
		['application/json', bytes(' {"a": 1}')],
		['application/json', bytes([0xef, 0xbb, 0xbf], '[{"a": 1}]')],
		['text/html', bytes('\n<!DOCTYPE HTML><html>')],
		['text/html', bytes('<?xml version="1.0"?><!DOCTYPE html><html>')],
		['application/xml', bytes('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
		[undefined, bytes('[10:00] Ana: Hello')],
		[undefined, bytes([0xff, 0xff, 0xff, 0xff])],
		[undefined, bytes('')],
	])('%s', (type, head) => expect(typeByBytes(head)).toBe(type));
});

/** The beginning of an ISO file with these brands. */
const iso = (...brands: string[]) =>
	bytes(
		[0, 0, 0, 12 + 4 * brands.length],
		'ftyp',
		brands[0] ?? '',
		[0, 0, 0, 0],
		brands.slice(1).join(''),
		[0, 0, 0, 8],
		'meta',
	);

describe('U5: a container is not its content', () => {
	it.each([
		['image/heic', 'IMG_0001.HEIC', 'image/heif', iso('heic', 'mif1', 'heic')],
		['image/heic', 'IMG_0001.HEIC', 'image/heif', iso('mif1', 'miaf')],
		['image/heic', '', 'video/mp4', iso('mif1', 'heic')],
		['image/heic', 'IMG.HEIC', undefined, iso('hevc', 'msf1')],
		['image/heif', 'a.heif', undefined, iso('mif1', 'miaf')],
		['image/avif', 'a.avif', 'image/avif', iso('avif', 'mif1', 'miaf')],
		['image/avif', 'a', undefined, iso('mif1', 'avif')],
		['image/avif', 'a.mp4', 'video/mp4', iso('avis')],
		['image/x-canon-cr3', 'a.CR3', undefined, iso('crx ', 'isom')],
		['video/mp4', '', undefined, iso('isom', 'mp41')],
		['audio/mp4', '', 'audio/mp4', iso('isom', 'mp41')],
		['audio/mp4', 'call.m4a', 'video/mp4', iso('mp42')],
		['audio/mp4', 'call.mp4', 'audio/mp4', iso('mp42')],
		['audio/mp4', 'call.mp4', 'video/mp4', iso('M4A ', 'isom')],
		['video/mp4', 'call.mp4', 'application/octet-stream', iso('mp42')],
		['video/quicktime', 'a.mov', undefined, iso('qt  ')],
		['audio/3gpp', 'memo.3gp', 'audio/3gpp', iso('3gp5')],
		['video/3gpp', 'clip.3gp', undefined, iso('3gp4')],
		['video/3gpp2', '', undefined, iso('3g2a')],
		['audio/ogg', 'a.ogg', 'video/ogg', bytes('OggS', new Array(24).fill(0) as number[], 'OpusHead')],
		['video/ogg', 'a.ogg', undefined, bytes('OggS', new Array(24).fill(0) as number[], '\x80theora')],
		['audio/webm', 'memo.webm', 'video/webm', bytes([0x1a, 0x45, 0xdf, 0xa3], 'webm', 'A_OPUS')],
		['video/webm', 'memo.webm', undefined, bytes([0x1a, 0x45, 0xdf, 0xa3], 'webm', 'A_OPUSV_VP8')],
		['audio/webm', 'memo.webm', 'audio/webm', bytes([0x1a, 0x45, 0xdf, 0xa3], 'webm')],
		['video/x-matroska', 'a', undefined, bytes([0x1a, 0x45, 0xdf, 0xa3], 'matroska')],
		['audio/wav', 'a.wav', undefined, bytes('RIFF', [1, 0, 0, 0], 'WAVEfmt ')],
		['audio/wav', 'a.wav', undefined, bytes('BW64', [1, 0, 0, 0], 'WAVEds64')],
		['image/webp', 'a.wav', undefined, bytes('RIFF', [1, 0, 0, 0], 'WEBPVP8 ')],
		['video/x-msvideo', 'a', undefined, bytes('RIFF', [1, 0, 0, 0], 'AVI LIST')],
		['audio/aiff', 'a', undefined, bytes('FORM', [0, 0, 0, 1], 'AIFF')],
		['audio/flac', 'a', undefined, bytes('fLaC')],
		['audio/amr', 'a.3gp', undefined, bytes('#!AMR\n')],
		['audio/aac', 'a', undefined, bytes([0xff, 0xf1, 0x50, 0x80])],
		['audio/x-ms-wma', 'a.wma', undefined, bytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11])],
		['image/x-adobe-dng', 'a.dng', undefined, bytes('II*\x00')],
		['image/tiff', '', undefined, bytes('MM\x00*')],
		['image/svg+xml', 'a.svg', undefined, bytes('<?xml version="1.0"?><svg xmlns="x">')],
		['application/geo+json', 'a', 'application/geo+json', bytes('{"type": 1}')],
		[
			'application/epub+zip',
			'book',
			undefined,
			bytes('PK\x03\x04', new Array(26).fill(0) as number[], 'mimetypeapplication/epub+zipPK\x03\x04'),
		],
		['application/zip', 'a', undefined, bytes('PK\x03\x04')],
		[
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'a.docx',
			'application/zip',
			bytes('PK\x03\x04'),
		],
		[
			'application/vnd.ms-outlook',
			'a.msg',
			undefined,
			bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
		],
	])('%s: "%s", told as %s', (expected, name, told, head) => {
		const type = contentTypeOf({ name, told, head });
		expect(type).toBe(expected);
		if (name.includes('.')) expect(withExtension(name, type)).toBe(name);
	});

	it('a photo is called one', () => {
		for (const type of ['image/heic', 'image/heif', 'image/avif']) expect(wordFor(type)).toBe('photo');
	});

	it('keeps a name of its own for a form of ZIP, XML or JSON', () => {
		expect(withExtension('map.geojson', 'application/json')).toBe('map.geojson');
		expect(withExtension('list.xlsm', 'application/zip')).toBe('list.xlsm');
		expect(withExtension('call.2026', 'application/json')).toBe('call.2026.json');
		expect(withExtension('call.v2', 'audio/mpeg')).toBe('call.v2.mp3');
	});
});

it('C23: text in UTF-16 is not taken for sound', () => {
	for (const text of ['\ufeffAna: Hi', '\ufeff\u0064b']) {
		expect(typeByBytes(Buffer.from(text, 'utf16le'))).toBeUndefined();
		expect(typeByBytes(Buffer.from(text, 'utf16le').swap16())).toBeUndefined();
	}
});

it('X5: the type by name, and by what a person or the source says', () => {
	expect([typeByName('a.MP3'), typeByName('a.txt'), typeByName('mp3'), typeByName('a.xyz')]).toEqual([
		'audio/mpeg',
		'text/plain',
		undefined,
		undefined,
	]);
	expect(plainType('Audio/X-WAV; rate=8000')).toBe('audio/wav');
	for (const value of ['application/octet-stream', 'a\r\nb/c', '', 7, 'audio'])
		expect(plainType(value)).toBeUndefined();
	const head = bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ');
	expect(contentTypeOf({ name: 'a.mp3', head })).toBe('audio/wav');
	expect(contentTypeOf({ name: 'a.mp3', head, chosen: 'audio/mpeg' })).toBe('audio/mpeg');
	expect(contentTypeOf({ name: 'a.m4a', head: bytes([0, 0, 0, 24], 'ftypisom') })).toBe('audio/mp4');
	expect(contentTypeOf({ name: 'a.txt', head: bytes('{"a": 1}') })).toBe('text/plain');
	expect(contentTypeOf({ name: '', head: bytes('hello'), told: 'text/plain' })).toBe('text/plain');
	expect(contentTypeOf({ name: '', head: bytes('\x00\x01') })).toBe('application/octet-stream');
	expect(wordFor('audio/wav')).toBe('recording');
	expect(isMedia('text/plain')).toBe(false);
});

describe('X5: what comes in place of a file', () => {
	const page = bytes('<html>');
	const json = bytes('{"error": 1}');
	const sound = bytes('ID3\x04');
	it.each([
		['a web page', { name: 'a.mp3', head: page }],
		['a web page', { name: '', head: page, told: 'audio/mpeg' }],
		['a web page', { name: 'a.txt', head: page }],
		['a web page', { name: 'a.mp3', head: bytes('Sign in'), told: 'text/html' }],
		['a JSON text', { name: 'a.mp3', head: json }],
		['a JSON text', { name: '', head: json, told: 'application/json' }],
		['an XML text', { name: 'a.mp3', head: bytes('<Error><Code>AccessDenied') }],
		['a text', { name: 'a.mp3', head: bytes('Not found'), told: 'text/plain' }],
		[undefined, { name: 'a.html', head: page }],
		[undefined, { name: 'a.json', head: json }],
		[undefined, { name: 'a.mp3', head: sound, told: 'text/html' }],
		[undefined, { name: 'a.mp3', head: bytes('\x00\x01'), told: 'application/octet-stream' }],
		[undefined, { name: '', head: json, chosen: 'application/json' }],
	])('%s', (expected, hints) => expect(standsInFor(hints)).toBe(expected));
});
