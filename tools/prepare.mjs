/**
 * Makes a checkout ready to run, on a machine that has Node.js 20 and npm and nothing else:
 *
 *     node tools/prepare.mjs [sandbox] [browser] [n8n1] [imap] [sftp]
 *
 * Always installs the project's packages and builds the nodes. `sandbox` also installs the real n8n (with the Node.js
 * that it needs), `browser` finds or installs Chromium, `n8n1` installs the execution engine of n8n 1.x for the tests,
 * `imap` and `sftp` find or install the servers that the tests start for themselves. Programs of the machine can be
 * installed by root on Debian and its kin only; for anyone else the message says what to install.
 * What is in place already is left alone, so a second run takes a fraction of a second. It uses nothing but Node.js
 * itself, because it runs before anything is installed, and nothing of what npm has done on this machine before: no
 * call of npm asks for its cache instead of the registry.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	realpathSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PROGRAMS, findProgram } from './programs.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STATE = join(ROOT, '.sandbox');
const LOCK = join(STATE, 'prepare.lock');
const LOG = join(STATE, 'prepare.log');
const BUILD_STAMP = join(STATE, 'built.txt');
const N8N = join(ROOT, 'sandbox', 'n8n');
const ENGINE_1X = join(ROOT, 'test', 'engine-1x', 'n8n');
const N8N_NODE = join(N8N, 'node_modules', 'node', 'bin', 'node');

const NEEDED_NODE = [20, 19];
/** Everything that `gulp build` reads. */
const BUILD_SOURCES = [
	'nodes',
	'credentials',
	'lib',
	'icons',
	'workflows',
	'gulpfile.js',
	'tsconfig.json',
	'package.json',
	'package-lock.json',
];
const NEEDS = ['sandbox', 'n8n1', ...Object.keys(PROGRAMS)];
const HEARTBEAT_MS = 30_000;
const LOCK_POLL_MS = 500;
/** npm says the reason first, compilers say it last. */
const HEAD_LINES = 8;
const TAIL_LINES = 12;

/** A reason to stop that a person can act on. */
export class Stop extends Error {
	/**
	 * @param {string} message all of it
	 * @param {string} [summary] the same on one line; else the start of the message
	 */
	constructor(message, summary) {
		super(message);
		this.summary = summary ?? message.split('\n', 2).join(' ');
	}
}

const say = (line) => console.log(`prepare: ${line}`);
const readText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const digest = (...texts) => createHash('sha256').update(texts.join('\0')).digest('hex');
const sleep = (milliseconds) => new Promise((next) => setTimeout(next, milliseconds));

