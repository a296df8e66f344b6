/**
 * The first hour of somebody who runs a contact center and does not program: a plain n8n, everything in the editor by hand,
 * to the first call in Kustomer. What has to be clicked and filled in is counted, and stands on the page docs/first-hour.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { sessionExternalId } from '../../lib/domain/external-id';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { OWNER, PROJECT_ROOT, startN8n, type RunningN8n } from '../../sandbox/launcher';
import { readCall } from '../../sandbox/launcher/call-report';
import { AGENTS, COMPANY_NUMBER } from '../../sandbox/launcher/stack';
import { placeInboundCall } from '../../sandbox/telephony';

import { openTab, type Tab } from './harness/browser';
import { waitFor } from './harness/wait';
import { Walk } from './harness/walk';

const BROWSER_TIMEOUT_MS = 120_000;
const PAGE = join(PROJECT_ROOT, 'docs', 'first-hour.md');
const SECRET = 'not-a-secret-in-this-picture';
/** Where the page has the table. */
const TABLE =
	/(<!-- walk: written by test\/e2e\/first-hour\.test\.ts -->\n\n)([\s\S]*?)(\n\n<!-- end of walk -->)/;

let n8n: RunningN8n;
let kustomer: KustomerStandIn;
let files: Server;
let tab: Tab;
const walk = new Walk();

