import { gzipSync } from 'node:zlib';

import axios, { type AxiosRequestConfig } from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { WebhookCredential } from '../../lib/webhooks/authentication';
import { ContactCenterTrigger } from '../../nodes/ContactCenterTrigger/ContactCenterTrigger.node';
import { signWebhook } from '../setup/sign-webhook';
import {
	callWebhookMethod,
	outputsOf,
	startWebhookServer,
	webhookField,
	type WebhookRun,
	type WebhookSetup,
} from './webhook-harness';

const BASIC: WebhookCredential = {
	method: 'basicAuth',
	user: 'babelforce',
	password: 'correct horse battery',
};
const HMAC: WebhookCredential = {
	method: 'hmac',
	secret: 'correct horse battery',
	signatureHeader: 'X-Signature',
	signatureEncoding: 'hex',
	signedContent: 'body',
};
const ID = '7c3f00aa11224b339c44d55ee66ff770';
const ID_AS_SHOWN = '7c3f00aa-1122-4b33-9c44-d55ee66ff770';
const CALL = { id: ID, type: 'inbound', from: '+493012345678', to: '+493087654321', dateCreated: 1782296102 };
const INBOUND = { event: 'call.inbound', call: CALL };
const BRIDGED = {
	event: 'call.bridged',
	call: CALL,
	agent: { name: 'Ana', sourceId: '5f00000000000000000000a1' },
};
/** So that only the clock is ours, and the server works as ever. */
const ALL_BUT_THE_DATE = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;
const JSON_TYPE = { 'Content-Type': 'application/json' };

function setup(
	parameters: INodeParameters = {},
	credential: WebhookCredential | undefined = BASIC,
): WebhookSetup {
	return {
		nodeType: new ContactCenterTrigger(),
		parameters,
		credentials: { contactCenterWebhookApi: { ...credential } as Record<string, string> },
	};
}

interface Answer {
	status: number;
	headers: Record<string, unknown>;
	body: IDataObject;
	run: WebhookRun | undefined;
}

async function send(to: WebhookSetup, request: AxiosRequestConfig): Promise<Answer> {
	const server = await startWebhookServer(to);
	const { url = '', ...rest } = request;
	const { status, headers, data } = await axios
		.request<IDataObject>({
			method: 'POST',
			url: server.url + url,
			proxy: false,
			validateStatus: () => true,
			transformRequest: (body: unknown) => body,
			...rest,
		})
		.finally(server.close);
	return { status, headers: headers as Record<string, unknown>, body: data, run: server.runs[0] };
}

/** Posts JSON with what the credential asks for. */
async function post(
	body: unknown,
	parameters: INodeParameters = {},
	request: AxiosRequestConfig = {},
): Promise<Answer> {
	const data = JSON.stringify(body);
	return await send(setup(parameters), {
		data,
		...request,
		headers: { ...JSON_TYPE, ...signWebhook(data, BASIC), ...request.headers },
	});
}

function itemsIn(run: WebhookRun | undefined): IDataObject[][] {
	return (run?.outputs ?? []).map((items) => items.map(({ json }) => json));
}

function expectNotStarted({ run }: Answer): void {
	expect(run).toEqual({ started: false, outputs: [] });
}

