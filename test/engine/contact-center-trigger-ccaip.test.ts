import { createHmac } from 'node:crypto';

import axios, { type AxiosRequestConfig } from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WebhookCredential } from '../../lib/webhooks/authentication';
import { ContactCenterTrigger } from '../../nodes/ContactCenterTrigger/ContactCenterTrigger.node';
import { signWebhook } from '../setup/sign-webhook';
import { outputsOf, startWebhookServer, type WebhookRun, type WebhookSetup } from './webhook-harness';

const BASIC: WebhookCredential = { method: 'basicAuth', user: 'ccaip', password: 'correct horse battery' };
/** As CCAI Platform signs its chat webhooks. */
const CHAT_WEBHOOKS: WebhookCredential = {
	method: 'hmac',
	secret: 'the primary secret 123',
	secondSecret: 'the secondary secret 123',
	signatureHeader: 'X-Signature',
	signatureEncoding: 'base64',
	signedContent: 'timestampBody',
	timestampHeader: 'X-Signature-Timestamp',
	timestampTolerance: 300,
};
const JSON_TYPE = { 'Content-Type': 'application/json' };
const SINGLE = { outputs: 'single' };

interface Answer {
	status: number;
	headers: Record<string, unknown>;
	body: IDataObject;
	run: WebhookRun | undefined;
}

function setup(parameters: INodeParameters, credential: WebhookCredential = BASIC): WebhookSetup {
	return {
		nodeType: new ContactCenterTrigger(),
		parameters: { platform: 'ccaip', ...parameters },
		credentials: { contactCenterWebhookApi: { ...credential } as Record<string, string> },
	};
}

async function send(to: WebhookSetup, request: AxiosRequestConfig): Promise<Answer> {
	const server = await startWebhookServer(to);
	const { status, headers, data } = await axios
		.request<IDataObject>({
			method: 'POST',
			proxy: false,
			validateStatus: () => true,
			transformRequest: (body: unknown) => body,
			...request,
			url: server.url,
		})
		.finally(server.close);
	return { status, headers: headers as Record<string, unknown>, body: data, run: server.runs[0] };
}

async function post(body: unknown, parameters: INodeParameters = SINGLE): Promise<Answer> {
	const data = JSON.stringify(body);
	return await send(setup(parameters), { data, headers: { ...JSON_TYPE, ...signWebhook(data, BASIC) } });
}

function itemsIn(run: WebhookRun | undefined): IDataObject[] {
	return (run?.outputs ?? []).flat().map(({ json }) => json);
}

const started = (id: number) => ({
	event_id: `event-${id}`,
	timestamp: 1782296102123,
	type: 'CallState',
	item: {
		call_id: id,
		state: 'connected',
		direction: 'incoming',
		participants: [{ type: 'external', status: 'connected', dn: '+13125550100' }],
	},
});
const MALFORMED = { type: 'CallState', item: { state: 'connected' } };
const LOGIN = { type: 'Agent_Login', data: { agent_id: 1, agent_email: 'kim@example.com' } };

