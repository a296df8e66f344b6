/** Links in Kustomer that start a call, from the assignment of a conversation to the session that is logged on it, in a real n8n. */
import { randomBytes } from 'node:crypto';

import axios from 'axios';

import { sign } from '../../lib/webhooks/signed-text';
import { SANDBOX } from '../../sandbox/kustomer';
import { readWorkflow } from '../../sandbox/launcher';
import { withFields } from '../../sandbox/launcher/workflow-settings';
import { CCAIP_WORKFLOWS, CLICK_TO_CALL_WORKFLOW } from '../../sandbox/launcher/stack';

import { openTab } from './harness/browser';
import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

const SECRET = randomBytes(18).toString('base64url');
const BROWSER_TIMEOUT_MS = 90_000;
const { jonas } = SANDBOX.customers;
const { ana } = SANDBOX.users;

/** Kustomer sends to https addresses only; the stand-in sends what is meant for this one to the n8n under test. */
const PUBLIC_URL = 'https://n8n.example.com';
let n8nUrl = '';
const sandbox = useSandbox({
	env: { N8N_WEBHOOK_URL: PUBLIC_URL, WEBHOOK_URL: PUBLIC_URL },
	standIn: { rateLimitPerMinute: 0, webhookRedirect: (url) => url.replace(PUBLIC_URL, n8nUrl) },
	workflows: [CCAIP_WORKFLOWS.events],
	platforms: true,
	credentials: [
		{ name: 'Agent links', type: 'agentLinkApi', data: { lookupKey: '', signingSecret: SECRET } },
	],
});

let linkAddress: string;
beforeAll(async () => {
	n8nUrl = sandbox.stack.n8n.baseUrl;
	linkAddress = `${n8nUrl}/webhook/click-to-call`;
	const workflow = await readWorkflow(CLICK_TO_CALL_WORKFLOW);
	await sandbox.publish(withFields(workflow, 'Create Link', { linkAddress }));
	await waitFor('the trigger to listen', () => sandbox.standIn.store.outboundWebhooks.all.size > 0);
}, BROWSER_TIMEOUT_MS);

/** A conversation of Jonas that nobody has, and an open one that is newer, to which the call does not belong. */
function conversations() {
	const { store } = sandbox.standIn;
	const make = (name: string) => store.createConversation(jonas.id, { name }, SANDBOX.users.machine.id);
	return { wanted: make('Clicked here'), newer: make('Newer') };
}

/** The link in the newest note of a conversation. */
async function linkIn(conversationId: string): Promise<string> {
	return await waitFor('the note with the link', () => {
		const notes = [...sandbox.standIn.store.notes.values()].filter(
			(note) => note.conversationId === conversationId,
		);
		return /https?:\S+link=\S+/.exec(notes.map(({ body }) => body).join('\n'))?.[0];
	});
}

const placed = () =>
	sandbox.stack.platforms?.ccaip.requests.filter(
		({ method, path }) => method === 'POST' && path.endsWith('/calls'),
	) ?? [];
const ask = async (link: string, start = false) =>
	await axios.request<string>({
		url: link,
		method: start ? 'POST' : 'GET',
		...(start ? { data: 'start=yes', headers: { 'content-type': 'application/x-www-form-urlencoded' } } : {}),
		validateStatus: () => true,
		responseType: 'text',
	});

describe('click to call', () => {
	it(
		'C24: a click calls the customer once, and the call is logged on the conversation in which the link stands',
		async () => {
			const { wanted, newer } = conversations();
			await axios.patch(
				`${sandbox.stack.kustomer.baseUrl}/v1/conversations/${wanted.id}`,
				{ assignedUsers: [ana.id] },
				{ headers: { Authorization: `Bearer ${sandbox.stack.kustomer.apiKey}` } },
			);
			const link = await linkIn(wanted.id);

			const tab = await openTab();
			try {
				await tab.page.goto(link);
				await tab.page.getByText(ana.email).waitFor();
				expect(placed()).toHaveLength(0);
				await tab.page.getByRole('button', { name: 'Call' }).click();
				await tab.page.getByRole('heading', { name: 'The call is being placed' }).waitFor();
				await tab.screenshot('click-to-call');
				expect(tab.errors).toEqual([]);
			} finally {
				await tab.close();
			}
			await sandbox.settled();
			expect(placed().map(({ body }) => body)).toEqual([
				{ call_type: 'Voice Outbound (API)', agent_email: ana.email, end_user_number: jonas.phone },
			]);
			const messages = [...sandbox.standIn.store.messages.values()].filter(({ externalId }) =>
				externalId?.startsWith('ccaip:'),
			);
			expect(messages.map(({ conversationId }) => conversationId)).toEqual([wanted.id]);

			const again = await ask(link, true);
			expect([again.status, again.data]).toEqual([
				410,
				expect.stringContaining('This link was used already'),
			]);
			expect(placed()).toHaveLength(1);
			expect(newer.id).not.toBe(wanted.id);
		},
		BROWSER_TIMEOUT_MS,
	);

	const facts = {
		conversationId: '5f3a0000000000000000bbbb',
		customerId: jonas.id,
		phone: jonas.phone,
		agentEmail: ana.email,
	};
	it.each([
		['has ended', () => sign('call', facts, Date.now() - 1000, SECRET), 'This link has ended'],
		[
			'was signed elsewhere',
			() => sign('call', facts, Date.now() + 60_000, 'x'.repeat(24)),
			'This link is not valid',
		],
		['is no link', () => '<script>alert(1)</script>', 'This is no call link'],
	])('C24: a link that %s is refused with a page that says so', async (_, text, title) => {
		const before = placed().length;
		const { status, data, headers } = await ask(`${linkAddress}?link=${encodeURIComponent(text())}`, true);
		expect([status, data]).toEqual([410, expect.stringContaining(`<h1>${title}</h1>`)]);
		expect(data).not.toContain('<script');
		expect(headers['cache-control']).toBe('no-store');
		// What n8n does to every page that a webhook answers, which is why the agent desktop is none.
		expect(headers['content-security-policy']).toMatch(/^sandbox\b(?!.*allow-same-origin)/);
		expect(placed()).toHaveLength(before);
	});

	it('C24: says so when the contact center does not take the call', async () => {
		const { wanted } = conversations();
		sandbox.stack.platforms?.ccaip.faults.add({
			method: 'POST',
			path: /calls$/,
			fault: { kind: 'status', status: 400 },
		});
		const text = sign('call', { ...facts, conversationId: wanted.id }, Date.now() + 60_000, SECRET);
		const { status, data } = await ask(`${linkAddress}?link=${text}`, true);
		expect([status, data]).toEqual([502, expect.stringContaining('The call could not be placed')]);
	});
});