describe('an event that was asked for', () => {
	it('B1, C21: leaves as one item with the session in normal form', async () => {
		const before = Date.now();
		const { status, body, run } = await post(INBOUND, {}, { params: { source: 'automation 1' } });
		expect(status).toBe(200);
		expect(body).toEqual({ accepted: [{ event: 'incoming', externalId: `babelforce:${ID}` }] });

		const [[item] = [], ...others] = itemsIn(run);
		expect(others).toEqual([[]]);
		expect(Date.parse(item?.receivedAt as string)).toBeGreaterThanOrEqual(before);
		expect(item).toEqual({
			event: 'incoming',
			eventName: 'call.inbound',
			occurredAt: '2026-06-24T10:15:02.000Z',
			receivedAt: item?.receivedAt,
			externalId: `babelforce:${ID}`,
			callId: ID_AS_SHOWN,
			session: {
				source: 'babelforce',
				id: ID,
				channel: 'voice',
				type: 'inbound',
				direction: 'in',
				state: 'started',
				endUser: { phone: '+493012345678' },
				line: '+493087654321',
				startedAt: '2026-06-24T10:15:02.000Z',
			},
			raw: { method: 'POST', query: { source: 'automation 1' }, body: INBOUND },
		});
	});

	it('B6: leaves by the output of its kind, in the order of the list', async () => {
		const events = ['ended', 'bridged', 'incoming'];
		expect(outputsOf(setup({ events })).map(({ displayName }) => displayName)).toEqual([
			'Incoming',
			'Answered',
			'Ended',
		]);
		expect(itemsIn((await post(INBOUND, { events })).run).map(({ length }) => length)).toEqual([1, 0, 0]);
		expect(itemsIn((await post(BRIDGED, { events })).run).map(({ length }) => length)).toEqual([0, 1, 0]);
		const ended = { ...BRIDGED, event: 'call.finished' };
		expect(itemsIn((await post(ended, { events })).run).map(({ length }) => length)).toEqual([0, 0, 1]);
	});

	it('B6: leaves by the single output when set so', async () => {
		const parameters = { outputs: 'single', events: ['incoming', 'bridged'] };
		expect(outputsOf(setup(parameters))).toEqual([{ type: 'main' }]);
		expect(itemsIn((await post(INBOUND, parameters)).run)).toEqual([
			[expect.objectContaining({ event: 'incoming' })],
		]);
		expect(itemsIn((await post(BRIDGED, parameters)).run)).toEqual([
			[expect.objectContaining({ event: 'bridged' })],
		]);
	});

	it('B2: has the external id that the options ask for', async () => {
		const options = { externalIdPrefix: 'berlin-', sessionIdFrom: 'conversation' };
		const { body } = await post({ ...INBOUND, call: { ...CALL, conversationId: 'C-1' } }, { options });
		expect(body.accepted).toEqual([{ event: 'incoming', externalId: 'berlin-babelforce:c1' }]);
	});

	it('B2: parent and child legs have one external id', async () => {
		const child = {
			...BRIDGED,
			call: { ...CALL, id: 'F0-1', parentId: '7C3F00AA-1122-4B33-9C44-D55EE66FF770' },
		};
		const { body } = await post(child);
		expect(body.accepted).toEqual([{ event: 'bridged', externalId: `babelforce:${ID}` }]);
	});

	it('X4: a withheld number is no obstacle', async () => {
		const { run } = await post({ ...INBOUND, call: { ...CALL, from: 'anonymous' } });
		expect(itemsIn(run)[0]?.[0]?.session).toMatchObject({ endUser: { withheld: true } });
	});

	it('B1: of the generic platform carries the name of the source', async () => {
		const parameters = { platform: 'generic', events: ['ended'], options: { sourceName: 'acme-phone' } };
		const { body } = await post({ event: 'ended', sessionId: 'S-1', from: '+131255501' }, parameters);
		expect(body.accepted).toEqual([{ event: 'ended', externalId: 'acme-phone:S-1' }]);
	});

	it('never carries the credential', async () => {
		const { run } = await post(INBOUND, {}, { headers: { 'X-Other': 'kept out as well' } });
		expect(JSON.stringify(run)).not.toMatch(/authorization|Basic |correct horse|kept out/i);
	});

	it('B6: is answered by the workflow when set so', async () => {
		const parameters = { respond: 'whenFinished' };
		const { status, body, run } = await post(INBOUND, parameters);
		expect([status, body, run?.started]).toEqual([200, { answeredBy: 'the last node' }, true]);
		for (const method of ['GET', 'POST'] as const) {
			expect(webhookField(setup(parameters), method, 'responseMode')).toBe('lastNode');
			expect(webhookField(setup(parameters), method, 'responseData')).toBe('firstEntryJson');
			expect(webhookField(setup(), method, 'responseMode')).toBe('onReceived');
			expect(webhookField(setup(), method, 'responseData')).toBe('');
			expect(webhookField(setup({ path: 'calls/eu' }), method, 'path')).toBe('calls/eu');
		}
	});
});

