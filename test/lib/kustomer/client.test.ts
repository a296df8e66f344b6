import { encodePath } from '../../../lib/kustomer/client';
import { NoAnswer } from '../../../lib/http/http';
import {
	CUSTOMER_ID,
	Script,
	answer,
	conflict,
	inputFailure,
	kustomerFailure,
	notFound,
	object,
	ok,
	thrown,
} from './scripted';

const get = { operation: 'customer.get', method: 'GET', path: ['customers', CUSTOMER_ID] } as const;
const post = { operation: 'note.create', method: 'POST', path: ['notes'], body: { body: 'x' } } as const;

describe('the path', () => {
	it('encodes every segment and the value of look-up forms', () => {
		expect(encodePath(['customers', { field: 'phone', value: '+49 30' }])).toBe(
			'/v1/customers/phone=%2B49%2030',
		);
		expect(encodePath(['customers', { field: 'email', value: 'a+b/c@x.de' }])).toBe(
			'/v1/customers/email=a%2Bb%2Fc%40x.de',
		);
		expect(encodePath(['conversations', '../users?x#y', 'notes'])).toBe(
			'/v1/conversations/..%2Fusers%3Fx%23y/notes',
		);
		expect(encodePath(['customers', { field: 'externalId', value: '🎉' }])).toBe(
			'/v1/customers/externalId=%F0%9F%8E%89',
		);
	});

	it('survives half an emoji', () => {
		expect(encodePath(['conversations', 'a\ud83c'])).toBe('/v1/conversations/a%EF%BF%BD');
	});

	it.each(['', ' ', '.', '..'])('refuses the segment "%s", which would name something else', (segment) => {
		expect(thrown(() => encodePath(['customers', segment])).message).toContain('ID');
		expect(thrown(() => encodePath(['customers', { field: 'phone', value: segment }])).parameter).toBe(
			'phone',
		);
	});
});

describe('a request', () => {
	it('gives status, body, headers and attempts', async () => {
		const script = new Script(answer(200, object('customer', CUSTOMER_ID), { 'x-request-id': 'r' }));
		await expect(
			script.client({ timeoutMs: 1234 }).request({ ...get, query: { a: 1, b: true, c: undefined, d: 'é' } }),
		).resolves.toEqual({
			status: 200,
			body: object('customer', CUSTOMER_ID),
			headers: { 'x-request-id': 'r' },
			attempts: 1,
			mayHaveRunBefore: false,
		});
		expect(script.requests).toEqual([
			{
				method: 'GET',
				path: `/v1/customers/${CUSTOMER_ID}`,
				query: { a: '1', b: 'true', d: 'é' },
				body: undefined,
				timeoutMs: 1234,
			},
		]);
	});

	it('returns accepted error statuses and throws the others', async () => {
		const script = new Script(notFound, conflict);
		const client = script.client();
		expect((await client.request({ ...get, accept: [404] })).status).toBe(404);
		expect((await kustomerFailure(client.request({ ...get, accept: [404] }))).kind).toBe('conflict');
	});

	it('X6: is repeated after 500 and after a lost connection, and says that it may have run before', async () => {
		const script = new Script(answer(500), new NoAnswer('connection'), ok.customer());
		const result = await script.client().request(get);
		expect(result).toMatchObject({ status: 200, attempts: 3, mayHaveRunBefore: true });
		expect(script.clock.sleeps).toEqual([250, 500]);
	});

	it('X6: a POST without an id of our own is sent once', async () => {
		const script = new Script(answer(502));
		const error = await kustomerFailure(script.client().request(post));
		expect(error).toMatchObject({ kind: 'server', status: 502 });
		expect(script.requests).toHaveLength(1);
	});

	it('X6: a POST with an id of our own is repeated', async () => {
		const script = new Script(new NoAnswer('timeout'), ok.note());
		expect(await script.client().request({ ...post, repeatable: true })).toMatchObject({ attempts: 2 });
	});

	it.each([
		['lost answer', new NoAnswer('timeout'), 'noAnswer'],
		['429', answer(429, {}, { 'retry-after': '1' }), 'rateLimit'],
		['503', answer(503, {}), 'server'],
	])('X1: that depends on what was read is sent once only, also after a %s', async (_name, trouble, kind) => {
		const script = new Script(trouble, ok.customer());
		const update = { operation: 'message.update', method: 'PATCH', path: ['messages', CUSTOMER_ID] } as const;
		const failure = await kustomerFailure(script.client().request({ ...update, body: {}, once: true }));
		expect([failure.kind, script.requests.length]).toEqual([kind, 1]);
	});

	it('X6: a 429 alone does not make it uncertain whether the request ran', async () => {
		const script = new Script(answer(429, undefined, { 'retry-after': '1' }), ok.note());
		expect(await script.client().request(post)).toMatchObject({ attempts: 2, mayHaveRunBefore: false });
	});

	it('X6: 429 waits as long as the server says, then goes on', async () => {
		const script = new Script(answer(429, undefined, { 'x-ratelimit-reset': '2' }), ok.note());
		script.clock.chance = 0;
		await script.client().request(post);
		expect(script.clock.sleeps).toEqual([2_000]);
	});

	it('counts every request that it sends', async () => {
		const script = new Script(answer(500), ok.customer());
		const client = script.client();
		await client.request(get);
		expect(client.requestsSent).toBe(2);
	});

	it('refuses a body of more than 100 kB before anything is sent, counting bytes', async () => {
		const script = new Script(ok.note());
		const client = script.client();
		const emoji = '🎉'.repeat(25_001);
		const error = await inputFailure(client.request({ ...post, body: { body: emoji } }));
		expect(error.parameter).toBe('body');
		expect(error.message).toBe('The request is 101 kB large; Kustomer takes at most 100 kB.');
		expect(script.requests).toHaveLength(0);
		await client.request({ ...post, body: { body: 'x'.repeat(99_000) } });
		expect(script.requests).toHaveLength(1);
	});
});

