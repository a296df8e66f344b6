/**
 * Holds what people see and what their workflows depend on: the description of every node and credential, byte for
 * byte, against a recorded copy. A difference that is meant is recorded with
 *
 *     UPDATE_DESCRIPTIONS=1 npx jest --selectProjects unit --runTestsByPath test/package/descriptions.test.ts
 *
 * and named in the changelog.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const RECORDS = join(__dirname, 'descriptions');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};

/** The class that a built file of package.json is made of, read from its source. */
function instanceOf(builtFile: string): object {
	const source = join(ROOT, builtFile.replace(/^dist\//, '').replace(/\.js$/, ''));
	const name = basename(builtFile).split('.')[0] ?? '';
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which files there are is only known from package.json
	const exported = require(source) as Record<string, new () => object>;
	const Class = exported[name];
	if (Class === undefined) throw new Error(`${source} does not export ${name}`);
	return new Class();
}

const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials];

describe('the descriptions of nodes and credentials', () => {
	it.each(files)('B6: %s is as it was recorded', (file) => {
		const record = join(RECORDS, `${basename(file, '.js')}.json`);
		const instance = instanceOf(file) as { description?: unknown };
		const now = `${JSON.stringify(instance.description ?? instance, null, '\t')}\n`;
		if (process.env.UPDATE_DESCRIPTIONS === '1') writeFileSync(record, now);
		expect(existsSync(record)).toBe(true);
		expect(now).toBe(readFileSync(record, 'utf8'));
	});

	it('B6: are all recorded, and nothing else is', () => {
		expect(readdirSync(RECORDS).sort()).toEqual(files.map((file) => `${basename(file, '.js')}.json`).sort());
	});
});
