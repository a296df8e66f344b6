import { NoAnswer, type HttpResponse } from '../../../lib/http/http';
import { FileError } from '../../../lib/files/file-error';
import { RefusedAddress, remoteAddress, type AddressRules } from '../../../lib/files/remote-address';
import { isRemoteFile, keepFile, openRemoteFile, type RemoteFile } from '../../../lib/files/remote-file';
import { FakeClock, STANDSTILL, bodyOf } from '../http/scripted';

const OWN = 'https://api.example.com';
const FILE = `${OWN}/recordings/1`;
const STORAGE = 'https://storage.example.net/1.mp3';

type Answer = string | number | Partial<HttpResponse>;

/** Opens an address with these answers: where it redirects to, a status, or more. */
async function open(first: string, answers: Record<string, Answer>, rules: Partial<AddressRules> = {}) {
	const asked: Array<[url: string, signedIn: boolean]> = [];
	const all: AddressRules = { credentialOrigin: OWN, allowPrivate: false, ...rules };
	const ask = async (url: string, signedIn: boolean): Promise<HttpResponse> => {
		asked.push([url, signedIn]);
		const found = answers[url] ?? 404;
		const given: Partial<HttpResponse> =
			typeof found === 'string'
				? { status: 302, headers: { location: found } }
				: typeof found === 'number'
					? { status: found }
					: found;
		return await Promise.resolve({ status: 200, headers: {}, body: bodyOf(10), ...given });
	};
	const opening = async () =>
		await openRemoteFile(ask, remoteAddress(first, undefined, all), all, {
			clock: new FakeClock(),
			idleMs: 5_000,
			label: 'api.example.com',
			count: true,
		});
	return { asked, opened: await opening().catch((error: unknown) => error as RefusedAddress) };
}

async function opened(answer: Partial<HttpResponse>): Promise<RemoteFile> {
	const { opened: file } = await open(FILE, { [FILE]: answer });
	if (file instanceof Error || !isRemoteFile(file)) throw new Error('No file');
	return file;
}

const read = async ({ content }: RemoteFile) => {
	let bytes = 0;
	for await (const piece of content) bytes += piece.byteLength;
	return bytes;
};

describe('X8: where a name leads', () => {
	const resolving = (names: Record<string, string[]>) => ({
		resolve: jest.fn(async (name: string) => await Promise.resolve(names[name] ?? [])),
	});

	it.each([
		['127.0.0.1.my-nip.dev', ['127.0.0.1']],
		['redis.payments', ['10.96.0.12']],
		['files.example.org', ['::ffff:169.254.169.254']],
		['files.example.org', ['fe80::1%eth0']],
		['one-of-two.example.org', ['93.184.216.34', '192.168.0.1']],
	])('%s is not asked when it leads to %s', async (name, addresses) => {
		const url = `https://${name}/1.mp3`;
		for (const start of [url, FILE]) {
			const rules = resolving({ [name]: addresses });
			const answers = { [FILE]: url, [url]: 200 };
			const { asked, opened: refused } = await open(start, answers, rules);
			expect(refused).toMatchObject({ name: 'RefusedAddress', problem: 'private' });
			expect(asked.map(([one]) => one)).toEqual(start === url ? [] : [FILE]);
		}
	});

	it.each([
		['leads to a public address', ['93.184.216.34', '2606:2800:220:1::1']],
		['is reached over NAT64', ['64:ff9b::5db8:d822']],
		['is not known here, as behind a proxy', []],
	])('a name that %s is asked', async (_, addresses) => {
		const { asked } = await open(
			STORAGE,
			{ [STORAGE]: 200 },
			resolving({ 'storage.example.net': addresses }),
		);
		expect(asked).toEqual([[STORAGE, false]]);
	});

	it('is not looked at where such addresses are allowed, nor for the own machine', async () => {
		for (const rules of [{ allowPrivate: true }, { ownHostname: 'storage.example.net' }]) {
			const names = resolving({ 'storage.example.net': ['10.0.0.8'] });
			const { asked } = await open(STORAGE, { [STORAGE]: 200 }, { ...names, ...rules });
			expect(asked).toEqual([[STORAGE, false]]);
			expect(names.resolve).not.toHaveBeenCalled();
		}
	});
});

describe('X8: the credential', () => {
	it('goes to its own host, and to no other, whatever the address names', async () => {
		expect((await open(FILE, { [FILE]: 200 })).asked).toEqual([[FILE, true]]);
		expect((await open(STORAGE, { [STORAGE]: 200 })).asked).toEqual([[STORAGE, false]]);
		const none = await open(FILE, { [FILE]: 200 }, { credentialOrigin: undefined });
		expect(none.asked).toEqual([[FILE, false]]);
	});

	it('goes to hosts that were named in its place', async () => {
		const named = { credentialHosts: ['storage.example.net'] };
		expect((await open(STORAGE, { [STORAGE]: FILE, [FILE]: 200 }, named)).asked).toEqual([
			[STORAGE, true],
			[FILE, false],
		]);
	});

	it('goes nowhere any more once a redirect has led away', async () => {
		const back = `${OWN}/all`;
		const { asked } = await open(FILE, { [FILE]: STORAGE, [STORAGE]: back, [back]: 200 });
		expect(asked.map(([, signedIn]) => signedIn)).toEqual([true, false, false]);
	});
});

