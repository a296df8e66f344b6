/**
 * The Kustomer Trigger in a real n8n: its webhook comes and goes with the workflow, what Kustomer sends starts it, and
 * status changes are found by looking.
 */
import axios from 'axios';

import { SANDBOX } from '../../sandbox/kustomer';
import type { WorkflowFile } from '../../sandbox/launcher';

import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

/** Kustomer sends to https addresses only; the stand-in sends what is meant for this one to the n8n under test. */
const PUBLIC_URL = 'https://n8n.example.com';
const TRIGGER = 'n8n-nodes-kustomer.kustomerTrigger';
const { jonas } = SANDBOX.customers;
const { ana, ben } = SANDBOX.users;

/** May read users and nothing else. */
const LIMITED = { name: 'limited', token: 'sandbox-key-limited', roles: ['org.permission.user.read'] };

let n8nUrl = '';
const sandbox = useSandbox({
	env: { N8N_WEBHOOK_URL: PUBLIC_URL, WEBHOOK_URL: PUBLIC_URL },
	standIn: {
		apiKeys: [...Object.values(SANDBOX.keys), LIMITED],
		rateLimitPerMinute: 0,
		webhookRetryWaits: [200, 200],
		webhookRedirect: (url) => url.replace(PUBLIC_URL, n8nUrl),
	},
	workflows: [],
});
beforeAll(() => {
	n8nUrl = sandbox.stack.n8n.baseUrl;
});

const webhooks = () => [...sandbox.standIn.store.outboundWebhooks.all.values()];

