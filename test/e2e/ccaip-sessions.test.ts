import { SESSION_FIELDS } from '../../lib/session-log/rules/session-fields';
import { SANDBOX } from '../../sandbox/kustomer';
import { readWorkflow } from '../../sandbox/launcher';
import { CCAIP_AGENTS, CCAIP_WORKFLOWS, MAIN_WORKFLOW } from '../../sandbox/launcher/stack';
import {
	playCcaipScenario,
	sendWebhook,
	type CcaipOptions,
	type CcaipScenarioName,
	type PlayedScenario,
	type SimulatedWebhook,
} from '../../sandbox/telephony/ccaip';
import type { WebhookCredential } from '../../lib/webhooks/authentication';
import { CREDENTIAL_NAMES } from '../../sandbox/launcher/workflows';
import { World, writes } from '../lib/session-log/world';
import { signWebhook } from '../setup/sign-webhook';

import { useSandbox } from './harness/sandbox';
import { sessionsWorkflow } from './harness/sessions-workflow';

const KNOWN = SANDBOX.customers.jonas;
const [ANA, BEN] = [SANDBOX.users.ana, SANDBOX.users.ben];

/** The complete call: eight webhooks, recording aside. */
const MOST_REQUESTS = 16;

const sandbox = useSandbox({
	workflows: [MAIN_WORKFLOW, CCAIP_WORKFLOWS.events, CCAIP_WORKFLOWS.metadataFiles],
});
let world: World;
/** Runs that failed before the test. */
let failuresBefore: string[];

beforeEach(async () => {
	failuresBefore = await sandbox.failures();
	const { standIn } = sandbox;
	standIn.reset();
	world = new World(standIn);
	for (const kind of ['customer', 'conversation', 'message'] as const) {
		const fields = SESSION_FIELDS.filter((field) => field.kind === kind);
		standIn.store.defineAttributes(
			kind,
			Object.fromEntries(fields.map(({ name, displayName }) => [name, { displayName }])),
		);
	}
});

interface Played extends PlayedScenario {
	/** Requests to Kustomer, for each webhook. */
	requests: string[][];
}

/** Plays a scenario step by step, each after the workflow has ended for the one before. */
async function play(scenario: CcaipScenarioName, options: CcaipOptions = {}): Promise<Played> {
	const marks: number[] = [];
	const played = await playCcaipScenario({
		scenario,
		receiver: sandbox.stack.ccaip,
		agents: CCAIP_AGENTS,
		customer: { phone: KNOWN.phone },
		...options,
		beforeWebhook: async () => {
			await sandbox.settled();
			marks.push(world.mark);
		},
	});
	await sandbox.settled();
	marks.push(world.mark);
	expect(played.deliveries.map(({ status }) => status)).toEqual(played.deliveries.map(() => 200));
	const all = world.requestsSince(0);
	return { ...played, requests: marks.slice(1).map((mark, index) => all.slice(marks[index], mark)) };
}

/** Every webhook three times, in random order and all at once. */
async function replay(webhooks: readonly SimulatedWebhook[]): Promise<string[]> {
	const deck = [...webhooks, ...webhooks, ...webhooks]
		.map((webhook) => ({ webhook, order: Math.random() }))
		.sort((a, b) => a.order - b.order);
	const mark = world.mark;
	const deliveries = await Promise.all(
		deck.map(async ({ webhook }) => await sendWebhook(webhook, sandbox.stack.ccaip)),
	);
	expect(deliveries.map(({ status }) => status)).toEqual(deliveries.map(() => 200));
	await sandbox.settled();
	return world.requestsSince(mark);
}

/** Nothing that was told already changes anything. */
async function expectSettled({ webhooks }: PlayedScenario): Promise<void> {
	const before = world.picture;
	expect(writes(await replay(webhooks))).toEqual([]);
	expect(world.picture).toEqual(before);
	expect(await sandbox.failures()).toEqual(failuresBefore);
}

const conversationOf = (externalId: string) => {
	const message = world.written.messages.find((one) => one.externalId === `ccaip:${externalId}`);
	return world.written.conversations.find(({ id }) => id === message?.conversationId);
};
const notesOf = (conversationId: string | undefined) =>
	world.written.notes.filter((note) => note.conversationId === conversationId).map(({ body }) => body);
