import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, start, type Harness } from './harness';

const { jonas, maria } = SANDBOX.customers;
let harness: Harness;
afterEach(() => harness.close());

describe('rate limits', () => {
	it('X6: every answer says the budget, a 429 also when it is full again', async () => {
		harness = await start({ rateLimitPerMinute: 3 });
		const { http } = harness;
		const statuses = [];
		for (let n = 1; n <= 3; n += 1) {
			const { headers, status } = await http.get(n === 2 ? '/v1/customers/externalId=none' : '/v1/tags');
			expect(headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': String(3 - n) });
			expect(headers['x-ratelimit-reset']).toBeUndefined();
			statuses.push(status);
		}
		expect(statuses).toEqual([200, 404, 200]);
		const refused = await http.get('/v1/tags');
		expect(refused.status).toBe(429);
		const reset = Number(refused.headers['x-ratelimit-reset']);
		expect(reset).toBeGreaterThan(Date.now() / 1000);
		expect(reset).toBeLessThanOrEqual(Date.now() / 1000 + 61);
		expect(refused.headers['retry-after']).toBeUndefined();
	});

	it('X6: the budget is shared by all keys, and wrong keys use none of it', async () => {
		harness = await start({ rateLimitPerMinute: 2 });
		await harness.as('wrong').get('/v1/tags');
		await harness.as(SANDBOX.keys.minimal.token).get('/v1/tags');
		await harness.as(SANDBOX.keys.readOnly.token).get('/v1/tags');
		expect((await harness.http.get('/v1/tags')).status).toBe(429);
	});

	it('X6: searching has its own limit of 100', async () => {
		harness = await start({ rateLimitPerMinute: 1000 });
		const search = () => harness.http.post('/v1/customers/search', { queryContext: 'customer' });
		for (let n = 0; n < 100; n += 1) expect((await search()).status).toBe(200);
		expect((await search()).status).toBe(429);
		expect((await harness.http.get('/v1/tags')).status).toBe(200);
	});

	it('X6: 120 notes a minute for one customer, imported ones and other customers aside', async () => {
		harness = await start();
		const { http } = harness;
		const conversation = dataOf(await http.post('/v1/conversations', { customer: jonas.id })).id;
		const url = `/v1/conversations/${conversation}/notes`;
		for (let n = 0; n < 120; n += 1) expect((await http.post(url, { body: 'a' })).status).toBe(201);
		const refused = await http.post(url, { body: 'a' });
		expect(refused.status).toBe(429);
		expect(refused.headers['x-ratelimit-reset']).toMatch(/^\d{10}$/);
		expect((await http.post(url, { body: 'a', importedAt: '2026-01-01T00:00:00Z' })).status).toBe(201);
		expect(
			(await http.post(`/v1/conversations/${conversation}/messages`, { channel: 'voice', app: 'a' })).status,
		).toBe(201);
		const other = dataOf(await http.post('/v1/conversations', { customer: maria.id })).id;
		expect((await http.post(`/v1/conversations/${other}/notes`, { body: 'a' })).status).toBe(201);
	});

	it('0 switches every limit off', async () => {
		harness = await start({ rateLimitPerMinute: 0 });
		for (let n = 0; n < 125; n += 1) {
			expect((await harness.http.post('/v1/conversations', { customer: jonas.id })).status).toBe(201);
		}
	});
});

describe('faults', () => {
	const count = () => harness.standIn.store.conversationsOf(jonas.id).length;
	const create = () => harness.http.post('/v1/conversations', { customer: jonas.id, externalId: 'x' });

	it('X6: a status instead of the answer, once, with headers and body of its own', async () => {
		harness = await start();
		harness.standIn.faults.add({
			method: 'POST',
			path: /^\/v1\/conversations$/,
			fault: { kind: 'status', status: 503, headers: { 'retry-after': '1' }, body: { errors: [] } },
		});
		expect((await harness.http.get('/v1/conversations')).status).toBe(200);
		const refused = await create();
		expect([refused.status, refused.headers['retry-after'], refused.data]).toEqual([
			503,
			'1',
			{ errors: [] },
		]);
		expect(count()).toBe(0);
		expect((await create()).status).toBe(201);
		expect(harness.standIn.faults.isEmpty).toBe(true);
	});

	it('skips and repeats as told', async () => {
		harness = await start();
		harness.standIn.faults.add({ path: /tags/, skip: 1, times: 2, fault: { kind: 'status', status: 500 } });
		const statuses = [];
		for (let n = 0; n < 4; n += 1) statuses.push((await harness.http.get('/v1/tags')).status);
		expect(statuses).toEqual([200, 500, 500, 200]);
	});

	it('X1: closes before the commit: nothing was written, the same request works again', async () => {
		harness = await start();
		harness.standIn.faults.add({ fault: { kind: 'closeBeforeCommit' } });
		await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(count()).toBe(0);
		expect((await create()).status).toBe(201);
	});

	it('X1: closes after the commit: it was written, the same request meets a conflict', async () => {
		harness = await start();
		harness.standIn.faults.add({ fault: { kind: 'closeAfterCommit' } });
		await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(count()).toBe(1);
		expect((await create()).status).toBe(409);
		expect(harness.standIn.requests.map(({ status }) => status)).toEqual([0, 409]);
	});

	it('waits', async () => {
		harness = await start();
		harness.standIn.faults.add({ fault: { kind: 'delay', ms: 120 } });
		const started = performance.now();
		expect((await harness.http.get('/v1/tags')).status).toBe(200);
		expect(performance.now() - started).toBeGreaterThan(110);
	});

	it('X6: limits everything for a while, with the time of its end', async () => {
		harness = await start();
		harness.standIn.faults.add({ fault: { kind: 'rateLimitFor', ms: 300 } });
		const first = await create();
		expect(first.status).toBe(429);
		expect(Number(first.headers['x-ratelimit-reset']) * 1000).toBeGreaterThanOrEqual(Date.now());
		expect(first.headers['x-ratelimit-remaining']).toBe('0');
		expect((await create()).status).toBe(429);
		await new Promise((resolve) => setTimeout(resolve, 320));
		expect((await create()).status).toBe(201);
		expect(count()).toBe(1);
	});

	it('can be taken back', async () => {
		harness = await start();
		harness.standIn.faults.add({ times: 9, fault: { kind: 'status', status: 500 } });
		harness.standIn.faults.clear();
		expect((await harness.http.get('/v1/tags')).status).toBe(200);
	});

	it('waits before every answer when started with a latency', async () => {
		harness = await start({ latencyMs: 60 });
		const started = performance.now();
		await harness.http.get('/v1/tags');
		expect(performance.now() - started).toBeGreaterThan(55);
	});
});

describe('the record of requests', () => {
	it('has method, path, query, body, status, key and time', async () => {
		harness = await start();
		const before = Date.now();
		await harness.http.post('/v1/conversations?a=1', { customer: jonas.id, name: 'Call' });
		await harness.http.get(`/v1/customers/phone=${encodeURIComponent(jonas.phone)}`);
		await harness.as('wrong').get('/v1/tags');
		const [created, read, refused] = harness.standIn.requests;
		expect(created).toMatchObject({
			method: 'POST',
			path: '/v1/conversations',
			query: { a: '1' },
			body: { customer: jonas.id, name: 'Call' },
			status: 201,
			keyName: 'full',
		});
		expect(created?.at).toBeGreaterThanOrEqual(before);
		expect(created?.ms).toBeGreaterThanOrEqual(0);
		expect(read?.path).toBe('/v1/customers/phone=%2B493023125456');
		expect(refused).toMatchObject({ status: 401, keyName: '' });
	});

	it('drops the oldest above its limit and counts on', async () => {
		harness = await start({ maxRecordedRequests: 10, rateLimitPerMinute: 0 });
		for (let n = 0; n < 40; n += 1) await harness.http.get(`/v1/tags?n=${n}`);
		const { requests, requestCount } = harness.standIn;
		expect(requestCount).toBe(40);
		expect(requests.length).toBeLessThanOrEqual(11);
		expect(requests.at(-1)?.query).toEqual({ n: '39' });
	});

	it('an injected fault without a body has the usual shape', async () => {
		harness = await start();
		harness.standIn.faults.add({ fault: { kind: 'status', status: 500 } });
		expect(errorOf(await harness.http.get('/v1/tags'))).toMatchObject({ status: 500 });
	});
});
