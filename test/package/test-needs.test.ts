/**
 * Which tests are left out on a machine that does not have everything: no test that could run, and every test that could
 * not.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { PROGRAMS } from '../../tools/programs';
import { filesThatNeed, MISSING_VARIABLE, NEEDS, programsOf } from '../../tools/test-needs';

const root = path.resolve(__dirname, '../..');

interface Project {
	displayName: string;
	testPathIgnorePatterns?: string[];
}

/** The projects of jest.config.js on a machine that lacks something. */
function projects(missing: string[]): Project[] {
	const before = process.env[MISSING_VARIABLE];
	process.env[MISSING_VARIABLE] = missing.join(',');
	try {
		let config: { projects: Project[] } = { projects: [] };
		jest.isolateModules(() => {
			config = jest.requireActual<{ projects: Project[] }>('../../jest.config.js');
		});
		return config.projects;
	} finally {
		if (before === undefined) delete process.env[MISSING_VARIABLE];
		else process.env[MISSING_VARIABLE] = before;
	}
}

const names = (all: Project[]) => all.map(({ displayName }) => displayName);

function sources(folder: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
		.filter((file) => !file.includes('node_modules'));
}

describe('what tests need of the machine', () => {
	it.each(Object.keys(PROGRAMS))('%s: some test needs it, and not all do', (need) => {
		const files = filesThatNeed([need]);
		expect(files.length).toBeGreaterThan(0);
		expect(files.length).toBeLessThan(10);
		for (const file of files) expect([...programsOf(file)]).toContain(need);
	});

	it('knows every need that the test command asks for, each with words for a person', () => {
		for (const program of Object.keys(PROGRAMS)) expect(Object.keys(NEEDS)).toContain(program);
		for (const { tests } of Object.values(NEEDS)) expect(tests).toMatch(/^tests /);
	});

	it.each([
		['playwright-core', 'browser', /\.launch\(/],
		['the mail server', 'imap', /\bdovecot\b.*-F/],
		['the SSH server', 'sftp', /\bsshd\b.*-D/],
	])('%s is started only by modules that say so', (_, need, starts) => {
		const starters = sources('test').filter(
			(file) =>
				starts.test(readFileSync(path.join(root, file), 'utf8')) && !file.endsWith('test-needs.test.ts'),
		);
		expect(starters.length).toBeGreaterThan(0);
		for (const file of starters) {
			expect([file, [...programsOf(path.join(root, file))]]).toEqual([file, expect.arrayContaining([need])]);
		}
	});

	it('leaves out exactly the files that need what is missing, in every project', () => {
		const programs = Object.keys(PROGRAMS);
		const tests = sources('test').filter((file) => file.endsWith('.test.ts'));
		const needy = filesThatNeed(programs).map((file) => path.relative(root, file));
		const some = projects(programs);
		expect(names(some)).toEqual(names(projects([])));
		for (const { testPathIgnorePatterns = [] } of some) {
			const ignored = testPathIgnorePatterns.map((pattern) => new RegExp(pattern));
			const leftOut = tests.filter((file) => ignored.some((pattern) => pattern.test(path.join(root, file))));
			expect(leftOut.sort()).toEqual(needy.sort());
		}
	});

	it('leaves out a project whose package could not be installed, and nothing when nothing is missing', () => {
		const all = projects([]);
		expect(all.filter(({ testPathIgnorePatterns }) => testPathIgnorePatterns !== undefined)).toEqual([]);
		const without = (name: string) => names(all).filter((one) => one !== name);
		expect(names(all)).toHaveLength(without('e2e').length + 1);
		expect(names(projects(['sandbox']))).toEqual(without('e2e'));
		expect(names(all)).toHaveLength(without('engine-1x').length + 1);
		expect(names(projects(['n8n1']))).toEqual(without('engine-1x'));
	});
});

describe('the commands of the project', () => {
	const withoutComments = (text: string) => text.replace(/\/\*[^]*?\*\/|^\s*(\/\/|#).*$/gm, '');
	const files = [
		...['package.json', '.npmrc', '.ci/run'],
		...['tools', 'sandbox'].flatMap((folder) =>
			readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => /\.(mjs|cjs|js|ts)$/.test(file) && !file.includes('node_modules'))
				.map((file) => path.join(folder, file)),
		),
	];

	it('B6: never ask npm to take from its cache what the registry should give', () => {
		const asking =
			/--(?:prefer-)?offline\b|npm_config_(?:prefer_)?offline|^(?:prefer-)?offline\s*=|--cache-m(?:in|ax)/im;
		expect(files.length).toBeGreaterThan(20);
		expect(
			files.filter((file) => asking.test(withoutComments(readFileSync(path.join(root, file), 'utf8')))),
		).toEqual([]);
	});
});
