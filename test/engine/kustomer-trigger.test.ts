import { createHmac } from 'node:crypto';

import axios from 'axios';
import type { INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import { KustomerApi } from '../../credentials/KustomerApi.credentials';
import { KustomerTrigger } from '../../nodes/KustomerTrigger/KustomerTrigger.node';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import type { WebhookRecord } from '../../sandbox/kustomer/webhooks/registry';
import { waitFor } from '../e2e/harness/wait';
import { executeWorkflow } from './execute-harness';
import { PUBLIC_URL, TriggerHarness, type TriggerSetup } from './trigger-harness';

const { jonas } = SANDBOX.customers;
const { ana, ben, machine } = SANDBOX.users;
const EVENTS = ['conversation.create', 'conversation.update'];
const LIMITED = (...roles: string[]) => ({ name: 'limited', token: 'limited', roles });

let standIn: KustomerStandIn;
const open: TriggerHarness[] = [];
let redirectTo: TriggerHarness | undefined;

beforeAll(async () => {
	standIn = await startKustomerStandIn({
		rateLimitPerMinute: 0,
		webhookRetryWaits: [50, 50],
		webhookRedirect: (url) => redirectTo?.redirect(url) ?? url,
		apiKeys: [
			...Object.values(SANDBOX.keys),
			LIMITED('org.permission.outbound_webhook.read', 'org.permission.user.read'),
		],
	});
});
afterAll(async () => await standIn.close());
beforeEach(() => {
	standIn.reset();
	standIn.deliveries.attempts.length = 0;
	for (const { id } of Object.values(SANDBOX.users)) standIn.store.workSessions.signOut(id);
});
afterEach(async () => {
	await Promise.all(open.splice(0).map(async (harness) => await harness.close()));
});

async function harnessOf(
	setup: Partial<TriggerSetup> = {},
	apiKey = standIn.apiKey,
): Promise<TriggerHarness> {
	const harness = new TriggerHarness({
		nodeType: new KustomerTrigger(),
		parameters: { triggerOn: 'events', events: EVENTS },
		credentials: { kustomerApi: { organization: SANDBOX.organization, apiKey, baseUrl: standIn.url } },
		...setup,
	});
	await harness.listen();
	open.push(harness);
	redirectTo = harness;
	return harness;
}

const webhooks = (): WebhookRecord[] => [...standIn.store.outboundWebhooks.all.values()];

function foreign(name: string, url = `https://${name}.example.com/in`): WebhookRecord {
	return standIn.store.outboundWebhooks.create({ name, url, events: ['kustomer.tag.create'] }, ana.id);
}

const itemsOf = (harness: TriggerHarness) =>
	harness.calls.flatMap(({ outputs }) => (outputs[0] ?? []).map(({ json }) => json));

async function post(harness: TriggerHarness, body: string, headers: Record<string, string>, test = false) {
	const url = harness.redirect(`${PUBLIC_URL}/webhook${test ? '-test' : ''}/hook-1/kustomer`);
	return await axios.post<Record<string, unknown>>(url, Buffer.from(body), {
		headers: { 'content-type': 'application/json', ...headers },
		proxy: false,
		validateStatus: () => true,
	});
}

const sign = (body: string, token = webhooks()[0]?.token ?? '') => ({
	'x-kustomer-webhook-signature': createHmac('sha256', token).update(body).digest('hex'),
});

function newConversation() {
	return standIn.store.createConversation(jonas.id, { name: 'Order' }, ana.id);
}

describe('the outbound webhook', () => {
	it('is created when the workflow is published, found again, and deleted when it is unpublished', async () => {
		const harness = await harnessOf();
		await harness.publish();
		expect(webhooks()).toMatchObject([
			{
				name: 'n8n: Support / Trigger',
				url: `${PUBLIC_URL}/webhook/hook-1/kustomer`,
				events: EVENTS.map((event) => `kustomer.${event}`),
				enabled: true,
			},
		]);
		const [first] = webhooks();
		const before = standIn.requests.length;
		await harness.publish();
		expect(webhooks()).toEqual([first]);
		expect(standIn.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'GET']);

		expect(await harness.unpublish()).toBe(true);
		expect(webhooks()).toEqual([]);
		expect(harness.staticData['node:Trigger']).toEqual({});
	});

	it('X4: is not created while a field holds an expression that is none', async () => {
		const harness = await harnessOf({
			parameters: { triggerOn: 'events', events: EVENTS, options: { changedFields: '{{ $vars.fields }}' } },
		});
		await expect(harness.publish()).rejects.toThrow(/'Only When Changed' holds an expression that is not/);
		expect(webhooks()).toEqual([]);
	});

	it('X4: names the field that is meant where two lists of options have one name', async () => {
		const harness = await harnessOf({
			parameters: { triggerOn: 'agentStatus', options: { teamBy: '{{ $vars.team }}' } },
		});
		await expect(harness.publish()).rejects.toThrow(/^'Team of an Agent' holds an expression/);
	});

	it('is used again when it was left behind: events, name and a switched-off state are put right', async () => {
		const harness = await harnessOf();
		await harness.publish();
		const [left] = webhooks();
		if (left === undefined) throw new Error('no webhook');
		standIn.store.outboundWebhooks.fail(left);
		harness.change({ parameters: { triggerOn: 'events', events: ['message.create'] } });
		harness.staticData = {};
		await harness.publish();
		expect(webhooks()).toMatchObject([
			{ id: left.id, events: ['kustomer.message.create'], enabled: true, isError: false },
		]);
		expect(harness.staticData['node:Trigger']?.production).toMatchObject({ id: left.id, token: left.token });
	});

	it('never touches a foreign one, not even with its own URL or from a copy of this n8n', async () => {
		const harness = await harnessOf();
		const stranger = foreign('Made by hand', `${PUBLIC_URL}/webhook/hook-1/kustomer`);
		foreign('crm');
		await harness.publish();
		const copy = await harnessOf({ publicUrl: 'https://test.example.com' });
		copy.staticData = structuredClone(harness.staticData);
		const before = structuredClone(webhooks());
		await copy.publish();
		expect(webhooks().slice(0, 3)).toEqual(before);
		await copy.unpublish();
		expect(webhooks()).toEqual(before);
		await harness.unpublish();
		expect(webhooks().map(({ name }) => name)).toEqual([stranger.name, 'crm']);
	});

	it('of a test run and of the published workflow do not destroy each other', async () => {
		const harness = await harnessOf();
		await harness.publish();
		await harness.publish('manual');
		expect(webhooks().map(({ name, url }) => [name, url])).toEqual([
			['n8n: Support / Trigger', `${PUBLIC_URL}/webhook/hook-1/kustomer`],
			['n8n test: Support / Trigger', `${PUBLIC_URL}/webhook-test/hook-1/kustomer`],
		]);
		await harness.unpublish('manual');
		expect(webhooks().map(({ name }) => name)).toEqual(['n8n: Support / Trigger']);
		newConversation();
		await standIn.deliveries.settled();
		expect(itemsOf(harness)).toHaveLength(1);
		await harness.publish('manual');
		await harness.unpublish();
		expect(webhooks().map(({ name }) => name)).toEqual(['n8n test: Support / Trigger']);
	});

	it('takes the place of a test webhook that was forgotten an hour ago, and of no other', async () => {
		const harness = await harnessOf();
		await harness.publish('manual');
		const [test] = webhooks();
		for (const name of ['a', 'b', 'c', 'd']) foreign(name);
		await expect(harness.publish()).rejects.toThrow(/No outbound webhook is free/);
		if (test !== undefined) test.createdAt = new Date(Date.now() - 2 * 3_600_000).toISOString();
		await harness.publish();
		expect(webhooks().map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'n8n: Support / Trigger']);
	});

	it('says clearly that none is free, which are there, and what to do', async () => {
		const harness = await harnessOf();
		for (const name of ['Zapier', 'Data lake', 'CSAT', 'Billing', 'Slack'])
			foreign(name, 'https://x.example.com/');
		const before = structuredClone(webhooks());
		await expect(harness.publish()).rejects.toMatchObject({
			message: expect.stringMatching(
				/^No outbound webhook is free in Kustomer: .*"Zapier" \(x\.example\.com\), .*"Slack".*Settings > Platform > Outbound webhooks/,
			),
		});
		expect(webhooks()).toEqual(before);
	});

	it('X8: a missing role is named', async () => {
		await expect((await harnessOf({}, 'limited')).publish()).rejects.toMatchObject({
			message: expect.stringContaining('org.permission.outbound_webhook.create'),
		});
		await expect((await harnessOf({}, SANDBOX.keys.noNotes.token)).publish()).rejects.toMatchObject({
			message: expect.stringContaining('org.permission.outbound_webhook.read'),
		});
	});

	it('needs an https address and an event', async () => {
		await expect((await harnessOf({ publicUrl: 'http://localhost:5678' })).publish()).rejects.toThrow(
			'Kustomer sends its events to https addresses only, and the webhook URL of this n8n is http://localhost:5678.',
		);
		const empty = await harnessOf({ parameters: { triggerOn: 'events', events: [] } });
		await expect(empty.publish()).rejects.toThrow("The parameter 'Events' is empty.");
		expect(webhooks()).toEqual([]);
	});

	it('unpublishing goes on when Kustomer does not answer', async () => {
		const harness = await harnessOf();
		await harness.publish();
		standIn.faults.add({ path: /outbound-webhooks/, times: 1, fault: { kind: 'status', status: 403 } });
		expect(await harness.unpublish()).toBe(false);
		await harness.publish();
		expect(webhooks()).toHaveLength(1);
	});
});

