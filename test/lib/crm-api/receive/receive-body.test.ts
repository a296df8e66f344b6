/** Bodies as the platform's settings can make them, whole and in pieces. */
import { randomBytes } from 'node:crypto';

import fc from 'fast-check';

import { RequestProblem } from '../../../../lib/crm-api/receive/problem';
import { requestFields } from '../../../../lib/crm-api/receive/read-request';
import type { KeepFile } from '../../../../lib/crm-api/receive/body';
import { receiveBody, takeFile } from '../../../../lib/crm-api/receive/receive-body';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const LIMITS = { text: 4_000_000, file: 50_000_000 };

interface KeptFile {
	bytes: Buffer;
	name?: string;
	contentType?: string;
}

async function* inPieces(body: Buffer, size: number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

/** Reads a request of the endpoint for files, as the node does. */
async function read(
	body: Buffer | string,
	contentType: string,
	{ size = 65_536, limits = LIMITS }: { size?: number; limits?: typeof LIMITS } = {},
): Promise<{ fields: Record<string, string>; file?: KeptFile }> {
	let kept: Buffer | undefined;
	const keep: KeepFile = async (content, named) => {
		const pieces: Uint8Array[] = [];
		for await (const piece of content) pieces.push(piece);
		kept = Buffer.concat(pieces);
		const bytes = kept;
		return {
			label: 'the request',
			open: async () => ({ ...named, content: inPieces(bytes, 1000), close: () => undefined }),
		};
	};
	const received = await receiveBody(
		{ contentType, content: inPieces(Buffer.from(body), size) },
		limits,
		keep,
	);
	const given = requestFields({ query: {}, body: received.values, id: undefined });
	const { fields, file } = await takeFile(given, received.file, keep);
	if (file === undefined || kept === undefined) return { fields };
	const { name, contentType: type } = await file.open();
	return { fields, file: { bytes: kept, name, contentType: type } };
}

async function problemOf(reading: Promise<unknown>): Promise<RequestProblem> {
	const problem = await reading.then(
		() => undefined,
		(error: unknown) => error,
	);
	expect(problem).toBeInstanceOf(RequestProblem);
	return problem as RequestProblem;
}

function multipart(
	parts: Array<{
		name: string;
		content: Buffer | string;
		fileName?: string;
		type?: string;
		encoding?: string;
	}>,
): { body: Buffer; contentType: string } {
	const boundary = 'xYzZY';
	const pieces = parts.flatMap(({ name, content, fileName, type, encoding }) => [
		Buffer.from(
			[
				`--${boundary}`,
				`Content-Disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"`}`,
				...(type === undefined ? [] : [`Content-Type: ${type}`]),
				...(encoding === undefined ? [] : [`Content-Transfer-Encoding: ${encoding}`]),
				'',
				'',
			].join('\r\n'),
		),
		Buffer.from(content),
		Buffer.from('\r\n'),
	]);
	return {
		body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}

describe('G5: the parameters of a request', () => {
	const parameters = { id: 123, subject: 'Title', open: true };
	const asText = { id: '123', subject: 'Title', open: 'true' };

	it.each([
		['a property map', parameters],
		['a container as a map', { ticket: parameters }],
		['a container as an array', { ticket: [parameters] }],
	])('G5: are read from %s', async (_, body) => {
		expect((await read(JSON.stringify(body), JSON_TYPE)).fields).toEqual(asText);
	});

	it('G5: are read from form fields, with containers as forms write them', async () => {
		expect((await read('id=123&subject=Title&open=true', FORM_TYPE)).fields).toEqual(asText);
		expect(
			(await read('ticket[id]=123&ticket[subject]=Title&ticket[][open]=true', FORM_TYPE)).fields,
		).toEqual(asText);
	});

	it('G5: are read from a multipart form, and from JSON that calls itself text', async () => {
		const { body, contentType } = multipart([
			{ name: 'id', content: '123' },
			{ name: 'subject', content: 'Title' },
			{ name: 'open', content: 'true' },
		]);
		expect((await read(body, contentType)).fields).toEqual(asText);
		expect((await read(JSON.stringify(parameters), 'text/plain')).fields).toEqual(asText);
		expect((await read('', JSON_TYPE)).fields).toEqual({});
	});

	it('G6: a variable that was not replaced, empty text and null are missing', async () => {
		const body = {
			a: '{PHONE_NUMBER}',
			b: '',
			c: ' ',
			d: null,
			e: 'null',
			f: '{Call_ID}',
			g: 'Hello {NAME}',
		};
		expect((await read(JSON.stringify(body), JSON_TYPE)).fields).toEqual({ g: 'Hello {NAME}' });
	});

	it('G1: the body counts before the query, and the id of the path before both', () => {
		const query = { id: '1', phone: '1', email: ['first@example.com', 'last@example.com'] };
		const body = { id: 2, phone: '2' };
		expect(requestFields({ query, body, id: 'a%3Ab' })).toEqual({
			id: 'a:b',
			phone: '2',
			email: 'last@example.com',
		});
		expect(requestFields({ query, body, id: '{ACCOUNT_ID}' }).id).toBe('2');
	});

	it('G8: what is about several records, or nested without end, is refused with its place', async () => {
		const two = await problemOf(read(JSON.stringify({ tickets: [{ id: 1 }, { id: 2 }] }), JSON_TYPE));
		expect([two.status, two.message]).toEqual([
			422,
			expect.stringContaining('body holds a list of 2 entries'),
		]);
		const deep = await problemOf(read(JSON.stringify({ a: { b: { c: { d: { e: 1 } } } } }), JSON_TYPE));
		expect([deep.status, deep.message]).toEqual([422, expect.stringContaining('more than 4 deep')]);
		const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a${index}`, 1]));
		expect((await problemOf(read(JSON.stringify(wide), JSON_TYPE))).status).toBe(413);
	});

	it('G8: what is no JSON, or of another kind, is refused with a sentence', async () => {
		expect(await problemOf(read('{"id": ', JSON_TYPE))).toMatchObject({ status: 422 });
		expect(await problemOf(read('hello', JSON_TYPE))).toMatchObject({ status: 422 });
		expect(await problemOf(read('<a/>', 'application/xml'))).toMatchObject({
			status: 415,
			message: expect.stringContaining('application/xml') as unknown,
		});
		expect(await problemOf(read('a', 'multipart/form-data'))).toMatchObject({ status: 422 });
	});

	it('X16: __proto__ is a name like any other', async () => {
		const { fields } = await read('{"__proto__": {"id": "1"}, "constructor": "c"}', JSON_TYPE);
		expect(fields).toEqual({ id: '1', constructor: 'c' });
		expect(({} as Record<string, unknown>).id).toBeUndefined();
	});
});