describe('every way in which the body can be sent', () => {
	const flat = { event: 'call.inbound', 'call.id': ID, 'call.type': 'inbound', 'call.from': '+493012345678' };
	const form = new URLSearchParams(flat).toString();
	const ways: Array<[string, string, Record<string, string>]> = [
		['JSON', JSON.stringify(INBOUND), JSON_TYPE],
		['JSON with a charset', JSON.stringify(INBOUND), { 'Content-Type': 'application/json; charset=utf-8' }],
		['JSON with a byte order mark', `\uFEFF${JSON.stringify(INBOUND)}`, JSON_TYPE],
		['dotted JSON', JSON.stringify(flat), JSON_TYPE],
		['a form', form, { 'Content-Type': 'application/x-www-form-urlencoded' }],
		[
			'a bracketed form',
			'event=call.inbound&call%5Bid%5D=' + ID + '&call[type]=inbound&call[from]=%2B493012345678',
			{ 'Content-Type': 'application/x-www-form-urlencoded' },
		],
		['JSON sent as text', JSON.stringify(INBOUND), { 'Content-Type': 'text/plain' }],
		['a form sent as text', form, { 'Content-Type': 'text/plain' }],
		['JSON of another type', JSON.stringify(INBOUND), { 'Content-Type': 'application/vnd.babelforce+json' }],
		['a form without a type', form, { 'Content-Type': '' }],
		['JSON without a type', JSON.stringify(INBOUND), { 'Content-Type': '' }],
	];
	it.each(ways)('B1: %s', async (_name, data, headers) => {
		const answer = await send(setup(), { data, headers: { ...headers, ...signWebhook(data, BASIC) } });
		expect(answer.status).toBe(200);
		expect(itemsIn(answer.run)[0]?.[0]).toMatchObject({
			event: 'incoming',
			session: { id: ID, direction: 'in', endUser: { phone: '+493012345678' } },
		});
	});

	it('B1: a GET with everything in the URL, plus sign lost', async () => {
		const answer = await send(setup(), {
			method: 'GET',
			url: `?${form.replace('%2B', '+')}`,
			headers: signWebhook('', BASIC),
		});
		expect(answer.status).toBe(200);
		expect(itemsIn(answer.run)[0]?.[0]).toMatchObject({
			session: { id: ID, endUser: { phone: '+493012345678' } },
			raw: { method: 'GET', body: null },
		});
	});

	it('B1: multipart fields', async () => {
		const data = Object.entries(flat)
			.map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
			.join('');
		const headers = { 'Content-Type': 'multipart/form-data; boundary=x', ...signWebhook('', BASIC) };
		const { status, run } = await send(setup(), { data: `${data}--x--\r\n`, headers });
		expect(status).toBe(200);
		expect(itemsIn(run)[0]?.[0]).toMatchObject({ session: { id: ID, endUser: { phone: '+493012345678' } } });
	});

	it('B1: compressed JSON, signed before it was compressed', async () => {
		const data = JSON.stringify(INBOUND);
		const headers = { ...JSON_TYPE, 'Content-Encoding': 'gzip', ...signWebhook(data, HMAC) };
		const { status, run } = await send(setup({}, HMAC), { data: gzipSync(data), headers });
		expect([status, run?.started]).toEqual([200, true]);
	});

	it('B1: the event in the URL, the call in the body', async () => {
		const answer = await post({ call: CALL }, {}, { params: { event: 'Call bridged' } });
		expect(answer.body.accepted).toEqual([expect.objectContaining({ event: 'bridged' })]);
	});

	it('B1: form fields are plain objects, on which expressions work', async () => {
		const data = form;
		const headers = { 'Content-Type': 'application/x-www-form-urlencoded', ...signWebhook(data, BASIC) };
		const { run } = await send(setup(), { data, headers });
		const raw = run?.outputs[0]?.[0]?.json.raw as IDataObject;
		expect(Object.getPrototypeOf(raw.body)).toBe(Object.prototype);
		expect(Object.getPrototypeOf(raw.query)).toBe(Object.prototype);
	});
});

