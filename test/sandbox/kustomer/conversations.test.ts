import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, listOf, start, useHarness } from './harness';

const harness = useHarness({ rateLimitPerMinute: 0 });

const { jonas, maria } = SANDBOX.customers;
const { ana } = SANDBOX.users;
const OWN_ID = 'abcdefabcdefabcdefabcdef';

const create = (body: object = {}) => harness.http.post('/v1/conversations', { customer: jonas.id, ...body });
const createdId = async (body: object = {}) => dataOf(await create(body)).id;
const patch = (id: string, body: unknown) => harness.http.patch(`/v1/conversations/${id}`, body);

describe('creating', () => {
	it('B1, B5: takes every field; tags come back as ids and new names become tags', async () => {
		const response = await create({
			id: OWN_ID,
			externalId: 'babelforce:1',
			name: 'Inbound call',
			status: 'open',
			priority: 3,
			direction: 'in',
			tags: ['Voice', 'Brand new'],
			assignedUsers: [ana.id],
			assignedTeams: [SANDBOX.teams.voice.id],
			custom: { callIdStr: '1', callDurationNum: 0, vipBool: false, callStartedAt: '2026-01-02T03:04:05Z' },
			queue: { id: SANDBOX.queues.voice.id },
		});
		expect(response.status).toBe(201);
		const { id, attributes, relationships } = dataOf(response);
		expect(id).toBe(OWN_ID);
		expect(attributes).toMatchObject({
			name: 'Inbound call',
			status: 'open',
			channels: [],
			messageCount: 0,
			assignedUsers: [ana.id],
			custom: { callIdStr: '1', vipBool: false },
			rev: 1,
		});
		expect(attributes.tags[0]).toBe(SANDBOX.tags.voice.id);
		expect(harness.standIn.store.tagNames(attributes.tags)).toEqual(['Voice', 'Brand new']);
		expect(relationships.customer?.data).toEqual({ type: 'customer', id: jonas.id });
		expect(relationships.queue?.data?.id).toBe(SANDBOX.queues.voice.id);
		const tags = listOf(await harness.http.get('/v1/tags'));
		expect(tags.map((tag) => tag.attributes.name)).toContain('Brand new');
	});

	it.each([
		['no customer', { customer: undefined }, 'customer'],
		['an unknown customer', { customer: '000000000000000000000000' }, 'customer'],
		['status snoozed', { status: 'snoozed' }, 'status'],
		['priority 0', { priority: 0 }, 'priority'],
		['priority 6', { priority: 6 }, 'priority'],
		['half a priority', { priority: 1.5 }, 'priority'],
		['a priority as text', { priority: '3' }, 'priority'],
		['a long name', { name: 'a'.repeat(257) }, 'name'],
		['a name of 129 emoji', { name: '😀'.repeat(129) }, 'name'],
		['a channel', { channel: 'voice' }, 'channel'],
		['a preview', { preview: 'a' }, 'preview'],
		['a snooze', { snooze: { status: 'scheduled' } }, 'snooze'],
		['21 tags', { tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }, 'tags'],
		['a tag twice', { tags: ['a', 'a'] }, 'tags'],
		['a tag with a parenthesis', { tags: ['Voice (IVR)'] }, 'tags'],
		['a tag with an emoji', { tags: ['😀'] }, 'tags'],
		['a tag that begins with a blank', { tags: [' a'] }, 'tags'],
		['an empty tag', { tags: [''] }, 'tags'],
		['a tag of 65 letters', { tags: ['a'.repeat(65)] }, 'tags'],
		[
			'11 users',
			{ assignedUsers: Array.from({ length: 11 }, (_, n) => n.toString(16).padStart(24, '0')) },
			'assignedUsers',
		],
		['an unknown user', { assignedUsers: ['000000000000000000000000'] }, 'assignedUsers'],
		['a user that is no id', { assignedUsers: ['Ana'] }, 'assignedUsers'],
		['an unknown team', { assignedTeams: ['000000000000000000000000'] }, 'assignedTeams'],
		['an unknown queue', { queue: { id: '000000000000000000000000' } }, 'queue'],
		['an empty queue', { queue: {} }, 'queue'],
		['an id that is none', { id: 'mine' }, 'id'],
		['a direction of its own', { direction: 'inbound' }, 'direction'],
		['a time without zone', { createdAt: '2026-01-02T03:04:05' }, 'createdAt'],
	])('refuses %s and creates nothing', async (_name, body, parameter) => {
		const { conversations, tags } = harness.standIn.store;
		const before = [conversations.size, tags.size];
		const response = await create(body);
		expect(response.status).toBe(400);
		expect(errorOf(response)).toMatchObject({ status: 400, code: 'badparam', source: { parameter } });
		expect([conversations.size, tags.size]).toEqual(before);
	});

	it('refuses a body that is no JSON, no object, or none at all', async () => {
		const send = (data: string | undefined, type = 'application/json') =>
			harness.http.post('/v1/conversations', data, {
				headers: { 'content-type': type },
				transformRequest: (one: unknown) => one,
			});
		for (const response of [
			await send('{'),
			await send('"text"'),
			await send(undefined),
			await send('a=b', 'text/plain'),
		]) {
			expect(response.status).toBe(400);
		}
	});

	it('refuses a body above 100 kB with 413', async () => {
		const response = await create({ name: 'a'.repeat(110 * 1024) });
		expect(response.status).toBe(413);
	});

	it('X1: a chosen id and an external id can be taken once', async () => {
		await createdId({ id: OWN_ID, externalId: 'one' });
		expect(errorOf(await create({ id: OWN_ID, externalId: 'two' }))).toMatchObject({
			status: 409,
			source: { parameter: 'id' },
		});
		expect(errorOf(await create({ externalId: 'one' }))).toMatchObject({
			status: 409,
			source: { parameter: 'externalId' },
		});
	});

	it('X1: of equal creates at once exactly one is made', async () => {
		const body = { id: OWN_ID, externalId: 'babelforce:2' };
		const statuses = (await Promise.all(Array.from({ length: 6 }, () => create(body)))).map(
			({ status }) => status,
		);
		expect(statuses.sort()).toEqual([201, 409, 409, 409, 409, 409]);
		expect(harness.standIn.store.conversationsOf(jonas.id)).toHaveLength(1);
	});

	it('can be told to refuse chosen ids and not to enforce external ids', async () => {
		const loose = await start({ chosenIds: 'refuse', externalIds: 'free' });
		const send = (body: object) => loose.http.post('/v1/conversations', { customer: jonas.id, ...body });
		expect((await send({ id: OWN_ID })).status).toBe(400);
		expect((await send({ externalId: 'one' })).status).toBe(201);
		expect((await send({ externalId: 'one' })).status).toBe(201);
		await loose.close();
	});

	it('below a customer it takes a campaign and no customer', async () => {
		const url = `/v1/customers/${jonas.id}/conversations`;
		expect((await harness.http.post(url, { campaign: OWN_ID })).status).toBe(201);
		expect((await harness.http.post(url, { customer: jonas.id })).status).toBe(400);
		expect((await harness.http.post('/v1/customers/000000000000000000000000/conversations', {})).status).toBe(
			404,
		);
	});
});