function workflowOf(name: string, parameters: Record<string, unknown>): WorkflowFile {
	return {
		name,
		nodes: [
			{
				id: `${name}-trigger`,
				name: 'Kustomer Trigger',
				type: TRIGGER,
				typeVersion: 1,
				position: [0, 0],
				webhookId: `${name}-hook`,
				parameters,
			},
			{
				id: `${name}-end`,
				name: 'End',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [240, 0],
				parameters: {},
			},
		],
		connections: { 'Kustomer Trigger': { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	} as unknown as WorkflowFile;
}

interface PublicationStatus {
	status: string;
	triggers: Array<{ status: string; errorMessage: string | null }>;
}

/** Publishes and waits until n8n is done with it, which it does behind the scenes. */
async function publish(workflowId: string): Promise<PublicationStatus> {
	const { api } = sandbox.stack;
	await api.publishWorkflow(workflowId);
	return await settledStatus(workflowId, ['in_progress', 'not_published']);
}

async function unpublish(workflowId: string): Promise<void> {
	await sandbox.stack.api.unpublishWorkflow(workflowId);
	await settledStatus(workflowId, ['in_progress', 'published']);
}

async function settledStatus(workflowId: string, passing: string[]): Promise<PublicationStatus> {
	return await waitFor(
		'n8n to be done',
		async () => {
			const { api } = sandbox.stack;
			const found = await api.call<PublicationStatus>('GET', `/workflows/${workflowId}/publication-status`);
			return !passing.includes(found.status) && found;
		},
		60_000,
	);
}

/** Items that reached the last node, of all executions of a workflow, the oldest first. */
async function itemsOf(workflowId: string): Promise<Array<Record<string, unknown>>> {
	const { api } = sandbox.stack;
	const summaries = (await api.executions({ workflowId })).filter(({ status }) => status === 'success');
	const executions = await Promise.all(summaries.map(async ({ id }) => await api.execution(id)));
	return executions.reverse().flatMap(({ nodes }) => nodes.End?.outputs[0] ?? []);
}

describe('events of Kustomer', () => {
	let workflowId = '';

	it('publishing creates the webhook, a change in Kustomer starts the workflow, unpublishing deletes it', async () => {
		const { api } = sandbox.stack;
		const { store, deliveries } = sandbox.standIn;
		store.outboundWebhooks.create(
			{ name: 'Data lake', url: 'https://lake.example.com/in', events: ['kustomer.tag.create'] },
			ana.id,
		);
		({ id: workflowId } = await api.importWorkflow(
			workflowOf('kustomer-events', {
				triggerOn: 'events',
				events: ['conversation.update'],
				options: { changedFields: 'status' },
			}),
		));
		expect(await publish(workflowId)).toMatchObject({ status: 'published' });
		expect(webhooks()).toMatchObject([
			{ name: 'Data lake' },
			{
				name: 'n8n: kustomer-events / Kustomer Trigger',
				url: expect.stringMatching(/^https:\/\/n8n\.example\.com\/webhook\/\S+\/kustomer$/),
				events: ['kustomer.conversation.update'],
			},
		]);

		const { id } = store.createConversation(jonas.id, { name: 'Order' }, ana.id);
		store.updateConversation(id, { status: 'done' }, ben.id);
		await deliveries.settled();
		expect(deliveries.attempts.map(({ status, answer }) => [status, answer])).toEqual([
			[200, { accepted: 'conversation.update', eventId: expect.any(String) }],
		]);
		const [item] = await waitFor('the execution', async () => {
			const items = await itemsOf(workflowId);
			return items.length > 0 && items;
		});
		expect(item).toMatchObject({
			event: 'conversation.update',
			conversationId: id,
			customerId: jonas.id,
			changedBy: ben.id,
			changes: { status: { before: 'open', after: 'done' } },
			conversation: { id, name: 'Order', status: 'done' },
		});

		await unpublish(workflowId);
		expect(webhooks().map(({ name }) => name)).toEqual(['Data lake']);
	}, 60_000);

	it('a forged signature gets 401 and starts nothing; publishing again creates one webhook', async () => {
		const { n8n } = sandbox.stack;
		await publish(workflowId);
		await publish(workflowId);
		const own = webhooks().filter(({ name }) => name.startsWith('n8n:'));
		expect(own).toHaveLength(1);
		const before = (await n8n.executions(workflowId)).length;
		const answer = await axios.post<{ error: string }>(
			own[0]?.url.replace(PUBLIC_URL, n8nUrl) ?? '',
			{ id: 'x', name: 'kustomer.conversation.update' },
			{
				headers: { 'X-Kustomer-Webhook-Signature': 'f'.repeat(64) },
				proxy: false,
				validateStatus: () => true,
			},
		);
		expect([answer.status, answer.data.error]).toEqual([
			401,
			'The signature in X-Kustomer-Webhook-Signature does not fit the body.',
		]);
		await n8n.idle();
		expect(await n8n.executions(workflowId)).toHaveLength(before);
	}, 60_000);

	it('with all five in use, publishing fails and says which', async () => {
		const { api } = sandbox.stack;
		const { outboundWebhooks } = sandbox.standIn.store;
		for (const name of ['CSAT', 'Billing', 'Slack']) {
			outboundWebhooks.create(
				{ name, url: `https://${name}.example.com/`, events: ['kustomer.tag.create'] },
				ana.id,
			);
		}
		const { id } = await api.importWorkflow(
			workflowOf('one-too-many', { triggerOn: 'events', events: ['tag.create'] }),
		);
		const { status, triggers } = await publish(id);
		expect([status, triggers[0]?.errorMessage]).toEqual([
			'failed',
			expect.stringMatching(
				/No outbound webhook is free in Kustomer: .*"Data lake".*"Slack".*Settings > Platform > Outbound webhooks/,
			),
		]);
		await unpublish(id);
		expect(webhooks()).toHaveLength(5);
	}, 60_000);
});

describe('agent status', () => {
	it('S5: status changes start the workflow, only changes, until it is unpublished', async () => {
		const { api, n8n } = sandbox.stack;
		const { workSessions } = sandbox.standIn.store;
		for (const { id } of Object.values(SANDBOX.users)) workSessions.signOut(id);
		workSessions.signIn(ben.id, 'Available');
		const { id } = await api.importWorkflow(
			workflowOf('agent-status', { triggerOn: 'agentStatus', interval: 5 }),
		);
		await publish(id);
		workSessions.signIn(ana.id, 'Lunch');
		workSessions.choose(ben.id, 'Email');
		await waitFor('both changes', async () => (await itemsOf(id)).length >= 2);
		workSessions.choose(ana.id, 'Available');
		const items = await waitFor('the third change', async () => {
			const found = await itemsOf(id);
			return found.length >= 3 && found;
		});
		expect(items).toMatchObject([
			{ agent: { email: ben.email }, before: { name: 'Available' }, after: { name: 'Email' }, login: false },
			{ agent: { email: ana.email }, before: null, after: { name: 'Lunch' }, login: true },
			{ agent: { email: ana.email }, before: { name: 'Lunch' }, after: { name: 'Available' }, login: false },
		]);
		await unpublish(id);
		await n8n.idle();
		workSessions.choose(ana.id, 'Email');
		const asked = sandbox.standIn.requestCount;
		await new Promise((next) => setTimeout(next, 6000));
		expect(sandbox.standIn.requestCount).toBe(asked);
		expect(await itemsOf(id)).toHaveLength(3);

		// Published again, it tells what has changed meanwhile.
		await publish(id);
		await waitFor('the change meanwhile', async () => (await itemsOf(id)).length === 4);
		await unpublish(id);
	}, 90_000);

	it('X8: publishing with a key that may not read the statuses fails and names the role', async () => {
		const { api } = sandbox.stack;
		const { organization } = SANDBOX;
		await api.saveCredential({
			name: 'Limited',
			type: 'kustomerApi',
			data: { organization, apiKey: LIMITED.token, baseUrl: sandbox.standIn.url },
		});
		const workflow = workflowOf('missing-role', { triggerOn: 'agentStatus' });
		Object.assign(workflow.nodes[0] ?? {}, { credentials: { kustomerApi: { id: null, name: 'Limited' } } });
		const { id } = await api.importWorkflow(workflow);
		const { status, triggers } = await publish(id);
		expect([status, triggers[0]?.errorMessage]).toEqual([
			'failed',
			expect.stringContaining('org.permission.work_session.read'),
		]);
		await unpublish(id);
	}, 90_000);
});
