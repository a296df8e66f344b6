/**
 * The built package, loaded into the execution engine of n8n 1.123 in the way in which n8n loads community packages.
 * The tests of `test/engine` run in that engine as well (jest.config.js); here stands what is about loading.
 */
import '../engine/engine-environment';

import { readFileSync } from 'node:fs';
import path from 'node:path';

import axios from 'axios';
import { PackageDirectoryLoader } from 'n8n-core';
import type {
	IConnections,
	ICredentialType,
	ILoadOptionsFunctions,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import type { WebhookCredential } from '../../lib/webhooks/authentication';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import {
	executeNode,
	executeWorkflow,
	loadOptionsContext,
	type EngineSetup,
} from '../engine/execute-harness';
import { locator, mapped } from '../engine/kustomer-setup';
import { startWebhookServer, webhookField, type WebhookSetup } from '../engine/webhook-harness';
import { signWebhook } from '../setup/sign-webhook';

const ROOT = path.resolve(__dirname, '../..');
const KUSTOMER = 'n8n-nodes-kustomer.kustomer';
const { jonas } = SANDBOX.customers;
const { ana } = SANDBOX.users;

let loader: PackageDirectoryLoader;
let standIn: KustomerStandIn;

beforeAll(async () => {
	loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
});
beforeEach(() => standIn.reset());
afterAll(async () => await standIn.close());

function loadedNode(name: string): INodeType {
	return loader.getNode(name).type as INodeType;
}

function loadedCredentials(): ICredentialType[] {
	return Object.values(loader.credentialTypes).map(({ type }) => type);
}

function setup(): EngineSetup {
	return {
		nodeTypes: { [KUSTOMER]: loadedNode('kustomer') },
		credentialTypes: loadedCredentials(),
		credentials: {
			kustomerApi: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url },
		},
	};
}

describe('what these tests run in', () => {
	it('is the engine of n8n 1.x', () => {
		for (const [name, version] of [
			['n8n-core', /^1\.122\./],
			['n8n-workflow', /^1\.120\./],
			['luxon', /^3\.4\./],
		] as const) {
			const [folder] = require.resolve(name).split(`${path.sep}${name}${path.sep}`);
			const manifest = readFileSync(path.join(folder ?? '', name, 'package.json'), 'utf8');
			expect((JSON.parse(manifest) as { version: string }).version).toMatch(version);
		}
	});

	it('is the built package', () => {
		expect(require.resolve('../../nodes/Kustomer/Kustomer.node')).toBe(
			path.join(ROOT, 'dist/nodes/Kustomer/Kustomer.node.js'),
		);
		expect(loadedNode('kustomer').constructor.name).toBe(Kustomer.name);
	});
});

describe('loading', () => {
	it('finds every node and credential that package.json names', () => {
		expect(loader.packageName).toBe('n8n-nodes-kustomer');
		expect(loader.types.nodes.map(({ name }) => name).sort()).toEqual([
			'babelforce',
			'ccaiPlatform',
			'contactCenterTrigger',
			'crmApiTrigger',
			'kustomer',
			'kustomerTrigger',
		]);
		expect(loader.types.credentials.map(({ name }) => name).sort()).toEqual([
			'agentLinkApi',
			'babelforceApi',
			'ccaiPlatformApi',
			'contactCenterWebhookApi',
			'kustomerApi',
			'kustomerOAuth2Api',
		]);
	});

	it('finds icons for light and dark, and the codex', () => {
		for (const { iconUrl, codex } of loader.types.nodes) {
			expect(iconUrl).toEqual({
				light: expect.stringMatching(/\.svg$/) as string,
				dark: expect.stringMatching(/\.dark\.svg$/) as string,
			});
			expect(codex?.categories).not.toHaveLength(0);
		}
	});

	it('leaves only what 1.x can store in the descriptions: no functions', () => {
		for (const { name } of loader.types.nodes) {
			const { description } = loadedNode(name);
			expect(JSON.parse(JSON.stringify(description))).toEqual(description);
		}
	});
});

