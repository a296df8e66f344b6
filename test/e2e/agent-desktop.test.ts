/** The agent desktop in a real browser, with stand-ins for the adapters, and a real n8n that takes what they tell. */
import { randomBytes } from 'node:crypto';

import axios from 'axios';
import type { Frame } from 'playwright-core';

import { startAdapters, startDesktop, type RunningPage } from '../../sandbox/agent-adapter';
import { SANDBOX } from '../../sandbox/kustomer';
import { readWorkflow, type WorkflowFile } from '../../sandbox/launcher';
import { CCAIP_WORKFLOWS, DESKTOP_WORKFLOW } from '../../sandbox/launcher/stack';
import { adapterEvents } from '../../sandbox/telephony/adapter-events';

import { openTab, type Tab } from './harness/browser';
import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

const SECRET = randomBytes(18).toString('base64url');
const LOGIN = { user: 'desk', password: randomBytes(18).toString('base64url') };
const BROWSER_TIMEOUT_MS = 180_000;
const { jonas } = SANDBOX.customers;
const { ana } = SANDBOX.users;

const sandbox = useSandbox({
	workflows: [CCAIP_WORKFLOWS.events],
	credentials: [
		{ name: 'Agent links', type: 'agentLinkApi', data: { lookupKey: '', signingSecret: SECRET } },
		{
			name: 'Desktop token',
			type: 'contactCenterWebhookApi',
			data: { method: 'signedToken', secret: SECRET },
		},
		{ name: 'Desktop login', type: 'httpBasicAuth', data: LOGIN },
	],
});

let adapters: RunningPage;
let foreign: RunningPage;
let desktop: RunningPage;
let tab: Tab;
let workflowId: string;
const settings: Record<string, string | string[]> = {};

/** The shipped workflow, as a person sets it up: the page's origin, and the credentials. */
async function desktopWorkflow(): Promise<WorkflowFile> {
	const workflow = await readWorkflow(DESKTOP_WORKFLOW);
	const nodes = workflow.nodes.map((node) => {
		const own = (node.parameters.options ?? {}) as object;
		if (node.name !== 'Sign In' && node.name !== 'Adapter Event') return node;
		const type = node.name === 'Sign In' ? 'httpBasicAuth' : 'contactCenterWebhookApi';
		const name = node.name === 'Sign In' ? 'Desktop login' : 'Desktop token';
		return {
			...node,
			parameters: { ...node.parameters, options: { ...own, allowedOrigins: desktop.origin } },
			credentials: { [type]: { id: null, name } },
		};
	});
	return { ...workflow, nodes };
}

beforeAll(async () => {
	[adapters, foreign] = [await startAdapters(), await startAdapters()];
	desktop = await startDesktop(() => settings);
	const [published] = await sandbox.stack.n8n.publish([await desktopWorkflow()]);
	workflowId = published?.id ?? '';
	const { baseUrl } = sandbox.stack.n8n;
	Object.assign(settings, {
		platform: adapters.origin,
		kustomer: `${sandbox.stack.kustomer.baseUrl}/app/customers/${jonas.id}`,
		signIn: `${baseUrl}/webhook/agent-desktop-sign-in`,
		events: `${baseUrl}/webhook/ccaip-agent-desktop`,
		recordHosts: [new URL(sandbox.stack.kustomer.baseUrl).host],
		adapters: ['call', 'chat'],
	});
	tab = await openTab();
	await tab.page.goto(`${desktop.origin}/index.html`);
}, BROWSER_TIMEOUT_MS);
afterAll(async () => {
	await tab?.close();
	await Promise.all([adapters?.close(), foreign?.close(), desktop?.close()]);
});

/** The frame of an adapter, once its page is there. */
async function adapter(type: 'call' | 'chat'): Promise<Frame> {
	return await waitFor(`the ${type} adapter`, async () => {
		const frame = tab.page.frame({ name: `${type}-adapter` });
		const isThere = await frame?.evaluate('typeof window.post').catch(() => undefined);
		return isThere === 'function' ? (frame ?? undefined) : undefined;
	});
}

