import { execFileSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** eslint-plugin-n8n-nodes-base judges made-up file names when it believes that it is being tested itself. */
const env = { ...process.env, NODE_ENV: 'development' };

function run(tool: string, ...args: string[]): string {
	try {
		return execFileSync(process.execPath, [path.join(root, 'node_modules', tool), ...args], {
			cwd: root,
			encoding: 'utf8',
			env,
		});
	} catch (error) {
		return (error as { stdout?: string; stderr?: string }).stdout || String(error);
	}
}

/** What the tools remember of files that have not changed. Each looks at the content itself, so it is only about time. */
const memory = path.join(root, '.sandbox', 'lint');

describe('the sources', () => {
	it("pass n8n's linters for community nodes", () => {
		expect(run('eslint/bin/eslint.js', '.', '--max-warnings', '0')).toBe('');
	}, 120_000);

	it('are type-correct, tests and sandbox included', () => {
		const remembering = ['--incremental', '--tsBuildInfoFile', path.join(memory, 'types.tsbuildinfo')];
		expect(run('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.test.json', ...remembering)).toBe('');
	}, 120_000);

	it('are formatted', () => {
		const remembering = ['--cache', '--cache-strategy', 'content'];
		const place = ['--cache-location', path.join(memory, 'formatted')];
		const quiet = ['--log-level', 'warn'];
		expect(run('prettier/bin/prettier.cjs', '--check', '.', ...quiet, ...remembering, ...place)).toBe('');
	}, 120_000);
});
