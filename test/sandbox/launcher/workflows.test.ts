import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ImportedWorkflows } from '../../../sandbox/launcher/imported-workflows';
import {
	chooseCredentials,
	chooseWorkflows,
	CREDENTIAL_NAMES,
	missingCredentials,
	readWorkflow,
	workflowFiles,
	type NodeTypeDescription,
	type WorkflowFile,
	type WorkflowNode,
} from '../../../sandbox/launcher/workflows';

const KEY = { id: 'k1', name: 'Kustomer', type: 'kustomerApi' };
const OTHER_KEY = { id: 'k2', name: 'Kustomer test', type: 'kustomerApi' };
const OAUTH = { id: 'o1', name: 'Kustomer OAuth', type: 'kustomerOAuth2Api' };

const NODE_TYPE: NodeTypeDescription = {
	name: 'pkg.kustomer',
	version: [1, 1.1],
	properties: [{ name: 'authentication', default: 'apiKey' }],
	credentials: [
		{ name: 'kustomerApi', required: true, displayOptions: { show: { authentication: ['apiKey'] } } },
		{ name: 'kustomerOAuth2Api', required: true, displayOptions: { show: { authentication: ['oAuth2'] } } },
	],
};

function workflowOf(node: Partial<WorkflowNode>): WorkflowFile {
	return {
		name: 'Test',
		nodes: [{ name: 'Node', type: 'pkg.kustomer', typeVersion: 1, parameters: {}, ...node }],
		connections: {},
	};
}

describe('chooseCredentials', () => {
	const chosen = (node: Partial<WorkflowNode>, credentials = [KEY, OTHER_KEY, OAUTH], types = [NODE_TYPE]) =>
		chooseCredentials(workflowOf(node), credentials, types).nodes[0]?.credentials;

	it('B6: fills in what the node asks for by its default parameters', () => {
		expect(chosen({})).toEqual({ kustomerApi: { id: 'k1', name: 'Kustomer' } });
	});

	it('B6: follows the parameters of the node', () => {
		expect(chosen({ parameters: { authentication: 'oAuth2' } })).toEqual({
			kustomerOAuth2Api: { id: 'o1', name: 'Kustomer OAuth' },
		});
	});

	it('prefers the credential of the name that stands in the file', () => {
		expect(chosen({ credentials: { kustomerApi: { name: 'Kustomer test' } } })).toEqual({
			kustomerApi: { id: 'k2', name: 'Kustomer test' },
		});
	});

	it('takes another one of the type when there is none of that name', () => {
		expect(chosen({ credentials: { kustomerApi: { id: 'old', name: 'Somebody else' } } })).toEqual({
			kustomerApi: { id: 'k1', name: 'Kustomer' },
		});
	});

	it('leaves a node alone whose credential does not exist, and nodes of unknown types', () => {
		expect(chosen({}, [OAUTH])).toBeUndefined();
		expect(chosen({ type: 'pkg.unknown' })).toBeUndefined();
	});

	it('does not change the workflow that it was given', () => {
		const workflow = workflowOf({});
		chooseCredentials(workflow, [KEY], [NODE_TYPE]);
		expect(workflow.nodes[0]?.credentials).toBeUndefined();
	});
});

describe('credentials of webhooks', () => {
	const webhook = (id: string, name: string) => ({ id, name, type: 'contactCenterWebhookApi' });
	// n8n lists them in any order.
	const stored = [webhook('w2', CREDENTIAL_NAMES.ccaipWebhook), webhook('w1', CREDENTIAL_NAMES.webhook)];
	const trigger: NodeTypeDescription = {
		name: 'pkg.trigger',
		version: 2,
		properties: [{ name: 'platform', default: 'babelforce' }],
		credentials: [{ name: 'contactCenterWebhookApi', required: true }],
	};
	const chosen = (node: Partial<WorkflowNode>, credentials = stored) =>
		chooseCredentials(workflowOf({ type: 'pkg.trigger', typeVersion: 2, ...node }), credentials, [trigger])
			.nodes[0]?.credentials?.contactCenterWebhookApi?.id;

	it.each([
		['babelforce, by default', {}, 'w1'],
		['babelforce', { platform: 'babelforce' }, 'w1'],
		['CCAI Platform', { platform: 'ccaip' }, 'w2'],
		['any other platform', { platform: 'generic' }, 'w1'],
	])('B6, G2: %s gets its own', (_name, parameters, id) => {
		expect(chosen({ parameters })).toBe(id);
		expect(chosen({ parameters }, [...stored].reverse())).toBe(id);
	});

	it('the name in the file comes first, and the only one serves every platform', () => {
		const credentials = { contactCenterWebhookApi: { name: CREDENTIAL_NAMES.webhook } };
		expect(chosen({ parameters: { platform: 'ccaip' }, credentials })).toBe('w1');
		expect(chosen({ parameters: { platform: 'ccaip' } }, stored.slice(1))).toBe('w1');
	});
});

