import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

interface Workflow {
	name: string;
	nodes: Array<{ name: string; type: string; credentials?: unknown; parameters: Record<string, unknown> }>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
	pinData?: Record<string, unknown>;
}

const folder = path.resolve(__dirname, '../../workflows');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

describe.each(files)('B6: the shipped workflow %s', (file) => {
	const workflow = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Workflow;
	const steps = workflow.nodes.filter((node) => node.type !== 'n8n-nodes-base.stickyNote');

	it('uses only nodes of n8n and of this package, and no code', () => {
		const types = steps.map((node) => node.type);
		expect(types.filter((type) => !/^(n8n-nodes-base|n8n-nodes-kustomer)\./.test(type))).toEqual([]);
		const withCode = steps.filter(({ type }) => /\.(code|function|functionItem|executeCommand)$/i.test(type));
		expect(withCode.map(({ name }) => name)).toEqual([]);
	});

	it('holds no credentials and no data of executions', () => {
		expect(workflow.nodes.filter((node) => node.credentials !== undefined)).toEqual([]);
		expect(Object.keys(workflow.pinData ?? {})).toEqual([]);
	});

	it('explains itself on sticky notes', () => {
		expect(workflow.nodes.length - steps.length).toBeGreaterThanOrEqual(3);
	});

	it('connects steps that exist, and names only steps that exist in expressions', () => {
		const names = new Set(steps.map((node) => node.name));
		const connected = Object.entries(workflow.connections).flatMap(([from, { main }]) => [
			from,
			...main.flat().map((to) => to.node),
		]);
		const named = [...JSON.stringify(steps).matchAll(/\$\('([^']+)'\)/g)].map((match) => match[1] ?? '');
		expect([...connected, ...named].filter((name) => !names.has(name))).toEqual([]);
		expect(steps.filter((node) => !connected.includes(node.name))).toEqual([]);
	});
});
