import { Editor } from './harness/browser';
import { useSandbox } from './harness/sandbox';

const BROWSER_TIMEOUT_MS = 60_000;

const sandbox = useSandbox();

describe('the editor', () => {
	let editor: Editor;
	beforeAll(async () => {
		editor = await Editor.open(sandbox.stack.n8n);
		await editor.openWorkflow(sandbox.stack.workflows[0]?.id ?? '');
	}, BROWSER_TIMEOUT_MS);
	afterAll(async () => {
		await editor.close();
	});

	it(
		'B6: opens the imported workflow without unknown nodes, missing parameters or page errors',
		async () => {
			const nodes = await editor.nodes();
			expect(nodes.length).toBeGreaterThan(3);
			expect(nodes.filter(({ unknown }) => unknown)).toEqual([]);
			expect(nodes.filter(({ issues }) => issues.length > 0)).toEqual([]);
			expect(editor.pageErrors).toEqual([]);
			await editor.screenshot('babelforce-inbound-call');
		},
		BROWSER_TIMEOUT_MS,
	);

	it.each([
		['Call Event', ['Platform', 'Path', 'Events']],
		['Create Conversation', ['Resource', 'Operation', 'Customer']],
	])(
		'the panel of "%s" shows its fields',
		async (name, fields) => {
			await editor.openNode(name);
			expect(await editor.fieldLabels()).toEqual(expect.arrayContaining(fields));
			await editor.screenshot(`node-${name.toLowerCase().replaceAll(' ', '-')}`);
			await editor.closeNode();
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'X8, X9: the credential dialog says whether the key works, and why not',
		async () => {
			await editor.openNode('Create Conversation');
			await editor.openCredential();
			await editor.credentialTestResult('success');
			await editor.screenshot('credential-kustomer');

			await editor.saveSecret('no-such-key');
			expect(await editor.credentialTestResult('failure')).toMatch(/key/i);
			await editor.saveSecret(sandbox.stack.kustomer.apiKey);
			await editor.credentialTestResult('success');
		},
		BROWSER_TIMEOUT_MS,
	);

	it(
		'shows it when a node is not installed or lacks a parameter, so that the tests above would notice',
		async () => {
			const { id } = await sandbox.stack.api.importWorkflow({
				name: 'Broken',
				connections: {},
				nodes: [
					{
						id: 'a',
						name: 'Not installed',
						type: 'n8n-nodes-not-there.thing',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'b',
						name: 'Without URL',
						type: 'n8n-nodes-base.httpRequest',
						typeVersion: 4.2,
						position: [300, 0],
						parameters: {},
					},
				],
			});
			await editor.openWorkflow(id);
			expect(await editor.nodes()).toEqual([
				{ name: 'Not installed', issues: [], unknown: true },
				{ name: 'Without URL', issues: [expect.stringContaining('URL')], unknown: false },
			]);
		},
		BROWSER_TIMEOUT_MS,
	);
});
