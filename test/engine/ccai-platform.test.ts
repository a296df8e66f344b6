import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CcaiPlatform } from '../../nodes/CcaiPlatform/CcaiPlatform.node';
import { sessionOf } from '../../nodes/Kustomer/actions/session/read-session';
import {
	bytesOf,
	callRecord,
	chatRecord,
	startCcaiPlatformStandIn,
	type CcaiPlatformStandIn,
} from '../../sandbox/ccai-platform';
import { startKustomerStandIn } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import { jsonOf, runOn, type CcaiRunOptions } from './ccai-platform-setup';
import { credentialTestContext, itemsOf, type NodeResult } from './execute-harness';
import { run as runKustomer } from './kustomer-setup';

const START = Date.UTC(2026, 2, 1, 10);
const at = (minutes: number) => START + minutes * 60_000;

const standIn = useStandIn(() => startCcaiPlatformStandIn());

const run = async (operation: string, parameters: INodeParameters, options?: CcaiRunOptions) =>
	await runOn(standIn, operation, parameters, options);

function fileOf(result: NodeResult, index = 0, field = 'data') {
	const binary = result.items[index]?.binary?.[field];
	if (binary === undefined) throw result.error ?? new Error('The node gave no file');
	return { ...binary, content: Buffer.from(binary.data, 'base64') };
}

