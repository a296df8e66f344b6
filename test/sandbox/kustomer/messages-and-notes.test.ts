import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, listOf, start, type Harness } from './harness';

let harness: Harness;
let conversation: string;
beforeAll(async () => {
	harness = await start({ rateLimitPerMinute: 0 });
});
beforeEach(async () => {
	harness.standIn.reset();
	conversation = dataOf(await harness.http.post('/v1/conversations', { customer: jonas.id })).id;
});
afterAll(() => harness.close());

const { jonas, maria } = SANDBOX.customers;
const OWN_ID = 'abcdefabcdefabcdefabcdef';
const VOICE = { channel: 'voice', app: 'contact-center' };

const message = (body: object = {}) =>
	harness.http.post(`/v1/conversations/${conversation}/messages`, { ...VOICE, ...body });
const note = (body: object = {}) =>
	harness.http.post(`/v1/conversations/${conversation}/notes`, { body: 'a', ...body });
const ofConversation = async () =>
	dataOf(await harness.http.get(`/v1/conversations/${conversation}`)).attributes;

describe('messages', () => {
	it('fill the conversation’s channels, counts and direction', async () => {
		const response = await message({
			direction: 'out',
			meta: { from: 'a' },
			custom: { sessionIdStr: 's' },
			preview: 'Call',
		});
		expect(response.status).toBe(201);
		expect(dataOf(response)).toMatchObject({
			type: 'message',
			attributes: {
				channel: 'voice',
				direction: 'out',
				directionType: 'initial-out',
				status: 'sent',
				meta: { from: 'a' },
				custom: { sessionIdStr: 's' },
			},
			relationships: {
				conversation: { data: { id: conversation } },
				customer: { data: { type: 'customers', id: jonas.id } },
			},
		});
		await message({ channel: 'chat', direction: 'in' });
		expect(await ofConversation()).toMatchObject({
			channels: ['voice', 'chat'],
			messageCount: 2,
			inboundMessageCount: 1,
			outboundMessageCount: 1,
			direction: 'out',
			lastMessageDirection: 'in',
			rev: 3,
		});
	});

	it('an inbound one reopens a done conversation, an outbound or an imported one does not', async () => {
		const close = () => harness.http.patch(`/v1/conversations/${conversation}`, { status: 'done' });
		await close();
		await message({ direction: 'out' });
		await message({ direction: 'in', importedAt: '2026-01-01T00:00:00Z' });
		expect((await ofConversation()).status).toBe('done');
		await message({ direction: 'in' });
		expect(await ofConversation()).toMatchObject({ status: 'open', reopenCount: 1 });
	});

	it('for a customer they make a new conversation, or join the one that is named', async () => {
		const url = `/v1/customers/${jonas.id}/messages`;
		const made = dataOf(await harness.http.post(url, VOICE));
		const id = made.relationships.conversation?.data?.id;
		expect(id).not.toBe(conversation);
		expect(harness.standIn.store.conversationsOf(jonas.id).map((one) => one.id)).toEqual([conversation, id]);
		const joined = dataOf(await harness.http.post(url, { ...VOICE, conversation }));
		expect(joined.relationships.conversation?.data?.id).toBe(conversation);
		expect(
			(await harness.http.post(`/v1/customers/${maria.id}/messages`, { ...VOICE, conversation })).status,
		).toBe(400);
		expect((await harness.http.post(url, { ...VOICE, customer: jonas.id })).status).toBe(400);
	});

	it('POST /v1/messages needs direction and a home', async () => {
		const url = '/v1/messages';
		expect(errorOf(await harness.http.post(url, { ...VOICE, conversation })).source?.parameter).toBe(
			'direction',
		);
		expect((await harness.http.post(url, { ...VOICE, direction: 'in' })).status).toBe(400);
		expect((await harness.http.post(url, { ...VOICE, direction: 'in', conversation })).status).toBe(201);
		expect((await harness.http.post(url, { ...VOICE, direction: 'in', customer: jonas.id })).status).toBe(
			201,
		);
	});

	it.each([
		['no channel', { channel: undefined }, 'channel'],
		['no app', { app: undefined }, 'app'],
		['an unknown channel', { channel: 'phone' }, 'channel'],
		['a computed field', { directionType: 'initial-in' }, 'directionType'],
		['a long subject', { subject: 'a'.repeat(257) }, 'subject'],
		['a long preview', { preview: 'a'.repeat(10_241) }, 'preview'],
		['an unknown status', { status: 'lost' }, 'status'],
		['an unknown attribute', { custom: { loyaltyNum: 1 } }, 'loyaltyNum'],
		['meta that is a list', { meta: [] }, 'meta'],
		['an unknown attachment', { attachments: [OWN_ID] }, 'attachments'],
		['another conversation than the path’s', { conversation: OWN_ID }, 'conversation'],
	])('refuse %s', async (_name, body, parameter) => {
		const response = await message(body);
		expect(response.status).toBe(400);
		expect(errorOf(response).source?.parameter).toBe(parameter);
		expect((await ofConversation()).messageCount).toBe(0);
	});

	it('X1: a chosen id or an external id is recorded once', async () => {
		const statuses = await Promise.all(
			Array.from(
				{ length: 4 },
				async () => (await message({ id: OWN_ID, externalId: 'babelforce:1' })).status,
			),
		);
		expect(statuses.sort()).toEqual([201, 409, 409, 409]);
		expect((await ofConversation()).messageCount).toBe(1);
		const found = dataOf(await harness.http.get('/v1/messages/externalId=babelforce:1'));
		expect(found.id).toBe(OWN_ID);
	});

	it('can be changed, but not in channel, direction or app', async () => {
		const { id } = dataOf(await message({ custom: { sessionIdStr: 's' } }));
		const changed = await harness.http.patch(`/v1/messages/${id}`, {
			preview: 'Longer',
			meta: { b: 1 },
			custom: { callDurationNum: 3 },
		});
		expect(dataOf(changed).attributes).toMatchObject({
			preview: 'Longer',
			meta: { b: 1 },
			custom: { sessionIdStr: 's', callDurationNum: 3 },
		});
		for (const body of [{ channel: 'chat' }, { direction: 'in' }, { app: 'b' }, { rev: 1 }]) {
			expect((await harness.http.patch(`/v1/messages/${id}`, body)).status).toBe(400);
		}
	});

	it('can be moved to another conversation', async () => {
		const { id } = dataOf(await message());
		const other = dataOf(await harness.http.post('/v1/conversations', { customer: maria.id })).id;
		await harness.http.patch(`/v1/messages/${id}`, { conversation: other });
		expect(await ofConversation()).toMatchObject({ messageCount: 0, channels: [], inboundMessageCount: 0 });
		expect(
			listOf(await harness.http.get(`/v1/conversations/${other}/messages`)).map((one) => one.id),
		).toEqual([id]);
	});

	it('are listed by conversation, by customer and altogether, oldest first', async () => {
		const first = dataOf(await message()).id;
		const second = dataOf(await message()).id;
		for (const path of [`/v1/conversations/${conversation}/messages`, `/v1/customers/${jonas.id}/messages`]) {
			expect(listOf(await harness.http.get(path)).map(({ id }) => id)).toEqual([first, second]);
		}
		expect(listOf(await harness.http.get('/v1/messages?pageSize=100'))).toHaveLength(5);
	});
});

