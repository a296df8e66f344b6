import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	encodeEvent,
	ENCODINGS,
	eventFields,
	newCall,
	placeInboundCall,
	SCENARIOS,
	type Scenario,
	type SimulatedAgent,
	type WebhookCredential,
} from '../../../sandbox/telephony';

interface Received {
	method: string;
	url: URL;
	headers: IncomingHttpHeaders;
	body: string;
}

const AGENT: SimulatedAgent = {
	id: 'a'.repeat(32),
	sourceId: '5b0000000000000000000001',
	name: 'Ana Reis',
	email: 'ana@example.com',
	number: '101',
};
const QUEUE = { id: 'q1', name: 'Support' };
const PEOPLE = { from: '+12125550187', to: '+493023125000', agent: AGENT, queue: QUEUE };

describe('the call simulator', () => {
	let server: Server;
	let webhookUrl: string;
	const received: Received[] = [];
	let answer = { status: 200, body: '{"ok":true}' };

	beforeAll(async () => {
		server = createServer((request, response) => {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				received.push({
					method: request.method ?? '',
					url: new URL(request.url ?? '', 'http://127.0.0.1'),
					headers: request.headers,
					body: Buffer.concat(chunks).toString(),
				});
				response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/calls`;
	});
	afterAll(async () => {
		await new Promise((done) => server.close(done));
	});
	beforeEach(() => {
		received.length = 0;
		answer = { status: 200, body: '{"ok":true}' };
	});

	it.each(Object.keys(SCENARIOS) as Scenario[])(
		'B1: scenario "%s" sends its events in order',
		async (scenario) => {
			const { deliveries } = await placeInboundCall({ webhookUrl, ...PEOPLE, scenario });
			expect(deliveries.map(({ event }) => event)).toEqual(SCENARIOS[scenario].steps.flat());
			expect(deliveries.every(({ status, body }) => status === 200 && (body as { ok: boolean }).ok)).toBe(
				true,
			);
			expect(received).toHaveLength(deliveries.length);
		},
	);

	it('X1: a duplicate is the same to the last byte', async () => {
		await placeInboundCall({ webhookUrl, ...PEOPLE, scenario: 'duplicate' });
		expect(received[1]?.body).toBe(received[0]?.body);
		expect(received[3]?.body).toBe(received[2]?.body);
	});

	it('X4: an anonymous call shows no number', async () => {
		await placeInboundCall({ webhookUrl, ...PEOPLE, scenario: 'anonymous', encoding: 'json' });
		const [ring] = received.map(({ body }) => JSON.parse(body) as { call: Record<string, unknown> });
		expect(ring?.call).toMatchObject({ from: 'anonymous', anonymous: true });
		expect(received.map(({ body }) => body).join('')).not.toContain(PEOPLE.from);
	});

	it('gives refusals and missing answers as they are instead of throwing', async () => {
		answer = { status: 401, body: '{"message":"no"}' };
		const refused = await placeInboundCall({ webhookUrl, ...PEOPLE });
		expect(refused.deliveries.map(({ status }) => status)).toEqual([401, 401]);

		const unreachable = await placeInboundCall({ webhookUrl: 'http://127.0.0.1:1/', ...PEOPLE });
		expect(unreachable.deliveries[0]).toMatchObject({ status: 0 });
		expect(String(unreachable.deliveries[0]?.body)).toContain('ECONNREFUSED');
	});

	it.each([
		['json', 'POST', 'application/json'],
		['jsonDotted', 'POST', 'application/json'],
		['form', 'POST', 'application/x-www-form-urlencoded'],
		['query', 'GET', undefined],
	] as const)('sends %s as %s %s', async (encoding, method, type) => {
		await placeInboundCall({ webhookUrl, ...PEOPLE, encoding });
		expect(received[0]).toMatchObject({ method });
		expect(received[0]?.headers['content-type']).toBe(type);
	});

	it('covers every encoding in the test above', () => {
		expect([...ENCODINGS].sort()).toEqual(['form', 'json', 'jsonDotted', 'query']);
	});

	describe('with a credential', () => {
		const send = async (credential: WebhookCredential) => {
			await placeInboundCall({ webhookUrl, ...PEOPLE, encoding: 'json', credential });
			return received[0];
		};

		it('presents Basic, also with a colon and umlauts in the password', async () => {
			const request = await send({ method: 'basicAuth', user: 'me', password: 'a:ü' });
			const pair = Buffer.from(request?.headers.authorization?.slice('Basic '.length) ?? '', 'base64');
			expect(pair.toString('utf8')).toBe('me:a:ü');
		});

		it('presents a secret header', async () => {
			const request = await send({ method: 'header', headerName: 'X-Token', headerValue: 'secret' });
			expect(request?.headers['x-token']).toBe('secret');
		});

		it('signs the exact bytes', async () => {
			const request = await send({
				method: 'hmac',
				secret: 'shh',
				signatureHeader: 'X-Signature',
				signatureEncoding: 'hex',
				signaturePrefix: 'sha256=',
			});
			const expected = createHmac('sha256', 'shh')
				.update(request?.body ?? '')
				.digest('hex');
			expect(request?.headers['x-signature']).toBe(`sha256=${expected}`);
		});

		it('signs timestamp and body when asked to', async () => {
			const request = await send({
				method: 'hmac',
				secret: 'shh',
				signatureHeader: 'X-Signature',
				signatureEncoding: 'base64',
				signedContent: 'timestampDotBody',
				timestampHeader: 'X-Time',
			});
			const time = String(request?.headers['x-time']);
			expect(time).toMatch(/^\d{10}$/);
			const expected = createHmac('sha256', 'shh')
				.update(`${time}.${request?.body ?? ''}`)
				.digest('base64');
			expect(request?.headers['x-signature']).toBe(expected);
		});
	});
});

describe('the events of a call', () => {
	const call = newCall({ ...PEOPLE, waitSeconds: 12, talkSeconds: 95 });

	it('B1: "Inbound call" has the Call bucket only, with a Unix date and ids without hyphens', () => {
		const fields = eventFields('call.inbound', call);
		expect(Object.keys(fields).every((name) => name === 'event' || name.startsWith('call.'))).toBe(true);
		expect(fields['call.id']).toMatch(/^[0-9a-f]{32}$/);
		expect(fields['call.dateCreated']).toBe(Math.floor(call.startedAt / 1000));
	});

	it('B3: "Call bridged" is about the agent\'s leg and has the Agent and Queue buckets', () => {
		const fields = eventFields('call.bridged', call);
		expect(fields).toMatchObject({
			'call.id': call.agentLegId,
			'call.parentId': call.id,
			'agent.sourceId': AGENT.sourceId,
			'queue.name': 'Support',
		});
	});

	it('an abandoned call ends without agent and without talk', () => {
		const abandoned = newCall({ ...PEOPLE, scenario: 'abandoned', waitSeconds: 30 });
		const fields = eventFields('call.finished', abandoned);
		expect(fields).toMatchObject({ 'call.state': 'completed', 'call.duration': 30 });
		expect(Object.keys(fields).some((name) => name.startsWith('agent.'))).toBe(false);
	});

	it('keeps what the webhook URL carries already when the event goes into the query', () => {
		const request = encodeEvent(
			eventFields('call.inbound', call),
			{ webhookUrl: 'http://127.0.0.1/webhook/calls?key=1', encoding: 'query' },
			0,
		);
		const url = new URL(request.url);
		expect(url.searchParams.get('key')).toBe('1');
		expect(url.searchParams.get('call.from')).toBe(PEOPLE.from);
	});
});
