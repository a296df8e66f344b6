import { exactly, countBytes, readHead } from '../../../lib/files/content-streams';
import { FileError } from '../../../lib/files/file-error';
import { FormBody } from '../../../lib/files/form-body';

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
	for (const text of texts) yield Buffer.from(text);
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
	const all: Uint8Array[] = [];
	for await (const piece of content) all.push(piece);
	return Buffer.concat(all).toString();
}

const contentOf = (form: FormBody) => textOf(form.stream() as unknown as AsyncIterable<Uint8Array>);

describe('X5: the form', () => {
	it('has the fields first, the file last, and the length that it says', async () => {
		const form = new FormBody(
			{ key: 'a/b', 'Content-Type': 'audio/mpeg', policy: 'ä' },
			{ name: 'call-1.mp3', contentType: 'audio/mpeg', length: 5, content: pieces('he', 'llo') },
		);
		const sent = await contentOf(form);
		expect(Buffer.byteLength(sent)).toBe(form.size);
		const read = await new Response(sent, { headers: { 'content-type': form.type } }).formData();
		expect([...read.keys()]).toEqual(['key', 'Content-Type', 'policy', 'file']);
		expect(read.get('policy')).toBe('ä');
		const file = read.get('file') as File;
		expect([file.name, file.type, await file.text()]).toEqual(['call-1.mp3', 'audio/mpeg', 'hello']);
	});

	it('cannot be broken by names', async () => {
		const form = new FormBody(
			{ 'a"\r\nX: 1': '1' },
			{ name: 'a"\r\n.mp3', contentType: 'a\r\nX: 1', length: 0, content: pieces() },
		);
		expect(await contentOf(form)).not.toMatch(/^X: 1/m);
	});

	it('fetches the next piece only when it is asked for, and is a Blob to whoever asks', async () => {
		let fetched = 0;
		async function* slow(): AsyncGenerator<Uint8Array> {
			for (; fetched < 100; fetched += 1) yield Buffer.alloc(1);
		}
		const form = new FormBody({}, { name: 'a', contentType: 'audio/mpeg', length: 100, content: slow() });
		expect(Object.prototype.toString.call(form)).toBe('[object Blob]');
		expect(Object.keys(form)).toEqual(expect.arrayContaining(['size', 'type']));
		const reader = (form.stream() as ReadableStream<Uint8Array>).getReader();
		await reader.read();
		await reader.read();
		expect(fetched).toBeLessThan(3);
		await reader.cancel();
		expect(() => form.text()).toThrow(/only be read as a stream/);
	});
});

describe('X5: the announced length', () => {
	it('is kept to', async () => {
		expect(await textOf(exactly(pieces('ab', 'c'), 3, 'x'))).toBe('abc');
	});

	it('ends with an error before the first byte too many, which trying again does not cure', async () => {
		const seen: string[] = [];
		const error = await (async () => {
			for await (const piece of exactly(pieces('ab', 'cd'), 3, 'files.example.com')) seen.push(String(piece));
			return undefined;
		})().catch((thrown: unknown) => thrown as FileError);
		expect(seen).toEqual(['ab']);
		expect(error).toMatchObject({ kind: 'fileLength', mayHelp: false });
	});

	it('ends with an error when bytes are missing, which trying again may cure', async () => {
		await expect(textOf(exactly(pieces('ab'), 3, 'files.example.com'))).rejects.toMatchObject({
			kind: 'fileLength',
			mayHelp: true,
			message: 'The file from files.example.com ended early: 2 of 3 bytes came.',
		});
	});
});

it('X5: looking at the beginning loses nothing', async () => {
	const { head, content } = await readHead(pieces('abc', 'def', 'ghi'), 4);
	expect(Buffer.from(head).toString()).toBe('abcd');
	expect(await textOf(content)).toBe('abcdefghi');
	const short = await readHead(pieces('a'), 100);
	expect(short.head.byteLength).toBe(1);
	expect(await countBytes(short.content, 10)).toBe(1);
});
