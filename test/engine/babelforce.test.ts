import { createHash } from 'node:crypto';
import type { INodeExecutionData } from 'n8n-workflow';

import { searchAgents } from '../../nodes/Babelforce/methods/listSearch';
import { testBabelforceApi } from '../../nodes/Babelforce/methods/credentialTest';
import { BABELFORCE, contentOf, startBabelforceStandIn } from '../../sandbox/babelforce';
import { SANDBOX } from '../../sandbox/kustomer';
import { useStandIn } from '../setup/stand-in';
import { credentialTestContext, itemsOf } from './execute-harness';
import { editorContext, only, pairCredential, passwordCredential, run } from './babelforce-setup';
import { locator } from './kustomer-setup';

const { agents, calls, recordings } = BABELFORCE;

const standIn = useStandIn(() => startBabelforceStandIn());

const hashOf = (...pieces: Uint8Array[]): string =>
	pieces.reduce((hash, piece) => hash.update(piece), createHash('sha256')).digest('hex');

/** Length and hash of the file in an item. Without a data folder, n8n keeps files in the item itself. */
function fileIn(item: INodeExecutionData, field = 'data') {
	const file = item.binary?.[field];
	const content = Buffer.from(file?.data ?? '', 'base64');
	return { name: file?.fileName, mimeType: file?.mimeType, bytes: content.length, hash: hashOf(content) };
}

const signIns = () => standIn.requests.filter(({ path }) => path === '/oauth/token');

describe('calls', () => {
	it('gets one, flat, with an ID that has hyphens', async () => {
		const result = await run(standIn, 'call.get', { callId: 'c1000000-0000-0000-0000-000000000001' });
		expect(only(result).json).toMatchObject({
			id: calls.answered,
			type: 'inbound',
			state: 'completed',
			from: SANDBOX.customers.jonas.phone,
			agentId: agents.ana.id,
			agentName: agents.ana.name,
			queueName: 'Support',
			duration: 95,
			recordingIds: [recordings.answered],
			recordingReady: true,
		});
		expect(only(result).json).not.toHaveProperty('parentId');
		expect(standIn.requests).toEqual([
			{ method: 'GET', path: `/api/v2/calls/${calls.answered}`, query: [], status: 200, signedInBy: 'pair' },
		]);
	});

	it('gets one as babelforce answered it', async () => {
		const { json } = only(await run(standIn, 'call.get', { callId: calls.answered, simplify: false }));
		expect(json).toEqual(JSON.parse(JSON.stringify(standIn.calls.get(calls.answered))));
	});

	it('reads three pages, each call once, also when calls come in meanwhile', async () => {
		standIn.calls.clear();
		const start = Date.now() - 1_000_000;
		const ids = Array.from(
			{ length: 250 },
			(_, index) => standIn.addCall({ dateCreated: new Date(start + index * 1000).toISOString() }).id,
		);
		// Moves everything by one place, so that the last entry of the first page is the first of the second.
		const add = standIn.requests.push.bind(standIn.requests);
		let moved = false;
		standIn.requests.push = (...entries) => {
			if (!moved) standIn.addCall({ dateCreated: new Date().toISOString() });
			moved = true;
			return add(...entries);
		};
		const result = await run(standIn, 'call.getMany', { returnAll: true }).finally(() => {
			Reflect.deleteProperty(standIn.requests, 'push');
		});
		const got = result.items.map(({ json }) => json.id);
		expect(got).toHaveLength(250);
		expect(new Set(got)).toEqual(new Set(ids));
		expect(standIn.requests.map(({ query }) => Object.fromEntries(query))).toEqual([
			{ page: '1', max: '100' },
			{ page: '2', max: '100' },
			{ page: '3', max: '100' },
		]);
	});

	it('stops at the limit', async () => {
		const result = await run(standIn, 'call.getMany', { limit: 2 });
		expect(result.items).toHaveLength(2);
		expect(standIn.requests.map(({ query }) => Object.fromEntries(query))).toEqual([{ page: '1', max: '2' }]);
	});

	it('sends every filter as the contract names it', async () => {
		const result = await run(standIn, 'call.getMany', {
			returnAll: true,
			filters: {
				since: '2020-01-01T00:00:00Z',
				until: '2040-01-01T00:00:00Z',
				agent: locator('id', agents.ana.id),
				ids: `${calls.answered}, ${calls.missed}`,
				from: SANDBOX.customers.jonas.phone,
				to: [...SANDBOX.ownNumbers],
				sessionId: 'e1000000-0000-0000-0000-000000000001',
				conversationId: 'f1000000000000000000000000000001',
				text: 'Ana',
				types: ['inbound'],
				states: ['completed', 'no-answer'],
				domains: ['external'],
				sources: ['queue'],
				finishReasons: ['hangup'],
				anonymous: false,
			},
		});
		expect(result.items.map(({ json }) => json.id)).toEqual([calls.answered]);
		expect(standIn.requests[0]?.query).toEqual([
			['time.start', '1577836800'],
			['time.end', '2208988800'],
			['agentId', 'a1000000-0000-0000-0000-000000000001'],
			['id', 'c1000000-0000-0000-0000-000000000001'],
			['id', 'c1000000-0000-0000-0000-000000000003'],
			['sessionId', 'e1000000-0000-0000-0000-000000000001'],
			['conversationId', 'f1000000-0000-0000-0000-000000000001'],
			['from', SANDBOX.customers.jonas.phone],
			['to', SANDBOX.ownNumbers[0]],
			['to', SANDBOX.ownNumbers[1]],
			['q', 'Ana'],
			['type', 'inbound'],
			['state', 'completed'],
			['state', 'no-answer'],
			['domain', 'external'],
			['source', 'queue'],
			['finishReason', 'hangup'],
			['anonymous', 'false'],
			['page', '1'],
			['max', '100'],
		]);
	});

	it('C7: finds the legs of a call', async () => {
		const result = await run(standIn, 'call.getMany', { filters: { parentIds: calls.answered } });
		expect(result.items.map(({ json }) => json.id)).toEqual([calls.answeredLeg]);
	});

	it.each([
		[{ ids: 'not-an-id' }, "'Call IDs' is not a babelforce ID."],
		[{ states: ['ended'] }, "'State' has a value that does not exist."],
		[{ since: 'yesterday' }, "'Since' is not a date with time."],
		[{ from: { number: 1 } }, "'From Number' must be text, but the expression gave an object."],
	])('refuses %j before anything is sent', async (filters, message) => {
		const { error } = await run(standIn, 'call.getMany', { filters: filters as never });
		expect(error?.message).toBe(message);
		expect(standIn.requests).toEqual([]);
	});
});