describe('events', () => {
	it('leave as items with the object as the Kustomer node gives it, and what has changed', async () => {
		const harness = await harnessOf();
		await harness.publish();
		const conversation = newConversation();
		standIn.store.updateConversation(conversation.id, { status: 'done' }, ben.id);
		await standIn.deliveries.settled();
		expect(standIn.deliveries.attempts.map(({ status, answer }) => [status, answer])).toEqual([
			[200, { accepted: 'conversation.create', eventId: expect.any(String) }],
			[200, { accepted: 'conversation.update', eventId: expect.any(String) }],
		]);
		const items = itemsOf(harness).sort((a, b) => String(a.event).localeCompare(String(b.event)));
		expect(items).toMatchObject([
			{
				event: 'conversation.create',
				objectType: 'conversation',
				objectId: conversation.id,
				conversationId: conversation.id,
				customerId: jonas.id,
				changedBy: ana.id,
				changes: {},
				conversation: { id: conversation.id, name: 'Order', status: 'open', customerId: jonas.id },
			},
			{
				event: 'conversation.update',
				eventId: expect.stringMatching(/^[0-9a-f]{24}$/),
				changedBy: ben.id,
				changes: { status: { before: 'open', after: 'done' } },
				conversation: { status: 'done' },
			},
		]);
		expect(items[0]).not.toHaveProperty('raw');
	});

	it('forged, unsigned and altered ones get 401 and start nothing', async () => {
		const harness = await harnessOf();
		await harness.publish();
		const body = JSON.stringify({ name: 'kustomer.conversation.create' });
		const answers = await Promise.all([
			post(harness, body, {}),
			post(harness, body, sign(body, 'guessed')),
			post(harness, `${body} `, sign(body)),
			post(harness, '', {}),
			post(harness, body, { 'x-kustomer-webhook-signature': 'abc' }),
		]);
		expect(answers.map(({ status, data }) => [status, data.error])).toEqual([
			[401, 'The header X-Kustomer-Webhook-Signature is missing.'],
			[401, 'The signature in X-Kustomer-Webhook-Signature does not fit the body.'],
			[401, 'The signature in X-Kustomer-Webhook-Signature does not fit the body.'],
			[401, 'The header X-Kustomer-Webhook-Signature is missing.'],
			[401, 'The signature in X-Kustomer-Webhook-Signature does not fit the body.'],
		]);
		expect(harness.calls.some(({ started }) => started)).toBe(false);
	});

	it('signed ones that cannot be used get 200 with the reason, so that Kustomer does not repeat them', async () => {
		const harness = await harnessOf();
		await harness.publish();
		const bodies = [
			'',
			'not JSON',
			'[]',
			JSON.stringify({ name: 'kustomer.work-session.update', data: { id: '1' } }),
			JSON.stringify({ name: 'kustomer.conversation.update' }),
			JSON.stringify({ name: 'kustomer.tag.create', data: { id: '1' } }),
		];
		for (const body of bodies) {
			const { status, data } = await post(harness, body, sign(body));
			expect([body, status, data]).toEqual([body, 200, { ignored: true, reason: expect.any(String) }]);
		}
		expect(harness.calls.some(({ started }) => started)).toBe(false);
	});

	it('huge ones and forms with files get 413 and 415', async () => {
		const harness = await harnessOf();
		await harness.publish();
		const huge = JSON.stringify({ text: 'x'.repeat(5_000_001) });
		expect((await post(harness, huge, sign(huge))).status).toBe(413);
		const form = { 'content-type': 'multipart/form-data; boundary=x', ...sign('') };
		expect((await post(harness, '--x--', form)).status).toBe(415);
	});

	it('X1: a repetition starts nothing', async () => {
		const harness = await harnessOf();
		await harness.publish();
		newConversation();
		await standIn.deliveries.settled();
		const event = standIn.deliveries.attempts[0]?.event;
		if (event === undefined) throw new Error('nothing was sent');
		standIn.deliveries.send(event);
		standIn.deliveries.send(event);
		await standIn.deliveries.settled();
		expect(standIn.deliveries.attempts.map(({ answer }) => answer)).toEqual([
			{ accepted: 'conversation.create', eventId: event.id },
			{ duplicate: true, eventId: event.id },
			{ duplicate: true, eventId: event.id },
		]);
		expect(itemsOf(harness)).toHaveLength(1);
	});

	it('are checked after the static data got lost: the token is read from Kustomer once', async () => {
		const harness = await harnessOf();
		await harness.publish();
		harness.staticData = {};
		newConversation();
		await standIn.deliveries.settled();
		const asked = standIn.requestCount;
		newConversation();
		await standIn.deliveries.settled();
		expect(standIn.requestCount).toBe(asked);
		expect(itemsOf(harness)).toHaveLength(2);
	});

	it('only wanted changes start the workflow; own ones do not when they are to be ignored', async () => {
		const harness = await harnessOf({
			parameters: {
				triggerOn: 'events',
				events: ['conversation.update'],
				options: {
					changedTo: { rows: [{ field: 'status', value: 'Done' }] },
					changedFields: 'status, priority',
					ignoreOwnChanges: true,
					includeRaw: true,
				},
			},
		});
		await harness.publish();
		const { store, deliveries } = standIn;
		const { id } = newConversation();
		store.updateConversation(id, { name: 'Renamed' }, ana.id);
		store.updateConversation(id, { priority: 2 }, ana.id);
		store.updateConversation(id, { status: 'done' }, machine.id);
		store.updateConversation(id, { status: 'open' }, ana.id);
		store.updateConversation(id, { status: 'done' }, ana.id);
		await deliveries.settled();
		expect(itemsOf(harness)).toMatchObject([
			{
				changes: { status: { after: 'done' } },
				changedBy: ana.id,
				raw: { name: 'kustomer.conversation.update' },
			},
		]);
		expect(deliveries.attempts.every(({ status }) => status === 200)).toBe(true);
	});

	it('X2: an event that could not start the workflow is not taken for a repetition', async () => {
		const harness = await harnessOf();
		await harness.publish();
		const body = JSON.stringify({ id: 'e1', name: 'kustomer.conversation.create', data: { id: '1' } });
		harness.failsToStart = true;
		expect((await post(harness, body, sign(body))).status).toBe(500);
		harness.failsToStart = false;
		const second = await post(harness, body, sign(body));
		expect(second.data).toEqual({ accepted: 'conversation.create', eventId: 'e1' });
		const again = await post(harness, body, sign(body));
		expect(again.data).toEqual({ duplicate: true, eventId: 'e1' });
	});
});