describe('CCAI Platform: external session events', () => {
	it('U1: with user and password, one item with the session in normal form', async () => {
		const { status, body, run } = await post({ count: 1, events: [started(123)] });
		expect(status).toBe(200);
		expect(body).toEqual({ accepted: [{ event: 'incoming', externalId: 'ccaip:call-123' }] });
		const [item, ...others] = itemsIn(run);
		expect(others).toEqual([]);
		expect(item).toEqual({
			event: 'incoming',
			eventName: 'CallState',
			occurredAt: '2026-06-24T10:15:02.123Z',
			receivedAt: item?.receivedAt,
			externalId: 'ccaip:call-123',
			callId: '123',
			session: {
				source: 'ccaip',
				id: 'call-123',
				channel: 'voice',
				direction: 'in',
				state: 'started',
				endUser: { phone: '+13125550100' },
				startedAt: '2026-06-24T10:15:02.123Z',
			},
			raw: { method: 'POST', query: {}, body: started(123) },
		});
	});

	it('is refused with another password', async () => {
		const data = JSON.stringify(started(1));
		const answer = await send(setup(SINGLE), {
			data,
			headers: { ...JSON_TYPE, ...signWebhook(data, { ...BASIC, password: 'another password' }) },
		});
		expect(answer.status).toBe(401);
		expect(answer.run?.started).toBe(false);
	});

	it('X2: a batch of ten with one malformed: nine run, and the answer names the tenth', async () => {
		const events = [1, 2, 3, 4].map(started);
		const batch = [...events, MALFORMED, ...[5, 6, 7, 8, 9].map(started)];
		const { status, headers, body, run } = await post({ count: 10, events: batch });
		expect(status).toBe(200);
		expect(body.accepted).toHaveLength(9);
		expect(body.rejected).toEqual([{ index: 4, field: 'call_id', reason: expect.any(String) as string }]);
		expect(headers['x-rejected-events']).toBe('4');
		expect(itemsIn(run)).toHaveLength(9);
	});

	it('X2: the same when none of the nine is ticked', async () => {
		const batch = [...[1, 2, 3].map(started), MALFORMED];
		const { status, body, run } = await post({ count: 4, events: batch }, { ...SINGLE, events: ['ended'] });
		expect(status).toBe(200);
		expect(body).toEqual({
			ignored: true,
			event: 'incoming',
			reason: expect.any(String) as string,
			rejected: [{ index: 3, field: 'call_id', reason: expect.any(String) as string }],
		});
		expect(run?.started).toBe(false);
	});

	it('X2: where other events are ticked, the malformed one is handed on with the reason', async () => {
		const events = ['incoming', 'other'];
		const { status, body, run } = await post({ count: 2, events: [started(1), MALFORMED] }, { events });
		expect(status).toBe(200);
		expect(body).toMatchObject({ accepted: [{ event: 'incoming' }], rejected: [{ index: 1 }] });
		expect(run?.outputs.map((items) => items.length)).toEqual([1, 1]);
		const [, problem] = itemsIn(run);
		expect(problem).toEqual({
			event: 'other',
			eventName: null,
			occurredAt: null,
			receivedAt: expect.any(String) as string,
			externalId: null,
			callId: null,
			session: null,
			raw: { method: 'POST', query: {}, body: MALFORMED },
			problem: { index: 1, field: 'call_id', reason: expect.any(String) as string },
		});
	});

	it('X2: a batch of nothing but malformed entries is handed on too, and refused where nobody asked', async () => {
		const batch = { count: 2, events: [MALFORMED, 7] };
		const taken = await post(batch, { ...SINGLE, events: ['other'] });
		expect([taken.status, taken.run?.started]).toEqual([200, true]);
		expect(taken.body).toMatchObject({ accepted: [], rejected: [{ index: 0 }, { index: 1, field: 'body' }] });
		expect(itemsIn(taken.run).map(({ raw }) => (raw as IDataObject).body)).toEqual([MALFORMED, 7]);
		const refused = await post(batch);
		expect([refused.status, refused.run?.started]).toEqual([422, false]);
		expect(refused.body).toMatchObject({ field: 'call_id', rejected: [{ index: 0 }, { index: 1 }] });
	});

	it('X2: one malformed event alone gets 422, whatever is ticked', async () => {
		const answer = await post(MALFORMED, { ...SINGLE, events: ['other'] });
		expect([answer.status, answer.body.field, answer.run?.started]).toEqual([422, 'call_id', false]);
	});
});

