import { chromium, type Browser, type Page } from 'playwright-core';
import { ASSUMPTIONS, SANDBOX, type Choice } from '../../../sandbox/kustomer';
import { words } from '../../setup/words';
import { programPath } from '../../../tools/programs';
import { dataOf, start, type Harness } from './harness';

const HOSTILE = '<img src=x onerror="window.attacked = true"><script>window.attacked = true</script>';
const { jonas, maria } = SANDBOX.customers;

let harness: Harness;
let calls: Array<Record<string, string>>;
let scenarios: Choice[] = [];
beforeAll(async () => {
	harness = await start({
		rateLimitPerMinute: 0,
		placeCall: async (form) => {
			calls.push(form);
			if (form.from === 'throw') throw new Error('The line is dead.');
			return Promise.resolve({ ok: form.from !== 'refuse', message: `Called from ${form.from}` });
		},
		callForm: {
			to: [{ value: '+493023125000', label: 'Service line' }],
			get scenarios() {
				return scenarios;
			},
		},
	});
});
beforeEach(() => {
	calls = [];
	scenarios = [
		{ value: 'answered', label: 'Answered', group: 'babelforce' },
		{ value: 'abandoned', label: 'Abandoned', group: 'babelforce' },
	];
	harness.standIn.reset();
});
afterAll(() => harness.close());

describe('what the page is made of', () => {
	it.each([
		['/', 'text/html'],
		['/style.css', 'text/css'],
		['/app.js', 'text/javascript'],
		['/favicon.svg', 'image/svg+xml'],
	])('serves %s with a policy that allows nothing from outside', async (path, type) => {
		const { status, headers, data } = await harness.as(undefined).get<string>(path, { responseType: 'text' });
		expect(status).toBe(200);
		expect(headers['content-type']).toContain(type);
		expect(headers['content-security-policy']).toContain("default-src 'self'");
		expect(data.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\/[a-z]/);
	});

	it('shows no keys and no bodies in its data', async () => {
		await harness.http.post('/v1/conversations', { customer: jonas.id, name: 'secret-name-of-body' });
		const { data } = await harness.as(undefined).get<string>('/sandbox/state', { responseType: 'text' });
		expect(data).not.toContain(harness.standIn.apiKey);
		expect(data).not.toContain('secret-name-of-body');
		expect(data).toContain('"requestCount":1');
	});

	it('gives names instead of ids and attributes under their display names', async () => {
		await harness.http.post('/v1/conversations', {
			customer: jonas.id,
			tags: ['Voice'],
			assignedUsers: [SANDBOX.users.ana.id],
			custom: { callIdStr: '1' },
		});
		const { data } = await harness.as(undefined).get(`/sandbox/customers/${jonas.id}`);
		expect(data).toMatchObject({
			name: jonas.name,
			conversations: [
				{
					tags: ['Voice'],
					users: ['Ana Reis'],
					attributes: [{ name: 'callIdStr', label: 'Call ID', value: '1' }],
				},
			],
		});
		expect((await harness.as(undefined).get('/sandbox/customers/nobody')).status).toBe(404);
	});

	it('places calls as JSON and as a form, and passes failures on', async () => {
		const send = (body: unknown) => harness.as(undefined).post('/sandbox/calls', body);
		expect((await send({ from: '1', to: '2', agent: 'a', scenario: 'answered' })).data).toEqual({
			ok: true,
			message: 'Called from 1',
		});
		await send(new URLSearchParams({ from: '3' }));
		expect(calls).toEqual([{ from: '1', to: '2', agent: 'a', scenario: 'answered' }, { from: '3' }]);
		const failed = await send({ from: 'throw' });
		expect([failed.status, failed.data]).toEqual([500, { ok: false, message: 'The line is dead.' }]);
	});

	it('places none without someone who does', async () => {
		const silent = await start();
		expect((await silent.as(undefined).post('/sandbox/calls', {})).status).toBe(404);
		expect(
			(await silent.as(undefined).get<{ callForm: unknown }>('/sandbox/state')).data.callForm,
		).toBeNull();
		await silent.close();
	});
});

