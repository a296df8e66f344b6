/**
 * Everything that one call needs, started together: a Kustomer (the stand-in, or a real one), a real n8n with the
 * package, the credentials and the published workflows. `npm start` and the end-to-end tests both stand on it.
 */
import { randomBytes } from 'node:crypto';
import { basename, join } from 'node:path';

import { BABELFORCE, startBabelforceStandIn, type BabelforceStandIn } from '../babelforce';
import { startCcaiPlatformStandIn, type CcaiPlatformStandIn } from '../ccai-platform';
import {
	SANDBOX,
	startKustomerStandIn,
	type KustomerStandIn,
	type KustomerStandInOptions,
} from '../kustomer';
import { newPlatformId, type SimulatedAgent, type WebhookCredential } from '../telephony';
import type { CcaipAgent, CcaipReceiver } from '../telephony/ccaip';

import {
	CREDENTIAL_NAMES,
	PROJECT_ROOT,
	readWorkflow,
	startN8n,
	type N8nApi,
	type PublishedWorkflow,
	type RunningN8n,
	type WorkflowFile,
} from './index';
import { withFields } from './workflow-settings';

/** Minutes that workflows wait for recordings in a sandbox. */
const SHORT_WAITS = { firstMinutes: 0.02, longestMinutes: 0.1 };
/** The step that says how long. */
export const WAITING_STEP = 'Get When Ready';

/** The workflow of the product's main job. */
export const MAIN_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'babelforce-inbound-call.json');

/** The workflow that logs every call of babelforce by the record rules. Its use excludes that of the main one. */
export const BABELFORCE_SESSIONS_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'babelforce-session-events.json');

/** The workflow that CCAI Platform's webhooks reach, and the one for metadata files by hand, which calls it. */
export const CCAIP_WORKFLOWS = {
	events: join(PROJECT_ROOT, 'workflows', 'ccaip-session-events.json'),
	metadataFiles: join(PROJECT_ROOT, 'workflows', 'ccaip-session-metadata.json'),
} as const;

/** The workflows that bring recordings to Kustomer. */
export const RECORDING_WORKFLOWS = {
	babelforce: join(PROJECT_ROOT, 'workflows', 'recording-upload.json'),
	ccaip: join(PROJECT_ROOT, 'workflows', 'ccaip-recording-upload.json'),
} as const;

/** The workflows that fetch files from external storage. */
export const STORAGE_WORKFLOWS = {
	sftp: join(PROJECT_ROOT, 'workflows', 'external-storage-sftp.json'),
	gcs: join(PROJECT_ROOT, 'workflows', 'external-storage-gcs.json'),
} as const;

/** The workflow that brings what those two have fetched to Kustomer. */
export const STORED_FILES_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'external-storage-files.json');

/** The workflow that reads CCAI Platform's mails. */
export const SESSION_MAIL_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'session-email.json');

/** The workflow that compares the sessions of CCAI Platform with Kustomer. It calls the one for its events. */
export const RECONCILE_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'reconcile-sessions.json');

/** The workflow that a person runs once, to create the session fields. It has nothing to publish. */
export const SESSION_FIELDS_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'session-fields.json');

/** The workflow that places a test call and removes it. A person starts it. */
export const TEST_CALL_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'test-call.json');

/** The workflow that lookup URLs and screen pops lead to. */
export const LOOKUP_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'lookup-url.json');

/** The workflow of links in Kustomer that start a call. */
export const CLICK_TO_CALL_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'click-to-call.json');

/** The workflow that takes the events of the agent desktop. */
export const DESKTOP_WORKFLOW = join(PROJECT_ROOT, 'workflows', 'agent-desktop.json');

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

/** The same people on CCAI Platform, matched by their email address. */
export const CCAIP_AGENTS: CcaipAgent[] = AGENTS.map(({ name, email, number }, index) => ({
	id: 11 + index,
	name,
	email: email ?? '',
	number,
}));

/** A Kustomer to talk to. */
export interface KustomerTarget {
	organization: string;
	apiKey: string;
	/** Without a slash at the end. */
	baseUrl: string;
}

/** A credential to store. */
export interface NewCredential {
	name: string;
	/** Its type in n8n, for example `sftp`. */
	type: string;
	data: Record<string, unknown>;
}

/** Stand-ins for the APIs of the telephony platforms. */
export interface PlatformStandIns {
	babelforce: BabelforceStandIn;
	ccaip: CcaiPlatformStandIn;
}

export interface StackOptions {
	/** A real Kustomer instead of the stand-in. */
	kustomer?: KustomerTarget;
	/** For the stand-in. */
	standIn?: KustomerStandInOptions;
	/** Files or workflows to publish. Default: the main one. */
	workflows?: Array<string | WorkflowFile>;
	/** What callers of babelforce's webhook must present. Default: Basic with a random password. */
	credential?: WebhookCredential;
	/** What CCAI Platform must present. Default: Basic with a random password of its own. */
	ccaipCredential?: WebhookCredential;
	/** Starts stand-ins for the APIs of both telephony platforms and stores a credential for each. */
	platforms?: boolean;
	/** Shortens the waits of workflows that look for recordings to seconds, so that people see what comes of them. */
	shortWaits?: boolean;
	/** More credentials, stored before the workflows are published. */
	credentials?: readonly NewCredential[];
	/** Folder that holds `.n8n`. Absent: a temporary one. */
	userFolder?: string;
	/** User folder of an n8n that was started before: what a temporary folder begins with. */
	startFrom?: string;
	/** Wanted port of n8n. */
	n8nPort?: number;
	codeNodes?: boolean;
	/** False: without n8n's editor and public API, a third sooner. */
	editor?: boolean;
	env?: Record<string, string>;
	/** Told what is being done, in words for people. */
	onProgress?: (line: string) => void;
}