describe('agents', () => {
	it.each([
		['id', agents.ana.id],
		['sourceId', SANDBOX.users.ana.id],
	])('gets one by %s', async (mode, value) => {
		const { json } = only(await run(standIn, 'agent.get', { agent: locator(mode, value) }));
		expect(json).toMatchObject({
			id: agents.ana.id,
			sourceId: SANDBOX.users.ana.id,
			email: SANDBOX.users.ana.email,
			enabled: true,
			lineStatus: 'available',
			presence: 'available',
			groups: ['Voice'],
		});
	});

	it('S6: says when two agents come from the same Kustomer user', async () => {
		standIn.agents.set(agents.dora.id, { ...agents.dora, sourceId: SANDBOX.users.ana.id });
		const { error } = await run(standIn, 'agent.get', { agent: locator('sourceId', SANDBOX.users.ana.id) });
		expect(error?.message).toBe('babelforce has 2 agents with this source ID.');
		expect(error?.context?.kind).toBe('severalMatches');
	});

	it('lists those that fit the filters', async () => {
		const names = async (agentFilters: object) =>
			(await run(standIn, 'agent.getMany', { agentFilters: agentFilters as never })).items.map(
				({ json }) => json.name,
			);
		expect(await names({})).toEqual(['Ana Reis', 'Ben Okafor', 'Dora Klein']);
		expect(await names({ groups: 'Voice', enabled: true })).toEqual(['Ana Reis', 'Ben Okafor']);
		expect(await names({ text: 'klein', state: 'available' })).toEqual(['Dora Klein']);
		expect(await names({ name: 'Ana Reis', number: '101', sourceId: SANDBOX.users.ana.id })).toEqual([
			'Ana Reis',
		]);
	});

	it('fills the list in the editor, and searches it', async () => {
		expect(await searchAgents.call(editorContext(standIn))).toEqual({
			results: [
				{ name: 'Ana Reis (ana.reis@sandbox.example)', value: agents.ana.id },
				{ name: 'Ben Okafor (ben.okafor@sandbox.example)', value: agents.ben.id },
				{ name: 'Dora Klein (dora.klein@sandbox.example)', value: agents.dora.id },
			],
		});
		const { results } = await searchAgents.call(editorContext(standIn), ' ben ');
		expect(results).toHaveLength(1);
	});
});