describe('missingCredentials', () => {
	const optional: NodeTypeDescription = {
		name: 'pkg.optional',
		version: 1,
		credentials: [{ name: 'niceToHaveApi' }],
	};
	const missing = (node: Partial<WorkflowNode>, credentials = [KEY]) =>
		missingCredentials(workflowOf(node), credentials, [NODE_TYPE, optional]);

	it('names what a node asks for and n8n does not have', () => {
		expect(missing({})).toEqual([]);
		expect(missing({ parameters: { authentication: 'oAuth2' } })).toEqual(['kustomerOAuth2Api']);
		expect(missing({}, [])).toEqual(['kustomerApi']);
	});

	it('names what the file asks for, also for nodes of unknown types', () => {
		const credentials = { googleCloudApi: { name: 'Storage' } };
		expect(missing({ type: 'pkg.unknown', credentials })).toEqual(['googleCloudApi']);
	});

	it('does not ask for what a node can do without, nor for disabled nodes', () => {
		expect(missing({ type: 'pkg.optional' })).toEqual([]);
		expect(missing({ disabled: true }, [])).toEqual([]);
	});

	it('names each type once', () => {
		const { nodes, ...rest } = workflowOf({});
		const workflow = { ...rest, nodes: [...nodes, ...nodes] };
		expect(missingCredentials(workflow, [], [NODE_TYPE])).toEqual(['kustomerApi']);
	});
});

describe('workflow files', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'workflows-'));
	});
	afterEach(async () => {
		await rm(folder, { recursive: true });
	});

	it('are found in the order of their names', async () => {
		for (const name of ['b.json', 'a.json', 'read.me']) await writeFile(join(folder, name), '{}');
		expect(await workflowFiles(folder)).toEqual([join(folder, 'a.json'), join(folder, 'b.json')]);
		expect(await workflowFiles(join(folder, 'none'))).toEqual([]);
	});

	it.each([
		['not JSON', 'no', 'is not JSON'],
		['no workflow', '{"nodes": {}}', 'is no workflow'],
	])('that are %s are refused with their name', async (_what, text, message) => {
		const file = join(folder, 'broken.json');
		await writeFile(file, text);
		await expect(readWorkflow(file)).rejects.toThrow(message);
		await expect(readWorkflow(file)).rejects.toThrow('broken.json');
	});

	it('that do not exist are named', async () => {
		await expect(readWorkflow(join(folder, 'none.json'))).rejects.toThrow('none.json does not exist');
	});

	it('are imported again only when their content has changed', async () => {
		const imported = new ImportedWorkflows(folder);
		const workflow = workflowOf({});
		const existing = [{ id: 'w1', name: 'Test' }];
		expect(await imported.idOf(workflow, existing)).toBeUndefined();
		await imported.note(workflow);
		expect(await imported.idOf(workflow, existing)).toBe('w1');
		expect(await imported.idOf(workflow, [])).toBeUndefined();
		expect(await imported.idOf(workflowOf({ parameters: { changed: true } }), existing)).toBeUndefined();
	});
});

describe('chooseWorkflows', () => {
	const SESSIONS = { id: 'w1', name: 'Sessions' };
	const chosen = (workflowId: unknown) =>
		chooseWorkflows(workflowOf({ parameters: { workflowId } }), [SESSIONS]).nodes[0]?.parameters.workflowId;

	it('X12: makes the pick that a file leaves open, by the name that it tells', () => {
		expect(chosen({ mode: 'list', value: '', cachedResultName: 'Sessions' })).toEqual({
			mode: 'list',
			value: 'w1',
			cachedResultName: 'Sessions',
		});
	});

	it.each([
		[{ mode: 'list', value: '', cachedResultName: 'Another' }],
		[{ mode: 'id', value: '={{ $workflow.id }}' }],
		[undefined],
	])('B6: leaves %j as it is', (workflowId) => {
		expect(chosen(workflowId)).toEqual(workflowId);
	});
});