describe('an event that was not asked for', () => {
	it('B6: gets 200 and starts nothing', async () => {
		const answer = await post({ ...INBOUND, event: 'call.finished' });
		expect(answer.status).toBe(200);
		expect(answer.body).toEqual({
			ignored: true,
			event: 'ended',
			reason: "The event 'Ended' is not ticked in the parameter 'Events' of this node.",
		});
		expectNotStarted(answer);
	});

	it('B6: gets the same when the workflow writes the answers', async () => {
		const answer = await post({ ...INBOUND, event: 'call.finished' }, { respond: 'whenFinished' });
		expect(answer).toMatchObject({ status: 200, body: { ignored: true } });
		expectNotStarted(answer);
	});

	it('an empty list carries no event', async () => {
		const answer = await post([]);
		expect(answer).toMatchObject({ status: 200, body: { ignored: true, event: null } });
		expectNotStarted(answer);
	});
});

describe('a caller without the secret', () => {
	it('gets 401 with a challenge and starts nothing', async () => {
		for (const headers of [{}, signWebhook('', { ...BASIC, password: 'wrong' })]) {
			const answer = await send(setup(), {
				data: JSON.stringify(INBOUND),
				headers: { ...JSON_TYPE, ...headers },
			});
			expect(answer.status).toBe(401);
			expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=/);
			expect(answer.body.error).not.toMatch(/password/i);
			expectNotStarted(answer);
		}
	});

	it('gets 401 when the credential is empty, whatever is sent', async () => {
		for (const method of ['basicAuth', 'header', 'hmac', ''] as const) {
			const empty = {
				method,
				user: '',
				password: '',
				headerName: '',
				headerValue: '',
				secret: '',
			} as WebhookCredential;
			const answer = await send(setup({}, empty), {
				data: JSON.stringify(INBOUND),
				headers: { ...JSON_TYPE, Authorization: `Basic ${Buffer.from(':').toString('base64')}` },
			});
			expect(answer.status).toBe(401);
			expectNotStarted(answer);
		}
	});

	it('is told so before anything about the event', async () => {
		const answer = await send(setup(), { data: 'nonsense', headers: { 'Content-Type': 'text/plain' } });
		expect(answer.status).toBe(401);
		expect(answer.body).not.toHaveProperty('field');
	});

	it('gets 500 when the credential cannot be read', async () => {
		const answer = await send(
			{ nodeType: new ContactCenterTrigger(), credentials: {} },
			{ data: '{}', headers: JSON_TYPE },
		);
		expect(answer.status).toBe(500);
		expect(answer.body.error).toMatch(/credential/);
		expectNotStarted(answer);
	});
});