/** Posts from a frame, as adapters do. */
async function post(frame: Frame, event: object): Promise<void> {
	await frame.evaluate((one) => (window as unknown as { post(event: object): void }).post(one), event);
}

/** What has arrived in n8n, by the bodies of the runs. */
async function arrived(): Promise<Array<Record<string, unknown>>> {
	const { api } = sandbox.stack;
	const runs = await api.executions({ workflowId });
	const all = await Promise.all(runs.map(async ({ id }) => await api.execution(id)));
	return all
		.reverse()
		.flatMap(({ nodes }) =>
			(nodes['Adapter Event']?.outputs[0] ?? []).map(
				({ raw }) => (raw as { body: Record<string, unknown> }).body,
			),
		);
}

const status = async () => await tab.page.getByRole('status').innerText();

/** Waits until the page has passed on all that adapters have told, and n8n is done with it. */
async function allPassedOn(): Promise<void> {
	await waitFor('all events to be passed on', async () => !(await status()).includes('waiting'));
	await sandbox.settled();
}

describe('the agent desktop', () => {
	it('U7: shows both adapters with what the platform asks for', async () => {
		for (const [type, width, height] of [
			['call', '290', '600'],
			['chat', '450', '590'],
		] as const) {
			const frame = tab.page.locator(`iframe[name="${type}-adapter"]`);
			expect(await frame.getAttribute('src')).toBe(`${adapters.origin}/agent/?type=${type}&from=custom`);
			expect(await frame.getAttribute('allow')).toBe('microphone; camera; geolocation');
			expect([await frame.getAttribute('width'), await frame.getAttribute('height')]).toEqual([
				width,
				height,
			]);
			await adapter(type);
		}
		expect(await status()).toContain('Not signed in');
	});

	it('U7: can be used with the keyboard, and says what everything is', async () => {
		const { page } = tab;
		const reached: string[] = [];
		for (let presses = 0; presses < 5; presses += 1) {
			await page.keyboard.press('Tab');
			reached.push(
				await page.evaluate('document.activeElement.textContent.trim() || document.activeElement.id'),
			);
		}
		expect(reached.slice(0, 4)).toEqual(['Skip to the record', 'user', 'password', 'Sign in']);
		for (const label of ['User', 'Password'])
			expect(await page.getByLabel(label, { exact: true }).count()).toBe(1);
		const titles = await page
			.locator('iframe')
			.evaluateAll((frames) => frames.map((frame) => frame.getAttribute('title')));
		expect(titles.every((title) => (title ?? '') !== '')).toBe(true);
	});

	it('X16: refuses a wrong password, and tells nothing of it to n8n’s trigger', async () => {
		const { page } = tab;
		await page.getByLabel('User').fill(LOGIN.user);
		await page.getByLabel('Password').fill('wrong');
		await page.keyboard.press('Enter');
		await page.getByText('User or password is not right.').waitFor();
		expect(await arrived()).toEqual([]);
	});

	it(
		'U7: passes every type of event on, once, with all of its fields, and opens the record',
		async () => {
			const { page } = tab;
			await page.getByLabel('User').fill(LOGIN.user);
			await page.getByLabel('Password').fill(LOGIN.password);
			await page.getByRole('button', { name: 'Sign in' }).click();
			await page.getByText('0 events passed on').waitFor();

			const recordUrl = `${sandbox.stack.kustomer.baseUrl}/app/customers/${jonas.id}`;
			const events = adapterEvents({ callId: 771001, chatId: 771002, agentEmail: ana.email, recordUrl });
			for (const { of, ...event } of events) {
				await post(await adapter(of === 'chat' ? 'chat' : 'call'), event);
				// What concerns both, both adapters tell.
				if (of === 'both') await post(await adapter('chat'), event);
			}
			// One after the other, so that their order stays: on a busy machine that takes a while.
			await page.getByText(`${events.length} events passed on`).waitFor({ timeout: BROWSER_TIMEOUT_MS / 2 });
			await sandbox.settled();
			const bodies = await arrived();
			const told = bodies.map(({ type, data }) => ({ type, data }));
			expect(told).toEqual(events.map(({ type, data }) => ({ type, data })));
			expect(new Set(bodies.map(({ eventId }) => eventId)).size).toBe(events.length);
			await page.frameLocator('#record-frame').getByRole('heading', { name: jonas.name }).waitFor();

			const sessions = [...sandbox.standIn.store.messages.values()]
				.map(({ externalId }) => externalId)
				.sort();
			expect(sessions).toEqual(['ccaip:call-771001', 'ccaip:chat-771002']);
			expect(tab.errors).toEqual([]);
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'X16: listens to nobody but the adapters',
		async () => {
			await allPassedOn();
			const before = (await arrived()).length;
			const event = { type: 'New_Call', data: { call_id: 666, agent_id: 1 } };
			const { page } = tab;
			// The page itself, the record's frame, and an adapter of another origin.
			await page.evaluate((one) => window.postMessage(JSON.stringify(one), '*'), event);
			const record = page.frame({ name: 'record' });
			await record?.evaluate((one) => window.parent.postMessage(JSON.stringify(one), '*'), event);
			await page.evaluate((origin) => {
				const frame = document.createElement('iframe');
				frame.name = 'foreign';
				frame.src = `${origin}/agent/?type=call&from=custom`;
				document.body.append(frame);
			}, foreign.origin);
			const other = await waitFor('the foreign frame', async () => {
				const frame = page.frame({ name: 'foreign' });
				const isThere = await frame?.evaluate('typeof window.post').catch(() => undefined);
				return isThere === 'function' ? (frame ?? undefined) : undefined;
			});
			await post(other, event);
			for (const posted of [
				'no JSON',
				'null',
				'[]',
				'{}',
				'7',
				JSON.stringify({ type: 5 }),
				'x'.repeat(200_000),
			]) {
				await (
					await adapter('call')
				).evaluate(
					(value) => (window as unknown as { postAsItIs(value: string): void }).postAsItIs(value),
					posted,
				);
			}
			await page.waitForTimeout(1500);
			await page.evaluate("document.querySelector('iframe[name=foreign]').remove()");
			await sandbox.settled();
			expect(await arrived()).toHaveLength(before);
		},
		BROWSER_TIMEOUT_MS,
	);

	it.each([
		'http://example.com/',
		'https://evil.example/',
		'javascript:alert(1)',
		'https://user:x@example.com/',
		'',
	])('X16: opens no record at %j', async (recordUrl) => {
		const before = tab.page.frame({ name: 'record' })?.url();
		await post(await adapter('call'), { type: 'CRM_Record_Pop', data: { recordUrl, call_id: 771001 } });
		await tab.page.getByText('A record was not opened').waitFor();
		expect(tab.page.frame({ name: 'record' })?.url()).toBe(before);
	});

	it('X16: a page of another origin, a token of another secret and no token are refused', async () => {
		const event = { type: 'New_Call', data: { call_id: 667, agent_id: 1 } };
		const ask = async (headers: Record<string, string>) => {
			const { status: code } = await axios.post(String(settings.events), event, {
				headers,
				validateStatus: () => true,
			});
			return code;
		};
		expect(await ask({ Origin: 'https://evil.example' })).toBe(403);
		expect(await ask({ Origin: desktop.origin })).toBe(401);
		expect(
			await ask({
				Authorization: 'Bearer aaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb',
			}),
		).toBe(401);
	});

	it.each([1280, 1920])(
		'U7: fits a screen of %d pixels',
		async (width) => {
			await tab.page.setViewportSize({ width, height: 1080 });
			await allPassedOn();
			const page = await tab.page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]');
			const [inside = 0, outside = 0] = page as number[];
			expect(inside).toBeLessThanOrEqual(outside);
			const record = await tab.page.locator('#record-frame').boundingBox();
			expect(record?.width).toBeGreaterThan(700);
			await tab.screenshot(`agent-desktop-${width}`);
		},
		BROWSER_TIMEOUT_MS,
	);
});
