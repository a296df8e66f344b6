import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { note } from '../../../../lib/n8n/run/log';

const ROOT = resolve(__dirname, '../../../..');

/** What stands in the log after something was noted. */
function logged(text: string, details?: Record<string, string | number>): string {
	const lines: string[] = [];
	const write = (message: string, meta?: object) => lines.push(`${message} ${JSON.stringify(meta)}`);
	const logger = { info: write, warn: write } as never;
	const getWorkflow = () => ({ id: '7', name: 'Calls\nof +49 30 901820', active: true });
	note({ logger, getWorkflow, getNode: () => ({ name: 'Trigger' }) as never }, 'warn', text, details);
	expect(lines).toHaveLength(1);
	return lines[0] ?? '';
}

describe('the log', () => {
	it.each([
		['x\n2026-01-01 ERROR all is lost', 'x 2026-01-01 ERROR all is lost'],
		['x\r\n\u001b[31my\u0000z', 'x [31my z'],
		['a\u2028b\u2029c\u0085d', 'a b c d'],
		['of +49%2030%201234567', 'of [number]'],
	])('X16: gets one line, without control characters: %j', (text, expected) => {
		const where = '[workflow: Calls of [number], workflowId: 7, node: Trigger]';
		const data = '{"workflow":"Calls of [number]","workflowId":"7","node":"Trigger"}';
		expect(logged(text)).toBe(`${expected} ${where} ${data}`);
		expect(logged('x', { field: text })).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
	});

	it('X16: gets no novels', () => {
		expect(logged('word '.repeat(10_000)).length).toBeLessThan(1200);
	});

	it('X16: is written to in no other way', () => {
		const writers = ['lib', 'nodes', 'credentials'].flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.ts'))
				.map((name) => join(folder, name))
				.filter((name) => /\blogger\b|\bconsole\./.test(readFileSync(join(ROOT, name), 'utf8'))),
		);
		expect(writers).toEqual([join('lib', 'n8n', 'run', 'log.ts')]);
	});
});