describe('a signed webhook', () => {
	it('is checked on the bytes as they were sent', async () => {
		const data = `{ "event":"call.inbound",\n  "call": ${JSON.stringify(CALL)} }`;
		const answer = await send(setup({}, HMAC), {
			data,
			headers: { ...JSON_TYPE, ...signWebhook(data, HMAC) },
		});
		expect(answer.status).toBe(200);
		expect(answer.run?.started).toBe(true);
		const changed = await send(setup({}, HMAC), {
			data: JSON.stringify(JSON.parse(data)),
			headers: { ...JSON_TYPE, ...signWebhook(data, HMAC) },
		});
		expect(changed.status).toBe(401);
		expect(changed.headers).not.toHaveProperty('www-authenticate');
		expectNotStarted(changed);
	});

	it('is refused by GET and as multipart', async () => {
		const get = await send(setup({}, HMAC), {
			method: 'GET',
			headers: signWebhook('', HMAC),
			params: INBOUND,
		});
		expect(get.status).toBe(401);
		const multipart = await send(setup({}, HMAC), {
			data: '--x\r\nContent-Disposition: form-data; name="event"\r\n\r\nended\r\n--x--\r\n',
			headers: { 'Content-Type': 'multipart/form-data; boundary=x', ...signWebhook('--x--', HMAC) },
		});
		expect(multipart.status).toBe(401);
	});

	it('is refused when it is older than the tolerance', async () => {
		const credential: WebhookCredential = {
			...HMAC,
			timestampHeader: 'X-Timestamp',
			timestampTolerance: 60,
			signedContent: 'timestampDotBody',
		};
		const data = JSON.stringify(INBOUND);
		const fresh = await send(setup({}, credential), {
			data,
			headers: { ...JSON_TYPE, ...signWebhook(data, credential, Date.now()) },
		});
		expect(fresh.status).toBe(200);
		const stale = await send(setup({}, credential), {
			data,
			headers: { ...JSON_TYPE, ...signWebhook(data, credential, Date.now() - 120_000) },
		});
		expect(stale.status).toBe(401);
		expectNotStarted(stale);
	});
});

describe('a webhook that cannot be understood', () => {
	it.each<[string, unknown, string]>([
		['an unknown event', { ...INBOUND, event: 'call.exploded' }, 'event'],
		['no call id', { event: 'call.inbound', call: { from: '+4930' } }, 'call.id'],
		['an unfilled call id', { event: 'call.inbound', call: { id: '{call.id}' } }, 'call.id'],
		['an empty object', {}, 'body'],
		['a bare number', 7, 'body'],
		['bare text', 'hello', 'body'],
	])('B1: %s gets 422 that names the field, and starts nothing', async (_name, body, field) => {
		for (const respond of ['immediately', 'whenFinished']) {
			const answer = await post(body, { respond });
			expect(answer.status).toBe(422);
			expect(answer.body).toEqual({ error: expect.any(String) as string, field });
			expectNotStarted(answer);
		}
	});

	it.each([
		['an empty body', '', JSON_TYPE],
		['an empty body without a type', '', { 'Content-Type': '' }],
		['text', 'the call is on', { 'Content-Type': 'text/plain' }],
		['broken JSON as text', '{"event":', { 'Content-Type': 'text/plain' }],
		['HTML', '<html><body>hi</body></html>', { 'Content-Type': 'text/html' }],
		['bytes', '\u0000\u0001\u0002', { 'Content-Type': 'application/octet-stream' }],
	])('B1: %s gets 422 that names the body', async (_name, data, headers) => {
		const answer = await send(setup(), { data, headers: { ...headers, ...signWebhook(data, BASIC) } });
		expect(answer.status).toBe(422);
		expect(answer.body.field).toBe('body');
		expectNotStarted(answer);
	});

	it('B1, X16: a body of megabytes with names of 10,000 characters is read; one of too many values is refused', async () => {
		const filler = (length: number, characters: number) =>
			Array.from({ length }, () => 'x'.repeat(characters));
		const huge = { ...BRIDGED, agent: { name: '😀'.repeat(5000) }, filler: filler(5000, 400) };
		const { status, run } = await post(huge);
		expect(status).toBe(200);
		const item = itemsIn(run)[1]?.[0];
		expect(item?.session).toMatchObject({ agent: { name: `${'😀'.repeat(127)}…` } });
		expect(item?.raw).toMatchObject({ body: { agent: { name: '😀'.repeat(5000) } } });

		const beyond = await post({ ...huge, filler: filler(50_000, 40) });
		expect(beyond).toMatchObject({ status: 422, body: { error: expect.stringMatching(/10,000 values/) } });
		expectNotStarted(beyond);
	});

	it('X2: of several events the understood ones run and the others are reported', async () => {
		const { status, headers, body, run } = await post([
			INBOUND,
			{ event: 'call.inbound' },
			{ ...INBOUND, event: 'ended' },
			BRIDGED,
		]);
		expect(status).toBe(200);
		expect(body).toEqual({
			accepted: [
				{ event: 'incoming', externalId: `babelforce:${ID}` },
				{ event: 'bridged', externalId: `babelforce:${ID}` },
			],
			ignored: ['ended'],
			rejected: [{ index: 1, field: 'call.id', reason: expect.any(String) as string }],
		});
		expect(headers['x-rejected-events']).toBe('1');
		expect(itemsIn(run).map((items) => items.map(({ raw }) => (raw as IDataObject).body))).toEqual([
			[INBOUND],
			[BRIDGED],
		]);
	});

	it('X2: when none of several is understood, each is reported', async () => {
		const answer = await post([{ event: 'call.inbound' }, 7]);
		expect(answer.status).toBe(422);
		expect(answer.body).toMatchObject({
			field: 'call.id',
			rejected: [{ index: 0 }, { index: 1, field: 'body' }],
		});
		expectNotStarted(answer);
	});
});