describe('agent status', () => {
	const STATUS = { triggerOn: 'agentStatus', interval: 5 };
	const changes = (harness: TriggerHarness) =>
		harness.emitted.flatMap(([items = []]) => items.map(({ json }) => json));
	const problems = (harness: TriggerHarness) =>
		harness.emitted.flatMap(([, items = []]) => items.map(({ json }) => json));

	it('S5: reports logins, changes and logouts, once each, and nothing else', async () => {
		standIn.store.workSessions.signIn(ben.id, 'Available');
		const harness = await harnessOf({ parameters: STATUS });
		await harness.start();
		expect(webhooks()).toEqual([]);
		standIn.store.workSessions.signIn(ana.id, 'Lunch');
		standIn.store.workSessions.choose(ben.id, 'Email');
		await waitFor('two changes', () => changes(harness).length >= 2, 15_000);
		standIn.store.workSessions.signOut(ben.id);
		await waitFor('the logout', () => changes(harness).length >= 3, 15_000);
		expect(changes(harness)).toMatchObject([
			{
				event: 'agentStatus.changed',
				agent: { id: ben.id, email: ben.email },
				before: { name: 'Available' },
				after: { name: 'Email', id: SANDBOX.statuses.email.id },
				login: false,
			},
			{
				agent: { id: ana.id },
				before: null,
				after: { name: 'Lunch' },
				login: true,
				session: { id: expect.any(String) },
			},
			{
				agent: { id: ben.id },
				before: { name: 'Email' },
				after: { name: 'Offline' },
				logout: true,
				session: null,
			},
		]);
	}, 40_000);

	it('a restart reports what has changed meanwhile, once; a failed look loses nothing', async () => {
		standIn.store.workSessions.signIn(ana.id, 'Available');
		const harness = await harnessOf({ parameters: STATUS });
		await harness.start();
		await harness.stop();
		standIn.store.workSessions.choose(ana.id, 'Lunch');
		standIn.faults.add({ path: /work-sessions/, times: 1, fault: { kind: 'status', status: 500 } });
		await harness.start();
		await waitFor('the change', () => changes(harness).length > 0, 15_000);
		await harness.stop();
		await harness.start();
		await new Promise((next) => setTimeout(next, 300));
		expect(changes(harness)).toMatchObject([{ before: { name: 'Available' }, after: { name: 'Lunch' } }]);
		expect(harness.failures).toEqual([]);
	}, 40_000);

	it.each([
		['the team that they have selected', {}, { session: { teamId: SANDBOX.teams.voice.id } }],
		['membership', { teamBy: 'member' }, { agent: { teams: [SANDBOX.teams.voice.id] } }],
	])(
		'emits everybody at the start when told so, S7: of the chosen teams, by %s',
		async (_, options, told) => {
			standIn.store.workSessions.signIn(ana.id, 'Available');
			standIn.store.workSessions.signIn(ben.id, 'Lunch');
			const team = standIn.store.teams.get(SANDBOX.teams.voice.id);
			if (team !== undefined) team.members = 'teamBy' in options ? [ben.id] : [ana.id];
			const { workSessions } = standIn.store;
			for (const [id, teamId] of [
				[ana.id, SANDBOX.teams.support.id],
				[ben.id, SANDBOX.teams.voice.id],
			] as const) {
				for (const session of workSessions.activeOf(id))
					session.teamId = 'teamBy' in options ? undefined : teamId;
			}
			const harness = await harnessOf({
				parameters: {
					...STATUS,
					teams: [SANDBOX.teams.voice.id],
					options: { emitAtStart: true, ...options },
				},
			});
			await harness.start();
			await waitFor('the statuses', () => changes(harness).length > 0);
			expect(changes(harness)).toMatchObject([{ ...told, initial: true, login: false }]);
			expect(changes(harness).map(({ agent }) => (agent as { id: string }).id)).toEqual([ben.id]);
			expect(standIn.requests.some(({ path }) => path === '/v1/teams')).toBe('teamBy' in options);
		},
	);

	it('S5: emits everybody at each publishing when told so, and only changes after a restart', async () => {
		standIn.store.workSessions.signIn(ana.id, 'Available');
		standIn.store.workSessions.signIn(ben.id, 'Lunch');
		const harness = await harnessOf({ parameters: { ...STATUS, options: { emitAtStart: true } } });
		await harness.start();
		await waitFor('the statuses', () => changes(harness).length === 2);
		await harness.stop();

		standIn.store.workSessions.choose(ben.id, 'Email');
		await harness.start('init');
		await waitFor('the change', () => changes(harness).length === 3);
		await harness.stop();
		expect(changes(harness)[2]).toMatchObject({ agent: { id: ben.id }, initial: false });

		standIn.store.workSessions.choose(ben.id, 'Lunch');
		await harness.start('update');
		await waitFor('the statuses again', () => changes(harness).length === 5);
		expect(changes(harness).slice(3)).toMatchObject([
			{ agent: { id: ana.id }, before: null, after: { name: 'Available' }, initial: true },
			{ agent: { id: ben.id }, before: { name: 'Email' }, after: { name: 'Lunch' }, initial: false },
		]);
	}, 20_000);

	it('S6: several sessions of one agent leave by the second output', async () => {
		const harness = await harnessOf({ parameters: STATUS });
		await harness.start();
		standIn.store.workSessions.signIn(ana.id, 'Available');
		standIn.store.workSessions.signIn(ana.id, 'Lunch');
		await waitFor('the problem', () => problems(harness).length > 0, 15_000);
		expect(changes(harness)).toEqual([]);
		expect(problems(harness)).toMatchObject([
			{
				event: 'agentStatus.problem',
				problem: 'severalSessions',
				agent: { id: ana.id },
				message: expect.stringContaining('has 2 work sessions'),
			},
		]);
	}, 20_000);

	it('X8: publishing without the role fails and names it; a short interval is refused', async () => {
		const harness = await harnessOf({ parameters: STATUS }, 'limited');
		await expect(harness.start()).rejects.toMatchObject({
			message: expect.stringContaining('org.permission.work_session.read'),
		});
		const hasty = await harnessOf({ parameters: { ...STATUS, interval: 1 } });
		await expect(hasty.start()).rejects.toThrow(
			"The parameter 'Interval' must be a number of seconds from 5",
		);
	});

	it('a push makes it look at once, when the secret is right', async () => {
		const harness = await harnessOf({
			parameters: { ...STATUS, interval: 3600, acceptPushes: true },
			credentials: {
				kustomerApi: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url },
				contactCenterWebhookApi: {
					method: 'header',
					headerName: 'X-Secret',
					headerValue: 'correct-horse-battery',
				},
			},
		});
		await harness.start();
		standIn.store.workSessions.signIn(ana.id, 'Lunch');
		expect((await post(harness, '{}', { 'X-Secret': 'wrong' })).status).toBe(401);
		expect(changes(harness)).toEqual([]);
		const { status, data } = await post(harness, '', { 'X-Secret': 'correct-horse-battery' });
		expect([status, data]).toEqual([202, { accepted: true }]);
		await waitFor('the change', () => changes(harness).length > 0, 5000);
		expect(changes(harness)).toMatchObject([{ agent: { id: ana.id }, after: { name: 'Lunch' } }]);

		// Another process, that does not look by itself, finds changes on its own.
		await harness.stop();
		standIn.store.workSessions.choose(ana.id, 'Email');
		const other = await post(harness, '', { 'X-Secret': 'correct-horse-battery' });
		expect([other.status, other.data]).toEqual([200, { accepted: true, found: 1 }]);
		expect(itemsOf(harness)).toMatchObject([{ before: { name: 'Lunch' }, after: { name: 'Email' } }]);
		const again = await post(harness, '', { 'X-Secret': 'correct-horse-battery' });
		expect(again.data).toEqual({ accepted: true, found: 0 });
	}, 20_000);
});

