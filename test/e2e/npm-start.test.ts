import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PROJECT_ROOT } from '../../sandbox/launcher';

const RUN_TIMEOUT_MS = 180_000;

async function start(
	args: string[],
	env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; output: string }> {
	const tsx = join(PROJECT_ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');
	return await new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [tsx, join(PROJECT_ROOT, 'sandbox', 'start.ts'), ...args], {
			cwd: PROJECT_ROOT,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.once('error', reject);
		child.once('close', (code) => resolve({ code, output }));
	});
}

describe('npm start', () => {
	let state: string;
	beforeAll(async () => {
		state = await mkdtemp(join(tmpdir(), 'n8n-start-'));
	});
	afterAll(async () => {
		await rm(state, { recursive: true, force: true });
	});

	it(
		'B6, C7: starts everything, places a call that is recorded, says what became of it and ends with 0',
		async () => {
			const { code, output } = await start(['--once', '--state', state]);
			// Agent status is written all the time: nobody's status changes before a person says so.
			expect(output.match(/^Imported "Agent status: .+", not published: /gm)).toHaveLength(3);
			expect(output).not.toMatch(/^Published "Agent status/m);
			expect(output).toMatch(/Customer {6}created: /);
			expect(output).toMatch(/Conversation {2}created: ".+" \([0-9a-f]{24}\)/);
			expect(output).toMatch(/Assigned to {3}Ana Reis/);
			expect(output).toMatch(/call\.inbound +answered 200 in \d+ ms, \d+ Kustomer requests/);
			expect(output).toMatch(/call\.bridged +answered 200 in \d+ ms, \d+ Kustomer requests/);
			expect(output).toMatch(/Recording {5}call-[0-9a-f]{32}\.wav, 200,000 bytes/);
			expect(output).toMatch(/call\.finished +answered 200 in \d+ ms, \d+ Kustomer requests/);
			expect(code).toBe(0);
		},
		RUN_TIMEOUT_MS,
	);

	it('says which variable is missing when only half of a real Kustomer is given', async () => {
		const { code, output } = await start(['--once', '--state', state], {
			KUSTOMER_ORGANIZATION: 'acme',
			KUSTOMER_API_KEY: '',
		});
		expect(output).toContain('KUSTOMER_API_KEY is not set');
		expect(code).toBe(1);
	});

	it('explains an option that it does not know', async () => {
		const { code, output } = await start(['--onec']);
		expect(output).toContain("Unknown option '--onec'");
		expect(output).not.toContain('    at ');
		expect(code).toBe(1);
	});
});
