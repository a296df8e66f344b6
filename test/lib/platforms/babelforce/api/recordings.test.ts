import { downloadRecording, type OpenFile } from '../../../../../lib/platforms/babelforce/api/download';
import type { Recording } from '../../../../../lib/platforms/babelforce/api/documents';
import { fileKind } from '../../../../../lib/platforms/babelforce/api/file-name';
import { filterId, plainId, wireId } from '../../../../../lib/platforms/babelforce/api/ids';
import {
	availabilityOf,
	recordingsOfCall,
} from '../../../../../lib/platforms/babelforce/api/resources/recordings';
import type { ResolveName } from '../../../../../lib/files/remote-address';
import { InputError } from '../../../../../lib/http/errors';
import { NoAnswer, type HttpResponse, type OpenRequest } from '../../../../../lib/http/http';
import { Answers, answer, bodyOf } from '../../../http/scripted';
import { BASE, scripted } from './scripted';

const FILE_ID = 'f'.repeat(32);
const CALL_ID = 'c'.repeat(32);
const LEG_ID = 'e'.repeat(32);
const recording: Recording = {
	id: 'd'.repeat(32),
	state: 'stored',
	url: 'https://public.example/r.wav',
	file: { id: FILE_ID, state: 'stored', name: 'x.mp3', contentType: 'audio/mpeg' },
	call: { id: CALL_ID },
};

describe('IDs', () => {
	it.each([
		['7C3F9A2E-4b5d-6e8f-9a0b-1c2d3e4f5a6b', '7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b'],
		[' 7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b ', '7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b'],
		['{7c3f9a2e-4b5d-6e8f-9a0b-1c2d3e4f5a6b}', '7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b'],
	])('%s is sent without hyphens in an address, and with them in a filter', (typed, id) => {
		expect(wireId(typed, 'Call')).toBe(id);
		expect(filterId(typed, 'Call')).toBe('7c3f9a2e-4b5d-6e8f-9a0b-1c2d3e4f5a6b');
		expect(plainId(typed.trim())).toBe(typed.startsWith('{') ? `{${id}}` : id);
	});

	it.each(['', '../agents', '7c3f', 'z'.repeat(32), `${'a'.repeat(32)}/status`])('%s is refused', (typed) => {
		expect(() => wireId(typed, 'Call')).toThrow(InputError);
		expect(() => filterId(typed, 'Call')).toThrow(InputError);
	});
});

describe('availability', () => {
	it.each([
		['stored', 'stored', 'ready'],
		['stopped', 'stored', 'ready'],
		[undefined, 'stored', 'ready'],
		['stored', undefined, 'ready'],
		['recording', 'stored', 'later'],
		['init', 'created', 'later'],
		['stored', 'storing', 'later'],
		[undefined, undefined, 'later'],
		['deleted', 'stored', 'never'],
		['stored', 'missing', 'never'],
		['failed', undefined, 'never'],
	])('recording %s, file %s: %s', (state, file, expected) => {
		expect(availabilityOf({ id: 'x', state, file: { state: file } })).toBe(expected);
	});

	it('gives recordings inside of a call that call', async () => {
		const item = { id: CALL_ID, from: '1', recordings: [{ id: 'r' }, recording] };
		const { client } = scripted([answer(200, { item, success: true })]);
		const found = await recordingsOfCall(client, CALL_ID);
		expect(found.map(({ call }) => call?.id)).toEqual([CALL_ID, CALL_ID]);
	});

	it('C7: asks the legs on which a call was passed on when it has none itself', async () => {
		const leg = { id: LEG_ID, parentId: CALL_ID, recordings: [{ id: 'r' }] };
		const { client, requests } = scripted([
			answer(200, { item: { id: CALL_ID, recordings: [] }, success: true }),
			answer(200, { items: [leg], pagination: { pages: 1, total: 1, current: 1, max: 100 } }),
		]);
		const found = await recordingsOfCall(client, CALL_ID);
		expect(found.map(({ id, call }) => [id, call?.id])).toEqual([['r', LEG_ID]]);
		expect(requests[1]?.path).toContain(`/reporting?`);
		expect(requests[1]?.path).toContain('parentId=cccccccc-cccc-cccc-cccc-cccccccccccc&');
	});
});