describe('CCAI Platform: events of no session', () => {
	it('U7: are ignored unless they are ticked', async () => {
		const { status, body, run } = await post(LOGIN);
		expect(status).toBe(200);
		expect(body).toEqual({
			ignored: true,
			event: 'other',
			reason: "The event 'Other Events' is not ticked in the parameter 'Events' of this node.",
		});
		expect(run?.started).toBe(false);
	});

	it('U7: leave by their own output, with the agent', async () => {
		const { body, run } = await post(LOGIN, { events: ['other', 'bridged'] });
		expect(body).toEqual({ accepted: [{ event: 'other', externalId: null }] });
		expect(run?.outputs.map((items) => items.length)).toEqual([0, 1]);
		expect(itemsIn(run)[0]).toMatchObject({
			event: 'other',
			eventName: 'Agent_Login',
			externalId: null,
			session: null,
			agent: { id: '1', email: 'kim@example.com' },
			raw: { body: LOGIN },
		});
	});
});

describe('CCAI Platform: chat webhooks', () => {
	const MESSAGE = JSON.stringify({
		event_type: 'message_received',
		chat_id: 987,
		body: { sender: { type: 'end_user' }, message: { id: 'm-1', type: 'text', content: 'Hi' } },
	});
	const to = () => setup({ ...SINGLE, events: ['message'] }, CHAT_WEBHOOKS);
	const signed = (secret: string, timestamp = Date.now()) => {
		const at = String(Math.floor(timestamp / 1000));
		const sign = (key: string) => createHmac('sha256', key).update(at).update(MESSAGE).digest('base64');
		return {
			...JSON_TYPE,
			'X-Signature': `primary=${sign('a retired secret')} secondary=${sign(secret)}`,
			'X-Signature-Timestamp': at,
		};
	};

	it.each(['the primary secret 123', 'the secondary secret 123'])('U1: signed with %s', async (secret) => {
		const { status, body, run } = await send(to(), { data: MESSAGE, headers: signed(secret) });
		expect(status).toBe(200);
		expect(body).toEqual({ accepted: [{ event: 'message', externalId: 'ccaip:chat-987' }] });
		expect(itemsIn(run)[0]?.session).toMatchObject({ channel: 'chat', consumerMessageIds: ['m-1'] });
	});

	it('is refused when it was signed too long ago, or by somebody else', async () => {
		const stale = signed('the secondary secret 123', Date.now() - 301_000);
		for (const headers of [stale, signed('somebody else’s secret')]) {
			const answer = await send(to(), { data: MESSAGE, headers });
			expect([answer.status, answer.run?.started]).toEqual([401, false]);
		}
	});

	it('is refused by GET, which nobody can sign', async () => {
		const answer = await send(to(), { method: 'GET', headers: signed('the primary secret 123') });
		expect(answer.status).toBe(401);
	});
});

describe('CCAI Platform: the node', () => {
	it('U7: reads an event in the address of a GET', async () => {
		const { status, body } = await send(setup(SINGLE), {
			method: 'GET',
			headers: signWebhook('', BASIC),
			params: { type: 'New_Call', 'data[call_id]': '4', 'data[agent_email]': 'kim@example.com' },
		});
		expect([status, body]).toEqual([200, { accepted: [{ event: 'bridged', externalId: 'ccaip:call-4' }] }]);
	});

	it('U1: takes a session’s metadata when they are ticked, and says so when they are not', async () => {
		const metadata = { id: 12345, call_type: 'Voice Inbound', status: 'finished' };
		expect((await post(metadata, {})).body).toMatchObject({
			ignored: true,
			reason: expect.stringContaining('not ticked') as string,
		});
		const { body } = await post(metadata, { events: ['metadata'] });
		expect(body).toEqual({ accepted: [{ event: 'metadata', externalId: 'ccaip:call-12345' }] });
	});

	it('B6: has one output for each ticked event, in the order of a call', () => {
		const events = ['other', 'metadata', 'ended', 'message', 'bridged'];
		expect(outputsOf(setup({ events })).map(({ displayName }) => displayName)).toEqual([
			'Answered',
			'Message',
			'Ended',
			'Metadata',
			'Other',
		]);
	});
});