const openConversation = (customerId: string, name = 'Open by hand') =>
	sandbox.standIn.store.createConversation(customerId, { name, status: 'open' }, ANA.id);

describe('CCAI Platform sessions, from webhook to Kustomer', () => {
	it('C2, C16, C20, C21, C22, D3, D7, D8, D9, U1, X1: a complete inbound call of a known customer', async () => {
		const played = await play('inboundCall');
		const [id = ''] = played.sessionIds;

		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(1);
		const conversation = conversationOf(id);
		expect(conversation).toMatchObject({
			name: `IVR call: ${KNOWN.phone}`,
			status: 'open',
			customerId: KNOWN.id,
			assignedUsers: [ANA.id],
		});
		const tags = [...sandbox.standIn.store.tags.values()].filter((tag) =>
			conversation?.tags.includes(tag.id),
		);
		expect(tags.map(({ name }) => name).sort()).toEqual(['UJET', 'Voice Inbound - IVR']);
		expect(world.written.messages[0]?.custom).toMatchObject({
			sessionIdStr: id,
			sessionTypeStr: 'Voice Inbound (IVR)',
			fromPhoneNumberStr: KNOWN.phone,
			callDurationNum: expect.any(Number) as number,
			holdTimeNum: 8,
			waitTimeNum: expect.any(Number) as number,
			languageStr: 'en',
		});
		const notes = notesOf(conversation?.id).join('\n');
		expect(notes).toContain(KNOWN.phone);
		expect(notes).toContain('Parcel is on its way.');

		const perEvent = played.webhooks.map(({ name }, index) => `${name} ${played.requests[index]?.length}`);
		const total = played.requests.flat().length;
		process.stdout.write(`Requests per event: ${perEvent.join(', ')}; together ${total}\n`);
		expect(total).toBeLessThanOrEqual(MOST_REQUESTS);
		expect(writes(played.requests.at(-1) ?? ['POST'])).toEqual([]);
		expect(played.requests.at(-1)?.length).toBeLessThanOrEqual(1);
		await expectSettled(played);
	});

	it('C17, X1: an unknown caller, with every event three times, in random order and at once from the beginning', async () => {
		const orderly = await play('inboundCall', { customer: { phone: SANDBOX.unknownCaller }, id: 501 });
		const expected = world.written.notes.map(({ body }) => body).sort();
		sandbox.standIn.reset();
		world.reset();

		const again = orderly.webhooks.map((webhook) => ({
			...webhook,
			body: JSON.parse(JSON.stringify(webhook.body).replaceAll('501', '777')) as Record<string, unknown>,
		}));
		await replay(again);
		await replay(again);
		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(1);
		expect(world.written.notes.map(({ body }) => body).sort()).toEqual(
			expected.map((body) => body.replaceAll('501', '777')),
		);
		expect(world.written.conversations[0]?.assignedUsers).toEqual([ANA.id]);
		await expectSettled({ ...orderly, webhooks: again });
	});

	it('C4, D5: an abandoned call', async () => {
		const played = await play('abandonedCall');
		const conversation = conversationOf(played.sessionIds[0] ?? '');
		expect(conversation).toMatchObject({ status: 'open', assignedUsers: [] });
		expect(world.written.messages[0]?.preview).toMatch(/abandoned/i);
		await expectSettled(played);
	});

	it('C5, C15: a voicemail beside an open conversation, read later', async () => {
		const open = openConversation(KNOWN.id);
		const played = await play('voicemail');
		const conversation = conversationOf(played.sessionIds[0] ?? '');
		expect(conversation).toBeDefined();
		expect(conversation?.id).not.toBe(open.id);
		expect(notesOf(conversation?.id).join('\n')).toMatch(/read/i);
		await expectSettled(played);
	});

	it('C3: an outbound call without an open conversation gets its own', async () => {
		const played = await play('outboundCall');
		expect(conversationOf(played.sessionIds[0] ?? '')).toMatchObject({
			direction: 'out',
			assignedUsers: [ANA.id],
			customerId: KNOWN.id,
		});
		await expectSettled(played);
	});

	it('C3: an outbound call is appended to the most recent conversation when that is open', async () => {
		const open = openConversation(KNOWN.id);
		const played = await play('outboundCall');
		expect(world.written.conversations).toHaveLength(0);
		expect(world.written.messages).toMatchObject([{ conversationId: open.id, direction: 'out' }]);
		await expectSettled(played);
	});

	it('C10: a call-back after a call of a few seconds stays on its conversation', async () => {
		const played = await play('callBack');
		expect(played.sessionIds).toHaveLength(2);
		expect(world.written.conversations).toHaveLength(1);
		expect(new Set(world.written.messages.map(({ conversationId }) => conversationId)).size).toBe(1);
		await expectSettled(played);
	});

	it('C1, C8, C14, C18: a web chat with a transfer and a rating', async () => {
		const played = await play('chatWithTransferAndRating', {
			customer: { phone: undefined, identifier: 'shop-42' },
		});
		const conversation = conversationOf(played.sessionIds[0] ?? '');
		expect(conversation?.assignedUsers).toEqual([BEN.id]);
		const notes = notesOf(conversation?.id).join('\n');
		expect(notes).toContain('Quick and friendly.');
		expect(notes).toMatch(/transfer/i);
		expect(world.written.messages[0]).toMatchObject({
			channel: 'chat',
			custom: { csatRatingNum: 4, csatCommentTxt: 'Quick and friendly.' },
		});
		const customer = sandbox.standIn.store.customers.get(conversation?.customerId ?? '');
		expect(customer).toMatchObject({ externalId: 'shop-42', custom: { customUserIdStr: 'shop-42' } });
		await expectSettled(played);
	});

	it('X3: five agents ring and one answers: one session, nothing missed', async () => {
		const played = await play('groupRing');
		expect(world.written.messages).toHaveLength(1);
		expect(JSON.stringify(world.written.notes)).not.toMatch(/missed/i);
		expect(world.written.messages[0]?.preview).not.toMatch(/missed/i);
		await expectSettled(played);
	});

	it('C1, C11, C12: an app call with SmartActions', async () => {
		const played = await play('smartActions', { customer: { phone: undefined, identifier: 'app-7' } });
		const notes = notesOf(conversationOf(played.sessionIds[0] ?? '')?.id);
		expect(notes.filter((note) => /SmartAction/i.test(note)).length).toBeGreaterThanOrEqual(2);
		expect(notes.join('\n')).toMatch(/fail/i);
		await expectSettled(played);
	});

	it('C6, D1: two calls of a customer to the same queue in the same second share one conversation', async () => {
		const scenarios = await Promise.all(
			[1, 2].map(
				async () =>
					await playCcaipScenario({
						scenario: 'inboundCall',
						receiver: sandbox.stack.ccaip,
						agents: CCAIP_AGENTS,
						customer: { phone: SANDBOX.unknownCaller },
					}),
			),
		);
		await sandbox.settled();
		expect(world.written.conversations).toHaveLength(1);
		expect(world.written.messages).toHaveLength(2);
		for (const played of scenarios) await expectSettled(played);
	});

	it('X2: in a batch of ten with one that cannot be read, nine are logged and one is reported by its index', async () => {
		const calls = await Promise.all(
			Array.from({ length: 10 }, async (_unused, index) => {
				const { ccaipScenario } = await import('../../sandbox/telephony/ccaip');
				const webhooks = ccaipScenario('inboundCall', {
					agents: CCAIP_AGENTS,
					customer: { phone: `+1212555${String(1000 + index)}` },
				});
				return webhooks.find(({ name }) => name === 'connected');
			}),
		);
		const events = calls.flatMap((webhook) => (webhook?.body.events ?? []) as unknown[]);
		events[6] = { event_id: 'broken', timestamp: 'yesterday', item: 'not an object' };
		const delivery = await sendWebhook(
			{ name: 'batch', target: 'events', sessionId: '', at: 0, body: { count: 10, events } },
			sandbox.stack.ccaip,
		);
		await sandbox.settled();
		expect(delivery).toMatchObject({ status: 200 });
		expect(JSON.stringify(delivery.body)).toMatch(/"index":6/);
		expect(world.written.messages).toHaveLength(9);
		expect((await sandbox.failures()).join('\n')).toMatch(/event 7/i);
	});

	it('X2, X4, U8, C13: sloppy metadata are logged all the same: nobody, an unknown queue, a rating of 99, 100 kB of data', async () => {
		const metadata = (id: number, facts: Record<string, unknown>): SimulatedWebhook => ({
			name: 'metadata',
			target: 'metadata',
			sessionId: `call-${id}`,
			at: 0,
			body: {
				id,
				call_type: 'Voice Inbound (IVR)',
				status: 'finished',
				created_at: '2026-11-20T09:00:00Z',
				connected_at: '2026-11-20T09:00:20Z',
				ends_at: '2026-11-20T09:03:20Z',
				updated_at: '2026-11-20T09:18:20Z',
				agent_info: { id: 11, name: ANA.name, email: ANA.email },
				...facts,
			},
		});
		const sloppy = [
			metadata(9001, { end_user: null, menu_path: { name: 'No / Such / Queue' } }),
			metadata(9002, { end_user: { id: 5, identifier: 'shop-9' }, rating: 99, feedback: 'Off the scale' }),
			metadata(9003, {
				end_user: { id: 6, identifier: 'shop-10' },
				custom_data: { cart: 'x'.repeat(100_000) },
			}),
		];
		for (const webhook of sloppy) {
			expect(await sendWebhook(webhook, sandbox.stack.ccaip)).toMatchObject({ status: 200 });
			await sandbox.settled();
		}
		expect(await sandbox.failures()).toEqual(failuresBefore);
		expect(world.written.messages.map(({ externalId }) => externalId).sort()).toEqual([
			'ccaip:call-9001',
			'ccaip:call-9002',
			'ccaip:call-9003',
		]);
		expect(world.notes.join('\n')).toMatch(/99.*outside 1 to 5|outside 1 to 5/s);
		expect(writes(await replay(sloppy))).toEqual([]);
	});

	describe('D4, D3: chats of the Apps API, by signed webhooks', () => {
		const NAME = 'signed-chats';
		const SIGNATURE: WebhookCredential = {
			method: 'hmac',
			secret: 'the primary secret 123',
			signatureHeader: 'X-Signature',
			signatureEncoding: 'base64',
			signedContent: 'timestampBody',
			timestampHeader: 'X-Signature-Timestamp',
		};
		let lastChat = 61_000;

		beforeAll(async () => {
			const { api, n8n } = sandbox.stack;
			await api.saveCredential({ name: NAME, type: 'contactCenterWebhookApi', data: { ...SIGNATURE } });
			const copy = await sessionsWorkflow({
				name: NAME,
				credential: CREDENTIAL_NAMES.kustomer,
				rules: { chatMinMessages: 2 },
				chatWebhooks: NAME,
			});
			await n8n.publish([copy]);
		});

		/** What the platform posts of one chat, one webhook after the other. */
		function newChat() {
			const id = (lastChat += 1);
			const send = async (type: string, body: object, signature = SIGNATURE): Promise<number> => {
				const data = JSON.stringify({
					event_type: type,
					chat_id: id,
					timestamp: new Date().toISOString(),
					body,
				});
				const response = await fetch(sandbox.stack.n8n.webhookUrl(`${NAME}-ccaip-chat-webhooks`), {
					method: 'POST',
					headers: { 'Content-Type': 'application/json', ...signWebhook(data, signature) },
					body: data,
				});
				await sandbox.settled();
				return response.status;
			};
			const agent = { id: 11, name: ANA.name, email: ANA.email };
			return {
				id: `chat-${id}`,
				join: async () => await send('participant_joined', { type: 'agent', agent }),
				write: async (messageId: string, signature?: WebhookCredential) =>
					await send(
						'message_received',
						{
							sender: { type: 'end_user', end_user: { id: 5, email: KNOWN.email } },
							message: { id: messageId, type: 'text', content: 'Where is my parcel?' },
						},
						signature,
					),
				end: async () => await send('chat_ended', { chat: { agent } }),
			};
		}

		it('D4, D3: messages are counted while the chat goes on, and it is recorded when there are enough', async () => {
			const chat = newChat();
			expect([await chat.join(), await chat.write('m-1'), await chat.write('m-1')]).toEqual([200, 200, 200]);
			expect(await chat.write('m-2', { ...SIGNATURE, secret: 'somebody else’s secret' })).toBe(401);
			expect(world.written.conversations).toEqual([]);

			expect(await chat.write('m-2')).toBe(200);
			expect(conversationOf(chat.id)).toMatchObject({ customerId: KNOWN.id, assignedUsers: [ANA.id] });
			expect([await chat.write('m-3'), await chat.end()]).toEqual([200, 200]);
			expect(world.written.conversations).toHaveLength(1);
			expect(world.written.messages).toHaveLength(1);
			expect(await sandbox.failures()).toEqual(failuresBefore);
		});

		it('D4: an answered chat that ends with too few messages is not recorded', async () => {
			const chat = newChat();
			expect([await chat.join(), await chat.write('m-1'), await chat.end()]).toEqual([200, 200, 200]);
			expect(world.written.conversations).toEqual([]);
			expect(await sandbox.failures()).toEqual(failuresBefore);
		});
	});

	it('U1: metadata files that a person uploads are logged, several at once', async () => {
		const { ccaipScenario } = await import('../../sandbox/telephony/ccaip');
		const form = new FormData();
		const ids: string[] = [];
		for (const phone of [KNOWN.phone, SANDBOX.unknownCaller]) {
			const webhooks = ccaipScenario('inboundCall', { agents: CCAIP_AGENTS, customer: { phone } });
			const last = webhooks.at(-1);
			ids.push(last?.sessionId ?? '');
			const file = new Blob([JSON.stringify(last?.body)], { type: 'application/json' });
			form.append('field-0', file, `${last?.sessionId}.json`);
		}
		const workflow = await readWorkflow(CCAIP_WORKFLOWS.metadataFiles);
		const trigger = workflow.nodes.find(({ name }) => name === 'Upload Metadata Files');
		const answer = await fetch(`${sandbox.stack.n8n.baseUrl}/form/${String(trigger?.webhookId)}`, {
			method: 'POST',
			body: form,
		});
		expect(answer.status).toBe(200);
		await sandbox.settled();
		expect(world.written.messages.map(({ externalId }) => externalId).sort()).toEqual(
			ids.map((id) => `ccaip:${id}`).sort(),
		);
		expect(await sandbox.failures()).toEqual(failuresBefore);
	});

	it('X2: a session that could not be logged is logged when the run is repeated, and the others of its delivery at once', async () => {
		const calls = await Promise.all(
			[KNOWN.phone, SANDBOX.unknownCaller].map(async (phone) => {
				const { ccaipScenario } = await import('../../sandbox/telephony/ccaip');
				const webhooks = ccaipScenario('inboundCall', { agents: CCAIP_AGENTS, customer: { phone } });
				return webhooks.find(({ name }) => name === 'connected');
			}),
		);
		const events = calls.flatMap((webhook) => (webhook?.body.events ?? []) as unknown[]);
		sandbox.standIn.faults.add({
			method: 'POST',
			path: /\/v1\/conversations$/,
			fault: { kind: 'status', status: 403 },
		});
		await sendWebhook(
			{ name: 'batch', target: 'events', sessionId: '', at: 0, body: { count: 2, events } },
			sandbox.stack.ccaip,
		);
		await sandbox.settled();
		expect(world.written.messages).toHaveLength(1);
		expect((await sandbox.failures()).length).toBe(failuresBefore.length + 1);

		const failed = (await sandbox.stack.n8n.executions()).find(({ status }) => status === 'error');
		await sandbox.stack.api.retry(failed?.id ?? '');
		await sandbox.settled();
		expect(world.written.messages).toHaveLength(2);
		expect(world.written.conversations).toHaveLength(2);
	});
});