describe('Session: Get Call and Get Chat', () => {
	it.each(['123', 'call-123', '={{ $json.session.id }}', '={{ 123 }}'])(
		'gets the call %s',
		async (callId) => {
			standIn.store.add('call', callRecord({ id: 123 }));
			const items = itemsOf({ session: { id: 'ccaip:call-123' } });
			const [call] = jsonOf(await run('session.getCall', { callId }, { items }));
			expect(call).toMatchObject({
				externalId: 'ccaip:call-123',
				occurredAt: '2026-03-01T10:05:00.000Z',
				session: { source: 'ccaip', id: 'call-123', channel: 'voice', endUser: { phone: '+13105550123' } },
				record: { id: 123, call_type: 'Voice Inbound (IVR)', status: 'finished' },
			});
			expect(standIn.requests.map(({ path }) => path)).toEqual(['/manager/api/v1/calls/123']);
		},
	);

	it('gets a chat, with a prefix in the external ID', async () => {
		standIn.store.add('chat', chatRecord({ id: 987 }));
		const [chat] = jsonOf(
			await run('session.getChat', { chatId: '987', options: { externalIdPrefix: 'emea-' } }),
		);
		expect(chat).toMatchObject({
			externalId: 'emea-ccaip:chat-987',
			session: { id: 'chat-987', channel: 'chat' },
		});
	});

	it('keeps calls and chats with the same number apart', async () => {
		standIn.store.add('chat', chatRecord({ id: 5 }));
		const { error } = await run('session.getCall', { callId: '5' });
		expect(error).toMatchObject({ httpCode: '404', context: { kind: 'notFound', itemIndex: 0 } });
		expect(error?.description).toMatch(/numbered apart/);
	});

	it('refuses what is no ID before anything is sent', async () => {
		const items = itemsOf({ id: '' }, { id: {} }, { id: 'chat-5' }, { id: '../../agents' });
		const result = await run(
			'session.getCall',
			{ callId: '={{ $json.id }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(result.errorItems.map(({ json }) => (json.error as IDataObject).kind)).toEqual(
			Array(4).fill('invalidInput'),
		);
		expect(standIn.requests).toHaveLength(0);
	});
});

describe('Session: Get Many', () => {
	const ids = (result: NodeResult) => jsonOf(result).map(({ session }) => (session as IDataObject).id);

	it('reads three pages of calls, each once', async () => {
		for (let n = 1; n <= 250; n += 1) standIn.store.add('call', callRecord({ id: n, updatedAt: at(n) }));
		const result = await run('session.getMany', {
			sessions: 'calls',
			updatedFrom: new Date(at(1)).toISOString(),
			returnAll: true,
		});
		expect(ids(result)).toEqual(Array.from({ length: 250 }, (_, index) => `call-${index + 1}`));
		expect(standIn.requests).toHaveLength(3);
		expect(standIn.requests.every(({ query }) => query.per === '100' && query.sort_direction === 'ASC')).toBe(
			true,
		);
	});

	it('puts calls and chats into one order, up to the limit', async () => {
		for (const n of [1, 3, 5]) standIn.store.add('call', callRecord({ id: n, updatedAt: at(n) }));
		for (const n of [2, 4, 6]) standIn.store.add('chat', chatRecord({ id: n, updatedAt: at(n) }));
		const all = ['call-1', 'chat-2', 'call-3', 'chat-4', 'call-5', 'chat-6'];
		expect(ids(await run('session.getMany', { updatedFrom: '', returnAll: true }))).toEqual(all);
		expect(ids(await run('session.getMany', { updatedFrom: '', limit: 4 }))).toEqual(all.slice(0, 4));
		expect(
			ids(await run('session.getMany', { updatedFrom: '', limit: 2, options: { order: 'newestFirst' } })),
		).toEqual(['chat-6', 'call-5']);
		expect(ids(await run('session.getMany', { sessions: 'chats', updatedFrom: '' }))).toEqual([
			'chat-2',
			'chat-4',
			'chat-6',
		]);
	});

	it('asks for the last hour unless told, and for times in the zone of the workflow', async () => {
		standIn.store.add(
			'call',
			callRecord({ id: 1, updatedAt: Date.now() - 7_200_000 }),
			callRecord({ id: 2, updatedAt: Date.now() }),
		);
		expect(ids(await run('session.getMany', { sessions: 'calls' }))).toEqual(['call-2']);
		await run('session.getMany', {
			sessions: 'calls',
			updatedFrom: '2026-03-01T10:00:00Z',
			options: { updatedTo: '2026-03-01T11:00:00Z' },
		});
		expect(standIn.requests.at(-1)?.query['updated_at[from]']).toBe('2026-03-01T10:00:00.000Z');
		const { error } = await run('session.getMany', {
			updatedFrom: '2026-03-02',
			options: { updatedTo: '2026-03-01' },
		});
		expect(error?.message).toMatch(/'Updated To' is before/);
	});

	it('X2: keeps a record that cannot be read, and says why', async () => {
		standIn.store.add('call', { ...callRecord({ id: 1 }) });
		standIn.store.list('call')[0]!.id = 'x y';
		const [item] = jsonOf(await run('session.getMany', { sessions: 'calls', updatedFrom: '' }));
		expect(item).toMatchObject({
			session: null,
			externalId: null,
			problem: { field: 'id' },
			record: { id: 'x y' },
		});
	});

	it('X6: 12 requests take at least a second, and each of them is answered in the end', async () => {
		standIn.store.add('call', callRecord({ id: 1 }));
		const items = itemsOf(...Array.from({ length: 12 }, (_, index) => ({ index })));
		const started = performance.now();
		const result = await run('session.getCall', { callId: '1', options: { concurrency: 12 } }, { items });
		expect(performance.now() - started).toBeGreaterThan(1000);
		expect(result.items).toHaveLength(12);
		// On a busy machine requests may arrive in other distances than they were sent.
		expect(standIn.requests.filter(({ status }) => status === 200)).toHaveLength(12);
	});

	it('gives what Session: Log takes', async () => {
		standIn.store.add('call', callRecord({ id: 1 }));
		standIn.store.add('chat', chatRecord({ id: 2 }));
		const result = await run('session.getMany', { updatedFrom: '' });
		for (const item of jsonOf(result)) expect(sessionOf(item.session)).toEqual({ session: item.session });

		const kustomer = await startKustomerStandIn();
		try {
			const logged = await runKustomer(kustomer, 'session.log', {}, { items: itemsOf(...jsonOf(result)) });
			expect(jsonOf(logged).map(({ externalId, outcome }) => [externalId, outcome])).toEqual([
				['ccaip:call-1', 'created'],
				['ccaip:chat-2', 'created'],
			]);
		} finally {
			await kustomer.close();
		}
	});
});

describe('Recording: Download', () => {
	const add = (id: number, file: Parameters<CcaiPlatformStandIn['store']['files']['set']>[1]) => {
		const name = `${id}.bin`;
		standIn.store.files.set(name, file);
		standIn.store.add('call', callRecord({ id, recordingUrl: standIn.recordingUrl(name) }));
	};

	it('U5, X5: gives the recording under its name', async () => {
		add(123, { size: 300_000 });
		const result = await run('recording.download', { callId: 'call-123' });
		expect(jsonOf(result)).toEqual([
			{
				found: true,
				kind: 'recording',
				sessionId: 'call-123',
				externalId: 'ccaip:call-123',
				fileName: 'call-123.mp3',
				contentType: 'audio/mpeg',
				size: 300_000,
			},
		]);
		const { content, ...file } = fileOf(result);
		expect(file).toMatchObject({ fileName: 'call-123.mp3', mimeType: 'audio/mpeg', fileExtension: 'mp3' });
		expect(content.equals(bytesOf(300_000))).toBe(true);
		expect(result.items[0]?.pairedItem).toEqual({ item: 0 });
	});

	it('sends the credential to the own host only, not along with the redirect', async () => {
		add(1, { size: 10 });
		jsonOf(await run('recording.download', { callId: '1' }));
		expect(
			standIn.requests.map(({ server, hasCredential, status }) => [server, hasCredential, status]),
		).toEqual([
			['api', true, 200],
			['api', true, 302],
			['storage', false, 200],
		]);
	});

	it('takes an address, and names the file by the call or as it is told', async () => {
		standIn.store.files.set('x', { size: 10, contentType: 'audio/x-wav' });
		const url = standIn.storageFileUrl('x');
		const download = async (parameters: INodeParameters) =>
			fileOf(await run('recording.download', { source: 'url', url, ...parameters }), 0, 'audio').fileName;
		expect(await download({ callId: '7', binaryPropertyName: 'audio' })).toBe('call-7.wav');
		expect(await download({ callId: '', binaryPropertyName: 'audio' })).toBe('recording.wav');
		expect(
			await download({
				callId: '7',
				binaryPropertyName: 'audio',
				options: { fileName: '../a\u0000b/mine.wav' },
			}),
		).toBe('mine.wav');
		expect(standIn.requests.some(({ hasCredential }) => hasCredential)).toBe(false);
	});

	it('refuses addresses of the own network unless they are allowed', async () => {
		standIn.store.files.set('x', { size: 10 });
		const url = standIn.storageFileUrl('x').replace('127.0.0.1', 'localhost');
		const { error } = await run('recording.download', { source: 'url', url, callId: '' });
		expect(error?.message).toMatch(/inside the own network/);
		const allowed = await run('recording.download', {
			source: 'url',
			url,
			callId: '',
			options: { allowInternal: true },
		});
		expect(fileOf(allowed).content).toHaveLength(10);
	});

	it('begins again when the connection breaks, and keeps nothing of the first half', async () => {
		add(1, { size: 400_000, breaks: { after: 200_000, times: 2 } });
		expect(fileOf(await run('recording.download', { callId: '1' })).content.equals(bytesOf(400_000))).toBe(
			true,
		);
	});

	it('begins again when nothing arrives any more, and leaves no connection behind', async () => {
		add(1, { size: 400_000, stalls: { after: 200_000, times: 1 } });
		const result = await run('recording.download', { callId: '1', options: { timeout: 1 } });
		expect(fileOf(result).content.equals(bytesOf(400_000))).toBe(true);
		const downloads = standIn.requests.filter(({ server }) => server === 'storage');
		// The first one is noted when its connection is closed.
		expect(downloads).toHaveLength(2);
	});

	it('takes a file whose length is not announced', async () => {
		add(1, { size: 100_000, announced: null, contentType: null });
		expect(fileOf(await run('recording.download', { callId: '1' }))).toMatchObject({
			fileName: 'call-1.mp3',
			mimeType: 'audio/mpeg',
		});
	});

	it.each([
		[
			'a sign-in page',
			{ size: 0, text: '<html>Sign in</html>', contentType: 'text/html' },
			'unexpectedAnswer',
			/web page/,
		],
		['no bytes', { size: 0 }, 'notReady', /empty/],
		['404 of the storage', { size: 1, status: 404 }, 'notFound', /not there/],
		['403 of the storage', { size: 1, status: 403 }, 'forbidden', /does not allow it/],
		['a wrong length', { size: 1000, announced: 900_000 }, 'noAnswer', /refused or broken/],
	])('says so when it gets %s', async (_, file, kind, message) => {
		add(1, file);
		const { error } = await run('recording.download', { callId: '1', options: { maxWait: 0 } });
		expect(error).toMatchObject({ message: expect.stringMatching(message), context: { kind } });
		expect(`${error?.message} ${error?.description}`).not.toMatch(/signature|sandbox-token/);
	});

	it('X5: goes on without a recording that is not there yet, when told', async () => {
		standIn.store.add('call', callRecord({ id: 1 }));
		const stopped = await run('recording.download', { callId: '1' });
		expect(stopped.error).toMatchObject({ context: { kind: 'notReady' } });
		expect(stopped.error?.description).toMatch(/look again later/);
		expect(
			jsonOf(await run('recording.download', { callId: '1', options: { whenMissing: 'goOn' } })),
		).toEqual([
			{
				found: false,
				sessionId: 'call-1',
				externalId: 'ccaip:call-1',
				reason: 'call-1 has no recording, or not yet.',
			},
		]);
	});

	it('tells a voicemail from a recording', async () => {
		standIn.store.files.set('v', { size: 10 });
		standIn.store.add(
			'call',
			callRecord({ id: 1, status: 'voicemail_received', recordingUrl: standIn.recordingUrl('v') }),
		);
		expect(jsonOf(await run('recording.download', { callId: '1' }))[0]?.kind).toBe('voicemail');
	});
});

describe('Media: Download', () => {
	beforeEach(() => {
		for (const [name, contentType] of [
			['p9', 'image/jpeg'],
			['p10', 'image/png'],
			['v4', 'video/mp4'],
		] as const) {
			standIn.store.files.set(name, { size: 1000, contentType });
		}
		const photos = [9, 10].map((id) => ({ id, url: standIn.storageFileUrl(`p${id}`) }));
		const videos = [{ id: 4, url: standIn.storageFileUrl('v4') }];
		standIn.store.add('call', callRecord({ id: 123, photos, videos }));
		standIn.store.add('chat', chatRecord({ id: 123, photos: photos.slice(0, 1) }));
	});

	it('U5: gives one item for each file, with its name', async () => {
		const items = itemsOf({ session: { id: 'call-123' } }, { session: { id: 'chat-123' } });
		const result = await run('media.download', {}, { items });
		expect(jsonOf(result).map(({ fileName, kind, id }) => [fileName, kind, id])).toEqual([
			['call-123-photo-9.jpg', 'photo', '9'],
			['call-123-photo-10.png', 'photo', '10'],
			['call-123-video-4.mp4', 'video', '4'],
			['chat-123-photo-9.jpg', 'photo', '9'],
		]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([0, 0, 0, 1].map((item) => ({ item })));
		expect(fileOf(result, 2).content.equals(bytesOf(1000))).toBe(true);
	});

	it('X2, C11: a file that is lost takes no other of its session with it', async () => {
		standIn.store.files.delete('p10');
		const stopped = await run('media.download', { sessionId: 'call-123' });
		expect(stopped.error?.message).toMatch(/download photo 10 of call-123/);

		const items = itemsOf({ session: { id: 'call-123' } }, { session: { id: 'chat-123' } });
		const found = jsonOf(await run('media.download', {}, { items, onError: 'continueRegularOutput' }));
		expect(found.map(({ fileName, error }) => fileName ?? (error as { kind?: string }).kind)).toEqual([
			'call-123-photo-9.jpg',
			'notFound',
			'call-123-video-4.mp4',
			'chat-123-photo-9.jpg',
		]);
	});

	it('gives only what is ticked, and nothing for a session without', async () => {
		expect(jsonOf(await run('media.download', { sessionId: 'call-123', media: ['video'] }))).toHaveLength(1);
		expect(jsonOf(await run('media.download', { sessionId: 'chat-123', media: ['video'] }))).toHaveLength(0);
	});

	it('wants to know whether it is a call or a chat', async () => {
		const { error } = await run('media.download', { sessionId: '123' });
		expect(error?.description).toMatch(/write call-123 or chat-123/);
	});
});

describe('X6: a platform that misbehaves', () => {
	beforeEach(() => standIn.store.add('call', callRecord({ id: 1 })));
	const get = async (options: CcaiRunOptions = {}, more: INodeParameters = {}) =>
		await run('session.getCall', { callId: '1', options: more }, options);

	it.each([
		['429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
		['500', { kind: 'status', status: 500 }],
		['a closed connection', { kind: 'closeBeforeCommit' }],
	] as const)('is asked again after %s', async (_, fault) => {
		standIn.faults.add({ fault });
		expect(jsonOf(await get())).toHaveLength(1);
		expect(standIn.requests).toHaveLength(2);
	});

	it('is given up when it limits for longer than allowed', async () => {
		standIn.faults.add({
			times: 99,
			fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } },
		});
		const { error } = await get({}, { maxWait: 2 });
		expect(error).toMatchObject({ httpCode: '429', context: { kind: 'rateLimit' } });
		expect(error?.message).toMatch(/asked again in 120 seconds/);
	});

	it('is given up when it does not answer in time', async () => {
		standIn.faults.add({ times: 9, fault: { kind: 'delay', ms: 3000 } });
		const { error } = await get({}, { timeout: 1, maxWait: 0 });
		expect(error?.message).toMatch(/no answer came in time/);
	});

	it('names the user when the token is wrong, and shows the token nowhere', async () => {
		const { error } = await get({ token: 'wrong-token' });
		expect(error).toMatchObject({ httpCode: '401', context: { kind: 'unauthorized' } });
		expect(error?.message).toMatch(/user "acme"/);
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('wrong-token');
		expect(standIn.requests).toHaveLength(1);
	});

	it('does not stop the other items when the node continues', async () => {
		const items = itemsOf({ id: 1 }, { id: 2 }, { id: 1 });
		const result = await run(
			'session.getCall',
			{ callId: '={{ $json.id }}' },
			{ items, onError: 'continueErrorOutput' },
		);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(result.errorItems[0]?.json).toMatchObject({ id: 2, error: { kind: 'notFound', httpCode: '404' } });
	});
});

describe('the test of the credential', () => {
	const test = async (data: IDataObject) =>
		await new CcaiPlatform().methods.credentialTest.testCcaiPlatformApi.call(credentialTestContext(), {
			id: '1',
			name: 'c',
			type: 'ccaiPlatformApi',
			data: data as never,
		});
	const good = () => ({ subdomain: standIn.subdomain, token: standIn.token, baseUrl: standIn.url });

	it('asks for one call', async () => {
		expect(await test(good())).toMatchObject({ status: 'OK' });
		expect(standIn.requests).toMatchObject([{ path: '/manager/api/v1/calls', query: { per: '1' } }]);
	});

	it.each([
		[{ token: 'wrong' }, /^Connection failed: CCAI Platform did not accept the user "acme"/],
		[{ token: ' ' }, /token is empty/],
		[{ subdomain: '' }, /subdomain/],
		[
			{ baseUrl: 'http://127.0.0.1:9' },
			/^Connection failed: .*refused or broken.* n8n has asked http:\/\/127\.0\.0\.1:9\.$/,
		],
	])('says what is wrong with %j', async (change, message) => {
		const { status, message: said } = await test({ ...good(), ...change });
		expect(status).toBe('Error');
		expect(said).toMatch(message);
		expect(said).not.toContain(standIn.token);
	});
});