describe('recordings', () => {
	const download = (id: string, more: object = {}) =>
		run(standIn, 'recording.download', { ...ofCall(id), ...more });
	const ofCall = (id: string) => ({ recording: locator('call', id) });

	it.each([
		['call', calls.answered],
		['id', recordings.answered],
	])('gets what is known of one, by %s', async (mode, value) => {
		const { json } = only(await run(standIn, 'recording.get', { recording: locator(mode, value) }));
		expect(json).toMatchObject({
			id: recordings.answered,
			ready: true,
			state: 'stored',
			duration: 80,
			callId: calls.answered,
			agentId: agents.ana.id,
			fileState: 'stored',
			fileSize: BABELFORCE.recordingBytes,
			contentType: 'audio/wav',
		});
	});

	it('X5, U5: downloads one, complete, under its name', async () => {
		const item = only(await download(calls.answered));
		expect(fileIn(item)).toEqual({
			name: `call-${calls.answered}.wav`,
			mimeType: 'audio/wav',
			bytes: BABELFORCE.recordingBytes,
			hash: hashOf(...contentOf(BABELFORCE.recordingBytes)),
		});
		expect(item.json).toMatchObject({ id: recordings.answered, callId: calls.answered, ready: true });
	});

	it('X5: the storage, on another host, gets neither the pair nor the token', async () => {
		for (const credential of [pairCredential(standIn), passwordCredential(standIn)]) {
			only(await run(standIn, 'recording.download', ofCall(calls.answered), { credential }));
		}
		expect(new URL(standIn.storageUrl).host).not.toBe(new URL(standIn.url).host);
		expect(standIn.storageRequests).toHaveLength(2);
		for (const { headers } of standIn.storageRequests) {
			expect(Object.keys(headers).filter((name) => /auth|cookie|token/i.test(name))).toEqual([]);
		}
		expect(
			standIn.requests.filter(({ signedInBy, path }) => signedInBy === '' && path !== '/oauth/token'),
		).toEqual([]);
	});

	it('downloads all recordings of a call, into the field and under the name that were chosen', async () => {
		const options = { fileName: '../../evil\u0000/Call 1.wav' };
		const { items } = await download(calls.twice, { binaryPropertyName: 'audio', options });
		expect(items.map((item) => fileIn(item, 'audio'))).toMatchObject([
			{ name: 'Call 1.wav', bytes: 10_000 },
			{ name: 'Call 1.wav', bytes: 20_000 },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('uses the link of the recording when the file has no other', async () => {
		standIn.faults.add({ path: /\/download$/, fault: { kind: 'status', status: 404 } });
		const item = only(await download(calls.answered));
		expect(fileIn(item).bytes).toBe(BABELFORCE.recordingBytes);
	});

	it.each([
		['the connection breaks half-way', { kind: 'cut' }],
		['the link has ended', { kind: 'expired' }],
		['the storage is busy', { kind: 'status', status: 503 }],
	] as const)('begins anew when %s', async (_, fault) => {
		standIn.storageFaults.push(fault);
		const item = only(await download(calls.answered));
		expect(fileIn(item)).toMatchObject({
			bytes: BABELFORCE.recordingBytes,
			hash: hashOf(...contentOf(BABELFORCE.recordingBytes)),
		});
		expect(standIn.storageRequests).toHaveLength(2);
	});

	it('gives up when the connection always breaks, and keeps nothing', async () => {
		standIn.storageFaults.push({ kind: 'cut' }, { kind: 'cut' }, { kind: 'cut' });
		const { error, items } = await download(calls.answered);
		expect(error?.message).toBe(
			'Could not download the recording: the connection to babelforce was refused or broken.',
		);
		expect(items).toEqual([]);
	});

	it('begins anew when the storage stops sending for longer than the timeout', async () => {
		standIn.storageFaults.push({ kind: 'stall' });
		const item = only(await download(calls.answered, { options: { timeout: 1 } }));
		expect(fileIn(item).bytes).toBe(BABELFORCE.recordingBytes);
		expect(standIn.storageRequests).toHaveLength(2);
	});

	it('takes a file whose length nobody says', async () => {
		standIn.storageFaults.push({ kind: 'noLength' });
		const item = only(await download(calls.answered));
		expect(fileIn(item).bytes).toBe(BABELFORCE.recordingBytes);
	});

	it.each([
		['a web page', { kind: 'html' }, 'the storage sent "text/html" instead of audio'],
		['nothing', { kind: 'empty' }, 'the file is empty'],
		['that it has none', { kind: 'status', status: 404 }, 'the storage does not have it (status 404)'],
	] as const)('says so when the storage answers %s', async (_, fault, why) => {
		standIn.storageFaults.push(fault);
		const { error } = await download(calls.answered);
		expect(error?.message).toBe(`The recording cannot be downloaded: ${why}.`);
		expect(error?.context?.kind).toBe('unusableFile');
	});

	it.each([
		['a file on this machine', 'file:///etc/passwd'],
		['an address with a password', 'http://user:password@localhost/x'],
	])('does not follow a redirect to %s', async (_, location) => {
		standIn.storageFaults.push({ kind: 'redirect', location });
		const { error } = await download(calls.answered);
		expect(error?.message).toContain('redirected to something that is no safe address');
	});

	it('does not follow redirects for ever', async () => {
		for (let count = 0; count < 10; count += 1)
			standIn.storageFaults.push({ kind: 'redirect', location: '?again' });
		const { error } = await download(calls.answered);
		expect(error?.message).toContain('too many redirects');
	});

	describe('that are not there yet', () => {
		const NOT_YET = 'cannot be downloaded yet: its state is "storing".';
		const DELETED = 'cannot be downloaded: its state is "deleted".';
		it.each([
			['being stored', calls.storing, `The recording of call ${calls.storing} ${NOT_YET}`, 'notReady'],
			['of a call that has none', calls.missed, `The call ${calls.missed} has no recording.`, 'notReady'],
			['deleted', calls.deleted, `The recording ${DELETED}`, 'unusableFile'],
		])('%s: says so', async (_, id, message, kind) => {
			const { error } = await download(id);
			expect(error?.message).toBe(message);
			expect(error?.context?.kind).toBe(kind);
			expect(standIn.storageRequests).toEqual([]);
		});

		it.each(['download', 'get'])(
			'%s: goes on when told to, so that a later step looks again',
			async (operation) => {
				const { items } = await run(
					standIn,
					`recording.${operation}`,
					{ recording: locator('call', '={{ $json.call }}'), options: { whenMissing: 'goOn' } },
					{ items: itemsOf({ call: calls.missed }, { call: calls.storing }, { call: calls.answered }) },
				);
				expect(items.map(({ json }) => json.ready)).toEqual([false, false, true]);
				expect(items[0]?.json).toEqual({ call: calls.missed, ready: false });
			},
		);
	});
});

describe('the token for user and password', () => {
	it('is fetched once for many items, and kept', async () => {
		const result = await run(
			standIn,
			'call.get',
			{ callId: calls.answered },
			{ items: itemsOf({}, {}, {}, {}, {}, {}), credential: passwordCredential(standIn) },
		);
		expect(result.items).toHaveLength(6);
		expect(signIns()).toHaveLength(1);
		expect(result.storedCredentials.babelforceApi?.sessionToken).toMatch(/^[0-9a-f]{16}:.{20}/);
		expect(standIn.requests.filter(({ signedInBy }) => signedInBy === 'bearer')).toHaveLength(6);
	});

	it('is renewed once when it has ended, also between two requests of a download', async () => {
		const first = await run(standIn, 'agent.getMany', {}, { credential: passwordCredential(standIn) });
		const credential = { ...passwordCredential(standIn), ...first.storedCredentials.babelforceApi };
		standIn.endTokens();
		const result = await run(
			standIn,
			'call.get',
			{ callId: calls.answered },
			{ items: itemsOf({}, {}, {}, {}, {}), credential },
		);
		expect(result.items).toHaveLength(5);
		expect(signIns()).toHaveLength(2);
		expect(result.storedCredentials.babelforceApi?.sessionToken).not.toBe(credential.sessionToken);

		standIn.faults.add({
			path: /\/download$/,
			fault: { kind: 'status', status: 401, body: { message: 'Unauthorized' } },
		});
		const item = only(
			await run(
				standIn,
				'recording.download',
				{ recording: locator('call', calls.answered) },
				{ credential },
			),
		);
		expect(fileIn(item).bytes).toBe(BABELFORCE.recordingBytes);
	});

	it('is not sent to another host, nor used for another user', async () => {
		const first = await run(standIn, 'agent.getMany', {}, { credential: passwordCredential(standIn) });
		const other = await startBabelforceStandIn();
		const credential = {
			...passwordCredential(other),
			sessionToken: String(first.storedCredentials.babelforceApi?.sessionToken),
		};
		await run(other, 'agent.getMany', {}, { credential });
		await other.close();
		expect(other.requests[0]).toMatchObject({ path: '/api/v2/agents', signedInBy: '', status: 401 });
		expect(other.requests.at(-1)).toMatchObject({ signedInBy: 'bearer', status: 200 });
	});

	it('a wrong password is tried once, and reported', async () => {
		const credential = { ...passwordCredential(standIn), password: 'wrong' };
		const { error } = await run(standIn, 'call.get', { callId: calls.answered }, { credential });
		expect(error?.message).toBe(
			'babelforce did not accept user and password when asked to read the call: Bad credentials.',
		);
		expect(signIns()).toHaveLength(1);
	});
});

describe('errors', () => {
	const get = { callId: 'c9000000000000000000000000000009' };

	it('404: not found', async () => {
		const { error } = await run(standIn, 'call.get', get);
		expect(error).toMatchObject({
			message: 'babelforce could not read the call: it was not found.',
			httpCode: '404',
			context: { kind: 'notFound', itemIndex: 0 },
		});
	});

	it('401: a wrong pair', async () => {
		const credential = { ...pairCredential(standIn), accessToken: 'wrong' };
		const { error } = await run(standIn, 'call.get', get, { credential });
		expect(error?.message).toBe(
			'babelforce did not accept the credential when asked to read the call: Unauthorized.',
		);
		expect(error?.description).toContain('Access ID');
		expect(standIn.requests).toHaveLength(1);
	});

	it('403: a user without manager rights', async () => {
		const { accessId, accessToken } = BABELFORCE.users.agentOnly;
		const credential = { ...pairCredential(standIn), accessId, accessToken };
		const { error } = await run(standIn, 'call.get', get, { credential });
		expect(error?.message).toBe(
			'The babelforce user of the credential is not allowed to read the call: Access is denied.',
		);
	});

	it('X6: 429 waits as long as babelforce says', async () => {
		standIn.faults.add({ fault: { kind: 'status', status: 429, headers: { 'retry-after': '1' } } });
		const started = Date.now();
		expect(only(await run(standIn, 'call.get', { callId: calls.answered })).json.id).toBe(calls.answered);
		expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
	});

	it('X6: 429 fails when waiting would take longer than allowed', async () => {
		standIn.faults.add({ fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' } } });
		const { error } = await run(standIn, 'call.get', { ...get, options: { maxWait: 2 } });
		expect(error?.message).toContain('babelforce can be asked again in 120 seconds');
		expect(error?.context?.kind).toBe('rateLimit');
	});

	it.each([502, 503, 504])('X6: %i is tried again', async (status) => {
		standIn.faults.add({ times: 2, fault: { kind: 'status', status } });
		expect(only(await run(standIn, 'call.get', { callId: calls.answered })).json.id).toBe(calls.answered);
		expect(standIn.requests).toHaveLength(3);
	});

	it('500 is reported at once', async () => {
		standIn.faults.add({ fault: { kind: 'status', status: 500 } });
		const { error } = await run(standIn, 'call.get', { callId: calls.answered });
		expect(error?.context?.kind).toBe('server');
		expect(standIn.requests).toHaveLength(1);
	});

	it('a broken connection is tried again', async () => {
		standIn.faults.add({ fault: { kind: 'closeBeforeCommit' } });
		expect(only(await run(standIn, 'call.get', { callId: calls.answered })).json.id).toBe(calls.answered);
	});

	it('an answer that is not babelforce: says where to look', async () => {
		standIn.faults.add({ fault: { kind: 'status', status: 200, body: ['hello'] } });
		const { error } = await run(standIn, 'call.get', { callId: calls.answered });
		expect(error?.message).toBe('Could not read the call: the answer is not one of babelforce.');
	});

	it('go to the error output, item by item, with what came in', async () => {
		const result = await run(
			standIn,
			'call.get',
			{ callId: '={{ $json.id }}' },
			{
				items: itemsOf({ id: calls.answered }, { id: 'nonsense' }, { id: get.callId }),
				onError: 'continueErrorOutput',
			},
		);
		expect(result.items.map(({ json }) => json.id)).toEqual([calls.answered]);
		expect(result.errorItems.map(({ json }) => json)).toMatchObject([
			{ id: 'nonsense', error: { kind: 'invalidInput' } },
			{ id: get.callId, error: { kind: 'notFound', httpCode: '404' } },
		]);
	});

	it('an incomplete credential sends nothing', async () => {
		const credential = { ...pairCredential(standIn), accessId: '' };
		const { error } = await run(standIn, 'call.get', get, { credential });
		expect(error?.message).toBe('Access ID or Access Token is missing in the babelforce credential');
		expect(standIn.requests).toEqual([]);
	});
});

describe('the connection test', () => {
	const test = async (data: ReturnType<typeof pairCredential>) =>
		await testBabelforceApi.call(credentialTestContext(), {
			id: '1',
			name: 'b',
			type: 'babelforceApi',
			data,
		});

	it('X8: accepts the pair, and user and password', async () => {
		for (const data of [pairCredential(standIn), passwordCredential(standIn)]) {
			expect(await test(data)).toEqual({ status: 'OK', message: 'Connection successful' });
		}
	});

	const pair = (changes: object) => ({ ...pairCredential(standIn), ...changes });
	const password = (changes: object) => ({ ...passwordCredential(standIn), ...changes });
	const { user, password: agentPassword } = BABELFORCE.users.agentOnly;
	it.each<[string, () => object, string]>([
		['a wrong pair', () => pair({ accessToken: 'x' }), 'did not accept the credential'],
		['a wrong password', () => password({ password: 'x' }), 'did not accept user and password'],
		[
			'a user without rights',
			() => password({ user, password: agentPassword }),
			'Connection failed: the babelforce user of the credential is not allowed to connect',
		],
		[
			'nobody at the address',
			() => pair({ baseUrl: 'http://127.0.0.1:1' }),
			'Connection failed: the connection to babelforce was refused',
		],
		['an address without encryption', () => pair({ baseUrl: 'http://x.example' }), 'not encrypted'],
	])('says what is wrong with %s', async (_, data, message) => {
		const result = await test(data() as ReturnType<typeof pairCredential>);
		expect(result.status).toBe('Error');
		expect(result.message).toContain(message);
	});

	it('says when something else answers', async () => {
		standIn.faults.add({ path: /token/, fault: { kind: 'status', status: 404, body: '<html></html>' } });
		const { message } = await test(passwordCredential(standIn));
		expect(message).toContain('signing in to babelforce was answered with the unexpected status 404');
		expect(message).toContain('Check the environment');
	});
});