describe('G9: a file in base64', () => {
	const bytes = randomBytes(300_000);
	const base64 = bytes.toString('base64');
	const withLines = base64.replace(/.{76}/g, '$&\n');

	const FORMS: Array<[string, string, string]> = [
		['in JSON', JSON.stringify({ id: '7', file: base64 }), JSON_TYPE],
		['in a container', JSON.stringify({ attachment: [{ id: '7', file: base64 }] }), JSON_TYPE],
		['before the other values', JSON.stringify({ file: base64, id: '7' }), JSON_TYPE],
		['with line breaks', JSON.stringify({ id: '7', file: withLines }), JSON_TYPE],
		['with escaped slashes', JSON.stringify({ id: '7', file: base64 }).replaceAll('/', '\\/'), JSON_TYPE],
		['with escaped signs', JSON.stringify({ id: '7', file: base64 }).replaceAll('+', '\\u002b'), JSON_TYPE],
		['for addresses', JSON.stringify({ id: '7', file: bytes.toString('base64url') }), JSON_TYPE],
		['as a form', new URLSearchParams({ id: '7', file: base64 }).toString(), FORM_TYPE],
		['as a form that was not encoded', `id=7&file=${base64}`, FORM_TYPE],
		['as a form, in front', `${new URLSearchParams({ file: base64 }).toString()}&id=7`, FORM_TYPE],
	];

	it.each(FORMS)('G9: %s arrives as it was, in whatever pieces it comes', async (_, body, type) => {
		for (const size of [65_536, 997, 10_000_000]) {
			const { fields, file } = await read(body, type, { size });
			expect(fields).toEqual({ id: '7' });
			expect(file?.bytes.equals(bytes)).toBe(true);
		}
	});

	it('G9: with any length and in any pieces', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 60_000, max: 70_000 }),
				fc.integer({ min: 500, max: 80_000 }),
				fc.constantFrom('json', 'form'),
				async (length, size, kind) => {
					const content = randomBytes(length);
					const values = { id: '7', file: content.toString('base64') };
					const body = kind === 'json' ? JSON.stringify(values) : new URLSearchParams(values).toString();
					const { file, fields } = await read(body, kind === 'json' ? JSON_TYPE : FORM_TYPE, { size });
					expect(fields).toEqual({ id: '7' });
					expect(file?.bytes.equals(content)).toBe(true);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('G9: says its type in front, and its name in another field', async () => {
		const file = `data:audio/mpeg;base64,${base64}`;
		const body = JSON.stringify({ file, file_name: 'call-7.mp3' });
		const found = (await read(body, JSON_TYPE)).file;
		expect([found?.contentType, found?.name]).toEqual(['audio/mpeg', 'call-7.mp3']);
		expect(found?.bytes.equals(bytes)).toBe(true);
	});

	it('G9: that is short is found by the name of its field', async () => {
		const body = JSON.stringify({ id: '7', FILE_DATA: Buffer.from('hello').toString('base64') });
		const { fields, file } = await read(body, JSON_TYPE);
		expect(fields).toEqual({ id: '7' });
		expect(file?.bytes.toString()).toBe('hello');
	});

	it('G9: that is none is refused with the position, and so is a second one', async () => {
		const broken = `${base64.slice(0, 100_000)}*${base64.slice(100_000)}`;
		expect(await problemOf(read(JSON.stringify({ file: broken }), JSON_TYPE))).toMatchObject({
			status: 422,
			message: expect.stringContaining('character 100001') as unknown,
		});
		expect(await problemOf(read(JSON.stringify({ a: base64, b: base64 }), JSON_TYPE))).toMatchObject({
			status: 422,
			message: expect.stringContaining('more than one file') as unknown,
		});
		expect(await problemOf(read(JSON.stringify({ file: `${base64}A` }), JSON_TYPE))).toMatchObject({
			status: 422,
		});
	});

	it('G9: that is larger than the limit is refused with 413, and one where none belongs', async () => {
		const limits = { text: 4_000_000, file: 200_000 };
		expect(await problemOf(read(JSON.stringify({ file: base64 }), JSON_TYPE, { limits }))).toMatchObject({
			status: 413,
		});
		const none = { text: 4_000_000, file: 0 };
		expect(
			await problemOf(read(JSON.stringify({ file: base64 }), JSON_TYPE, { limits: none })),
		).toMatchObject({
			status: 422,
		});
	});
});

