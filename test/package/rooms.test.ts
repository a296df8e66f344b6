/** Holds who may import whom: the lint rule refuses a wrong import with a sentence, and no circle stands. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { preProcessFile } from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** Made-up files with one import each, and what the lint rule says of it. */
const PLANTED: Array<{ file: string; imports: string; says: string | undefined }> = [
	{
		file: 'lib/domain/planted.ts',
		imports: '../kustomer/client',
		says: 'lib/domain is on the ground: it imports no other room.',
	},
	{
		file: 'lib/http/planted.ts',
		imports: '../domain/session',
		says: 'lib/http is on the ground: it imports no other room.',
	},
	{
		file: 'lib/platforms/planted.ts',
		imports: '../kustomer/client',
		says: 'lib/platforms may import lib/domain, lib/http, lib/files, lib/webhooks, lib/process, and no other room',
	},
	{
		file: 'lib/kustomer/planted.ts',
		imports: '../session-log/run',
		says: 'lib/kustomer may import lib/domain, lib/http, lib/files, lib/webhooks, lib/process, and no other room',
	},
	{
		file: 'lib/session-log/planted.ts',
		imports: '../n8n/run/items',
		says: 'lib/session-log may import',
	},
	{
		file: 'lib/session-log/planted.ts',
		imports: 'n8n-workflow',
		says: 'Nothing below lib/n8n knows n8n.',
	},
	{
		file: 'lib/n8n/planted.ts',
		imports: '../../nodes/Kustomer/Kustomer.node',
		says: 'lib/n8n may import',
	},
	{
		file: 'nodes/Kustomer/planted.ts',
		imports: '../Babelforce/Babelforce.node',
		says: 'A node never imports another node',
	},
	{
		file: 'nodes/Kustomer/planted.ts',
		imports: '../../sandbox/kustomer',
		says: 'What is published imports nothing of the sandbox',
	},
	{ file: 'lib/session-log/planted.ts', imports: '../kustomer/client', says: undefined },
	{ file: 'nodes/Kustomer/planted.ts', imports: '../../lib/n8n/run/items', says: undefined },
];

/** Lints texts in one process of its own: ESLint's configuration is a module that jest cannot load. */
function messagesFor(planted: typeof PLANTED): string[][] {
	const script = `
		import { ESLint } from 'eslint';
		const eslint = new ESLint({ cwd: process.cwd() });
		const rules = new Set(['import-x/no-restricted-paths', 'no-restricted-imports']);
		const texts = JSON.parse(process.env.PLANTED);
		const found = [];
		for (const { file, imports } of texts) {
			const code = 'import * as planted from ' + JSON.stringify(imports) + ';\\nexport default planted;\\n';
			const [result] = await eslint.lintText(code, { filePath: file });
			found.push(result.messages.filter(({ ruleId }) => rules.has(ruleId)).map(({ message }) => message));
		}
		process.stdout.write(JSON.stringify(found));
	`;
	const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
		cwd: ROOT,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'development', PLANTED: JSON.stringify(planted) },
	});
	return JSON.parse(answer) as string[][];
}

function sourcesBelow(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(ROOT, folder, file));
}

/** The own files that a file imports, types included. */
function importsOf(file: string): string[] {
	return preProcessFile(readFileSync(file, 'utf8'), true, true)
		.importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
		.map(({ fileName }) => resolve(dirname(file), fileName))
		.map((path) => [`${path}.ts`, join(path, 'index.ts')].find((candidate) => existsSync(candidate)) ?? path);
}

/** The first circle of imports that a walk through the files meets, as paths; undefined when there is none. */
function circleIn(graph: Map<string, string[]>): string[] | undefined {
	const done = new Set<string>();
	const walk = (file: string, way: string[]): string[] | undefined => {
		const at = way.indexOf(file);
		if (at >= 0) return [...way.slice(at), file];
		if (done.has(file)) return undefined;
		for (const next of graph.get(file) ?? []) {
			const circle = walk(next, [...way, file]);
			if (circle !== undefined) return circle;
		}
		done.add(file);
		return undefined;
	};
	for (const file of graph.keys()) {
		const circle = walk(file, []);
		if (circle !== undefined) return circle.map((path) => relative(ROOT, path));
	}
	return undefined;
}

describe('the rooms of the code', () => {
	const messages = messagesFor(PLANTED);

	it.each(PLANTED.map((planted, index) => ({ ...planted, index })))(
		'X17: $file that imports $imports is told: $says',
		({ says, index }) => {
			const said = messages[index] ?? [];
			if (says === undefined) expect(said).toEqual([]);
			else expect(said.join('\n')).toContain(says);
		},
	);

	it('X17: no file imports itself by a detour, not even for a type', () => {
		const files = ['lib', 'nodes', 'credentials'].flatMap(sourcesBelow);
		expect(circleIn(new Map(files.map((file) => [file, importsOf(file)])))).toBeUndefined();
	});

	it('X17: a circle would be found', () => {
		const graph = new Map([
			[join(ROOT, 'a.ts'), [join(ROOT, 'b.ts')]],
			[join(ROOT, 'b.ts'), [join(ROOT, 'c.ts')]],
			[join(ROOT, 'c.ts'), [join(ROOT, 'b.ts')]],
		]);
		expect(circleIn(graph)).toEqual(['b.ts', 'c.ts', 'b.ts']);
	});
});