describe('U5: names', () => {
	it.each([
		['audio/x-wav', 'audio/wav', 'wav'],
		['audio/mpeg; charset=binary', 'audio/mpeg', 'mp3'],
		['application/octet-stream', 'audio/mpeg', 'mp3'],
		[undefined, 'audio/mpeg', 'mp3'],
	])('type %s', (contentType, mimeType, extension) => {
		expect(fileKind(recording, contentType)).toEqual({ name: `call-${CALL_ID}.${extension}`, mimeType });
	});

	it('fall back to the name under which babelforce keeps the file', () => {
		expect(fileKind({ ...recording, file: { name: 'a.ogg' } })).toEqual({
			name: `call-${CALL_ID}.ogg`,
			mimeType: 'audio/ogg',
		});
	});

	it('are harmless whatever babelforce says', () => {
		const { name } = fileKind({
			id: '../x',
			call: { id: null },
			file: { name: 'a.exe', contentType: 'a/b' },
		});
		expect(name).toBe('recording-.._x.bin');
	});
});

describe('downloads', () => {
	const DOWNLOAD = `${BASE}/api/v2/files/${FILE_ID}/download`;
	const STORAGE = 'https://storage.example/x?signature=1';
	const moved = (location?: string): HttpResponse => answer(302, undefined, { location });
	const file = (headers: HttpResponse['headers'] = {}): HttpResponse =>
		answer(200, undefined, { 'content-type': 'audio/wav', 'content-length': '10', ...headers });

	/** What arrives of a file: so many bytes; a broken connection; or what was sent, which then cannot be kept. */
	const arriving = (outcome: number | Error = 10) =>
		bodyOf(outcome instanceof Error && !(outcome instanceof NoAnswer) ? 10 : outcome);

	/**
	 * Downloads with these answers, one after the other.
	 *
	 * @param stored what arrives of each file, or why it cannot be kept
	 */
	async function download(
		answers: Array<HttpResponse | NoAnswer>,
		stored: Array<number | Error> = [10],
		{ resolve, allowInternal }: { resolve?: ResolveName; allowInternal?: boolean } = {},
	) {
		const opening = new Answers<OpenRequest>(
			answers.map((given) =>
				given instanceof NoAnswer || given.status !== 200
					? given
					: () => ({ ...given, body: arriving(stored[0]) }),
			),
			'an error',
		);
		const { requests: opened } = opening;
		const files: OpenFile[] = [];
		const { client, requests: reads } = scripted([answer(200, { item: recording })], {
			resolve,
			open: opening.send,
		});
		const store = async (one: OpenFile) => {
			files.push(one);
			const outcome = stored.shift();
			for await (const piece of one.content) void piece;
			if (outcome instanceof Error) throw outcome;
			return 'kept';
		};
		const result = await downloadRecording(client, recording, store, allowInternal).catch(
			(error: unknown) => error as Error & { kind?: string },
		);
		return {
			result,
			opened,
			reads,
			files,
			ways: opened.map(({ url, signedIn }) => [url, signedIn]),
		};
	}

	it('X5: the credential goes to babelforce, and nowhere else', async () => {
		const { result, ways, files } = await download([moved(STORAGE), moved('/y'), file()]);
		expect(result).toBe('kept');
		expect(ways).toEqual([
			[DOWNLOAD, true],
			[STORAGE, false],
			['https://storage.example/y', false],
		]);
		expect(files[0]).toMatchObject({ name: `call-${CALL_ID}.wav`, mimeType: 'audio/wav', length: 10 });
	});

	it('a redirect within babelforce keeps the credential; the same name with another port does not', async () => {
		const { ways } = await download([
			moved('/other'),
			moved('https://services.babelforce.com:444/x'),
			file(),
		]);
		expect(ways.map(([, signedIn]) => signedIn)).toEqual([true, true, false]);
	});

	it('X5: a redirect that leads away and back is no longer signed in', async () => {
		const { ways } = await download([moved(STORAGE), moved(`${BASE}/api/v2/all`), file()]);
		expect(ways.map(([, withCredential]) => withCredential)).toEqual([true, false, false]);
	});

	it.each([
		['an address', 'https://169.254.169.254/latest/meta-data', undefined],
		['a name', 'https://redis.default/x', undefined],
		['where a name leads', STORAGE, async () => ['10.0.0.8']],
	])('X8: a redirect into the own network, told by %s, needs to be allowed', async (_, location, resolve) => {
		const refused = await download([moved(location), file()], [10], { resolve });
		expect(refused.result).toMatchObject({
			kind: 'unexpectedAnswer',
			message: expect.stringMatching(/inside the own network/),
			advice: expect.stringMatching(/Allow Internal Addresses/),
		});
		expect(refused.opened).toHaveLength(1);
		const allowed = await download([moved(location), file()], [10], { resolve, allowInternal: true });
		expect(allowed.result).toBe('kept');
	});

	it('a file that comes at once is taken', async () => {
		expect((await download([file()])).result).toBe('kept');
	});

	it.each([
		undefined,
		'',
		'http://storage.example/x',
		'ftp://x.example',
		'https://u:p@x.example',
		'javascript:1',
	])('a redirect to %s is not followed', async (location) => {
		const { result, opened } = await download([moved(location)]);
		expect(result).toMatchObject({ kind: 'unexpectedAnswer' });
		expect(opened).toHaveLength(1);
	});

	it('without a link the public address is used, without credential', async () => {
		const { result, ways } = await download([answer(404), file()]);
		expect(result).toBe('kept');
		expect(ways[1]).toEqual(['https://public.example/r.wav', false]);
	});

	it('a link that has ended is asked for anew, and so is a token', async () => {
		for (const status of [401, 403]) {
			const { result, reads } = await download([
				...(status === 401 ? [answer(401)] : [moved(STORAGE), answer(403)]),
				moved(STORAGE),
				file(),
			]);
			expect(result).toBe('kept');
			expect(reads.map(({ path }) => path)).toEqual([`/api/v2/recordings/${recording.id}`]);
		}
	});

	it.each([
		['broke', [new NoAnswer('connection'), 10]],
		['was too short', [4, 10]],
	])('a download that %s begins anew', async (_, stored) => {
		const { result, opened } = await download([moved(STORAGE), file(), moved(STORAGE), file()], stored);
		expect(result).toBe('kept');
		expect(opened).toHaveLength(4);
	});

	it('is given up after three times', async () => {
		const way = [moved(STORAGE), file()];
		const { result } = await download([...way, ...way, ...way], [4, 4, 4]);
		expect(result).toMatchObject({ kind: 'noAnswer' });
	});

	it('a wrong disk is not the network: the error passes through', async () => {
		const full = new Error('ENOSPC');
		const { result } = await download([moved(STORAGE), file()], [full]);
		expect(result).toBe(full);
	});

	it.each([
		[{ 'content-type': 'text/html; charset=utf-8' }, 'the storage sent "text/html" instead of audio'],
		[{ 'content-type': 'application/xml' }, 'the storage sent "application/xml" instead of audio'],
		[{ 'content-length': '0' }, 'the file is empty'],
	])('%j is not stored', async (headers, why) => {
		const { result, files } = await download([moved(STORAGE), file(headers)]);
		expect(result).toMatchObject({
			kind: 'unusableFile',
			message: `The recording cannot be downloaded: ${why}.`,
		});
		expect(files).toEqual([]);
	});

	it('zero bytes of a length that nobody said are no recording', async () => {
		const { result } = await download([moved(STORAGE), file({ 'content-length': undefined })], [0]);
		expect(result).toMatchObject({ kind: 'unusableFile' });
	});

	it('a length that nobody said, or of what was compressed, is not compared', async () => {
		for (const headers of [{ 'content-length': undefined }, { 'content-encoding': 'gzip' }]) {
			expect((await download([moved(STORAGE), file(headers)], [99])).result).toBe('kept');
		}
	});
});