describe('G9: a multipart form', () => {
	const bytes = randomBytes(300_000);

	it('G9: gives its file with name and type, and its fields', async () => {
		const { body, contentType } = multipart([
			{ name: 'id', content: '7' },
			{ name: 'file', content: bytes, fileName: 'call-7.mp3', type: 'audio/mpeg' },
			{ name: 'note', content: 'Grüße' },
		]);
		for (const size of [65_536, 997, 10_000_000]) {
			const { fields, file: found } = await read(body, contentType, { size });
			expect(fields).toEqual({ id: '7', note: 'Grüße' });
			expect([found?.name, found?.contentType]).toEqual(['call-7.mp3', 'audio/mpeg']);
			// Not by toEqual, which takes half a minute for buffers of this size.
			expect(found?.bytes.equals(bytes)).toBe(true);
		}
	});

	it('G9: may hold its file in base64, as a field or as a part that says so', async () => {
		const base64 = bytes.toString('base64');
		const asField = multipart([
			{ name: 'file', content: base64 },
			{ name: 'id', content: '7' },
		]);
		const { fields, file } = await read(asField.body, asField.contentType);
		expect(fields).toEqual({ id: '7' });
		expect(file?.bytes.equals(bytes)).toBe(true);
		const asPart = multipart([{ name: 'file', content: base64, fileName: 'a.bin', encoding: 'base64' }]);
		expect((await read(asPart.body, asPart.contentType)).file?.bytes.equals(bytes)).toBe(true);
	});

	it('G9: that is too large, holds two files, or breaks off, is refused', async () => {
		const one = { name: 'file', content: bytes, fileName: 'a.mp3' };
		const form = multipart([one]);
		const limits = { text: 4_000_000, file: 100_000 };
		expect(await problemOf(read(form.body, form.contentType, { limits }))).toMatchObject({ status: 413 });
		const two = multipart([one, one]);
		expect(await problemOf(read(two.body, two.contentType))).toMatchObject({ status: 422 });
		const half = form.body.subarray(0, 200_000);
		expect(await problemOf(read(half, form.contentType))).toMatchObject({ status: 422 });
		const many = multipart(Array.from({ length: 600 }, (_, index) => ({ name: `a${index}`, content: 'b' })));
		expect(await problemOf(read(many.body, many.contentType))).toMatchObject({ status: 413 });
	});
});

describe('X16: bodies that are made to be slow', () => {
	const LONG = 1_000_000;
	const BODIES: Array<[string, string, string]> = [
		['brackets', '['.repeat(LONG), JSON_TYPE],
		['braces', '{"a":'.repeat(LONG / 5), JSON_TYPE],
		['quotes', `[${'"",'.repeat(LONG / 3)}1]`, JSON_TYPE],
		['backslashes', `{"file":"${'\\\\'.repeat(LONG / 2)}"}`, JSON_TYPE],
		['a string without an end', `{"file":"${'A'.repeat(LONG)}`, JSON_TYPE],
		['escapes', `{"file":"${'\\u0041'.repeat(LONG / 6)}"}`, JSON_TYPE],
		['fields', 'a=1&'.repeat(LONG / 4), FORM_TYPE],
		['equal signs', `file=${'='.repeat(LONG)}`, FORM_TYPE],
		['percent signs', `file=${'%'.repeat(LONG)}`, FORM_TYPE],
		['dashes', '--b\r\n'.repeat(LONG / 5), 'multipart/form-data; boundary=b'],
		['blanks', ' '.repeat(LONG), JSON_TYPE],
	];

	it.each(BODIES)('X16: a megabyte of %s is read or refused, and takes no time', async (_, body, type) => {
		const times: number[] = [];
		// One try within the limit is enough: what is slow by itself is so in each.
		for (let tries = 0; tries < 5 && !(Math.min(...times) < 250); tries += 1) {
			const usage = process.cpuUsage();
			await read(body, type).catch((error: unknown) => expect(error).toBeInstanceOf(RequestProblem));
			const { user, system } = process.cpuUsage(usage);
			times.push((user + system) / 1000);
		}
		expect(Math.min(...times)).toBeLessThan(250);
	});
});