/** Serves the workflow files as the page's address does. */
async function serveWorkflows(): Promise<Server> {
	const server = createServer((request, response) => {
		const name = /\/([a-z-]+\.json)$/.exec(request.url ?? '')?.[1] ?? '';
		response.setHeader('content-type', 'application/json');
		response.end(readFileSync(join(PROJECT_ROOT, 'dist', 'workflows', name)));
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return server;
}

beforeAll(async () => {
	[kustomer, files] = await Promise.all([startKustomerStandIn(), serveWorkflows()]);
	n8n = await startN8n({
		packageFolder: PROJECT_ROOT,
		editor: true,
		// Nobody is its owner yet.
		env: { N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'false' },
	});
	tab = await openTab();
}, 2 * BROWSER_TIMEOUT_MS);

afterAll(async () => {
	await tab.close();
	await n8n.stop();
	await kustomer.close();
	files.closeAllConnections();
	await new Promise((closed) => files.close(closed));
}, BROWSER_TIMEOUT_MS);

const part = (id: string) => tab.page.getByTestId(id);
/** A field by its own id, or by that of what it stands in. */
const input = (id: string) =>
	part(id)
		.locator('input')
		.or(tab.page.locator(`input[data-test-id="${id}"]`))
		.first();
const panel = () => part('ndv');
const step = (name: string) =>
	tab.page
		.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`)
		.locator('[data-test-id="canvas-default-node"], [data-test-id="canvas-trigger-node"]');

async function openStep(name: string): Promise<void> {
	await walk.doubleClick(`step **${name}**`, step(name));
	await panel().getByTestId('node-parameters').waitFor();
}

async function closeStep(): Promise<void> {
	await walk.click('close the step', part('ndv-close-button'));
	await panel().waitFor({ state: 'hidden' });
}

/** A field of the open credential. */
const credentialField = (name: string) =>
	part('credential-edit-dialog').getByTestId(`parameter-input-${name}`).locator('input').first();

/** What the trigger's panel says of its credential, once it is loaded. */
async function shownMethod(): Promise<string> {
	const line = panel().getByTestId('parameter-input-credentialInUse').locator('input').first();
	return await waitFor('the method of the credential', async () => {
		const value = await line.inputValue();
		return value === '' || value.startsWith('Loading') ? undefined : value;
	});
}

const walks = (title: string, way: () => Promise<void>) => {
	it(
		`B6: ${title}`,
		async () => {
			walk.begin(title);
			await way();
		},
		BROWSER_TIMEOUT_MS,
	);
};

describe('the first hour in a plain n8n', () => {
	walks('Create the owner of n8n', async () => {
		await tab.page.goto(n8n.baseUrl);
		const form = (name: string) =>
			part(name)
				.locator('input')
				.or(tab.page.locator(`input[name="${name}"]`))
				.first();
		await walk.fill('email', form('email'), OWNER.email);
		await walk.fill('first name', form('firstName'), OWNER.firstName);
		await walk.fill('last name', form('lastName'), OWNER.lastName);
		await walk.fill('password', form('password'), OWNER.password);
		await tab.screenshot('first-hour-owner', part('setup-form').or(part('auth-form')).first());
		await walk.click('**Next**', part('form-submit-button'));
		await part('new-workflow-card').waitFor();
	});

	walks('Install the package', async () => {
		await walk.click('**Settings**', part('main-sidebar-settings'));
		await walk.click('**Community nodes**', part('settings-community-nodes'));
		await walk.click(
			'**Install a community node**',
			tab.page.getByRole('button', { name: /Install a community/ }),
		);
		await walk.fill('package name', input('package-name-input'), 'n8n-nodes-kustomer');
		await walk.click('the box', part('user-agreement-checkbox'));
		await tab.screenshot('first-hour-install', part('communityPackageInstall-modal'));
		// The package is there already, installed as n8n installs it: the button would ask the registry.
		walk.told('**Install**');
		await tab.page.keyboard.press('Escape');
		await walk.click('back', part('settings-back'));
	});

	walks('Import the workflow', async () => {
		await walk.click('**Start from scratch**', part('new-workflow-card'));
		await walk.click('**...**', part('workflow-menu'));
		await walk.click('**Import**', part('workflow-menu-item-import'));
		await walk.click('**From URL**', part('workflow-menu-item-import-from-url'));
		const address = `http://127.0.0.1:${(files.address() as AddressInfo).port}/n8n-nodes-kustomer/dist/workflows/babelforce-inbound-call.json`;
		await walk.fill('the address', input('workflow-url-import-input'), address);
		await walk.click('**Import**', part('confirm-workflow-import-url-button'));
		await step('Call Event').waitFor();
		await part('importWorkflowUrl-modal').waitFor({ state: 'hidden' });
	});

	walks('Kustomer: enter the key', async () => {
		await openStep('Find or Create Customer');
		await walk.click(
			'**Connect to Kustomer**',
			panel().getByTestId('node-credentials-empty-state').getByRole('button'),
		);
		await walk.fill('**Organization**', credentialField('organization'), SANDBOX.organization);
		await walk.fill('**API Key**', credentialField('apiKey'), kustomer.apiKey);
		// Only here, where Kustomer is a stand-in: nobody fills it in.
		await credentialField('baseUrl').fill(kustomer.url);
		await walk.click('**Save**', part('credential-save-button'));
		// It closes by itself when the test of the credential was good.
		await part('credential-edit-dialog').waitFor({ state: 'hidden' });
		await closeStep();
		// n8n chooses it in the other steps.
		for (const name of ['Create Conversation', 'Update Conversation']) {
			expect(await step(name).getByTestId('node-issues').count()).toBe(0);
		}
	});

	walks('babelforce: make a secret', async () => {
		await openStep('Call Event');
		await walk.click('**Connect**', panel().getByTestId('node-credentials-empty-state').getByRole('button'));
		await walk.click('**Method**', part('credential-edit-dialog').getByTestId('parameter-input-method'));
		await walk.click(
			'**Secret Header**',
			tab.page.locator('.el-select-dropdown__item:visible', { hasText: 'Secret Header' }),
		);
		await walk.fill('**Header Value**', credentialField('headerValue'), SECRET);
		await tab.screenshot('first-hour-secret', part('editCredential-modal'));
		await walk.click('**Save**', part('credential-save-button'));
		await part('credential-edit-dialog').waitFor({ state: 'hidden' });
		expect(await shownMethod()).toBe('Secret Header (X-Webhook-Token)');
		await tab.page.getByText('Credential successfully created').waitFor({ state: 'hidden' });
		await tab.screenshot('first-hour-trigger', panel());
		await closeStep();
	});

	walks('Choose who gets calls of unknown agents', async () => {
		await openStep('Update Conversation');
		const user = panel()
			.getByTestId('parameter-input-fallbackAgent')
			.or(panel().getByTestId('resource-locator-fallbackAgent'))
			.first();
		await walk.click('**Fallback User**', user.getByTestId('rlc-input'));
		await walk.click('a name', part('rlc-item').filter({ hasText: SANDBOX.users.duty.name }).first());
		await tab.screenshot('first-hour-fallback-user', panel());
		await closeStep();
	});

	walks('Publish', async () => {
		await walk.click('**Publish**', part('workflow-open-publish-modal-button'));
		await tab.screenshot('first-hour-publish');
		await walk.click('**Publish**', part('workflow-publish-button'));
		await part('workflow-publish-button').waitFor({ state: 'hidden' });
		await walk.click('**Got it**', tab.page.getByRole('button', { name: 'Got it' }));
	});

	walks('Copy the address for babelforce', async () => {
		await openStep('Call Event');
		await walk.click('**Webhook URLs**', panel().getByText('Webhook URLs'));
		await walk.click('**Production URL**', panel().getByText('Production URL', { exact: true }));
		const address = panel().getByText(n8n.webhookUrl('babelforce-calls'));
		await tab.screenshot('first-hour-address', panel());
		await walk.click('the address', address);
		await closeStep();
	});

	walks('Call, and look', async () => {
		const { call } = await placeInboundCall({
			webhookUrl: n8n.webhookUrl('babelforce-calls'),
			credential: { method: 'header', headerName: 'X-Webhook-Token', headerValue: SECRET },
			from: SANDBOX.unknownCaller,
			to: COMPANY_NUMBER,
			agent: AGENTS[0],
			queue: SANDBOX.queues.voice,
			beforeStep: async () => await n8n.idle(),
		});
		const target = { organization: SANDBOX.organization, apiKey: kustomer.apiKey, baseUrl: kustomer.url };
		const found = await waitFor('the conversation to be assigned', async () => {
			const read = await readCall(target, sessionExternalId({ source: 'babelforce', id: call.id }));
			return read !== undefined && read.assignees.length > 0 ? read : undefined;
		});
		expect(found.conversation.name).toBe(`Inbound call from ${SANDBOX.unknownCaller}`);
		await walk.click('**Executions**', part('radio-button-executions'));
		await tab.page.getByText('Succeeded').nth(1).waitFor();
		await tab.screenshot('first-hour-executions');
		await tab.page.goto(kustomer.url);
		await tab.page.getByText(`Inbound call from ${SANDBOX.unknownCaller}`).first().waitFor();
		await tab.screenshot('first-hour-kustomer');
		expect(tab.errors).toEqual([]);
	});

	it('B6: is written down, click by click, on the page for people', () => {
		const page = readFileSync(PAGE, 'utf8');
		if (process.env.UPDATE_SCREENSHOTS === '1') {
			writeFileSync(
				PAGE,
				page.replace(TABLE, (_, begin: string, _old, end: string) => begin + walk.table() + end),
			);
		}
		const plain = (markdown: string) => markdown.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
		expect(plain(TABLE.exec(readFileSync(PAGE, 'utf8'))?.[2] ?? '')).toBe(plain(walk.table()));
	});
});