describe('in a run', () => {
	const TYPE = 'n8n-nodes-kustomer.kustomerTrigger';
	const trigger = async (
		parameters: INodeParameters,
		mode: WorkflowExecuteMode,
		items: INodeExecutionData[],
	) =>
		await executeWorkflow({
			nodeTypes: { [TYPE]: new KustomerTrigger() },
			credentialTypes: [new KustomerApi()],
			credentials: {
				kustomerApi: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url },
			},
			workflow: {
				nodes: [
					{
						id: '1',
						name: 'Trigger',
						type: TYPE,
						typeVersion: 1,
						position: [0, 0],
						parameters,
						credentials: { kustomerApi: { id: 'kustomerApi', name: 'kustomerApi' } },
					},
				],
				connections: {},
			},
			start: 'Trigger',
			mode,
			items,
		});

	it('hands on what started it, in test runs as well', async () => {
		for (const mode of ['webhook', 'manual'] as const) {
			const { outputOf, error } = await trigger({ triggerOn: 'events', events: EVENTS }, mode, [
				{ json: { event: 'conversation.create' } },
			]);
			expect(error).toBeUndefined();
			expect(outputOf('Trigger').map((items) => items.map(({ json }) => json))).toEqual([
				[{ event: 'conversation.create' }],
			]);
		}
	});

	it('a test run for agent status shows the present statuses', async () => {
		standIn.store.workSessions.signIn(ana.id, 'Lunch');
		const { outputOf, error } = await trigger({ triggerOn: 'agentStatus' }, 'manual', [{ json: {} }]);
		expect(error).toBeUndefined();
		expect(outputOf('Trigger')[0]?.map(({ json }) => json)).toMatchObject([
			{ agent: { id: ana.id }, after: { name: 'Lunch' }, initial: true },
		]);
	});
});
