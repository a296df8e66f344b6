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
});