describe('X8: addresses', () => {
	it.each<[string, string, Partial<AddressRules>]>([
		['noAddress', '', {}],
		['noAddress', 'recordings/1', {}],
		['noAddress', `${OWN}/${'x'.repeat(8_000)}`, {}],
		['protocol', 'file:///etc/passwd', {}],
		['userInfo', 'https://user:secret@api.example.com/1', {}],
		['private', 'http://redis.default:6379/', {}],
		['private', 'http://127.0.0.1.nip.io/', {}],
	])('%s: %.40s', async (problem, url, rules) => {
		const { asked, opened: refused } = await open(url, {}, rules);
		expect(refused).toMatchObject({ problem, redirect: undefined });
		expect(asked).toEqual([]);
	});

	it.each([
		['notEncrypted', 'http://storage.example.net/1.mp3'],
		['private', 'https://10.0.0.8/1.mp3'],
		['protocol', 'ftp://storage.example.net/1.mp3'],
		['userInfo', 'https://user@storage.example.net/1.mp3'],
		['noAddress', 'https://'],
	])('%s: a redirect to %s, which is named with where it comes from', async (problem, location) => {
		const { opened: refused } = await open(FILE, { [FILE]: location });
		expect(refused).toMatchObject({ problem, redirect: { from: new URL(FILE), status: 302 } });
	});

	it('a redirect to nowhere is an answer without a file, and is closed', async () => {
		const body = bodyOf(3);
		const { opened: answer } = await open(FILE, { [FILE]: { status: 302, body } });
		expect(answer).toMatchObject({ status: 302, body: undefined, signedIn: true });
		expect(body.destroyed).toBe(true);
	});
});

describe('X5: a file that arrives', () => {
	it('says what it is', async () => {
		const headers = {
			'content-type': 'audio/mpeg; x=1',
			'content-length': '10',
			'content-disposition': 'attachment; filename="call.mp3"',
		};
		expect(await opened({ headers })).toMatchObject({
			contentType: 'audio/mpeg',
			length: 10,
			name: 'call.mp3',
		});
	});

	it('is kept whole', async () => {
		const body = bodyOf(6, 4);
		const file = await opened({ body, headers: { 'content-length': '10' } });
		expect(await keepFile(file, read)).toEqual({ kept: 10, size: 10 });
		expect(body.destroyed).toBe(true);
	});

	it.each<[string, Partial<HttpResponse>, object]>([
		['breaks off', { body: bodyOf(5, new Error('aborted')) }, { reason: 'connection' }],
		['stands still', { body: bodyOf(5, STANDSTILL) }, { reason: 'timeout' }],
		['is empty', { body: bodyOf() }, { kind: 'fileEmpty' }],
		['is short', { body: bodyOf(5), headers: { 'content-length': '6' } }, { kind: 'fileLength' }],
		['is long', { body: bodyOf(5, 5), headers: { 'content-length': '6' } }, { kind: 'fileLength' }],
	])('is not kept when it %s, whatever its keeper says', async (_, answer, problem) => {
		const outcome = await keepFile(
			await opened(answer),
			async (file) =>
				// As n8n's storage does: it reports a failure of its own.
				await read(file).catch(() => Promise.reject(new Error('The stream was destroyed'))),
		);
		expect(outcome).toMatchObject({ problem });
	});

	it('is not counted where it is decompressed on the way', async () => {
		const headers = { 'content-length': '6', 'content-encoding': 'gzip' };
		expect(await keepFile(await opened({ body: bodyOf(9), headers }), read)).toMatchObject({ size: 9 });
	});

	it('that cannot be kept is no failure of the file', async () => {
		const full = new Error('ENOSPC');
		const body = bodyOf(5);
		await expect(keepFile(await opened({ body }), () => Promise.reject(full))).rejects.toBe(full);
		expect(body.destroyed).toBe(true);
	});

	it('that is closed while somebody waits for it ends the wait', async () => {
		const file = await opened({ body: bodyOf(STANDSTILL) });
		const next = file.content.next();
		file.close();
		await expect(next).rejects.toBeInstanceOf(NoAnswer);
		expect(file.problem()).toBeUndefined();
	});

	it('is read in the words of the one who asked when it ends early', async () => {
		const file = await opened({ body: bodyOf(5), headers: { 'content-length': '6' } });
		await expect(read(file)).rejects.toBeInstanceOf(FileError);
	});
});
