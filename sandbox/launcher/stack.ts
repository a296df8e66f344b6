/**
 * Everything that one call needs, started together: a Kustomer (the stand-in, or a real one), a real n8n with the
 * package, the two credentials and the published workflows. `npm start` and the end-to-end tests both stand on it.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import {
	SANDBOX,
	startKustomerStandIn,
	type KustomerStandIn,
	type KustomerStandInOptions,
} from '../kustomer';
import { newPlatformId, type SimulatedAgent, type WebhookCredential } from '../telephony';

import {
	PROJECT_ROOT,
	readWorkflow,
	startN8n,
	type N8nApi,
	type PublishedWorkflow,
	type RunningN8n,
	type WorkflowFile,
} from './index';

/** The workflow of the product's main job. */
export const MAIN_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'babelforce-inbound-call.json');

/** The company's own number, which callers of the sandbox call. */
export const COMPANY_NUMBER = SANDBOX.ownNumbers[0];

/** Ids on the telephony platform, the same at every start. */
const PLATFORM_IDS = ['a1', 'b2', 'c3'].map((digits) => digits.repeat(16));

/** Kustomer users who also take calls on the simulated platform. */
export const AGENTS: SimulatedAgent[] = [SANDBOX.users.ana, SANDBOX.users.ben, SANDBOX.users.chloe].map(
	(user, index) => ({
		id: PLATFORM_IDS[index] ?? newPlatformId(),
		sourceId: user.id,
		name: user.name,
		email: user.email,
		number: String(101 + index),
	}),
);

/** A Kustomer to talk to. */
export interface KustomerTarget {
	organization: string;
	apiKey: string;
	/** Without a slash at the end. */
	baseUrl: string;
}

export interface StackOptions {
	/** A real Kustomer instead of the stand-in. */
	kustomer?: KustomerTarget;
	/** For the stand-in. */
	standIn?: KustomerStandInOptions;
	/** Files or workflows to publish. Default: the main one. */
	workflows?: Array<string | WorkflowFile>;
	/** What callers of the webhook must present. Default: Basic with a random password. */
	credential?: WebhookCredential;
	/** Folder that holds `.n8n`. Absent: a temporary one. */
	userFolder?: string;
	/** Wanted port of n8n. */
	n8nPort?: number;
	codeNodes?: boolean;
	env?: Record<string, string>;
	/** Told what is being done, in words for people. */
	onProgress?: (line: string) => void;
}

export interface Stack {
	n8n: RunningN8n;
	api: N8nApi;
	/** Absent when a real Kustomer is used. */
	standIn?: KustomerStandIn;
	kustomer: KustomerTarget;
	credential: WebhookCredential;
	workflows: PublishedWorkflow[];
	/** The first webhook of the first workflow. */
	webhookUrl: string;
	/** Milliseconds for storing credentials, importing and publishing. */
	importMs: number;
	/** Ends everything. Safe to call twice. */
	stop(): Promise<void>;
}

/** A Basic credential that nobody can guess. */
export function newWebhookCredential(): WebhookCredential {
	return { method: 'basicAuth', user: 'babelforce', password: randomBytes(18).toString('base64url') };
}

/**
 * Starts the stack.
 *
 * @throws Error in words for people; nothing is left running
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
	const progress = options.onProgress ?? (() => undefined);
	const credential = options.credential ?? newWebhookCredential();
	const workflows = await Promise.all(
		(options.workflows ?? [MAIN_WORKFLOW]).map(async (workflow) =>
			typeof workflow === 'string' ? await readWorkflow(workflow) : workflow,
		),
	);

	const standIn = options.kustomer === undefined ? await startKustomerStandIn(options.standIn) : undefined;
	const kustomer: KustomerTarget =
		options.kustomer ??
		(standIn === undefined
			? { organization: '', apiKey: '', baseUrl: '' }
			: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url });
	if (standIn !== undefined) progress(`The stand-in for Kustomer runs at ${standIn.url}`);

	let n8n: RunningN8n | undefined;
	const stop = async () => {
		await n8n?.stop();
		await standIn?.close();
	};
	try {
		progress('Starting n8n ...');
		n8n = await startN8n({
			packageFolder: PROJECT_ROOT,
			userFolder: options.userFolder,
			port: options.n8nPort,
			codeNodes: options.codeNodes,
			env: options.env,
		});
		const began = Date.now();
		const api = await n8n.login();
		await api.saveCredential({ name: 'Kustomer', type: 'kustomerApi', data: { ...kustomer } });
		await api.saveCredential({
			name: 'Contact center webhook',
			type: 'contactCenterWebhookApi',
			data: { ...credential },
		});
		const published = await n8n.publish(workflows);
		const importMs = Date.now() - began;
		const path = published.flatMap(({ webhookPaths }) => webhookPaths)[0];
		if (path === undefined) throw new Error('The workflow has no webhook, so no call can reach it.');
		return {
			n8n,
			api,
			standIn,
			kustomer,
			credential,
			workflows: published,
			webhookUrl: n8n.webhookUrl(path),
			importMs,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
