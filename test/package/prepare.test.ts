/**
 * tools/prepare.mjs and tools/test.mjs in a small checkout of its own: a package with one node, and programs on the PATH
 * and in node_modules that write down how they were called instead of doing the work. What the machine itself has
 * installed cannot be seen from there.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');
const TOOLS = [
	'prepare.mjs',
	'programs.js',
	'second-look.mjs',
	'test.mjs',
	'test-needs.js',
	'test-report.js',
];
/** What the stand-ins for programs are made of. */
const SHELL_PROGRAMS = ['cat', 'cp', 'mkdir', 'rm', 'sh', 'sleep', 'touch'];

interface Run {
	code: number | null;
	output: string;
	/** Programs that were called, in their order: `npm ci in ./folder`, `gulp build`. */
	calls: string[];
}

const LOCK_FILE = (version: string) =>
	JSON.stringify({
		lockfileVersion: 3,
		packages: {
			'': {},
			'node_modules/gulp': { version },
			'node_modules/extra': { version: '1.0.0', optional: true },
		},
	});

/** Installs what the lock file names, as far as prepare.mjs looks at it. */
const FAKE_NPM = `#!/bin/sh
echo "npm $1 in $PWD" >> "$CALLS"
echo "npm $* HOME=$HOME cache=$npm_config_cache" >> "$CALLS.npm"
if [ -f "$CALLS.slow" ]; then sleep 1; fi
if [ -f "$CALLS.fail" ]; then cat "$CALLS.fail"; exit 1; fi
if [ "$1" = rebuild ]; then rm -f node_modules/broken; exit 0; fi
rm -rf node_modules
mkdir -p node_modules/gulp/bin node_modules/node/bin node_modules/jest/bin
cp package-lock.json node_modules/.package-lock.json
cp "$CALLS.gulp" node_modules/gulp/bin/gulp.js
cp "$CALLS.node" node_modules/node/bin/node
cp "$CALLS.jest" node_modules/jest/bin/jest.js
if [ -f "$CALLS.native-parts-missing" ]; then touch node_modules/broken; fi
`;

const FAKE_GULP = `const fs = require('fs');
fs.appendFileSync(process.env.CALLS, 'gulp ' + process.argv[2] + '\\n');
if (fs.readFileSync('nodes/A.node.ts', 'utf8').includes('wrong')) {
	console.error("nodes/A.node.ts(1,1): error TS2304: Cannot find name 'wrong'.");
	process.exit(2);
}
fs.mkdirSync('dist', { recursive: true });
fs.writeFileSync('dist/A.node.js', '');
`;

const FAKE_JEST = `const fs = require('fs');
fs.appendFileSync(process.env.CALLS, ['jest', ...process.argv.slice(2)].join(' ') + ' without=' + process.env.TESTS_ARE_WITHOUT + '\\n');
// A line for each run: what it came to.
const outcomes = process.env.CALLS + '.outcomes';
if (fs.existsSync(outcomes)) {
	const [now, ...later] = fs.readFileSync(outcomes, 'utf8').trim().split('\\n');
	fs.writeFileSync(outcomes, later.join('\\n'));
	fs.writeFileSync(process.env.TEST_OUTCOME_FILE, now);
	process.exit(JSON.parse(now).failed === 0 ? 0 : 1);
}
process.exit(fs.existsSync(process.env.CALLS + '.test-fails') ? 1 : 0);
`;

/** Installs the programs of a package. */
const FAKE_APT = `#!/bin/sh
echo "apt-get $*" >> "$CALLS"
if [ -f "$CALLS.apt-fails" ]; then echo "E: Unable to locate package"; exit 100; fi
case "$*" in
*dovecot-imapd) programs="dovecot imap" ;;
*openssh-server) programs="sshd ssh-keygen" ;;
*chromium) programs=chromium ;;
esac
for program in $programs; do cp "$CALLS.node" "$SYSTEM/$program"; done
`;

const FAKE_NODE_24 = `#!/bin/sh
if [ -f node_modules/broken ]; then echo "Error: Cannot find module 'sqlite3'" >&2; exit 1; fi
printf v24.1.0
`;