export interface Stack {
	n8n: RunningN8n;
	api: N8nApi;
	/** Absent when a real Kustomer is used. */
	standIn?: KustomerStandIn;
	/** Present when they were asked for. */
	platforms?: PlatformStandIns;
	kustomer: KustomerTarget;
	credential: WebhookCredential;
	/** The workflows, also those that could not be published. */
	workflows: PublishedWorkflow[];
	/** The first webhook of the first workflow; empty when that workflow starts in another way. */
	webhookUrl: string;
	/** Where CCAI Platform's webhooks go, as far as the workflows for them are published. */
	ccaip: CcaipReceiver;
	/** Where the end of babelforce's calls is told, when the workflow for their recordings is published. */
	recordingUrl?: string;
	/** Milliseconds for storing credentials, importing and publishing. */
	importMs: number;
	/** Ends everything. Safe to call twice. */
	stop(): Promise<void>;
}

/** A Basic credential that nobody can guess. */
export function newWebhookCredential(user = 'babelforce'): WebhookCredential {
	return { method: 'basicAuth', user, password: randomBytes(18).toString('base64url') };
}

/**
 * Starts the stack.
 *
 * @throws Error in words for people; nothing is left running
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
	const progress = options.onProgress ?? (() => undefined);
	const credential = options.credential ?? newWebhookCredential();
	const ccaipCredential = options.ccaipCredential ?? newWebhookCredential('ccaip');
	const sources = options.workflows ?? [MAIN_WORKFLOW];
	const workflows = await Promise.all(
		sources.map(async (source) => {
			const workflow = typeof source === 'string' ? await readWorkflow(source) : source;
			return options.shortWaits === true ? withFields(workflow, WAITING_STEP, SHORT_WAITS) : workflow;
		}),
	);

	const standIn = options.kustomer === undefined ? await startKustomerStandIn(options.standIn) : undefined;
	const kustomer: KustomerTarget =
		options.kustomer ??
		(standIn === undefined
			? { organization: '', apiKey: '', baseUrl: '' }
			: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url });
	if (standIn !== undefined) progress(`The stand-in for Kustomer runs at ${standIn.url}`);

	let n8n: RunningN8n | undefined;
	let platforms: PlatformStandIns | undefined;
	const stop = async () => {
		await n8n?.stop();
		await Promise.all([standIn?.close(), platforms?.babelforce.close(), platforms?.ccaip.close()]);
	};
	try {
		if (options.platforms === true) {
			const [babelforce, ccaip] = await Promise.all([startBabelforceStandIn(), startCcaiPlatformStandIn()]);
			platforms = { babelforce, ccaip };
		}
		progress('Starting n8n ...');
		n8n = await startN8n({
			packageFolder: PROJECT_ROOT,
			userFolder: options.userFolder,
			startFrom: options.startFrom,
			port: options.n8nPort,
			codeNodes: options.codeNodes,
			editor: options.editor,
			env: options.env,
		});
		const began = Date.now();
		const api = await n8n.login();
		await api.saveCredential({
			name: CREDENTIAL_NAMES.kustomer,
			type: 'kustomerApi',
			data: { ...kustomer },
		});
		const more = [
			...(platforms === undefined ? [] : credentialsOf(platforms)),
			...(options.credentials ?? []),
		];
		for (const one of more) await api.saveCredential(one);
		for (const [name, data] of [
			[CREDENTIAL_NAMES.webhook, credential],
			[CREDENTIAL_NAMES.ccaipWebhook, ccaipCredential],
		] as const) {
			await api.saveCredential({ name, type: 'contactCenterWebhookApi', data: { ...data } });
		}
		const published = await n8n.publish(workflows, { leaveIncomplete: true });
		const importMs = Date.now() - began;
		const [first] = published;
		if (first !== undefined && first.missingCredentials.length > 0) throw new Error(unpublishedText(first));
		const path = first?.webhookPaths[0];
		const { webhookUrl } = n8n;
		const urlOf = (file: string, webhook = 0) => {
			const index = sources.findIndex((one) => typeof one === 'string' && basename(one) === basename(file));
			const target = published[index]?.webhookPaths[webhook];
			return target === undefined ? undefined : webhookUrl(target);
		};
		return {
			n8n,
			api,
			standIn,
			platforms,
			kustomer,
			credential,
			workflows: published,
			webhookUrl: path === undefined ? '' : webhookUrl(path),
			ccaip: {
				urls: { events: urlOf(CCAIP_WORKFLOWS.events), metadata: urlOf(CCAIP_WORKFLOWS.events, 1) },
				credential: ccaipCredential,
			},
			recordingUrl: urlOf(RECORDING_WORKFLOWS.babelforce),
			importMs,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** What n8n needs to know to reach the stand-ins. */
function credentialsOf({ babelforce, ccaip }: PlatformStandIns): NewCredential[] {
	const { accessId, accessToken } = BABELFORCE.users.manager;
	return [
		{
			name: CREDENTIAL_NAMES.babelforce,
			type: 'babelforceApi',
			data: { method: 'accessToken', accessId, accessToken, baseUrl: babelforce.url },
		},
		{
			name: CREDENTIAL_NAMES.ccaiPlatform,
			type: 'ccaiPlatformApi',
			data: { subdomain: ccaip.subdomain, token: ccaip.token, baseUrl: ccaip.url },
		},
	];
}

/** One line about a workflow that could not be published. */
export function unpublishedText({ name, missingCredentials }: PublishedWorkflow): string {
	return `Imported "${name}", not published: the sandbox has no credential of the type ${missingCredentials.join(', ')}`;
}