describe('the node', () => {
	it('X1: two deliveries of one event carry one external id', async () => {
		const [first, second] = await Promise.all([post(INBOUND), post(INBOUND)]);
		expect(first.body).toEqual(second.body);
		expect([first.run?.started, second.run?.started]).toEqual([true, true]);
	});

	it('shows a single output while no event is ticked, and then starts nothing', async () => {
		expect(outputsOf(setup({ events: [] }))).toEqual([{ type: 'main' }]);
		const answer = await post(INBOUND, { events: [] });
		expect(answer).toMatchObject({ status: 200, body: { ignored: true } });
		expectNotStarted(answer);
	});

	it('answers 500 and starts nothing when its parameters cannot be read', async () => {
		for (const parameters of [{ platform: 'nobody' }, { events: '={{ 1 + }}' }] as INodeParameters[]) {
			const answer = await post(INBOUND, parameters);
			expect(answer.status).toBe(500);
			expect(answer.body.error).toMatch(/parameters/);
			expectNotStarted(answer);
		}
	});

	it('B6: needs nothing from the platform to be published or unpublished', async () => {
		for (const method of ['GET', 'POST'] as const) {
			for (const name of ['checkExists', 'create', 'delete'] as const) {
				expect(await callWebhookMethod(setup(), method, name)).toBe(true);
			}
		}
	});

	it('X4: is not published with an expression that is none; what was published before goes on', async () => {
		const written = setup({ options: { externalIdPrefix: '={{ $vars.prefix' } });
		await expect(callWebhookMethod(written, 'POST', 'checkExists')).rejects.toMatchObject({
			message: "'External ID Prefix' holds an expression that is not closed.",
			description: expect.stringContaining('{{ $vars.prefix }}') as string,
		});
		expect(await callWebhookMethod(written, 'POST', 'checkExists', 'init')).toBe(true);
	});
});

describe('a credential that was changed', () => {
	const basic = (password: string) => ({ auth: { username: 'babelforce', password } });
	const statusOf = async (to: WebhookSetup, password: string) =>
		(await send(to, { headers: JSON_TYPE, data: JSON.stringify(INBOUND), ...basic(password) })).status;

	afterEach(() => jest.useRealTimers());

	it('counts at once, and what it was before is refused after ten seconds', async () => {
		jest.useFakeTimers({ now: Date.now(), doNotFake: [...ALL_BUT_THE_DATE] });
		const to = setup();
		expect(await statusOf(to, 'correct horse battery')).toBe(200);

		const stored = to.credentials?.contactCenterWebhookApi;
		if (stored === undefined) throw new Error('The set-up has no credential');
		stored.password = 'another long password';
		expect(await statusOf(to, 'wrong')).toBe(401);
		expect(await statusOf(to, 'another long password')).toBe(200);
		expect(await statusOf(to, 'correct horse battery')).toBe(401);

		stored.password = 'a third long password';
		expect(await statusOf(to, 'another long password')).toBe(200);
		jest.setSystemTime(Date.now() + 10_001);
		expect(await statusOf(to, 'another long password')).toBe(401);
	});
});
