/**
 * The note that a running sandbox leaves in `.sandbox/running.json`, so that the call simulator in another terminal
 * finds it.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { SimulatedAgent } from './babelforce-events';
import type { CcaipAgent, CcaipReceiver } from './ccaip';
import type { WebhookCredential } from './credential';

export interface RunningSandbox {
	pid: number;
	n8nUrl: string;
	webhookUrl: string;
	credential: WebhookCredential;
	/** Absent when the sandbox talks to a real Kustomer. */
	kustomerUrl?: string;
	/** The company's number, called when no other is given. */
	defaultTo: string;
	/** The caller when no other is given. */
	defaultFrom: string;
	/** The first one answers when no other is named. */
	agents: SimulatedAgent[];
	/** Addresses of CCAI Platform's webhooks, as far as there are any, and its agents. */
	ccaip?: CcaipReceiver & { agents: CcaipAgent[] };
}

export const RUNNING_FILE = resolve(__dirname, '..', '..', '.sandbox', 'running.json');

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

/** The running sandbox, or undefined when there is none. A note of a sandbox that has ended counts as none. */
export async function findRunningSandbox(file = RUNNING_FILE): Promise<RunningSandbox | undefined> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	try {
		const sandbox = JSON.parse(text) as RunningSandbox;
		return isAlive(sandbox.pid) ? sandbox : undefined;
	} catch {
		return undefined;
	}
}

/** Leaves the note. It holds the sandbox's own webhook secret, so only its owner may read it. */
export async function noteRunningSandbox(sandbox: RunningSandbox, file = RUNNING_FILE): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, JSON.stringify(sandbox, null, 2), { mode: 0o600 });
}

/** Removes the note when it is this process's. */
export async function forgetRunningSandbox(file = RUNNING_FILE): Promise<void> {
	const sandbox = await findRunningSandbox(file);
	if (sandbox?.pid === process.pid) await rm(file, { force: true });
}