describe('notes', () => {
	it('C20: belong to conversation and customer, written by the key’s user', async () => {
		const response = await note({
			body: '+49 30 23125456',
			externalId: 'n1',
			userMentions: [{ user: SANDBOX.users.ana.id }],
		});
		expect(response.status).toBe(201);
		expect(dataOf(response)).toMatchObject({
			type: 'note',
			attributes: { body: '+49 30 23125456', externalId: 'n1' },
			relationships: {
				conversation: { data: { id: conversation } },
				customer: { data: { id: jonas.id } },
				createdBy: { data: { id: SANDBOX.users.machine.id } },
				userMentions: { data: [{ type: 'user', id: SANDBOX.users.ana.id }] },
			},
		});
		expect(await ofConversation()).toMatchObject({ noteCount: 1, rev: 2 });
	});

	it('take 10,240 characters and refuse one more, and none', async () => {
		expect((await note({ body: 'a'.repeat(10_240) })).status).toBe(201);
		expect((await note({ body: 'a'.repeat(10_241) })).status).toBe(400);
		expect((await note({ body: '' })).status).toBe(400);
		expect((await note({ body: undefined })).status).toBe(400);
	});

	it.each([
		['an author', { user: SANDBOX.users.ana.id }],
		['HTML in a field of its own', { html: '<p>' }],
		['21 mentions', { userMentions: Array.from({ length: 21 }, () => ({ user: 'a' })) }],
		[
			'an unknown attachment',
			{ attachments: [{ _id: OWN_ID, name: 'a', contentType: 'a/b', contentLength: 1 }] },
		],
	])('refuse %s', async (_name, body) => {
		expect((await note(body)).status).toBe(400);
		expect((await ofConversation()).noteCount).toBe(0);
	});

	it('X1: a chosen id is written once', async () => {
		const statuses = await Promise.all(
			Array.from({ length: 4 }, async () => (await note({ id: OWN_ID })).status),
		);
		expect(statuses.sort()).toEqual([201, 409, 409, 409]);
	});

	it('answer 404 for an unknown conversation in the path', async () => {
		const response = await harness.http.post('/v1/conversations/000000000000000000000000/notes', {
			body: 'a',
		});
		expect(response.status).toBe(404);
	});

	it('can be read, changed and deleted', async () => {
		const { id } = dataOf(await note());
		expect(dataOf(await harness.http.get(`/v1/notes/${id}`)).attributes.body).toBe('a');
		expect(dataOf(await harness.http.patch(`/v1/notes/${id}`, { body: 'b' })).attributes.body).toBe('b');
		expect((await harness.http.put(`/v1/notes/${id}`, { body: 'c' })).status).toBe(400);
		expect((await harness.http.put(`/v1/notes/${id}`, { body: 'c', conversation })).status).toBe(200);
		expect((await harness.http.delete(`/v1/notes/${id}`)).status).toBe(204);
		expect((await harness.http.get(`/v1/notes/${id}`)).status).toBe(404);
		expect(await ofConversation()).toMatchObject({ noteCount: 0 });
	});

	it('are listed by conversation, by customer and altogether', async () => {
		const { id } = dataOf(await note());
		for (const path of [`/v1/conversations/${conversation}/notes`, `/v1/customers/${jonas.id}/notes`]) {
			expect(listOf(await harness.http.get(path)).map((one) => one.id)).toEqual([id]);
		}
		expect(listOf(await harness.http.get('/v1/notes'))).toHaveLength(2);
	});

	it('POST /v1/notes names its conversation', async () => {
		expect((await harness.http.post('/v1/notes', { body: 'a', conversation })).status).toBe(201);
		expect((await harness.http.post('/v1/notes', { body: 'a' })).status).toBe(400);
	});
});
