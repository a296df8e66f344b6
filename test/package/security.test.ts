/** Holds docs/security.md against the tests: each one that it names exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** The rows of all tables, as cells; without headings. */
const rows = page
	.split('\n')
	.filter((line) => line.startsWith('| ') && !/^\| (?:-|Who could do what)/.test(line))
	.map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim()),
	);
const named = [...page.matchAll(/`(test\/[^`]+\.test\.ts)`: "([^"]+)"/g)].map(
	([, file = '', test = '']) => [file, test] as const,
);

describe('docs/security.md', () => {
	it('X16: says of each threat what is done, and names the test that holds it or says that none does', () => {
		expect(rows.length).toBeGreaterThan(20);
		for (const [threat = '', answer = '', heldBy = '', ...more] of rows) {
			expect([threat, more]).toEqual([expect.stringMatching(/\w/), []]);
			expect(answer).toMatch(/\w/);
			if (heldBy === '') expect(answer).toMatch(/^Not held by the package/);
			else expect({ threat, heldBy }).toEqual({ threat, heldBy: expect.stringMatching(/`test\/.+`: ".+"/) });
		}
	});

	it.each(named)('X16: names a test that exists: %s, %s', (file, test) => {
		expect(existsSync(join(ROOT, file))).toBe(true);
		expect(readFileSync(join(ROOT, file), 'utf8').replace(/\\'/g, "'")).toContain(test);
	});

	it('X16: names no file without its test', () => {
		expect(page.match(/`test\/[^`]+`/g)).toHaveLength(named.length);
	});
});
