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

describe('the sources', () => {
	it("pass n8n's linters for community nodes", () => {
		expect(run('eslint/bin/eslint.js', '.', '--max-warnings', '0')).toBe('');
	}, 120_000);

	it('are type-correct, tests and sandbox included', () => {
		expect(run('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.test.json')).toBe('');
	}, 120_000);

	it('are formatted', () => {
		expect(run('prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn')).toBe('');
	}, 120_000);
});