describe('custom attributes', () => {
	it('B4: an unknown one is refused exactly as recorded', async () => {
		const response = await create({ custom: { notAnActualAttribute: 'a' } });
		expect(response.data).toEqual({
			errors: [
				{
					status: 400,
					source: { parameter: 'notAnActualAttribute' },
					code: 'badparam',
					title: 'Additional properties not allowed',
					detail: '/properties/custom/additionalProperties',
				},
			],
		});
	});

	it.each([
		['callDurationNum', '95'],
		['callDurationNum', true],
		['callStartedAt', 'yesterday'],
		['callStartedAt', 1_700_000_000],
		['callIdStr', 7],
		['callIdStr', 'a'.repeat(1025)],
		['vipBool', 'true'],
		['vipBool', 1],
		['recordingUrl', 'not a url'],
		['recordingUrl', {}],
	])('B4: %s refuses %p', async (name, value) => {
		const response = await create({ custom: { [name]: value } });
		expect(response.status).toBe(400);
		expect(errorOf(response)).toMatchObject({ code: 'badparam', source: { parameter: name } });
	});

	it.each(['callDurationNum', 'callStartedAt', 'callIdStr', 'vipBool', 'recordingUrl'])(
		'B4: %s takes null',
		async (name) => {
			expect((await create({ custom: { [name]: null } })).status).toBe(201);
		},
	);

	it('B4: takes 1024 characters and refuses 101 keys', async () => {
		expect((await create({ custom: { callIdStr: 'a'.repeat(1024) } })).status).toBe(201);
		const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index}Str`, 'a']));
		expect(errorOf(await create({ custom: many })).source?.parameter).toBe('custom');
	});

	it('C22: new ones can be defined, and then written', async () => {
		expect((await create({ custom: { queueNameStr: 'a' } })).status).toBe(400);
		const defined = await harness.http.put('/v1/metadata/conversation', {
			properties: { queueNameStr: { displayName: 'Queue Name' }, holdTimeNum: {} },
		});
		expect(defined.data).toMatchObject({
			data: {
				type: 'metadata',
				id: 'conversation',
				attributes: {
					properties: {
						callIdStr: { type: 'string', displayName: 'Call ID' },
						queueNameStr: { type: 'string', displayName: 'Queue Name' },
						holdTimeNum: { type: 'number', displayName: 'Hold Time' },
					},
				},
			},
		});
		expect((await create({ custom: { queueNameStr: 'a', holdTimeNum: 3 } })).status).toBe(201);
	});

	it('refuses a definition without a known suffix, and an unknown kind', async () => {
		expect((await harness.http.put('/v1/metadata/customer', { properties: { shoe: {} } })).status).toBe(400);
		expect((await harness.http.get('/v1/metadata/shoe')).status).toBe(404);
	});

	it('refuses what is not among the choices of an attribute', async () => {
		const properties = { reasonStr: { enumeration: ['sales', 'service'] } };
		await harness.http.put('/v1/metadata/conversation', { properties });
		expect((await create({ custom: { reasonStr: 'other' } })).status).toBe(400);
		expect((await create({ custom: { reasonStr: 'sales' } })).status).toBe(201);
	});
});

describe('reading', () => {
	it('B2: by id, by external id, by several ids', async () => {
		const id = await createdId({ externalId: 'babelforce:3' });
		expect(dataOf(await harness.http.get(`/v1/conversations/${id}`)).id).toBe(id);
		expect(dataOf(await harness.http.get('/v1/conversations/externalId=babelforce:3')).id).toBe(id);
		expect(
			dataOf(await harness.http.get(`/v1/conversations/externalId=${encodeURIComponent('babelforce:3')}`)).id,
		).toBe(id);
		const other = await createdId();
		expect(listOf(await harness.http.get(`/v1/conversations/${id},${other}`))).toHaveLength(2);
		expect(errorOf(await harness.http.get('/v1/conversations/externalId=nothing')).source?.parameter).toBe(
			'externalId',
		);
	});

	it('lists those of a customer from a date on, without totals', async () => {
		const old = await createdId({ createdAt: '2020-01-01T00:00:00Z' });
		const recent = await createdId();
		const all = await harness.http.get(`/v1/customers/${jonas.id}/conversations`);
		expect(listOf(all).map(({ id }) => id)).toEqual([old, recent]);
		expect((all.data as { meta: object }).meta).toEqual({ pageSize: 100, page: 1 });
		const since = await harness.http.get(
			`/v1/customers/${jonas.id}/conversations?fromDate=2021-01-01T00:00:00Z`,
		);
		expect(listOf(since).map(({ id }) => id)).toEqual([recent]);
		expect((await harness.http.get(`/v1/customers/${jonas.id}/conversations?fromDate=soon`)).status).toBe(
			400,
		);
	});

	it('lists all, newest first when asked, page by page until next is null', async () => {
		const id = await createdId();
		const first = await harness.http.get('/v1/conversations?sort=desc&pageSize=2');
		expect(listOf(first)[0]?.id).toBe(id);
		const { next } = (first.data as { links: { next: string } }).links;
		const second = await harness.http.get(next);
		expect((second.data as { links: object }).links).toMatchObject({ next: null });
		expect(listOf(second)).toHaveLength(1);
		expect((await harness.http.get('/v1/conversations?sort=asc')).status).toBe(400);
	});
});

describe('updating', () => {
	it('B3: sets name, users, teams and tags as wholes and merges custom attributes', async () => {
		const id = await createdId({ name: 'Call', tags: ['Voice'], custom: { callIdStr: '1' } });
		const { attributes } = dataOf(
			await patch(id, {
				tags: ['VIP'],
				assignedUsers: [ana.id],
				assignedTeams: [SANDBOX.teams.voice.id],
				custom: { callDurationNum: 95 },
			}),
		);
		expect(attributes).toMatchObject({
			name: 'Call',
			tags: [SANDBOX.tags.vip.id],
			assignedUsers: [ana.id],
			custom: { callIdStr: '1', callDurationNum: 95 },
			rev: 2,
		});
	});

	it('takes the media type that the published schema names', async () => {
		const id = await createdId();
		const headers = { 'content-type': 'application/json-patch+json' };
		expect((await harness.http.patch(`/v1/conversations/${id}`, '{"name":"a"}', { headers })).status).toBe(
			200,
		);
	});

	it.each([
		['an empty object', {}],
		['an unknown property', { channel: 'voice' }],
		['an id', { id: OWN_ID }],
		['a customer among other fields', { customer: maria.id, name: 'a' }],
		['an unknown customer', { customer: '000000000000000000000000' }],
		['snoozed without snooze', { status: 'snoozed' }],
		['snoozed without a time', { status: 'snoozed', snooze: { status: 'scheduled' } }],
		[
			'snoozed until yesterday',
			{ status: 'snoozed', snooze: { status: 'scheduled', time: '2020-01-01T00:00:00Z' } },
		],
		['a snooze that stays open', { snooze: { status: 'scheduled', time: '2099-01-01T00:00:00Z' } }],
		['a snooze without status', { status: 'snoozed', snooze: { time: '2099-01-01T00:00:00Z' } }],
		['an unknown user', { assignedUsers: ['000000000000000000000000'] }],
		['null as tags', { tags: null }],
	])('refuses %s and changes nothing', async (_name, body) => {
		const id = await createdId({ name: 'Call' });
		const response = await patch(id, body);
		expect(response.status).toBe(400);
		const record = harness.standIn.store.conversations.get(id);
		expect(record).toMatchObject({ name: 'Call', status: 'open', rev: 1, customerId: jonas.id });
	});

	it('a stale rev is refused with 409; of two writers with the same rev one wins', async () => {
		const id = await createdId();
		const responses = await Promise.all([patch(id, { name: 'a', rev: 1 }), patch(id, { name: 'b', rev: 1 })]);
		expect(responses.map(({ status }) => status).sort()).toEqual([200, 409]);
		expect(errorOf(await patch(id, { name: 'c', rev: 1 })).source?.parameter).toBe('rev');
	});

	it('moves to another customer alone, with messages and notes', async () => {
		const id = await createdId();
		await harness.http.post(`/v1/conversations/${id}/notes`, { body: 'a' });
		const moved = dataOf(await patch(id, { customer: maria.id }));
		expect(moved.relationships.customer?.data?.id).toBe(maria.id);
		const { store } = harness.standIn;
		expect(store.customers.get(jonas.id)).toMatchObject({ counts: { all: 0, open: 0 }, noteIds: [] });
		expect(store.conversationsOf(maria.id).map((one) => one.id)).toContain(id);
		expect(store.notesOf(id)[0]?.customerId).toBe(maria.id);
	});

	it('snoozes, and opens again when the time has come', async () => {
		const id = await createdId();
		const time = new Date(Date.now() + 150).toISOString();
		const snoozed = dataOf(await patch(id, { status: 'snoozed', snooze: { status: 'scheduled', time } }));
		expect(snoozed.attributes).toMatchObject({ status: 'snoozed', snooze: { status: 'scheduled', time } });
		await new Promise((resolve) => setTimeout(resolve, 200));
		const awake = dataOf(await harness.http.get(`/v1/conversations/${id}`));
		expect(awake.attributes).toMatchObject({ status: 'open', snooze: { status: 'elapsed' } });
	});

	it('opening a snoozed one cancels its snooze', async () => {
		const id = await createdId();
		await patch(id, { status: 'snoozed', snooze: { status: 'scheduled', time: '2099-01-01T00:00:00Z' } });
		expect(dataOf(await patch(id, { status: 'open' })).attributes).toMatchObject({
			status: 'open',
			snooze: { status: 'canceled' },
		});
	});

	it('counts statuses on the customer', async () => {
		const id = await createdId();
		await createdId({ status: 'done' });
		await patch(id, { status: 'done' });
		const { attributes } = dataOf(await harness.http.get(`/v1/customers/${jonas.id}`));
		expect(attributes).toMatchObject({
			conversationCounts: { all: 2, open: 0, snoozed: 0, done: 2 },
			progressiveStatus: 'done',
		});
	});

	it('PUT with replace=true empties what is not named', async () => {
		const id = await createdId({ name: 'Call', externalId: 'x', tags: ['VIP'], priority: 4 });
		const { attributes } = dataOf(
			await harness.http.put(`/v1/conversations/${id}?replace=true`, { priority: 2 }),
		);
		expect(attributes).toMatchObject({ name: null, tags: [], priority: 2 });
		expect((await harness.http.get('/v1/conversations/externalId=x')).status).toBe(404);
	});

	it('null takes the external id away, and it can be used again', async () => {
		const id = await createdId({ externalId: 'x' });
		await patch(id, { externalId: null });
		expect((await create({ externalId: 'x' })).status).toBe(201);
		expect((await patch(id, { externalId: 'x' })).status).toBe(409);
	});
});

describe('tags', () => {
	const tags = (method: 'post' | 'delete', id: string, data: unknown) =>
		harness.http.request({ method, url: `/v1/conversations/${id}/tags`, data });

	it('B3: adds by name or id and removes by name or id, with 200 and the conversation', async () => {
		const id = await createdId({ tags: ['Voice'] });
		const added = await tags('post', id, ['Fresh', SANDBOX.tags.vip.id, 'Voice']);
		expect(added.status).toBe(200);
		const { store } = harness.standIn;
		expect(store.tagNames(dataOf(added).attributes.tags)).toEqual(['Voice', 'Fresh', 'VIP']);
		const removed = await tags('delete', id, [SANDBOX.tags.voice.id, 'Fresh', 'Not there']);
		expect(removed.status).toBe(200);
		expect(store.tagNames(dataOf(removed).attributes.tags)).toEqual(['VIP']);
	});

	it.each([
		['an object', { tags: ['a'] }],
		['a parenthesis', ['a (b)']],
		['a number', [1]],
		['21 tags', Array.from({ length: 21 }, (_, index) => `t${index}`)],
		['doubles', ['a', 'a']],
	])('refuses %s', async (_name, body) => {
		const id = await createdId();
		expect((await tags('post', id, body)).status).toBe(400);
		expect((await tags('delete', id, body)).status).toBe(400);
	});

	it('refuses more than 20 altogether and adds none of them', async () => {
		const id = await createdId({ tags: Array.from({ length: 19 }, (_, index) => `t${index}`) });
		expect((await tags('post', id, ['a', 'b'])).status).toBe(400);
		expect(harness.standIn.store.conversations.get(id)?.tags).toHaveLength(19);
		expect((await tags('post', id, ['a', 't1'])).status).toBe(200);
	});

	it('answers 404 for an unknown conversation', async () => {
		expect((await tags('post', '000000000000000000000000', ['a'])).status).toBe(404);
		expect((await tags('delete', '000000000000000000000000', ['a'])).status).toBe(404);
	});
});

it('DELETE takes messages and notes along', async () => {
	const id = await createdId({ externalId: 'x' });
	const note = dataOf(await harness.http.post(`/v1/conversations/${id}/notes`, { body: 'a' })).id;
	expect((await harness.http.delete(`/v1/conversations/${id}`)).status).toBe(204);
	expect((await harness.http.get(`/v1/notes/${note}`)).status).toBe(404);
	expect((await create({ externalId: 'x' })).status).toBe(201);
	expect(harness.standIn.store.customers.get(jonas.id)?.counts).toMatchObject({ all: 1, open: 1 });
});