/** Where a program of the shell is. */
function pathOf(program: string): string {
	return execFileSync('/bin/sh', ['-c', `command -v ${program}`])
		.toString()
		.trim();
}

describe('tools/prepare.mjs', () => {
	let root: string;
	let calls: string;
	const running: ChildProcess[] = [];
	const file = (...parts: string[]) => path.join(root, ...parts);
	const write = (name: string, text: string) => {
		mkdirSync(path.dirname(file(name)), { recursive: true });
		writeFileSync(file(name), text);
	};

	const edit = (name: string, change: (text: string) => string) =>
		write(name, change(readFileSync(file(name), 'utf8')));
	/** Who runs the commands: root may install programs of the machine. */
	const user = (who: 'root' | 'plain') =>
		edit('tools/prepare.mjs', (code) =>
			code.replaceAll(
				/process\.getuid\?\.\(\)|\b(?:0|1000) \/\* user \*\//g,
				`${who === 'root' ? 0 : 1000} /* user */`,
			),
		);

	beforeEach(() => {
		root = realpathSync(mkdtempSync(path.join(tmpdir(), 'n8n-prepare-')));
		calls = file('calls');
		for (const tool of TOOLS) write(`tools/${tool}`, readFileSync(path.join(ROOT, 'tools', tool), 'utf8'));
		// The folders of the machine's programs are one empty folder here.
		edit('tools/programs.js', (code) => code.replaceAll(/'\/(usr|opt|snap)\/[^']*'/g, `'${file('system')}'`));
		edit('tools/prepare.mjs', (code) => code.replaceAll("'/usr/bin/apt-get'", `'${file('bin/apt-get')}'`));
		mkdirSync(file('system'));
		mkdirSync(file('bin'));
		for (const name of SHELL_PROGRAMS) symlinkSync(pathOf(name), file('bin', name));
		write('package.json', JSON.stringify({ n8n: { nodes: ['dist/A.node.js'], credentials: [] } }));
		write('package-lock.json', LOCK_FILE('5.0.0'));
		write('nodes/A.node.ts', 'export {};');
		write('sandbox/n8n/package-lock.json', LOCK_FILE('2.0.0'));
		write('calls', '');
		write('calls.gulp', FAKE_GULP);
		write('calls.node', FAKE_NODE_24);
		write('calls.jest', FAKE_JEST);
		write('bin/npm', FAKE_NPM);
		write('bin/apt-get', FAKE_APT);
		for (const program of ['bin/npm', 'bin/apt-get', 'calls.node']) chmodSync(file(program), 0o755);
		user('root');
	});
	afterEach(() => {
		for (const child of running.splice(0)) child.kill();
		rmSync(root, { recursive: true, force: true });
	});

	function start(
		args: string[],
		env: NodeJS.ProcessEnv = {},
		tool = 'prepare.mjs',
	): { child: ChildProcess; ended: Promise<Run> } {
		const child = spawn(process.execPath, [file('tools', tool), ...args], {
			env: { PATH: file('bin'), HOME: file('home'), SYSTEM: file('system'), CALLS: calls, ...env },
		});
		running.push(child);
		let output = '';
		child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
		child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const ended = new Promise<Run>((resolve) => {
			child.once('close', (code) => {
				const lines = readFileSync(calls, 'utf8').replaceAll(root, '.').trim().split('\n');
				resolve({ code, output, calls: lines.filter((line) => line !== '') });
			});
		});
		return { child, ended };
	}

	/** Runs it to its end. `calls` are those of this run. */
	async function prepare(needs: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Run> {
		writeFileSync(calls, '');
		return await start(needs, env).ended;
	}

	const EVERYTHING = ['npm ci in .', 'gulp build'];

	it('installs and builds a fresh clone, and does nothing when it runs again', async () => {
		expect(await prepare()).toMatchObject({ code: 0, calls: EVERYTHING });
		expect(existsSync(file('dist/A.node.js'))).toBe(true);
		expect(await prepare()).toEqual({ code: 0, output: '', calls: [] });
	});

	it('takes an installation that npm has made by hand, optional packages or not', async () => {
		await prepare();
		rmSync(file('node_modules/.prepared'));
		expect((await prepare()).calls).toEqual([]);
	});

	it('installs again when the lock file has changed, or when a package is gone', async () => {
		await prepare();
		write('package-lock.json', LOCK_FILE('5.0.1'));
		expect((await prepare()).calls).toEqual(EVERYTHING);

		rmSync(file('node_modules'), { recursive: true });
		expect((await prepare()).calls).toEqual(EVERYTHING.slice(0, 1));
	});

	it('builds again when a source has changed, or when a built file is gone, and installs nothing', async () => {
		await prepare();
		write('nodes/A.node.ts', 'export const a = 1;');
		expect((await prepare()).calls).toEqual(['gulp build']);
		rmSync(file('dist'), { recursive: true });
		expect((await prepare()).calls).toEqual(['gulp build']);
		expect((await prepare()).calls).toEqual([]);
	});

	it('sandbox: installs n8n, and checks it once', async () => {
		expect(await prepare(['sandbox'])).toMatchObject({
			code: 0,
			calls: [...EVERYTHING, 'npm ci in ./sandbox/n8n'],
		});
		expect(await prepare(['sandbox'])).toEqual({ code: 0, output: '', calls: [] });
		write('sandbox/n8n/package-lock.json', LOCK_FILE('2.0.1'));
		expect((await prepare(['sandbox'])).calls).toEqual(['npm ci in ./sandbox/n8n']);
	});

	it('sandbox: builds the native parts of n8n when they do not load, Node.js first', async () => {
		write('calls.native-parts-missing', '');
		const { code, output, calls: made } = await prepare(['sandbox']);
		expect({ code, made: made.slice(2) }).toEqual({
			code: 0,
			made: ['npm ci in ./sandbox/n8n', 'npm rebuild in ./sandbox/n8n', 'npm rebuild in ./sandbox/n8n'],
		});
		expect(output).toContain("building n8n's native parts, because Cannot find module 'sqlite3'");
	});

	it('n8n1: installs the engine of n8n 1.x once', async () => {
		write('test/engine-1x/n8n/package-lock.json', LOCK_FILE('1.0.0'));
		expect((await prepare(['n8n1'])).calls).toEqual([...EVERYTHING, 'npm ci in ./test/engine-1x/n8n']);
		expect(await prepare(['n8n1'])).toEqual({ code: 0, output: '', calls: [] });
	});

	describe.each([
		['browser', 'chromium', 'Chromium or Google Chrome'],
		['imap', 'dovecot-imapd', 'Dovecot'],
		['sftp', 'openssh-server', "OpenSSH's server"],
	])('the program of %s', (need, debianPackage, label) => {
		it('is installed when it is missing, once', async () => {
			const { code, calls: made } = await prepare([need]);
			expect(code).toBe(0);
			expect(made.slice(EVERYTHING.length)).toEqual([
				'apt-get update',
				`apt-get install -y --no-install-recommends ${debianPackage}`,
			]);
			expect(await prepare([need])).toEqual({ code: 0, output: '', calls: [] });
		});

		it('is named with its package to a user who may not install it', async () => {
			user('plain');
			const { code, output, calls: made } = await prepare([need]);
			expect(code).toBe(1);
			expect(output).toContain(`${label} is not installed.`);
			expect(output).toContain(`apt-get install ${debianPackage}`);
			expect(made).toEqual(EVERYTHING);
		});
	});

	it.each([
		['sbin of the system, which is not on the PATH', 'system', ['sshd', 'ssh-keygen'], 'sshd'],
		['the PATH first', 'bin', ['sshd', 'ssh-keygen'], 'sshd'],
		['nowhere when a part is missing', 'system', ['sshd'], undefined],
		['nowhere when the file is no program', 'system', ['ssh-keygen'], undefined],
	])('a program is found in %s', (_, folder, programs, found) => {
		write('system/sshd', 'not executable');
		for (const program of programs) {
			write(`${folder}/${program}`, '');
			chmodSync(file(folder, program), 0o755);
		}
		const code = "process.stdout.write(String(require('./tools/programs').findProgram('sftp')))";
		const output = execFileSync(process.execPath, ['-e', code], { cwd: root, env: { PATH: file('bin') } });
		expect(output.toString()).toBe(found === undefined ? 'undefined' : file(folder, found));
	});

	it('browser: takes the one that is named, and says when it is not there', async () => {
		const chosen = { CHROMIUM_PATH: file('bin/npm') };
		expect(await prepare(['browser'], chosen)).toMatchObject({ code: 0, calls: EVERYTHING });
		const code = "process.stdout.write(require('./tools/programs').programPath('browser'))";
		expect(execFileSync(process.execPath, ['-e', code], { cwd: root, env: chosen }).toString()).toBe(
			file('bin/npm'),
		);
		expect(await prepare(['browser'], { CHROMIUM_PATH: '/nowhere/chromium' })).toEqual({
			code: 1,
			output: 'prepare: CHROMIUM_PATH is /nowhere/chromium, but there is no such program.\n',
			calls: [],
		});
	});

	it('needs nothing that npm has left on the machine: no call names a cache or another home', async () => {
		write('test/engine-1x/n8n/package-lock.json', LOCK_FILE('1.0.0'));
		write('calls.native-parts-missing', '');
		await prepare(['sandbox', 'n8n1'], { npm_config_cache: file('cache') });
		const npm = readFileSync(`${calls}.npm`, 'utf8').trim().split('\n');
		expect(npm).toHaveLength(5);
		for (const call of npm) {
			expect(call).toMatch(/^npm (ci|rebuild) /);
			expect(call).not.toMatch(/cache[ -]|off(?:line)|--prefer/);
			expect(call.endsWith(` HOME=${file('home')} cache=${file('cache')}`)).toBe(true);
		}
	});

	describe('npm test', () => {
		const test = async (args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Run> => {
			writeFileSync(calls, '');
			return await start(args, env, 'test.mjs').ended;
		};
		const jestCall = (run: Run) => run.calls.find((call) => call.startsWith('jest'));

		beforeEach(() => {
			write('test/engine-1x/n8n/package-lock.json', LOCK_FILE('1.0.0'));
			const programs = "import { programPath } from '../../../tools/programs';";
			write('test/e2e/harness/mailbox.ts', `${programs}\nexport const server = () => programPath('imap');`);
			write('test/e2e/text.test.ts', 'it("reads programPath(\'imap\') as text")');
			write('test/e2e/harness/index.ts', "export { server } from './mailbox';");
			write('test/e2e/mails.test.ts', "import {\n\tserver,\n} from './harness';\n");
			write('test/e2e/types.test.ts', "import type { server } from './harness';\n");
			write('test/lib/plain.test.ts', '');
		});

		it('with everything in place: leaves out nothing, hands its arguments on and ends with 0', async () => {
			const run = await test(['--selectProjects', 'unit']);
			expect(run.code).toBe(0);
			expect(jestCall(run)).toBe('jest --selectProjects unit without=');
			expect(run.output).not.toContain('Not run');
		});

		it('whoever may not install programs: one line per need before and after, the rest runs, and it ends with 3', async () => {
			user('plain');
			const run = await test();
			expect(run.code).toBe(3);
			expect(jestCall(run)).toBe('jest without=browser,imap,sftp');
			const lines = run.output.split('\n').filter((line) => line.startsWith('Not run: '));
			expect(lines).toHaveLength(6);
			expect(lines.slice(3)).toEqual(lines.slice(0, 3));
			expect(lines[1]).toBe(
				'Not run: tests that read a mailbox (test/e2e/mails.test.ts). Dovecot is not installed. On Debian or Ubuntu: apt-get install dovecot-imapd, as root.',
			);
		});

		it('a test that fails counts more than one that cannot run: it ends with 1', async () => {
			write('calls.test-fails', '');
			expect((await test()).code).toBe(1);
			rmSync(file('system'), { recursive: true });
			mkdirSync(file('system'));
			user('plain');
			expect((await test()).code).toBe(1);
		});

		describe('files that failed get a second look', () => {
			const failed = (name: string) => ({ project: 'e2e', file: file(name), passed: 3, failed: 2 });
			const first = (...names: string[]) => ({
				passed: 100,
				failed: 2 * names.length,
				skipped: 0,
				files: names.map(failed),
			});
			const passes = { passed: 5, failed: 0, skipped: 0, files: [] };
			const fails = { passed: 4, failed: 1, skipped: 0, files: [] };
			/** What the runs of jest come to, in their order. */
			const runs = (...outcomes: object[]) =>
				write('calls.outcomes', outcomes.map((outcome) => JSON.stringify(outcome)).join('\n'));
			const jestCalls = (run: Run) => run.calls.filter((call) => call.startsWith('jest'));
			const again = (name: string) => `jest --selectProjects e2e --runTestsByPath ./${name} without=`;

			it('and are named when they pass then; the numbers are those of both looks', async () => {
				runs(first('a.test.ts', 'b.test.ts'), passes, passes);
				const run = await test();
				expect(run.code).toBe(0);
				expect(jestCalls(run)).toEqual(['jest without=', again('a.test.ts'), again('b.test.ts')]);
				expect(run.output).toContain(
					'Unsteady: a.test.ts (e2e) failed beside other tests and passed by itself.\n',
				);
				expect(run.output).toContain('\n104 passed, 0 failed\n');
			});

			it('and fail the run when they fail again, or have no test to pass', async () => {
				runs(first('a.test.ts', 'b.test.ts'), fails, passes);
				const run = await test();
				expect(run.code).toBe(1);
				expect(run.output).not.toContain('Unsteady: a.test.ts');
				expect(run.output).toContain('\n102 passed, 2 failed\n');
				runs(first('a.test.ts'), { ...passes, passed: 0 });
				expect((await test()).code).toBe(1);
			});

			it('but not when there are many of them, or when somebody chose what to run', async () => {
				runs(first('a.test.ts', 'b.test.ts', 'c.test.ts', 'd.test.ts', 'e.test.ts', 'f.test.ts'), passes);
				const run = await test();
				expect(run.code).toBe(1);
				expect(jestCalls(run)).toHaveLength(1);
				rmSync(`${calls}.outcomes`);
				write('calls.test-fails', '');
				const chosen = await test(['--selectProjects', 'e2e']);
				expect(chosen.code).toBe(1);
				expect(jestCalls(chosen)).toHaveLength(1);
			});
		});

		it('an n8n that cannot be built: leaves out its tests and says what to install', async () => {
			write('calls.native-parts-missing', '');
			write('bin/npm', FAKE_NPM.replace('rm -f node_modules/broken; exit 0', 'exit 1'));
			const run = await test();
			expect(run.code).toBe(3);
			// The engine of n8n 1.x is of another folder, without native parts.
			expect(jestCall(run)).toBe('jest without=sandbox');
			expect(run.output).toMatch(
				/^Not run: tests in a real n8n\. n8n cannot run: Cannot find module 'sqlite3'\. .*apt-get install build-essential python3.*$/m,
			);
		});

		it('a program that apt-get cannot install: leaves out its tests and says what apt-get said', async () => {
			write('calls.apt-fails', '');
			const run = await test();
			expect(run.code).toBe(3);
			expect(run.output).toMatch(
				/^Not run: tests in a browser\. "apt-get update" in \. failed: E: Unable .*$/m,
			);
		});

		it('a checkout that cannot be installed or built: runs nothing and ends with 1', async () => {
			write('nodes/A.node.ts', 'wrong');
			const run = await test();
			expect(run.code).toBe(1);
			expect(jestCall(run)).toBeUndefined();
			expect(run.output).toContain('TS2304');
		});

		it('says how long each part took, also when it fails', async () => {
			write('calls.slow', '');
			write('nodes/A.node.ts', 'wrong');
			expect((await test()).output).toMatch(/^Time: installing the packages took [1-9]\d* s$/m);
		});
	});

	describe('two runs at once', () => {
		const lock = () => file('.sandbox/prepare.lock');

		it('the second one waits for the first, and then has nothing to do', async () => {
			write('calls.slow', '');
			writeFileSync(calls, '');
			const first = start([]);
			while (!existsSync(path.join(lock(), 'pid'))) await new Promise((next) => setTimeout(next, 10));
			const second = start([]);
			const [one, other] = await Promise.all([first.ended, second.ended]);
			expect([one.code, other.code]).toEqual([0, 0]);
			expect(other.output).toBe(`prepare: waiting for another run (process ${first.child.pid})\n`);
			expect(other.calls).toEqual(EVERYTHING);
			expect(existsSync(lock())).toBe(false);
		});

		it.each(['SIGINT', 'SIGTERM'] as const)('%s frees the lock', async (signal) => {
			write('calls.slow', '');
			const { child, ended } = start([]);
			while (!existsSync(path.join(lock(), 'pid'))) await new Promise((next) => setTimeout(next, 10));
			child.kill(signal);
			expect((await ended).code).toBe(130);
			expect(existsSync(lock())).toBe(false);
		});

		it('a lock whose owner is gone is taken over', async () => {
			const gone = spawn(process.execPath, ['-e', '']);
			await new Promise((done) => gone.once('close', done));
			write('.sandbox/prepare.lock/pid', String(gone.pid));
			expect(await prepare()).toMatchObject({ code: 0, calls: EVERYTHING });
		});

		it('a lock that never got an owner is taken over', async () => {
			mkdirSync(lock(), { recursive: true });
			const aMinuteAgo = Date.now() / 1000 - 60;
			utimesSync(lock(), aMinuteAgo, aMinuteAgo);
			expect(await prepare()).toMatchObject({ code: 0, calls: EVERYTHING });
		});
	});

	describe('what it says when something fails: one message, no stack, code 1, and nothing counts as done', () => {
		const failed = async (needs: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> => {
			const { code, output } = await prepare(needs, env);
			expect(code).toBe(1);
			expect(output).not.toMatch(/^\s+at /m);
			return output;
		};

		it('npm: its command, the first and last lines, and where the rest is', async () => {
			const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
			write('calls.fail', ['npm error code ENOTFOUND', ...lines, 'npm error the end'].join('\n'));
			const output = await failed();
			expect(output).toContain('"npm ci --no-audit --no-fund --loglevel=error" in . failed:');
			expect(output).toMatch(/npm error code ENOTFOUND[^]*\n\.\.\.\n[^]*npm error the end/);
			expect(output).not.toContain('line 50');
			expect(readFileSync(file('.sandbox/prepare.log'), 'utf8')).toContain('line 50');
			expect(output).toContain(`All of it: ${file('.sandbox/prepare.log')}`);

			rmSync(`${calls}.fail`);
			expect(await prepare()).toMatchObject({ code: 0, calls: EVERYTHING });
		});

		it('the build: the message of the compiler', async () => {
			write('nodes/A.node.ts', 'wrong');
			expect(await failed()).toContain("nodes/A.node.ts(1,1): error TS2304: Cannot find name 'wrong'.");
			expect(await failed()).toContain('TS2304');
			expect(existsSync(file('.sandbox/prepare.lock'))).toBe(false);
		});

		it('a program that is not installed', async () => {
			rmSync(file('bin/npm'));
			expect(await failed([], { PATH: file('bin') })).toMatch(/"npm ci .*" in \. failed:\nspawn npm ENOENT/);
		});

		it('native parts that cannot be built: what to install', async () => {
			write('calls.native-parts-missing', '');
			write(
				'bin/npm',
				FAKE_NPM.replace('rm -f node_modules/broken; exit 0', 'echo "make: not found"; exit 1'),
			);
			const output = await failed(['sandbox']);
			expect(output).toContain("n8n cannot run: Cannot find module 'sqlite3'.");
			expect(output).toContain('apt-get install build-essential python3');
			expect(output).toContain('make: not found');
		});

		it('a need that it does not know, and a checkout without lock file', async () => {
			expect(await failed(['sandbx'])).toMatch(/^prepare: "sandbx" is not known\. Usage: .*\[sandbox\].*\n$/);
			rmSync(file('package-lock.json'));
			expect(await failed()).toContain('has no package-lock.json: the checkout is not complete.');
		});
	});
});