describe('in a browser', () => {
	let browser: Browser;
	let page: Page;
	let problems: string[];
	beforeAll(async () => {
		browser = await chromium.launch({
			executablePath: programPath('browser'),
			args: words(`
				--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
				--disable-component-update --disable-sync
			`),
		});
	});
	afterAll(() => browser.close());
	beforeEach(async () => {
		page = await browser.newPage();
		problems = [];
		page.on('pageerror', (error) => problems.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') problems.push(message.text());
		});
		await page.goto(harness.standIn.url);
		await page.getByText('Live', { exact: true }).waitFor();
	});
	afterEach(async () => {
		await page.close();
		expect(problems).toEqual([]);
	});

	it('shows a call arrive, be answered, and its requests, without a reload', async () => {
		const created = await harness.http.post('/v1/conversations', {
			customer: jonas.id,
			name: 'Inbound call',
			tags: ['Voice Inbound - IVR'],
			priority: 3,
			custom: { callIdStr: '7c3f00aa', vipBool: true },
		});
		const id = dataOf(created).id;
		const conversation = page.getByRole('article', { name: 'Inbound call' });
		await conversation.waitFor();
		await page.getByRole('heading', { name: jonas.name }).waitFor();
		await conversation.getByText('Voice Inbound - IVR').waitFor();
		await conversation.getByText('nobody').waitFor();
		expect(await conversation.getByText('Call ID').count()).toBe(1);

		await harness.http.post(`/v1/conversations/${id}/notes`, { body: 'Answered by Ana Reis' });
		await harness.http.patch(`/v1/conversations/${id}`, {
			assignedUsers: [SANDBOX.users.ana.id],
			status: 'done',
		});
		const note = conversation.locator('.entry.note');
		await note.getByText('Answered by Ana Reis').waitFor();
		await conversation.getByText('Ana Reis', { exact: true }).waitFor();
		await conversation.locator('.status.done.changed').waitFor();
		expect(await conversation.locator('h3.changed').count()).toBe(0);

		await page.getByRole('row', { name: /PATCH .* 200/ }).waitFor();
		expect(await page.locator('#request-count').textContent()).toBe('3');
	});

	it('C22: shows the session fields of a message as additional information', async () => {
		await harness.http.put('/v1/metadata/message', {
			properties: { csatRatingNum: { displayName: 'CSAT Rating' }, emailUsingInWebBool: {} },
		});
		const { id } = dataOf(await harness.http.post('/v1/conversations', { customer: jonas.id, name: 'Call' }));
		const voice = { channel: 'voice', app: 'contact-center', direction: 'in' };
		const logged = await harness.http.post(`/v1/conversations/${id}/messages`, {
			...voice,
			preview: 'Voice call',
			custom: { queueNameStr: 'Orders', callDurationNum: 95 },
		});
		await harness.http.post(`/v1/conversations/${id}/messages`, { ...voice, preview: 'Without fields' });
		const message = page.getByRole('listitem').filter({ hasText: 'Voice call' });
		const additional = message.getByRole('region', { name: 'Additional information' });
		await additional.getByText('Queue Name').waitFor();
		expect((await additional.innerText()).split('\n').filter((line) => line !== '')).toEqual([
			'Additional information',
			'Queue Name',
			'Orders',
			'Call Duration',
			'95',
		]);
		const other = page.getByRole('listitem').filter({ hasText: 'Without fields' });
		await other.waitFor();
		expect(await other.getByText('Additional information').count()).toBe(0);

		await harness.http.patch(`/v1/messages/${dataOf(logged).id}`, {
			custom: { csatRatingNum: 5, emailUsingInWebBool: true },
		});
		await additional.getByText('CSAT Rating').waitFor();
		expect(await additional.innerText()).toMatch(/Email Using In Web\s+Yes/);
	});

	it('puts the scenarios of several platforms under headings, and learns of new ones', async () => {
		scenarios.push({ value: 'ccaip:voicemail', label: 'Voicemail', group: 'CCAI Platform' });
		await page.locator('select[name=scenario]').selectOption('abandoned');
		await harness.http.post('/v1/customers', { name: 'Somebody' });
		await page.locator('optgroup[label="CCAI Platform"] option').waitFor({ state: 'attached' });
		expect(await page.locator('select[name=scenario]').inputValue()).toBe('abandoned');
		await page.locator('select[name=scenario]').selectOption({ label: 'Voicemail' });
		await page.getByRole('button', { name: 'Place call' }).click();
		await page.getByText('Called from').waitFor();
		expect(calls).toMatchObject([{ scenario: 'ccaip:voicemail' }]);
	});

	it('follows activity only when asked to', async () => {
		await page.getByRole('button', { name: maria.name }).click();
		await page.getByRole('heading', { name: maria.name }).waitFor();
		await page.getByLabel('Follow activity').uncheck();
		await harness.http.post('/v1/conversations', { customer: jonas.id, name: 'Inbound call' });
		await page.getByRole('row', { name: /POST/ }).waitFor();
		await page.getByRole('button', { name: `${jonas.name} ${jonas.phone} 1 open` }).waitFor();
		expect(await page.getByRole('heading', { name: maria.name }).count()).toBe(1);
	});

	it('shows hostile texts as text', async () => {
		await harness.http.put('/v1/metadata/conversation', {
			properties: { hostileStr: { displayName: HOSTILE } },
		});
		const customer = dataOf(
			await harness.http.post('/v1/customers', { name: HOSTILE, externalId: HOSTILE }),
		).id;
		const created = await harness.http.post('/v1/conversations', {
			customer,
			name: HOSTILE,
			custom: { hostileStr: HOSTILE, recordingUrl: 'javascript:attacked=true' },
		});
		const id = dataOf(created).id;
		await harness.http.post(`/v1/conversations/${id}/notes`, { body: HOSTILE });
		await harness.http.post(`/v1/conversations/${id}/messages`, {
			channel: 'chat',
			app: 'a',
			subject: HOSTILE,
			preview: HOSTILE,
		});
		await harness.http.get(`/v1/customers/externalId=${encodeURIComponent(HOSTILE)}`);
		await page.locator('.entry.note').getByText(HOSTILE).waitFor();
		await page.locator('.entry.in').getByText(HOSTILE).first().waitFor();
		await page.getByRole('heading', { name: HOSTILE }).first().waitFor();
		await page.getByText('javascript:attacked=true').waitFor();
		expect(await page.locator('img, main script').count()).toBe(0);
		expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
		expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
	});

	it('places a call from the form and says what came of it', async () => {
		await page.getByLabel('From number').fill('+12125550187');
		await page.locator('select[name=agent]').selectOption({ label: 'Ben Okafor' });
		await page.getByRole('button', { name: 'Place call' }).click();
		await page.getByText('Called from +12125550187').waitFor();
		expect(calls).toEqual([
			{ from: '+12125550187', to: '+493023125000', agent: SANDBOX.users.ben.id, scenario: 'answered' },
		]);
		await page.getByLabel('From number').fill('refuse');
		await page.getByRole('button', { name: 'Place call' }).click();
		await page.locator('.call-result.failed').getByText('Called from refuse').waitFor();
	});

	it('lists every assumption', async () => {
		await page.getByText('Assumptions').click();
		await page.getByText(ASSUMPTIONS[0]!.assumes).waitFor();
		expect(await page.locator('#assumptions dt').allTextContents()).toEqual(ASSUMPTIONS.map(({ id }) => id));
	});

	it('finds customers, and names every field', async () => {
		await page.getByLabel('Find a customer').fill('harb');
		expect(await page.locator('.customers .who').allTextContents()).toEqual(
			expect.arrayContaining([SANDBOX.customers.harbourDesk.name, SANDBOX.customers.harbourOffice.name]),
		);
		expect(await page.locator('.customers .who').count()).toBe(2);
		const unnamed = await page.evaluate(() =>
			[...document.querySelectorAll('input, select, button')]
				.filter((one) => {
					const labels = (one as HTMLInputElement).labels?.length ?? 0;
					return labels === 0 && one.getAttribute('aria-label') === null && one.textContent.trim() === '';
				})
				.map((one) => one.outerHTML),
		);
		expect(unnamed).toEqual([]);
	});

	it('starts over when the sandbox is reset', async () => {
		await harness.http.post('/v1/customers', { name: 'Gone soon' });
		await page.getByRole('button', { name: 'Gone soon' }).waitFor();
		harness.standIn.reset();
		await page.getByRole('button', { name: 'Gone soon' }).waitFor({ state: 'detached' });
		expect(await page.locator('.customers .who').count()).toBe(5);
	});

	it.each([
		['a phone', 390, 844],
		['a tablet', 820, 1180],
		['a desk', 1440, 900],
	])('fits %s without scrolling sideways', async (_name, width, height) => {
		await harness.http.post('/v1/conversations', {
			customer: jonas.id,
			name: 'w'.repeat(200),
			tags: ['T'.repeat(64)],
		});
		await page.getByText('w'.repeat(200)).waitFor();
		await page.setViewportSize({ width, height });
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
		);
		expect(overflow).toBe(0);
	});
});
