import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import {
	CCAIP_SCENARIOS,
	ccaipScenario,
	chatMessageWebhook,
	isCcaipScenario,
	playCcaipScenario,
	sendWebhook,
	signedChatWebhook,
	type CcaipScenarioName,
	type SimulatedWebhook,
} from '../../../sandbox/telephony/ccaip';
import { words } from '../../setup/words';

const STARTED_AT = Date.parse('2026-03-02T10:00:00Z');
const NAMES = Object.keys(CCAIP_SCENARIOS) as CcaipScenarioName[];
const AGENTS = [
	{ id: 21, name: 'Ana Reis', email: 'ana.reis@sandbox.example' },
	{ id: 22, name: 'Ben Okafor', email: 'ben.okafor@sandbox.example' },
];

interface Item {
	call_id?: number;
	chat_id?: number;
	state: string;
	direction: string;
	initiator: string;
	queue_path_names?: string;
	connected_at?: string;
	ends_at?: string;
	dispositions?: { code: string; custom_code_id: string; note: string };
	participants: Array<{
		type: string;
		state: string;
		dn?: string;
		id?: number;
		name?: string;
		email?: string;
	}>;
}
interface EventBody {
	count: number;
	events: Array<{ event_id: string; timestamp: number; type: string; item: Item }>;
}

const eventOf = ({ body }: SimulatedWebhook) => (body as unknown as EventBody).events[0]!;
const itemOf = (webhook: SimulatedWebhook) => eventOf(webhook).item;
const named = (webhooks: SimulatedWebhook[], name: string) => {
	const found = webhooks.find((webhook) => webhook.name === name);
	if (found === undefined) throw new Error(`There is no webhook ${name}.`);
	return found;
};
const tell = (name: CcaipScenarioName, options: Parameters<typeof ccaipScenario>[1] = {}) =>
	ccaipScenario(name, { id: 123, startedAt: STARTED_AT, agents: AGENTS, ...options });

