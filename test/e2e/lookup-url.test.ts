/** Lookup URLs and screen pops of CCAI Platform, opened in a real n8n and a real browser. */
import { randomBytes } from 'node:crypto';

import axios from 'axios';

import { SANDBOX } from '../../sandbox/kustomer';
import { CCAIP_AGENTS, CCAIP_WORKFLOWS, LOOKUP_WORKFLOW } from '../../sandbox/launcher/stack';
import { playCcaipScenario } from '../../sandbox/telephony/ccaip';

import { openTab } from './harness/browser';
import { useSandbox } from './harness/sandbox';

const KEY = randomBytes(18).toString('base64url');
const BROWSER_TIMEOUT_MS = 60_000;
const { jonas } = SANDBOX.customers;

const sandbox = useSandbox({
	workflows: [LOOKUP_WORKFLOW, CCAIP_WORKFLOWS.events],
	credentials: [{ name: 'Agent links', type: 'agentLinkApi', data: { lookupKey: KEY, signingSecret: '' } }],
});

/** Opens the link as a browser does, without following it. */
async function open(values: Record<string, string>, key = KEY) {
	const { status, headers, data } = await axios.get<string>(sandbox.stack.webhookUrl, {
		params: { key, ...values },
		maxRedirects: 0,
		validateStatus: () => true,
		responseType: 'text',
	});
	return { status, location: headers.location as string | undefined, headers, text: data };
}

const page = (path: string) => `${sandbox.stack.kustomer.baseUrl}/app/${path}`;

describe('a lookup URL', () => {
	it.each([
		['the number', { ANI: jonas.phone }],
		['a number with a plus that became a blank', { ANI: jonas.phone.replace('+', ' ') }],
		['the email address, beside variables that nobody has replaced', { EMAIL: jonas.email, CUID: '{CUID}' }],
		['a temporary account ID and the number', { ACCOUNT_ID: 'temp-1', PHONE_NUMBER: jonas.phone }],
		['the account ID', { ACCOUNT_ID: jonas.id }],
	])('U2, U3: leads to the customer by %s', async (_, values) => {
		expect(await open(values)).toMatchObject({ status: 302, location: page(`customers/${jonas.id}`) });
	});

	it('U3: leads to the search, with the number filled in, for somebody whom Kustomer does not know', async () => {
		expect(await open({ ACCOUNT_ID: 'temp-1', PHONE_NUMBER: SANDBOX.unknownCaller })).toMatchObject({
			status: 302,
			location: page(`search?q=${encodeURIComponent(SANDBOX.unknownCaller)}`),
		});
	});

	it('U2, G12: leads to the open conversation of the queue, and to that of the session', async () => {
		const queuePath = ['Orders', 'Delivery'];
		const { sessionIds } = await playCcaipScenario({
			scenario: 'inboundCall',
			receiver: sandbox.stack.ccaip,
			agents: CCAIP_AGENTS,
			customer: { phone: jonas.phone },
			queuePath,
		});
		await sandbox.settled();
		const sessionId = sessionIds[0] ?? '';
		const message = [...sandbox.standIn.store.messages.values()].find(
			({ externalId }) => externalId === `ccaip:${sessionId}`,
		);
		const target = page(`customers/${jonas.id}/event/${message?.conversationId}`);
		expect(message).toBeDefined();
		const queue = {
			ANI: jonas.phone,
			MENU_PATH: queuePath.join('/'),
			CHANNEL: 'voice_call',
			TYPE: 'IVR_Call',
		};
		expect(await open(queue)).toMatchObject({ location: target });
		expect(await open({ ...queue, MENU_PATH: 'Somewhere else' })).toMatchObject({
			location: page(`customers/${jonas.id}`),
		});
		expect(await open({ SESSION_ID: sessionId })).toMatchObject({ location: target });
		expect(await open({ RECORD_ID: String(message?.conversationId) })).toMatchObject({ location: target });
	});

	it.each([
		['another key', { ANI: jonas.phone }, 'x'.repeat(24)],
		['no key', { ANI: jonas.phone }, ''],
	])('X16: with %s shows nothing, not even whether somebody is a customer', async (_, values, key) => {
		const before = await sandbox.settled();
		const known = await open(values, key);
		const unknown = await open({ ANI: SANDBOX.unknownCaller }, key);
		expect(known).toMatchObject({ status: 403, location: undefined });
		expect(known.text).toContain('the link is not valid');
		expect(unknown.text).toBe(known.text);
		expect(await sandbox.settled()).toBe(before);
	});

	it.each<[string, Record<string, string>]>([
		['a script', { ANI: 'javascript:alert(1)' }],
		['a line break and a header', { MENU_PATH: '\r\nLocation: https://evil.example', ANI: jonas.phone }],
		['other hosts', { RECORD_ID: '//evil.example', EMAIL: '\\\\evil.example', CUID: 'https://evil.example' }],
		['10,000 characters', { CUID: 'x'.repeat(10_000) }],
	])('X16: never leads to another host: %s', async (_, values) => {
		const { status, location = '' } = await open(values);
		expect([status, new URL(location).origin]).toEqual([302, sandbox.stack.kustomer.baseUrl]);
		expect(location.length).toBeLessThan(1000);
	});

	it(
		'G11: opens the page in a browser',
		async () => {
			const tab = await openTab();
			try {
				await tab.page.goto(`${sandbox.stack.webhookUrl}?key=${KEY}&ANI=${encodeURIComponent(jonas.phone)}`);
				await tab.page.getByRole('heading', { name: jonas.name }).waitFor();
				expect(tab.page.url()).toBe(page(`customers/${jonas.id}`));
				expect(tab.errors).toEqual([]);
			} finally {
				await tab.close();
			}
		},
		BROWSER_TIMEOUT_MS,
	);

	it('X2: says so when Kustomer does not answer', async () => {
		sandbox.standIn.faults.add({ times: 50, fault: { kind: 'status', status: 500 } });
		try {
			expect(await open({ ANI: jonas.phone })).toMatchObject({ status: 403 });
		} finally {
			sandbox.standIn.faults.clear();
		}
	});
});
