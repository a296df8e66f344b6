import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, listOf, start, type Harness } from './harness';

const URL = 'https://n8n.example.com/webhook';
const { jonas } = SANDBOX.customers;
const { ana } = SANDBOX.users;
const VALID = { name: 'Mine', url: URL, events: ['kustomer.conversation.update'] };

interface Received {
	headers: Record<string, string | string[] | undefined>;
	body: string;
}

let harness: Harness;
let server: Server;
let status = 200;
const received: Received[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
			response.writeHead(status).end();
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	harness = await start({
		webhookRetryWaits: [10, 10],
		webhookRedirect: () => `http://127.0.0.1:${port}/`,
	});
});
afterAll(async () => {
	await harness.close();
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
	harness.standIn.reset();
	received.length = 0;
	status = 200;
});

describe('outbound webhooks', () => {
	it('are created with a token of their own, listed, changed and deleted', async () => {
		const created = await harness.http.post('/v1/outbound-webhooks', VALID);
		expect(created.status).toBe(201);
		const { id, attributes } = dataOf(created);
		expect(attributes).toMatchObject({ ...VALID, enabled: true, isError: false, headers: [] });
		expect(attributes.token).toMatch(/^[0-9a-f]{64}$/);
		expect(listOf(await harness.http.get('/v1/outbound-webhooks'))).toEqual([dataOf(created)]);
		const changed = await harness.http.patch(`/v1/outbound-webhooks/${id}`, { enabled: false });
		expect(dataOf(changed).attributes).toMatchObject({
			name: 'Mine',
			enabled: false,
			token: attributes.token,
		});
		expect((await harness.http.delete(`/v1/outbound-webhooks/${id}`)).status).toBe(204);
		expect((await harness.http.get(`/v1/outbound-webhooks/${id}`)).status).toBe(404);
	});

	it.each<[string, Record<string, unknown>]>([
		['name', { name: '' }],
		['name', { name: 'x'.repeat(256) }],
		['url', { url: 'http://n8n.example.com/' }],
		['events', { events: [] }],
		['events', { events: ['kustomer.note.create'] }],
		['token', { token: 'chosen' }],
		['headers', { headers: { 'X-A': 'b' } }],
	])('refuse a wrong %s', async (parameter, wrong) => {
		const answer = await harness.http.post('/v1/outbound-webhooks', { ...VALID, ...wrong });
		expect([answer.status, errorOf(answer).source?.parameter]).toEqual([400, parameter]);
	});

	it('are five at most, and need their roles', async () => {
		for (let count = 0; count < 5; count += 1) await harness.http.post('/v1/outbound-webhooks', VALID);
		expect((await harness.http.post('/v1/outbound-webhooks', VALID)).status).toBe(400);
		const { token } = SANDBOX.keys.noNotes;
		expect((await harness.as(token).get('/v1/outbound-webhooks')).status).toBe(403);
	});

	it('send signed events with what has changed, to those who subscribed', async () => {
		const { store, deliveries } = harness.standIn;
		const created = await harness.http.post('/v1/outbound-webhooks', {
			...VALID,
			headers: [{ name: 'X-Own', value: 'yes' }],
		});
		const { id } = store.createConversation(jonas.id, { name: 'Order' }, ana.id);
		store.updateConversation(id, { status: 'done' }, ana.id);
		await deliveries.settled();
		expect(received).toHaveLength(1);
		const [{ headers, body }] = received as [Received];
		const token = String(dataOf(created).attributes.token);
		expect(headers).toMatchObject({
			'x-kustomer-webhook-event': 'kustomer.conversation.update',
			'x-kustomer-webhook-signature': createHmac('sha256', token).update(body).digest('hex'),
			'x-own': 'yes',
		});
		expect(JSON.parse(body)).toMatchObject({
			name: 'kustomer.conversation.update',
			dataId: id,
			data: { type: 'conversation', id, attributes: { status: 'done' } },
			changes: { attributes: { status: { op: 'replace', before: 'open', after: 'done' } } },
		});
	});

	it('repeat what is not accepted, then give up', async () => {
		const { store, deliveries } = harness.standIn;
		status = 500;
		const created = await harness.http.post('/v1/outbound-webhooks', VALID);
		const { id } = store.createConversation(jonas.id, { name: 'Order' }, ana.id);
		store.updateConversation(id, { status: 'done' }, ana.id);
		for (let waited = 0; waited < 2000 && received.length < 3; waited += 20) {
			await new Promise((next) => setTimeout(next, 20));
		}
		await deliveries.settled();
		expect(new Set(received.map(({ body }) => body)).size).toBe(1);
		expect(received).toHaveLength(3);
		const now = await harness.http.get(`/v1/outbound-webhooks/${dataOf(created).id}`);
		expect(dataOf(now).attributes).toMatchObject({ enabled: false, isError: true });
	});
});