/** Runs a program to its end; its output goes to the log file and, when it fails, its end onto the screen. */
async function run(doing, program, args, { cwd, env = {} }) {
	const began = Date.now();
	const heartbeat = setInterval(() => {
		say(`${doing}: still at it after ${Math.round((Date.now() - began) / 1000)} seconds`);
	}, HEARTBEAT_MS);
	let output = '';
	const code = await new Promise((done) => {
		const child = spawn(program, args, {
			cwd,
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		child.once('error', (error) => {
			output += error.message;
			done(-1);
		});
		child.once('close', done);
	});
	clearInterval(heartbeat);
	const command = [program, ...args].join(' ');
	writeFileSync(LOG, `# ${command} (in ${cwd}) ended with ${code}\n${output}\n`, { flag: 'a' });
	if (code !== 0) {
		const lines = output.trim().split('\n');
		const isLong = lines.length > HEAD_LINES + TAIL_LINES;
		const shown = isLong ? [...lines.slice(0, HEAD_LINES), '...', ...lines.slice(-TAIL_LINES)] : lines;
		const what = `"${command}" in ${relative(ROOT, cwd) || '.'} failed:`;
		throw new Stop(
			`${what}\n${shown.join('\n')}\nAll of it: ${LOG}`,
			`${what} ${lines[0]} All of it: ${LOG}`,
		);
	}
	return output;
}

/** The arguments that hold for every npm call here. */
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Whether node_modules holds what the lock file asks for. The stamp says so in the usual case; without one, npm's own
 * record of what it installed does, so that an `npm ci` by hand (or a cache in CI) counts as well.
 */
function isInstalled(folder) {
	const lock = readText(join(folder, 'package-lock.json'));
	if (lock === undefined) throw new Stop(`${folder} has no package-lock.json: the checkout is not complete.`);
	const stamp = join(folder, 'node_modules', '.prepared');
	const wanted = digest(lock);
	if (readText(stamp) === wanted) return true;

	const record = readText(join(folder, 'node_modules', '.package-lock.json'));
	if (record === undefined) return false;
	const installed = JSON.parse(record).packages;
	const complete = Object.entries(JSON.parse(lock).packages).every(([path, entry]) => {
		if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
		return installed[path]?.version === entry.version && existsSync(join(folder, path));
	});
	if (complete) writeFileSync(stamp, wanted);
	return complete;
}

function markInstalled(folder) {
	const lock = readText(join(folder, 'package-lock.json'));
	writeFileSync(join(folder, 'node_modules', '.prepared'), digest(lock));
}

async function installProject() {
	if (isInstalled(ROOT)) return;
	say("installing the project's packages (about a minute, once)");
	await run('installing', 'npm', ['ci', ...QUIET], { cwd: ROOT });
	markInstalled(ROOT);
}

/** What is wrong with the installed n8n, or undefined when it can run. */
async function n8nDefect() {
	if (!existsSync(N8N_NODE)) return 'its Node.js is missing';
	const check = "require('sqlite3'); require('isolated-vm'); process.stdout.write(process.version)";
	const answer = await new Promise((done) => {
		const child = spawn(N8N_NODE, ['-e', check], { cwd: N8N, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		let errors = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (errors += chunk));
		child.once('error', (error) => done(error.message));
		child.once('close', (code) => {
			if (code !== 0)
				done(/Error: (.*?)\.?(?: Tried:)?$/m.exec(errors)?.[1] ?? `its check ended with ${code}`);
			else if (!/^v(2[4-9]|[3-9]\d)\./.test(output)) done(`its Node.js is ${output}, but n8n needs 24`);
			else done(undefined);
		});
	});
	return answer;
}

async function buildNativeParts() {
	// Under "npm start" the project's own "ignore-scripts" is in the environment; here scripts are the point.
	const rebuild = ['rebuild', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'];
	// Node.js first: the others are built for the Node.js that they find.
	await run('unpacking Node.js 24', 'npm', [...rebuild, 'node'], { cwd: N8N });
	const bin = join(N8N, 'node_modules', 'node', 'bin');
	await run('building', 'npm', [...rebuild, 'sqlite3', 'isolated-vm'], {
		cwd: N8N,
		env: { PATH: `${bin}:${process.env.PATH ?? ''}` },
	});
}

async function installN8n() {
	const checked = join(N8N, 'node_modules', '.checked');
	const installed = isInstalled(N8N);
	if (installed && readText(checked) === digest(readText(join(N8N, 'package-lock.json')))) return;
	if (!installed) {
		say('installing n8n into sandbox/n8n (about four minutes and 3 GB, once)');
		await run('installing n8n', 'npm', ['ci', '--ignore-scripts', ...QUIET], { cwd: N8N });
		markInstalled(N8N);
	}
	let defect = await n8nDefect();
	for (let attempt = 1; defect !== undefined && attempt <= 2; attempt++) {
		say(`building n8n's native parts, because ${defect} (about a minute)`);
		const failure = await buildNativeParts().then(
			() => undefined,
			(error) => error,
		);
		defect = await n8nDefect();
		if (defect !== undefined && attempt === 2) {
			const what = `n8n cannot run: ${defect}.`;
			const files =
				"Its native parts come ready-made from github.com. Where that cannot be reached they are built, with Node.js's headers from nodejs.org (or from the folder that npm's setting nodedir names), a C++ compiler, make and Python 3.";
			const remedy =
				'On Debian or Ubuntu: apt-get install build-essential python3. On macOS: xcode-select --install. Then run this again.';
			throw new Stop(
				[what, files, remedy, failure?.message ?? ''].join('\n'),
				[what, files, remedy, `What the build said: ${LOG}`].join(' '),
			);
		}
	}
	writeFileSync(checked, digest(readText(join(N8N, 'package-lock.json'))));
}

async function installEngine1x() {
	if (isInstalled(ENGINE_1X)) return;
	say('installing the engine of n8n 1.x into test/engine-1x/n8n (about half a minute and 250 MB, once)');
	await run('installing the engine of n8n 1.x', 'npm', ['ci', '--ignore-scripts', ...QUIET], {
		cwd: ENGINE_1X,
	});
	markInstalled(ENGINE_1X);
}

function filesBelow(path) {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesBelow(join(path, name)));
}

async function build() {
	const files = BUILD_SOURCES.flatMap((source) => filesBelow(join(ROOT, source)));
	const hash = createHash('sha256');
	for (const file of files) hash.update(relative(ROOT, file)).update(readFileSync(file));
	const wanted = hash.digest('hex');
	const { n8n } = JSON.parse(readText(join(ROOT, 'package.json')));
	const complete = [...n8n.nodes, ...n8n.credentials].every((file) => existsSync(join(ROOT, file)));
	if (complete && readText(BUILD_STAMP) === wanted) return;
	say('building the nodes');
	await run('building', process.execPath, [join('node_modules', 'gulp', 'bin', 'gulp.js'), 'build'], {
		cwd: ROOT,
	});
	writeFileSync(BUILD_STAMP, wanted);
}

let listsAreFresh = false;

/** Installs a Debian package where that is possible; does nothing elsewhere. */
async function installDebianPackage(name, label) {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
	say(`installing ${label} with apt-get (about a minute, once)`);
	// The run level keeps packages of servers from starting one of their own.
	const options = { cwd: ROOT, env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
	if (!listsAreFresh) await run('updating the package lists', 'apt-get', ['update'], options);
	listsAreFresh = true;
	const install = ['install', '-y', '--no-install-recommends', name];
	await run(`installing ${label}`, 'apt-get', install, options);
}

/** Finds a program of the machine, or installs it. */
async function prepareProgram(need) {
	if (findProgram(need) !== undefined) return;
	const { label, debianPackage, variable } = PROGRAMS[need];
	const chosen = variable === undefined ? undefined : process.env[variable];
	if (chosen !== undefined && chosen !== '') {
		throw new Stop(`${variable} is ${chosen}, but there is no such program.`);
	}
	await installDebianPackage(debianPackage, label);
	if (findProgram(need) !== undefined) return;
	const otherwise = variable === undefined ? '' : ` Or set ${variable} to its program file.`;
	throw new Stop(
		`${label} is not installed. On Debian or Ubuntu: apt-get install ${debianPackage}, as root.${otherwise}`,
	);
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/** Two runs at once would write into the same node_modules; the second one waits for the first. */
async function withLock(work) {
	mkdirSync(STATE, { recursive: true });
	const owner = join(LOCK, 'pid');
	let told = false;
	for (;;) {
		try {
			mkdirSync(LOCK);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		const pid = Number(readText(owner));
		const age = existsSync(LOCK) ? Date.now() - statSync(LOCK).mtimeMs : 0;
		// A lock without an owner is one that is being made, or one whose maker was killed at that moment.
		const abandoned = pid > 0 ? !isAlive(pid) : age > 10_000;
		if (abandoned) {
			rmSync(LOCK, { recursive: true, force: true });
			continue;
		}
		if (!told) say(`waiting for another run (process ${pid || 'unknown'})`);
		told = true;
		await sleep(LOCK_POLL_MS);
	}
	const release = () => rmSync(LOCK, { recursive: true, force: true });
	const interrupted = () => {
		release();
		process.exit(130);
	};
	process.on('SIGINT', interrupted);
	process.on('SIGTERM', interrupted);
	try {
		// Last, so that whoever sees the owner can interrupt it without leaving a lock behind.
		writeFileSync(owner, String(process.pid));
		await work();
	} finally {
		process.off('SIGINT', interrupted);
		process.off('SIGTERM', interrupted);
		release();
	}
}

/**
 * @typedef {object} Missing what this machine does not have
 * @property {string} need as it was asked for
 * @property {string} why on one line, with what to do
 */

/**
 * Does what the command line does.
 *
 * @param {string[]} needs see the top of this file
 * @param {object} [options]
 * @param {boolean} [options.leaveOut] goes on without a need that this machine cannot meet, instead of stopping
 * @param {Array<{ name: string, milliseconds: number }>} [options.phases] gets what was done and how long it took, also
 * when it fails
 * @returns {Promise<Missing[]>} what was left out
 * @throws {Stop} with a message for a person
 */
export async function prepare(needs, { leaveOut = false, phases = [] } = {}) {
	const unknown = needs.filter((need) => !NEEDS.includes(need));
	if (unknown.length > 0) {
		const usage = NEEDS.map((need) => `[${need}]`).join(' ');
		throw new Stop(`"${unknown.join(' ')}" is not known. Usage: node tools/prepare.mjs ${usage}`);
	}
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor < NEEDED_NODE[1])) {
		throw new Stop(
			`This is Node.js ${process.version}. The project needs ${NEEDED_NODE.join('.')} or newer.`,
		);
	}
	if (process.platform === 'win32') {
		throw new Stop('The sandbox runs on Linux and macOS. On Windows, use WSL.');
	}
	const missing = [];
	const phase = async (name, work) => {
		const began = Date.now();
		try {
			await work();
		} finally {
			phases.push({ name, milliseconds: Date.now() - began });
		}
	};
	const meet = async (need, name, work) => {
		if (!needs.includes(need)) return;
		try {
			await phase(name, work);
		} catch (error) {
			if (!leaveOut || !(error instanceof Stop)) throw error;
			missing.push({ need, why: error.summary });
		}
	};
	await withLock(async () => {
		rmSync(LOG, { force: true });
		await phase('installing the packages', installProject);
		await phase('building', build);
		await meet('sandbox', 'installing n8n', installN8n);
		await meet('n8n1', 'installing the engine of n8n 1.x', installEngine1x);
		for (const [need, { label }] of Object.entries(PROGRAMS)) {
			await meet(need, `finding ${label}`, async () => await prepareProgram(need));
		}
	});
	return missing;
}

if (realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
	prepare(process.argv.slice(2)).catch((error) => {
		console.error(error instanceof Stop ? `prepare: ${error.message}` : error);
		process.exitCode = 1;
	});
}