describe('a list', () => {
	const list = { operation: 'customer.list', path: ['customers'] } as const;
	const page = (items: string[], next: unknown) =>
		answer(200, { data: items.map((id) => ({ type: 'customer', id })), links: { next } });

	it('follows the link to the next page until there is none', async () => {
		const script = new Script(
			page(['a', 'b'], '/v1/customers?page=2&pageSize=100&sort=-createdAt'),
			page(['c'], null),
		);
		const items = await script.client().list<{ id: string }>({ ...list, query: { sort: '-createdAt' } });
		expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
		expect(script.requests.map(({ query }) => query)).toEqual([
			{ sort: '-createdAt', pageSize: '100' },
			{ page: '2', pageSize: '100', sort: '-createdAt' },
		]);
	});

	it('reads no more pages than the limit needs, and no bigger ones', async () => {
		const script = new Script(page(['a', 'b', 'c'], '/v1/customers?page=2'));
		const items = await script.client().list<{ id: string }>({ ...list, limit: 2 });
		expect(items).toHaveLength(2);
		expect(script.requests[0]?.query).toEqual({ pageSize: '2' });
		expect(script.requests).toHaveLength(1);
	});

	it.each([
		['another host', 'https://evil.example/v1/customers?page=2'],
		['another host without scheme', '//evil.example/v1/customers?page=2'],
		['another path', '/v1/users?page=2'],
	])('does not follow a link to %s', async (_where, next) => {
		const script = new Script(page(['a'], next));
		const error = await kustomerFailure(script.client().list(list));
		expect(error.kind).toBe('unexpectedAnswer');
		expect(script.requests).toHaveLength(1);
	});

	it('follows a link on a path that is encoded in another way', async () => {
		const script = new Script(
			answer(200, { data: [{ id: '1' }], links: { next: '/v1/customers/a:b/conversations?page=2' } }),
			answer(200, { data: [{ id: '2' }] }),
		);
		const items = await script
			.client()
			.list({ operation: 'conversation.list', path: ['customers', 'a:b', 'conversations'] });
		expect(items).toHaveLength(2);
		expect(script.lines[0]).toBe('GET /v1/customers/a%3Ab/conversations');
	});

	it('stops when the next page is one that was read, when a page is empty, and after the last allowed page', async () => {
		const circle = new Script(page(['a'], '/v1/customers?page=2'), page(['b'], '/v1/customers?page=2'));
		expect(await circle.client().list(list)).toHaveLength(2);
		const empty = new Script(page([], '/v1/customers?page=2'));
		expect(await empty.client().list(list)).toHaveLength(0);
		const long = new Script(page(['a'], '/v1/customers?page=2'), page(['b'], '/v1/customers?page=3'));
		expect(await long.client().list({ ...list, maxPages: 2 })).toHaveLength(2);
	});

	it.each([
		'<html></html>',
		'',
		null,
		[],
		{ data: {} },
		...[null, 7, 'a', [], {}, { id: 7 }, { id: '' }].map((one) => ({ data: [{ id: 'a' }, one] })),
	])('X16: says so when the answer is no list of objects: %j', async (body) => {
		const script = new Script(answer(200, body));
		const error = await kustomerFailure(script.client().list(list));
		expect(error.kind).toBe('unexpectedAnswer');
		expect(error.message).toContain('holds no list of objects with an ID');
	});

	it('X16: an object whose attributes are null has none', async () => {
		const script = new Script(answer(200, { data: [{ id: 'a', attributes: null }, { id: 'b' }] }));
		expect(await script.client().list(list)).toEqual([{ id: 'a', attributes: {} }, { id: 'b' }]);
	});

	it('X16: a list of 200,000 entries is one, too', async () => {
		const data = Array.from({ length: 200_000 }, (_, index) => ({ id: String(index) }));
		expect(await new Script(answer(200, { data })).client().list(list)).toHaveLength(200_000);
	});
});
