/** What logging a session needs of Kustomer, in the ways in which the real one may behave. */
import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, start, useHarness, type Harness } from './harness';

const { jonas, maria } = SANDBOX.customers;
const OWN_ID = 'abcdefabcdefabcdefabcdef';
const VOICE = { channel: 'voice', app: 'contact-center', direction: 'in' };

const harness = useHarness({ rateLimitPerMinute: 0 });

const conversation = async (customer: string = jonas.id) =>
	dataOf(await harness.http.post('/v1/conversations', { customer })).id;
const message = async (home: string, body: object = {}) =>
	dataOf(await harness.http.post(`/v1/conversations/${home}/messages`, { ...VOICE, ...body })).id;
const patch = async (kind: 'messages' | 'notes' | 'conversations', id: string, body: object) =>
	await harness.http.patch(`/v1/${kind}/${id}`, body);
const read = async (kind: 'messages' | 'notes' | 'conversations', id: string) =>
	dataOf(await harness.http.get(`/v1/${kind}/${id}`));

describe('the message of a session', () => {
	it('X1: takes what is known, step by step; meta is replaced, custom is merged', async () => {
		const id = await message(await conversation(), {
			meta: { a: 1, b: { c: [1] } },
			custom: { queueNameStr: 'Orders' },
		});
		const answer = await patch('messages', id, {
			meta: { a: 2 },
			custom: { callDurationNum: 95 },
			preview: 'Voice call, 1 min 35 s',
			status: 'received',
		});
		expect(answer.status).toBe(200);
		expect((await read('messages', id)).attributes).toMatchObject({
			meta: { a: 2 },
			custom: { queueNameStr: 'Orders', callDurationNum: 95 },
			preview: 'Voice call, 1 min 35 s',
			status: 'received',
		});
		expect((await read('messages', id)).attributes.meta).toEqual({ a: 2 });
	});

	it('C5: moves to another conversation', async () => {
		const [from, to] = [await conversation(), await conversation()];
		const id = await message(from);
		expect((await patch('messages', id, { conversation: to })).status).toBe(200);
		expect((await read('messages', id)).relationships.conversation?.data?.id).toBe(to);
		expect((await read('conversations', from)).attributes).toMatchObject({ messageCount: 0, channels: [] });
		expect((await read('conversations', to)).attributes).toMatchObject({
			messageCount: 1,
			channels: ['voice'],
		});
	});

	it('does not reopen a conversation by moving there', async () => {
		const [from, to] = [await conversation(), await conversation()];
		await patch('conversations', to, { status: 'done' });
		await patch('messages', await message(from), { conversation: to });
		expect((await read('conversations', to)).attributes.status).toBe('done');
	});

	it.each([
		['an unknown key', { state: 'ended' }, 'state'],
		['a key that only creating has', { channel: 'chat' }, 'channel'],
		['a direction', { direction: 'out' }, 'direction'],
		['another customer', { customer: maria.id }, 'customer'],
		['an id', { id: OWN_ID }, 'id'],
		['a conversation that is not there', { conversation: OWN_ID }, 'conversation'],
		['an unknown attribute', { custom: { waitTimeNum: 1 } }, 'waitTimeNum'],
		['a status of a session', { status: 'ended' }, 'status'],
		[
			'more than 100 keys in meta',
			{ meta: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, n])) },
			'meta',
		],
	])('refuses %s and changes nothing', async (_name, body, parameter) => {
		const id = await message(await conversation(), { meta: { a: 1 } });
		const answer = await patch('messages', id, { preview: 'changed', ...body });
		expect(answer.status).toBe(400);
		expect(errorOf(answer).source?.parameter).toBe(parameter);
		expect((await read('messages', id)).attributes).toMatchObject({ meta: { a: 1 }, preview: null });
	});

	it('takes meta up to the limit of a body, and answers 413 beyond', async () => {
		const id = await message(await conversation());
		const around = JSON.stringify({ meta: { text: '' } }).length;
		const filled = (length: number) => ({ meta: { text: 'a'.repeat(length - around) } });
		expect((await patch('messages', id, filled(100 * 1024))).status).toBe(200);
		expect((await patch('messages', id, filled(100 * 1024 + 1))).status).toBe(413);
	});
});

describe('notes of a session', () => {
	it('are changed in place; unknown keys are refused', async () => {
		const home = await conversation();
		const { id } = dataOf(await harness.http.post(`/v1/conversations/${home}/notes`, { body: 'Started' }));
		expect((await patch('notes', id, { body: 'Ended' })).status).toBe(200);
		expect((await read('notes', id)).attributes.body).toBe('Ended');
		for (const body of [{ text: 'a' }, { body: '' }, { body: 'a'.repeat(10_241) }, { id: OWN_ID }]) {
			expect((await patch('notes', id, body)).status).toBe(400);
		}
		expect((await read('notes', id)).attributes.body).toBe('Ended');
	});
});

