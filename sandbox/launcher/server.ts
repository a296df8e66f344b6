/**
 * Starts and stops the real n8n that `sandbox/n8n` holds.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';

import axios from 'axios';

import { freePort } from './ports';

const PROJECT_ROOT = resolve(__dirname, '..', '..');
const N8N_FOLDER = join(PROJECT_ROOT, 'sandbox', 'n8n', 'node_modules');
const NODE_BINARY = join(N8N_FOLDER, 'node', 'bin', 'node');
const N8N_SCRIPT = join(N8N_FOLDER, 'n8n', 'bin', 'n8n');

const HOST = '127.0.0.1';
const POLL_MS = 50;
const LOG_LINES_IN_ERRORS = 25;
const LOG_LINES_KEPT = 5000;
/** n8n ends within half a second; a minute-long execution may hold it up. */
const STOP_GRACE_MS = 8000;

/** The owner of the sandbox's n8n. A public test account on 127.0.0.1, so the password is no secret. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Sandbox-2026',
	firstName: 'Sandbox',
	lastName: 'Owner',
} as const;

/** bcrypt of {@link OWNER}'s password: n8n takes the account from its environment in this form only. */
const OWNER_PASSWORD_HASH = '$2a$10$07EVTcErX2CStRLdGqnZ5.XbVmhw8BZMFgSGhHl47vS.TcOAWsdMG';

/**
 * Parts of n8n that the product does not touch. Without them n8n starts about a second sooner, opens no connection to
 * its maker's servers, and the editor shows workflows and nothing else.
 */
const UNUSED_MODULES = [
	'agents',
	'breaking-changes',
	'chat-hub',
	'dynamic-credentials',
	'external-secrets',
	'insights',
	'instance-ai',
	'instance-version-history',
	'ldap',
	'log-streaming',
	'mcp',
	'mcp-registry',
	'n8n-packages',
	'oauth-server',
	'otel',
	'provisioning',
	'quick-connect',
	'runtime-credentials',
	'source-control',
	'sso-oidc',
	'sso-saml',
	'token-exchange',
	'workflow-builder',
	'workflow-reviews',
];

/** Saves a third of the time that n8n's start takes: it writes every file of its editor anew, and reads its API's. */
const WITHOUT_EDITOR = { N8N_DISABLE_UI: 'true', N8N_PUBLIC_API_DISABLED: 'true' };

export interface ServerOptions {
	/** Folder that holds `.n8n`. */
	userFolder: string;
	/** Wanted port; any free one when it is taken or absent. */
	port?: number;
	/** Set over the launcher's own settings. */
	env?: Record<string, string>;
	/** Starts the runner that Code nodes need. Costs about 1.5 seconds and 140 MB. */
	codeNodes?: boolean;
	/** False: without the editor and the public API; webhooks, workflows and what the editor calls are there all the same. */
	editor?: boolean;
	/** Milliseconds until a start is given up. */
	timeoutMs?: number;
}

/** A running n8n process. */
export interface N8nServer {
	baseUrl: string;
	port: number;
	pid: number;
	/** Milliseconds from the start of the process until n8n was ready. */
	startMs: number;
	/** The lines that n8n wrote, oldest first, the newest 5000. */
	log(): string[];
	/** Resident memory of the n8n process in megabytes, or undefined where the system does not tell. */
	memoryMb(): Promise<number | undefined>;
	/** Ends n8n and everything it started. Safe to call twice. */
	stop(): Promise<void>;
}

/** Every n8n that this process has running, for the signal handlers. */
const running = new Set<ChildProcess>();
let handlersSet = false;

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		// n8n is the leader of its own process group, which holds its task runner as well.
		process.kill(-child.pid, signal);
	} catch {
		// The group is gone already.
	}
}

function endWithThisProcess(): void {
	if (handlersSet) return;
	handlersSet = true;
	process.on('exit', () => {
		for (const child of running) killGroup(child, 'SIGKILL');
	});
}

