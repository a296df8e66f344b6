import { downloadFile, type ArrivingFile } from '../../../../../../lib/platforms/ccaip/api/files/download';
import { STANDSTILL, bodyOf } from '../../../../http/scripted';
import { scripted, type Answer } from '../scripted';
import { words } from '../../../../../setup/words';

const HOST = 'https://acme.uc1.ccaiplatform.com';
const STORAGE = 'https://storage.example.com/call-1.mp3?signature=secret';
const wanted = {
	operation: 'download the recording of call-1',
	url: `${HOST}/r/1`,
	field: 'Recording URL',
	allowInternal: false,
};

const to = (location: string, status = 302): Answer => ({
	status,
	headers: { location },
	body: bodyOf('moved'),
});
const file = (...pieces: Parameters<typeof bodyOf>): Answer => ({
	headers: { 'content-type': 'Audio/MPEG; x=1' },
	body: bodyOf(...pieces),
});

async function textOf({ content }: ArrivingFile): Promise<string> {
	const pieces: Uint8Array[] = [];
	for await (const piece of content) pieces.push(piece);
	return Buffer.concat(pieces).toString();
}

describe('X5: a download', () => {
	it('gives the file piece by piece, with its size and type', async () => {
		const { client, sent } = scripted([file('ab', 'cde')]);
		expect(await downloadFile(client, wanted, textOf)).toEqual({
			saved: 'abcde',
			size: 5,
			contentType: 'audio/mpeg',
		});
		expect(sent).toMatchObject([{ url: `${HOST}/r/1`, signedIn: true, stream: true }]);
	});

	it('signs in at the own host only, and no more once a redirect has left it', async () => {
		const { client, sent } = scripted([to('/r/1/file'), to(STORAGE), to(`${HOST}/r/1/back`), file('a')]);
		await downloadFile(client, wanted, textOf);
		expect(sent.map(({ url, signedIn }) => [url, signedIn])).toEqual([
			[`${HOST}/r/1`, true],
			[`${HOST}/r/1/file`, true],
			[STORAGE, false],
			[`${HOST}/r/1/back`, false],
		]);
	});

	it.each([
		['another host', 'https://acme.uc1.ccaiplatform.com.evil.example/r'],
		['another port', `${HOST}:8443/r/1`],
		['a host of the same domain', 'https://other.uc1.ccaiplatform.com/r/1'],
	])('does not sign in at %s', async (_, url) => {
		const { client, sent } = scripted([file('a')]);
		await downloadFile(client, { ...wanted, url }, textOf);
		expect(sent[0]?.signedIn).toBe(false);
	});

	it.each(
		words(`
		http://localhost/x http://127.0.0.1:5678/rest http://[::1]/x http://[::ffff:10.0.0.1]/x
		http://169.254.169.254/latest/meta-data https://10.1.2.3/x http://0x7f.1/x http://intranet/x
	`),
	)('refuses %s unless it is allowed', async (url) => {
		const { client, sent } = scripted([file('a')]);
		await expect(downloadFile(client, { ...wanted, url }, textOf)).rejects.toThrow(/inside the own network/);
		expect(sent).toHaveLength(0);
		await downloadFile(client, { ...wanted, url, allowInternal: true }, textOf);
		expect(sent).toHaveLength(1);
	});

	it('refuses names that lead into the own network, at once and after a redirect, unless it is allowed', async () => {
		const resolve = async (name: string) => (name === 'storage.example.com' ? ['10.96.0.12'] : ['8.8.8.8']);
		const direct = scripted([file('a')], { resolve });
		await expect(downloadFile(direct.client, { ...wanted, url: STORAGE }, textOf)).rejects.toThrow(
			/'Recording URL' leads to an address inside the own network/,
		);
		expect(direct.sent).toHaveLength(0);
		const redirected = scripted([to(STORAGE), file('a')], { resolve });
		await expect(downloadFile(redirected.client, wanted, textOf)).rejects.toThrow(/not allowed/);
		expect(redirected.sent).toHaveLength(1);
		await downloadFile(direct.client, { ...wanted, url: STORAGE, allowInternal: true }, textOf);
		expect(direct.sent).toHaveLength(1);
	});

	it.each(['file:///etc/passwd', 'javascript:x', 'ftp://x/y', 'https://u:p@example.com/x', 'http://'])(
		'refuses %s',
		async (url) => {
			const { client, sent } = scripted([file('a')]);
			await expect(downloadFile(client, { ...wanted, url }, textOf)).rejects.toThrow(/Recording URL/);
			expect(sent).toHaveLength(0);
		},
	);

	it.each(['http://127.0.0.1/x', 'http://storage.example.com/x', 'file:///etc/passwd'])(
		'is not redirected to %s',
		async (location) => {
			const { client, sent } = scripted([to(location), file('a')]);
			await expect(downloadFile(client, wanted, textOf)).rejects.toMatchObject({
				kind: 'unexpectedAnswer',
				message: expect.stringContaining('not allowed'),
			});
			expect(sent).toHaveLength(1);
		},
	);

	it('does not go round in circles', async () => {
		const { client, sent } = scripted([to('/r/1')]);
		await expect(downloadFile(client, wanted, textOf)).rejects.toThrow(/again and again/);
		expect(sent).toHaveLength(6);
	});

	it.each<[string, Answer]>([
		['the connection broke', file('ab', new Error('aborted'))],
		['nothing arrived any more', file('ab', STANDSTILL)],
		['it ended early', { headers: { 'content-length': '5' }, body: bodyOf('ab') }],
		['more came than announced', { headers: { 'content-length': '1' }, body: bodyOf('ab') }],
		['the storage failed', { status: 503, body: bodyOf('x') }],
		['no answer came', 'timeout'],
	])('begins again when %s', async (_, failure) => {
		const { client, sent } = scripted([failure, file('abcde')]);
		expect((await downloadFile(client, wanted, textOf)).saved).toBe('abcde');
		expect(sent).toHaveLength(2);
	});

	it('may take longer than the time for waiting, as long as something arrives', async () => {
		const slow = async ({ content }: ArrivingFile) => {
			await client.clock.sleep(600_000);
			for await (const piece of content) void piece;
		};
		const { client, sent } = scripted([file('ab', new Error('aborted')), file('abc')], { maxWaitMs: 10_000 });
		expect(await downloadFile(client, wanted, slow)).toMatchObject({ size: 3 });
		expect(sent).toHaveLength(2);
	});

	it('is given up when it breaks again and again', async () => {
		const { client, sent } = scripted([() => ({ body: bodyOf('ab', new Error('aborted')) })], {
			maxWaitMs: 10_000,
		});
		await expect(downloadFile(client, wanted, textOf)).rejects.toMatchObject({ kind: 'noAnswer' });
		expect(sent.length).toBeLessThanOrEqual(8);
	});

	it.each<[string, Answer, string, RegExp]>([
		[
			'a web page',
			{ headers: { 'content-type': 'text/html' }, body: bodyOf('<html>') },
			'unexpectedAnswer',
			/web page/,
		],
		[
			'a message',
			{ headers: { 'content-type': 'application/json' }, body: bodyOf('{}') },
			'unexpectedAnswer',
			/message/,
		],
		['an empty file', { body: bodyOf() }, 'notReady', /empty/],
		['nothing', { status: 204, body: bodyOf() }, 'unexpectedAnswer', /no file/],
		['401 of the platform', { status: 401, body: bodyOf() }, 'unauthorized', /user "acme"/],
		['404 of the platform', { status: 404, body: bodyOf() }, 'notFound', /does not have it/],
	])('says so when it gets %s', async (_, answer, kind, message) => {
		const { client, sent } = scripted([answer]);
		await expect(downloadFile(client, wanted, textOf)).rejects.toMatchObject({
			kind,
			message: expect.stringMatching(message),
		});
		expect(sent).toHaveLength(1);
	});

	it.each([
		[403, 'forbidden', /server that keeps the file/],
		[404, 'notFound', /not there/],
	])('does not blame the token when the storage answers %i', async (status, kind, message) => {
		const { client } = scripted([to(STORAGE), { status, body: bodyOf() }]);
		const error = await downloadFile(client, wanted, textOf).catch((thrown: unknown) => thrown as Error);
		expect(error).toMatchObject({ kind, message: expect.stringMatching(message) });
		expect(String((error as Error).message)).not.toMatch(/token|secret/);
	});

	it('closes what it does not read', async () => {
		const bodies = [bodyOf('moved'), bodyOf('denied')];
		const { client } = scripted([
			{ status: 302, headers: { location: STORAGE }, body: bodies[0] },
			{ status: 403, body: bodies[1] },
		]);
		await expect(downloadFile(client, wanted, textOf)).rejects.toThrow();
		expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true]);
	});

	it('is not repeated when the file cannot be kept', async () => {
		const body = bodyOf('a', 'b');
		const { client, sent } = scripted([{ body }]);
		const full = new Error('no space left on device');
		await expect(downloadFile(client, wanted, () => Promise.reject(full))).rejects.toBe(full);
		expect(sent).toHaveLength(1);
		expect(body.destroyed).toBe(true);
	});
});