describe('chosen ids', () => {
	it('X1: are refused like an unknown property where the organization does not take them', async () => {
		const strict = await start({ rateLimitPerMinute: 0, chosenIds: 'refuse' });
		const { id: home } = dataOf(await strict.http.post('/v1/conversations', { customer: jonas.id }));
		for (const [url, body] of [
			['/v1/conversations', { customer: jonas.id }],
			[`/v1/conversations/${home}/messages`, VOICE],
			[`/v1/conversations/${home}/notes`, { body: 'a' }],
		] as const) {
			const refused = await strict.http.post(url, { ...body, id: OWN_ID });
			expect(refused.status).toBe(400);
			expect(errorOf(refused)).toMatchObject({
				title: 'Additional properties not allowed',
				source: { parameter: 'id' },
			});
			expect((await strict.http.post(url, body)).status).toBe(201);
		}
		await strict.close();
	});

	it('X1: a message or note with the same id is written once', async () => {
		const home = await conversation();
		for (const [kind, body] of [
			['messages', VOICE],
			['notes', { body: 'a' }],
		] as const) {
			const answers = await Promise.all(
				Array.from({ length: 3 }, async () => {
					const url = `/v1/conversations/${home}/${kind}`;
					return (await harness.http.post(url, { ...body, id: OWN_ID })).status;
				}),
			);
			expect(answers.sort()).toEqual([201, 409, 409]);
		}
	});
});

describe('when a conversation was done last', () => {
	const statusAt = (attributes: Record<string, unknown>) =>
		(attributes.modificationHistory as { statusAt: string }).statusAt;

	it('D2: stands in lastDone, also after it was opened again, and in the list', async () => {
		const id = await conversation();
		const before = (await read('conversations', id)).attributes;
		expect(before.lastDone).toBeUndefined();
		expect(statusAt(before)).toBe(before.createdAt);

		const { attributes: done } = dataOf(await patch('conversations', id, { status: 'done' }));
		const at = (done.lastDone as { createdAt: string }).createdAt;
		expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(5000);
		expect(statusAt(done)).toBe(at);

		await patch('conversations', id, { name: 'Renamed', status: 'done' });
		await patch('conversations', id, { status: 'open' });
		const { attributes: open } = await read('conversations', id);
		expect(open.lastDone).toEqual({ createdAt: at });
		expect(Date.parse(statusAt(open))).toBeGreaterThanOrEqual(Date.parse(at));
		const { data } = await harness.http.get<{ data: Array<{ attributes: { lastDone?: unknown } }> }>(
			`/v1/customers/${jonas.id}/conversations`,
		);
		expect(data.data.at(-1)?.attributes.lastDone).toEqual({ createdAt: at });
	});
});

describe('defining session fields', () => {
	const defined = async (http: Harness['http']) =>
		Object.keys(
			dataOf(await http.get('/v1/metadata/message')).attributes.properties as Record<string, unknown>,
		);
	const SEEDED = ['queueNameStr', 'sessionIdStr', 'callDurationNum'];
	const waitTime = { properties: { waitTimeNum: { displayName: 'Wait Time' } } };

	it('C22: adds to those that are there, unless it replaces', async () => {
		await harness.http.put('/v1/metadata/message', waitTime);
		expect(await defined(harness.http)).toEqual([...SEEDED, 'waitTimeNum']);

		const replacing = await start({ rateLimitPerMinute: 0, metadataPut: 'replace' });
		await replacing.http.put('/v1/metadata/message', waitTime);
		expect(await defined(replacing.http)).toEqual(['waitTimeNum']);
		expect(Object.keys(dataOf(await replacing.http.get('/v1/metadata/customer')).attributes)).toEqual([
			'properties',
		]);
		await replacing.close();
	});

	it.each(['merge', 'replace'] as const)(
		'C22: with %s, sending back all that was read loses nothing, and once more changes nothing',
		async (metadataPut) => {
			const { http, close } = await start({ rateLimitPerMinute: 0, metadataPut });
			const properties = async () =>
				dataOf(await http.get('/v1/metadata/message')).attributes.properties as Record<string, object>;
			const before = await properties();
			const all = { ...before, ...waitTime.properties };
			expect((await http.put('/v1/metadata/message', { properties: all })).status).toBe(200);
			const after = await properties();
			expect(after).toEqual({ ...before, waitTimeNum: { type: 'number', displayName: 'Wait Time' } });
			await http.put('/v1/metadata/message', { properties: after });
			expect(await properties()).toEqual(after);
			await close();
		},
	);

	it('refuses a name without a known suffix, and a definition with an unknown key, as a whole', async () => {
		for (const properties of [{ waitTime: {} }, { waitTimeNum: {}, aNum: { label: 'A' } }]) {
			expect((await harness.http.put('/v1/metadata/message', { properties })).status).toBe(400);
		}
		expect(await defined(harness.http)).toEqual(SEEDED);
	});

	it('needs the role for it, which the minimal key has', async () => {
		const put = async (token: string) =>
			(await harness.as(token).put('/v1/metadata/message', waitTime)).status;
		expect(await put(SANDBOX.keys.readOnly.token)).toBe(403);
		expect(await put(SANDBOX.keys.minimal.token)).toBe(200);
	});
});

it('C8: at least three agents can be matched by their email address', async () => {
	const { ana, ben, chloe, duty } = SANDBOX.users;
	for (const { id, email } of [ana, ben, chloe, duty]) {
		const { data } = await harness.http.get<{ data: Array<{ id: string }> }>(
			`/v1/users?email=${encodeURIComponent(email)}`,
		);
		expect(data.data.map((user) => user.id)).toEqual([id]);
	}
});
