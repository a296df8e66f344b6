import { setTimeout as sleep } from 'node:timers/promises';

import { SANDBOX } from '../../sandbox/kustomer';
import { callForm } from '../../sandbox/launcher/call-form';
import { COMPANY_NUMBER } from '../../sandbox/launcher/stack';

import { openTab, type Tab } from './harness/browser';
import { useSandbox } from './harness/sandbox';

const BROWSER_TIMEOUT_MS = 60_000;
/** Between the ring and the answer: long enough to see on the page that the phone rings. */
const RING_MS = 2000;

const sandbox = useSandbox({ standIn: callForm(() => sandbox.stack, RING_MS) });

describe("the page of the sandbox's Kustomer", () => {
	let tab: Tab;
	beforeAll(async () => {
		tab = await openTab();
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await tab.close();
	});
	beforeEach(async () => {
		sandbox.standIn.reset();
		await tab.page.goto(sandbox.standIn.url);
		await tab.page.getByText('Live', { exact: true }).waitFor();
	});

	const place = async () => await tab.page.getByRole('button', { name: 'Place call' }).click();
	const timeline = () => tab.page.getByRole('region', { name: 'Timeline of the selected customer' });
	const conversation = (name: string) => timeline().getByRole('article', { name });
	const result = () => tab.page.locator('#call-result');

	it(
		'B1, B2: its form places a call through the real n8n, and the page shows live how it becomes a conversation',
		async () => {
			const from = SANDBOX.unknownCaller;
			await tab.page.getByLabel('From number').fill(from);
			await tab.page.getByRole('combobox', { name: /^Agent/ }).selectOption(SANDBOX.users.chloe.name);
			await place();

			// It rings: nobody has answered yet.
			const call = conversation(`Inbound call from ${from}`);
			await call.getByText(`Phone number: ${from}`).waitFor();
			expect(await call.innerText()).toMatch(/Assigned to\s+nobody/i);

			await call.getByText(`Call answered by ${SANDBOX.users.chloe.name}`).waitFor();
			await result().filter({ hasText: 'sent' }).waitFor();
			const shown = await call.innerText();
			expect(shown).toMatch(new RegExp(`Assigned to\\s+${SANDBOX.users.chloe.name}`, 'i'));
			expect(shown).toMatch(new RegExp(`Called number:\\s+\\${COMPANY_NUMBER}`));
			expect(await result().innerText()).toMatch(/^Call \w{32}: sent call\.inbound, call\.bridged\.$/);
			expect(await timeline().getByRole('heading', { level: 2 }).innerText()).toBe('Unknown caller');
			expect(tab.errors).toEqual([]);
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'B1: it is filled in for a customer who is known, and one click is enough',
		async () => {
			const { name, phone } = SANDBOX.customers.jonas;
			await place();
			await conversation(`Inbound call from ${phone}`).getByText('Call answered by').waitFor();
			await result().filter({ hasText: 'sent call.inbound' }).waitFor();
			expect(await timeline().getByRole('heading', { level: 2 }).innerText()).toBe(name);
			expect(tab.errors).toEqual([]);
			await tab.screenshot('kustomer-page');
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'says what the webhook answers when the call does not get through',
		async () => {
			const { api, credential } = sandbox.stack;
			const webhook = { name: 'Contact center webhook', type: 'contactCenterWebhookApi' };
			await api.saveCredential({ ...webhook, data: { ...credential, password: 'something else' } });
			try {
				// For up to ten seconds the trigger goes on accepting the password that it read last.
				await sleep(10_500);
				await place();
				await result().filter({ hasText: 'refused' }).waitFor();
				expect(await result().innerText()).toMatch(
					/^The webhook refused: call\.inbound: 401 .*log of n8n.*; call\.bridged: 401 [^{}]*$/,
				);
				expect(sandbox.standIn.requests).toEqual([]);
			} finally {
				await api.saveCredential({ ...webhook, data: { ...credential } });
			}
		},
		BROWSER_TIMEOUT_MS,
	);
});