describe('scenarios of CCAI Platform', () => {
	it.each<[CcaipScenarioName, string[]]>([
		[
			'inboundCall',
			'start routing accepted connected disconnected disposition metadata metadataAgain'.split(' '),
		],
		['abandonedCall', 'start routing disconnected metadata'.split(' ')],
		['voicemail', 'start routing voicemail metadata metadataRead'.split(' ')],
		['outboundCall', 'agentConnected customerConnected disconnected metadata'.split(' ')],
		[
			'callBack',
			'start routing accepted connected disconnected agentConnected customerConnected disconnected metadata metadata'.split(
				' ',
			),
		],
		['chatWithTransferAndRating', 'start accepted connected transferred disconnected metadata'.split(' ')],
		[
			'groupRing',
			'start routing ringing declined missed1 missed2 missed3 accepted connected disconnected metadata'.split(
				' ',
			),
		],
		['smartActions', 'start routing accepted connected disconnected metadata'.split(' ')],
	])('U1: %s sends its webhooks', (name, expected) => {
		expect(tell(name).map((webhook) => webhook.name)).toEqual(expected);
	});

	it('has no others', () => {
		expect(NAMES).toHaveLength(8);
		expect(NAMES.every(isCcaipScenario)).toBe(true);
		expect(isCcaipScenario('toString')).toBe(false);
	});

	describe.each(NAMES)('%s', (name) => {
		it('advances in time, and metadata comes fifteen minutes after the end', () => {
			const webhooks = tell(name);
			const times = webhooks.map(({ at }) => at);
			expect(times).toEqual([...times].sort((one, other) => one - other));
			expect(times[0]).toBe(STARTED_AT);
			for (const { sessionId, body, at } of webhooks.filter(({ target }) => target === 'metadata')) {
				const { ends_at: endsAt } = body as { ends_at: string };
				expect(at - Date.parse(endsAt)).toBeGreaterThanOrEqual(15 * 60_000 - 1000);
				const last = webhooks.findLast(
					(one) => one.target === 'events' && one.sessionId === sessionId && one.name !== 'disposition',
				);
				expect(itemOf(last!).ends_at).toBe(endsAt);
			}
		});

		it('X1: names the same session in every event and in its metadata', () => {
			for (const webhook of tell(name)) {
				const kind = webhook.sessionId.split('-')[0];
				const id =
					webhook.target === 'metadata'
						? webhook.body.id
						: kind === 'call'
							? itemOf(webhook).call_id
							: itemOf(webhook).chat_id;
				expect(`${kind}-${String(id)}`).toBe(webhook.sessionId);
			}
		});

		it('wraps its events as documented, each with an id of its own', () => {
			const events = tell(name).filter(({ target }) => target === 'events');
			for (const webhook of events) {
				expect(Object.keys(webhook.body)).toEqual(['count', 'events']);
				expect(webhook.body.count).toBe(1);
				expect(eventOf(webhook).event_id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
				expect(eventOf(webhook).timestamp).toBe(webhook.at);
			}
			expect(new Set(events.map((webhook) => eventOf(webhook).event_id)).size).toBe(events.length);
		});

		it('without a start it is just over', () => {
			const webhooks = ccaipScenario(name);
			expect(Math.abs(Date.now() - (webhooks.at(-1)?.at ?? 0))).toBeLessThan(5000);
		});
	});

	it('C16: an inbound call learns of its agent step by step', () => {
		const webhooks = tell('inboundCall', {
			queuePath: ['Help', 'Bills'],
			customer: { phone: '+442079460123' },
		});
		expect(itemOf(named(webhooks, 'start'))).toMatchObject({
			state: 'connected',
			direction: 'incoming',
			participants: [{ type: 'external', state: 'connected', dn: '+442079460123' }],
		});
		expect(itemOf(named(webhooks, 'start')).queue_path_names).toBeUndefined();
		expect(itemOf(named(webhooks, 'routing'))).toMatchObject({
			queue_path_names: 'Help/Bills',
			initiator: 'virtual_agent_15',
		});
		const agent = { type: 'agent', id: 21, name: 'Ana Reis', email: AGENTS[0]?.email };
		expect(itemOf(named(webhooks, 'accepted')).participants[1]).toMatchObject({
			...agent,
			state: 'accepted',
		});
		expect(itemOf(named(webhooks, 'connected')).participants[1]).toMatchObject({
			...agent,
			state: 'connected',
		});
		expect(itemOf(named(webhooks, 'disconnected')).participants.map(({ state }) => state)).toEqual([
			'disconnected',
			'disconnected',
		]);
	});

	it('U1: its metadata has the data of the call, and the second one differs in its time only', () => {
		const webhooks = tell('inboundCall', {
			waitSeconds: 20,
			talkSeconds: 60,
			language: 'pt',
			customData: { order: '4711' },
		});
		const [one, again] = [named(webhooks, 'metadata').body, named(webhooks, 'metadataAgain').body];
		expect(one).toMatchObject({
			id: 123,
			lang: 'pt',
			call_type: 'Voice Inbound (IVR)',
			session_type: 'Voice Inbound (IVR)',
			status: 'finished',
			created_at: '2026-03-02T10:00:00Z',
			connected_at: '2026-03-02T10:00:22Z',
			ends_at: '2026-03-02T10:01:22Z',
			wait_duration: 22,
			call_duration: 60,
			agent_info: { id: 21, email: AGENTS[0]?.email, first_name: 'Ana', last_name: 'Reis' },
			menu_path: { items_count: 3, name: 'Support/Orders/Status' },
			dispositions: [{ code: 'Order status', custom_code_id: 'ORD-1' }],
			custom_data: { order: '4711' },
		});
		expect(one.recording_url).toMatch(/call-123\.mp3$/);
		expect(again).toEqual({ ...one, updated_at: again.updated_at });
		expect(again.updated_at).not.toBe(one.updated_at);
	});

	it('C4: an abandoned call never had an agent', () => {
		const webhooks = tell('abandonedCall');
		expect(JSON.stringify(webhooks)).not.toMatch(/"type":"agent"/);
		const { body } = named(webhooks, 'metadata');
		expect(body).not.toHaveProperty('agent_info');
		expect(body).toMatchObject({ status: 'failed', connected_at: null, fail_reason: 'eu_abandoned' });
	});

	it('C5, C15: a voicemail is left, and later read', () => {
		const webhooks = tell('voicemail');
		expect(itemOf(named(webhooks, 'voicemail')).state).toBe('voicemail');
		expect(named(webhooks, 'metadata').body.status).toBe('voicemail_received');
		expect(named(webhooks, 'metadataRead').body).toMatchObject({
			status: 'voicemail_read',
			agent_info: { email: AGENTS[0]?.email },
		});
	});

	it('C9, C10: a call back is a second call that names the first one, which lasted under ten seconds', () => {
		const webhooks = tell('callBack', { secondId: 200 });
		const [first, second] = webhooks.filter(({ target }) => target === 'metadata');
		expect(first).toMatchObject({ sessionId: 'call-123', body: { call_duration: 6 } });
		expect(first?.body).not.toHaveProperty('parent_id');
		expect(second).toMatchObject({
			sessionId: 'call-200',
			body: { parent_id: 123, session_type_v2: 'Voice Outbound', outbound_number: '+493023125000' },
		});
		expect(itemOf(named(webhooks, 'agentConnected')).direction).toBe('outgoing');
	});

	it('C8, C14: a chat moves to another agent and queue, and is rated', () => {
		const webhooks = tell('chatWithTransferAndRating', { rating: { score: 5, comment: 'Great' } });
		expect(itemOf(named(webhooks, 'start'))).toMatchObject({ chat_id: 123, state: 'waiting' });
		expect(JSON.stringify(webhooks)).not.toContain('+1212');
		expect(itemOf(named(webhooks, 'transferred'))).toMatchObject({
			queue_path_names: 'Support/Billing',
			participants: [{ type: 'external' }, { id: 21, state: 'transferred' }, { id: 22, state: 'connected' }],
		});
		expect(named(webhooks, 'metadata').body).toMatchObject({
			chat_type: 'Messaging Inbound (Web Chat)',
			rating: 5,
			feedback: 'Great',
			message_count: 9,
			agent_info: { id: 22 },
			transfers: [
				{ from_agent: { id: 21 }, to_agent: { id: 22 }, to_menu_path: { name: 'Support/Billing' } },
			],
			end_user: { identifier: 'web-user-1042' },
		});
	});

	it('X3: five agents ring, one answers, the others declined or missed', () => {
		const webhooks = tell('groupRing');
		const states = (name: string) =>
			itemOf(named(webhooks, name))
				.participants.filter(({ type }) => type === 'agent')
				.map(({ state }) => state);
		expect(states('ringing')).toEqual(Array(5).fill('ringing'));
		expect(states('missed3')).toEqual(['ringing', 'declined', 'missed', 'missed', 'missed']);
		expect(states('connected')).toEqual(['connected']);
		const { participants, agent_info: agent } = named(webhooks, 'metadata').body as {
			participants: Array<{ id: number; status: string }>;
			agent_info: { id: number };
		};
		expect(agent.id).toBe(21);
		expect(participants.map(({ status }) => status).sort()).toEqual(
			words('declined finished finished missed missed missed'),
		);
		expect(new Set(participants.map(({ id }) => id)).size).toBe(6);
	});

	it('C11, C12: smart actions with a verification, a failed one and photos', () => {
		const { body } = named(tell('smartActions'), 'metadata');
		expect(body).toMatchObject({
			verified: true,
			smart_actions: [
				{ type: 'verification', status: 'failed', error_message: expect.stringContaining('Fingerprint') },
				{ type: 'verification', status: 'succeeded' },
				{ type: 'text_input', text: 'Order 4711' },
			],
		});
		expect(body.photos).toHaveLength(2);
	});

	it('X4: shows no number when it is withheld', () => {
		const webhooks = tell('inboundCall', { customer: { phone: undefined } });
		expect(itemOf(named(webhooks, 'start')).participants).toEqual([{ type: 'external', state: 'connected' }]);
		expect(named(webhooks, 'metadata').body.customer_phone_number).toBeNull();
		expect(JSON.stringify(webhooks)).not.toContain('+1212');
	});

	it('leaves the agents\u2019 emails out of the events when asked to', () => {
		const webhooks = tell('inboundCall', { agentEmails: false });
		const events = webhooks.filter(({ target }) => target === 'events');
		expect(JSON.stringify(events)).not.toContain('@');
		expect(JSON.stringify(named(webhooks, 'metadata'))).toContain('ana.reis@sandbox.example');
	});

	it('writes calls, not chats, as for quality management when asked to', () => {
		const webhooks = tell('inboundCall', { spelling: 'qm', customer: { phone: '+442079460123' } });
		const item = itemOf(named(webhooks, 'accepted')) as unknown as Record<string, unknown>;
		expect(item).toMatchObject({
			CallID: '123',
			State: 'connected',
			Direction: 'incoming',
			Initiator: 'agent_21',
			Queue_path_names: 'Support/Orders/Status',
			Language: 'en',
			Participants: [
				{ ParticipantID: '+442079460123', Type: 'external', State: 'connected' },
				{ ParticipantID: '21', Type: 'agent', State: 'accepted' },
			],
		});
		expect(Object.keys(item).filter((key) => ['call_id', 'participants', 'state'].includes(key))).toEqual([]);
		const chat = tell('chatWithTransferAndRating', { spelling: 'qm' });
		expect(itemOf(named(chat, 'start')).chat_id).toBe(123);
	});
});

describe('sending', () => {
	interface Received {
		path: string;
		headers: IncomingHttpHeaders;
		body: string;
	}
	let server: Server;
	let url: string;
	let status = 200;
	const received: Received[] = [];
	beforeAll(async () => {
		server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				received.push({ path: request.url ?? '', headers: request.headers, body });
				response.writeHead(status).end();
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(async () => {
		await new Promise((done) => server.close(done));
	});
	beforeEach(() => {
		received.length = 0;
		status = 200;
	});

	const receiver = () => ({
		urls: { events: `${url}/events`, metadata: `${url}/metadata` },
		credential: { method: 'basicAuth', user: 'ccaip', password: 'secret' } as const,
	});

	it('sends each webhook to its address, as JSON with user and password', async () => {
		const { sessionIds, webhooks, deliveries } = await playCcaipScenario({
			scenario: 'callBack',
			id: 7,
			receiver: receiver(),
		});
		expect(sessionIds).toEqual(['call-7', 'call-8']);
		expect(deliveries.map(({ event }) => event)).toEqual(webhooks.map(({ name }) => name));
		expect(received.map(({ path }) => path.slice(1))).toEqual(webhooks.map(({ target }) => target));
		expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual(webhooks.map(({ body }) => body));
		const pair = Buffer.from('ccaip:secret').toString('base64');
		for (const { headers } of received) {
			expect(headers).toMatchObject({ authorization: `Basic ${pair}`, 'content-type': 'application/json' });
		}
	});

	it('gives refusals as they are, and says when there is no address', async () => {
		status = 401;
		const [webhook] = ccaipScenario('voicemail');
		expect(await sendWebhook(webhook!, receiver())).toMatchObject({ event: 'start', status: 401 });
		await expect(sendWebhook(webhook!, { urls: {} })).rejects.toThrow('no webhook for events');
	});

	it('waits for its turn before each webhook', async () => {
		const order: string[] = [];
		await playCcaipScenario({
			scenario: 'abandonedCall',
			receiver: receiver(),
			beforeWebhook: async ({ name }, index) => {
				order.push(`${name} ${received.length === index}`);
				return await Promise.resolve();
			},
		});
		expect(order).toEqual(['start true', 'routing true', 'disconnected true', 'metadata true']);
	});

	it('signs chat webhooks with one secret or with two', () => {
		const body = chatMessageWebhook(987, 'Hello', STARTED_AT);
		const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64');
		const now = STARTED_AT + 999;
		const one = signedChatWebhook(url, body, { primary: 'first' }, now);
		const timestamp = String(STARTED_AT / 1000);
		expect(one.headers['X-Signature-Timestamp']).toBe(timestamp);
		expect(one.headers['X-Signature']).toBe(`primary=${sign('first', timestamp + one.body)}`);
		const two = signedChatWebhook(url, body, { primary: 'first', secondary: 'second' }, now);
		expect(two.headers['X-Signature']).toBe(
			`primary=${sign('first', timestamp + two.body)} secondary=${sign('second', timestamp + two.body)}`,
		);
		expect(JSON.parse(two.body)).toMatchObject({
			chat_id: 987,
			body: { sender: { type: 'end_user' }, message: { content: 'Hello' } },
		});
	});

	describe('from the command line', () => {
		const root = join(__dirname, '..', '..', '..');
		const run = async (...args: string[]) =>
			await new Promise<{ code: number | null; output: string }>((done) => {
				const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
				const script = join(root, 'sandbox', 'telephony', 'place-call.ts');
				const child = spawn(process.execPath, [tsx, script, '--pause', '0', ...args], { cwd: root });
				let output = '';
				child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
				child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
				child.once('close', (code) => done({ code, output }));
			});

		it('plays a scenario of CCAI Platform against any n8n', async () => {
			const { code, output } = await run(
				'--platform=ccaip',
				'--scenario=voicemail',
				'--call-id=call-77',
				'--from=+442079460123',
				`--url=${url}/events`,
				`--metadata-url=${url}/metadata`,
				'--user=me:pass',
			);
			expect(output).toContain('Session call-77');
			expect(received.map(({ path }) => path)).toEqual([
				'/events',
				'/events',
				'/events',
				'/metadata',
				'/metadata',
			]);
			expect(received[0]?.body).toContain('+442079460123');
			expect(code).toBe(0);
		}, 30_000);

		it('plays babelforce when no platform is named', async () => {
			const { code, output } = await run('--url', `${url}/events`, '--scenario', 'abandoned');
			expect(output).toMatch(/Call [0-9a-f]{32}\ncall\.inbound: 200/);
			expect(code).toBe(0);
		}, 30_000);

		it.each([
			[['--platform', 'other'], '--platform is "other"'],
			[['--platform', 'ccaip', '--scenario', 'answered'], 'but can be with ccaip: inboundCall'],
			[['--platform', 'ccaip', '--call-id', 'x'], 'whole number'],
		])(
			'explains %j',
			async (args, text) => {
				const { code, output } = await run('--url', url, ...args);
				expect(output).toContain(text);
				expect(output).not.toContain('    at ');
				expect(code).toBe(2);
			},
			30_000,
		);
	});
});
