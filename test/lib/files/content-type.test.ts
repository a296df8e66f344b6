import {
	contentTypeOf,
	isMedia,
	plainType,
	standsInFor,
	typeByBytes,
	typeByName,
	wordFor,
} from '../../../lib/files/content-type';

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