function environment(options: ServerOptions, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => {
			// A developer's own n8n settings, npm's and jest's must not leak into the n8n under test.
			return !/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|NODE_ENV$|NODE_OPTIONS$|npm_|JEST_)/.test(name);
		}),
	);
	return {
		...inherited,
		PATH: [dirname(NODE_BINARY), process.env.PATH ?? ''].join(delimiter),
		NO_COLOR: '1',
		// Halves the time that Node spends on reading n8n's thousands of files.
		NODE_COMPILE_CACHE: join(N8N_FOLDER, '.cache', 'compile'),
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: HOST,
		N8N_HOST: HOST,
		N8N_EDITOR_BASE_URL: `http://${HOST}:${port}`,
		N8N_WEBHOOK_URL: `http://${HOST}:${port}`,
		N8N_SECURE_COOKIE: 'false',
		GENERIC_TIMEZONE: 'UTC',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: UNUSED_MODULES.join(','),
		...(options.editor === false ? WITHOUT_EDITOR : {}),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_PYTHON_ENABLED: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		...(options.codeNodes === true
			? {}
			: { N8N_RUNNERS_MODE: 'external', N8N_RUNNERS_AUTH_TOKEN: randomBytes(16).toString('hex') }),
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
		N8N_INSTANCE_OWNER_FIRST_NAME: OWNER.firstName,
		N8N_INSTANCE_OWNER_LAST_NAME: OWNER.lastName,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER_PASSWORD_HASH,
		...options.env,
	};
}

/** The version of n8n in `sandbox/n8n`, for example `2.41.1`. */
export async function n8nVersion(): Promise<string> {
	const manifest = JSON.parse(await readFile(join(N8N_FOLDER, 'n8n', 'package.json'), 'utf8')) as {
		version: string;
	};
	return manifest.version;
}

/** Resident memory in megabytes, from Linux's `/proc`. */
async function residentMb(pid: number): Promise<number | undefined> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}

/**
 * Starts n8n on 127.0.0.1 and waits until it takes requests.
 *
 * @throws Error with the end of n8n's log when it ends or is not ready in time
 */
export async function startServer(options: ServerOptions): Promise<N8nServer> {
	if (!existsSync(NODE_BINARY) || !existsSync(N8N_SCRIPT)) {
		throw new Error('n8n is not installed in sandbox/n8n. Run "node tools/prepare.mjs sandbox".');
	}
	await mkdir(options.userFolder, { recursive: true });
	const port = await freePort(options.port);
	const brokerPort = await freePort();
	const baseUrl = `http://${HOST}:${port}`;
	const began = Date.now();

	const child = spawn(
		NODE_BINARY,
		['--require', join(__dirname, 'exit-with-parent.cjs'), N8N_SCRIPT, 'start'],
		{
			cwd: options.userFolder,
			env: environment(options, port, brokerPort),
			stdio: ['pipe', 'pipe', 'pipe'],
			detached: true,
		},
	);
	running.add(child);
	endWithThisProcess();

	const lines: string[] = [];
	let partial = '';
	const keep = (chunk: Buffer) => {
		const pieces = (partial + chunk.toString()).split('\n');
		partial = pieces.pop() ?? '';
		lines.push(...pieces);
		if (lines.length > LOG_LINES_KEPT) lines.splice(0, lines.length - LOG_LINES_KEPT);
	};
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);

	let ended: string | undefined;
	const closed = new Promise<void>((done) => {
		child.once('error', (error) => {
			ended = `could not be started: ${error.message}`;
			running.delete(child);
			done();
		});
		child.once('close', (code, signal) => {
			ended ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
			running.delete(child);
			done();
		});
	});

	const log = () => (partial === '' ? [...lines] : [...lines, partial]);
	const withLog = (sentence: string) => {
		const tail = log().slice(-LOG_LINES_IN_ERRORS).join('\n');
		return new Error(`${sentence}\n--- end of n8n's log ---\n${tail}`);
	};
	const stop = async () => {
		if (ended !== undefined) return;
		killGroup(child, 'SIGTERM');
		const timer = setTimeout(() => killGroup(child, 'SIGKILL'), STOP_GRACE_MS);
		await closed;
		clearTimeout(timer);
		// The task runner outlives n8n by a moment when n8n was killed.
		killGroup(child, 'SIGKILL');
	};

	const deadline = began + (options.timeoutMs ?? 120_000);
	for (;;) {
		if (ended !== undefined) throw withLog(`n8n ${ended} before it was ready.`);
		if (Date.now() > deadline) {
			const seconds = Math.round((Date.now() - began) / 1000);
			await stop();
			throw withLog(`n8n was not ready after ${seconds} seconds.`);
		}
		const ready = await axios
			.get(`${baseUrl}/healthz/readiness`, { timeout: 2000, proxy: false, validateStatus: () => true })
			.then((answer) => answer.status === 200)
			.catch(() => false);
		if (ready) break;
		await new Promise((next) => setTimeout(next, POLL_MS));
	}

	const pid = child.pid ?? 0;
	return {
		baseUrl,
		port,
		pid,
		startMs: Date.now() - began,
		log,
		memoryMb: async () => await residentMb(pid),
		stop,
	};
}