describe('the Kustomer node', () => {
	it('B1, B3: finds, creates and updates in one workflow, with the key of the credential', async () => {
		const step = (name: string, parameters: INodeParameters): INode => ({
			id: name,
			name,
			type: KUSTOMER,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { kustomerApi: { id: '1', name: 'Kustomer' } },
		});
		const next = (node: string): IConnections[string] => ({ main: [[{ node, type: 'main', index: 0 }]] });
		const result = await executeWorkflow({
			...setup(),
			start: 'Find',
			items: [{ json: { from: jonas.phone, id: 'a:1' } }],
			workflow: {
				nodes: [
					step('Find', { resource: 'customer', operation: 'findOrCreate', phone: '={{ $json.from }}' }),
					step('Create', {
						resource: 'conversation',
						operation: 'create',
						customer: locator('id', '={{ $json.id }}'),
						externalId: 'a:1',
						customAttributes: mapped({ callDurationNum: '12', callStartedAt: '={{ $now }}' }),
					}),
					step('Update', {
						resource: 'conversation',
						operation: 'update',
						conversation: locator('externalId', "={{ $('Create').item.json.externalId }}"),
						agentChange: 'replace',
						agent: locator('id', ana.id),
						note: "={{ 'Answered, ' + $('Find').item.json.name }}",
					}),
				],
				connections: { Find: next('Create'), Create: next('Update') },
			},
		});
		expect(result.error).toBeUndefined();
		expect(result.outputOf('Find')[0]?.[0]?.json).toMatchObject({ outcome: 'found', id: jonas.id });
		expect(result.outputOf('Create')[0]?.[0]?.json).toMatchObject({
			created: true,
			custom: { callDurationNum: 12 },
		});
		expect(result.outputOf('Update')[0]?.[0]).toMatchObject({
			json: { externalId: 'a:1', assignedUsers: [ana.id] },
			pairedItem: { item: 0 },
		});
		const notes = [...standIn.store.notes.values()].map(({ body }) => body);
		expect(notes).toContain(`Answered, ${jonas.name}`);
		const keys = new Set(standIn.requests.map(({ keyName }) => keyName));
		expect([...keys]).toEqual([expect.stringMatching(/./)]);
	});

	it('sends an item that failed to the error output, with the incoming fields', async () => {
		const result = await executeNode({
			...setup(),
			type: KUSTOMER,
			parameters: {
				resource: 'conversation',
				operation: 'update',
				conversation: locator('externalId', 'a:none'),
				updateFields: { priority: 1 },
			},
			items: [{ json: { callId: 'none' } }],
			onError: 'continueErrorOutput',
		});
		expect(result.items).toEqual([]);
		expect(result.errorItems).toHaveLength(1);
		expect(result.errorItems[0]?.json).toMatchObject({
			callId: 'none',
			error: { httpCode: '404', kind: 'notFound' },
		});
	});

	it('goes on without a conversation when told to', async () => {
		const result = await executeNode({
			...setup(),
			type: KUSTOMER,
			parameters: {
				resource: 'conversation',
				operation: 'update',
				conversation: locator('externalId', 'a:none'),
				updateFields: { priority: 1 },
				options: { notFound: 'goOn' },
			},
		});
		expect(result.error).toBeUndefined();
		expect(result.items[0]?.json).toMatchObject({ found: false });
	});

	it('fills the lists of the editor', async () => {
		const context = loadOptionsContext({ ...setup(), type: KUSTOMER, parameters: {} });
		const search = loadedNode('kustomer').methods?.listSearch?.searchCustomers as (
			this: ILoadOptionsFunctions,
			filter?: string,
		) => Promise<INodeListSearchResult>;
		const { results } = await search.call(context, 'Jonas');
		expect(results.map(({ value }) => value)).toEqual([jonas.id]);
	});
});

describe('the Contact Center Trigger', () => {
	const credential: WebhookCredential = {
		method: 'basicAuth',
		user: 'babelforce',
		password: 'correct horse',
	};
	const body = JSON.stringify({
		event: 'call.inbound',
		call: { id: '7c3f00aa11224b339c44d55ee66ff770', type: 'inbound', from: '+493012345678' },
	});
	const trigger = (parameters: INodeParameters = {}): WebhookSetup => ({
		nodeType: loadedNode('contactCenterTrigger'),
		parameters,
		credentials: { contactCenterWebhookApi: { ...credential } as Record<string, string> },
	});

	it.each([
		['accepts', 'the right secret', credential, 200, true],
		['refuses', 'a wrong secret', { ...credential, password: 'wrong' }, 401, false],
	])('%s a webhook with %s', async (_verb, _secret, presented, status, started) => {
		const server = await startWebhookServer(trigger());
		const answer = await axios
			.post(server.url, body, {
				headers: { 'Content-Type': 'application/json', ...signWebhook(body, presented) },
				proxy: false,
				validateStatus: () => true,
			})
			.finally(server.close);
		expect(answer.status).toBe(status);
		expect(server.runs[0]?.started).toBe(started);
		expect(server.runs[0]?.outputs.flat()).toHaveLength(started ? 1 : 0);
	});

	it('B6: tells n8n by expressions when and what to answer', () => {
		for (const method of ['GET', 'POST'] as const) {
			expect(webhookField(trigger({ path: 'calls/eu' }), method, 'path')).toBe('calls/eu');
			expect(webhookField(trigger(), method, 'responseMode')).toBe('onReceived');
			expect(webhookField(trigger({ respond: 'whenFinished' }), method, 'responseMode')).toBe('lastNode');
			expect(webhookField(trigger({ respond: 'whenFinished' }), method, 'responseData')).toBe(
				'firstEntryJson',
			);
		}
	});
});
