/**
 * Starts a real n8n that has the package installed the way users install it.
 *
 * ```ts
 * const n8n = await startN8n({ packageFolder: root });
 * const api = await n8n.login();
 * await api.saveCredential({ type: 'kustomerApi', name: 'Kustomer', data });
 * const [workflow] = await n8n.publish([join(root, 'workflows', 'babelforce-inbound-call.json')]);
 * await axios.post(n8n.webhookUrl(workflow.webhookPaths[0]), event);
 * await n8n.stop();
 * ```
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import axios from 'axios';

import { N8nApi, type ExecutionSummary, type PublishedWorkflow } from './api';
import { ImportedWorkflows } from './imported-workflows';
import { installPackage, packPackage } from './package';
import { OWNER, startServer, type N8nServer } from './server';
import { readWorkflow, type WorkflowFile } from './workflows';

export { N8nApi } from './api';
export type { Execution, ExecutionStatus, ExecutionSummary, NodeRun, PublishedWorkflow } from './api';
export { freePort } from './ports';
export { OWNER, n8nVersion } from './server';
export { CREDENTIAL_NAMES, readWorkflow, workflowFiles } from './workflows';
export type { StoredCredential, WorkflowFile, WorkflowNode } from './workflows';

export const PROJECT_ROOT = resolve(__dirname, '..', '..');

/** Where tarballs and the sandbox's n8n live: `.sandbox` in the project root. */
export const SANDBOX_FOLDER = join(PROJECT_ROOT, '.sandbox');

const WEBHOOK_POLL_MS = 50;
const WEBHOOK_TIMEOUT_MS = 20_000;
const WEBHOOK_REQUEST_TIMEOUT_MS = 10_000;
const IDLE_POLL_MS = 50;

export interface StartOptions {
	/** Tarball to install. */
	packageTarball?: string;
	/** Package to pack and install, built already. Neither of the two: n8n without a package. */
	packageFolder?: string;
	/** Folder that holds `.n8n`. Absent: a new one that is removed on stop. */
	userFolder?: string;
	/** User folder of an n8n that was started before and ended: what a new folder begins with. */
	startFrom?: string;
	/** Wanted port; a free one when taken or absent. */
	port?: number;
	/** Environment variables for n8n, over the launcher's own. */
	env?: Record<string, string>;
	/** Leaves a temporary user folder in place on stop. */
	keep?: boolean;
	/** Starts the runner that Code nodes need. */
	codeNodes?: boolean;
	/** False: without n8n's editor and public API, a third sooner. */
	editor?: boolean;
	/** Milliseconds until a start is given up; 120,000 by default. */
	timeoutMs?: number;
}

/** How long the parts of a start took, in milliseconds. */
export interface StartTimes {
	pack: number;
	install: number;
	start: number;
}

export interface RunningN8n {
	baseUrl: string;
	userFolder: string;
	server: N8nServer;
	times: StartTimes;
	/**
	 * Address of a production webhook.
	 *
	 * @param path as it stands in the node, or as n8n shows it after `/webhook/`
	 */
	webhookUrl(path: string): string;
	/** Signs the owner in, once; every call gives the same session. */
	login(): Promise<N8nApi>;
	/**
	 * Imports workflow files (or workflows), chooses their credentials, publishes them and waits until their webhooks
	 * answer. Store the credentials first. What only a person starts is imported and not published. A workflow that was
	 * imported into this user folder before and has not changed since is not imported again, so that what a person changed
	 * in the editor stays.
	 *
	 * @param options `leaveIncomplete`: a workflow whose credentials n8n does not have is imported and not published
	 * @throws Error when n8n refuses a workflow or a webhook does not come up
	 */
	publish(
		workflows: Array<string | WorkflowFile>,
		options?: { leaveIncomplete?: boolean },
	): Promise<PublishedWorkflow[]>;
	/** The newest executions first, of one workflow or of all. */
	executions(workflowId?: string): Promise<ExecutionSummary[]>;
	/**
	 * Waits until no execution is running or queued. One that n8n has put away for a while counts as neither.
	 *
	 * @param workflowId looks at the executions of this workflow only
	 */
	idle(options?: { workflowId?: string; timeoutMs?: number }): Promise<void>;
	/** The lines that n8n wrote. */
	log(): string[];
	memoryMb(): Promise<number | undefined>;
	/** Ends n8n, and removes the user folder when it was temporary. Safe to call twice. */
	stop(): Promise<void>;
}

function webhookPaths(workflow: WorkflowFile): string[] {
	return workflow.nodes
		.filter((node) => node.disabled !== true)
		.flatMap((node) => {
			const { path } = node.parameters;
			if (typeof path !== 'string' || path === '' || path.startsWith('=')) return [];
			// n8n puts the node's own id in front of paths with variables, as those of the custom CRM.
			return node.type.endsWith('.crmApiTrigger')
				? [`${String(node.webhookId)}/${path}/find-account`]
				: [path];
		});
}

/** Whether a person starts it in the editor, and nothing else does: n8n publishes no such workflow. */
function startsByHand({ nodes }: WorkflowFile): boolean {
	const triggers = nodes.filter(({ type }) => /trigger$/i.test(type));
	return triggers.length > 0 && triggers.every(({ type }) => type === 'n8n-nodes-base.manualTrigger');
}

async function waitForWebhook(url: string): Promise<void> {
	const deadline = Date.now() + WEBHOOK_TIMEOUT_MS;
	for (;;) {
		// A CORS preflight asks n8n which methods the path takes and starts no execution.
		const answer = await axios.options(url, {
			headers: { origin: 'http://127.0.0.1' },
			proxy: false,
			timeout: WEBHOOK_REQUEST_TIMEOUT_MS,
			validateStatus: () => true,
		});
		const methods = String(answer.headers['access-control-allow-methods'] ?? '')
			.split(',')
			.map((method) => method.trim())
			.filter((method) => method !== '' && method !== 'OPTIONS');
		if (answer.status < 300 && methods.length > 0) return;
		if (Date.now() > deadline)
			throw new Error(`The webhook ${url} does not answer: n8n has not registered it.`);
		await new Promise((next) => setTimeout(next, WEBHOOK_POLL_MS));
	}
}

/**
 * Packs and installs the package, starts n8n on 127.0.0.1 and waits until it takes requests.
 *
 * @throws Error with the end of n8n's log, or of npm's, when something fails; nothing is left running
 */
export async function startN8n(options: StartOptions = {}): Promise<RunningN8n> {
	const temporary = options.userFolder === undefined;
	const userFolder = resolve(options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-sandbox-'))));
	const removeFolder = async () => {
		if (temporary && options.keep !== true) {
			await rm(userFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
		}
	};
	const times: StartTimes = { pack: 0, install: 0, start: 0 };
	let server: N8nServer;
	try {
		if (temporary && options.startFrom !== undefined) {
			await cp(options.startFrom, userFolder, { recursive: true });
		}
		let since = Date.now();
		const lap = () => {
			const elapsed = Date.now() - since;
			since = Date.now();
			return elapsed;
		};
		const tarball =
			options.packageTarball ??
			(options.packageFolder === undefined
				? undefined
				: await packPackage(options.packageFolder, join(SANDBOX_FOLDER, 'packages')));
		times.pack = lap();
		if (tarball !== undefined) await installPackage(tarball, userFolder);
		times.install = lap();
		server = await startServer({
			userFolder,
			port: options.port,
			env: options.env,
			codeNodes: options.codeNodes,
			editor: options.editor,
			timeoutMs: options.timeoutMs,
		});
		times.start = lap();
	} catch (error) {
		await removeFolder();
		throw error;
	}

	let session: Promise<N8nApi> | undefined;
	const login = async () => {
		session ??= N8nApi.login(server.baseUrl, OWNER.email, OWNER.password);
		return await session;
	};
	const webhookUrl = (path: string) => `${server.baseUrl}/webhook/${path.replace(/^\/+/, '')}`;
	const imported = new ImportedWorkflows(userFolder);
	const executions = async (workflowId?: string) => await (await login()).executions({ workflowId });

	return {
		baseUrl: server.baseUrl,
		userFolder,
		server,
		times,
		webhookUrl,
		login,
		executions,
		log: server.log,
		memoryMb: server.memoryMb,
		publish: async (workflows, { leaveIncomplete = false } = {}) => {
			const api = await login();
			const published: PublishedWorkflow[] = [];
			for (const source of workflows) {
				const workflow = typeof source === 'string' ? await readWorkflow(source) : source;
				const known = await imported.idOf(workflow, await api.workflows());
				const id = known ?? (await api.importWorkflow(workflow)).id;
				const missing = leaveIncomplete ? await api.missingCredentials(workflow) : [];
				const isComplete = missing.length === 0;
				if (isComplete && !startsByHand(workflow)) await api.publishWorkflow(id);
				await imported.note(workflow);
				published.push({
					id,
					name: workflow.name,
					webhookPaths: isComplete ? webhookPaths(workflow) : [],
					missingCredentials: missing,
				});
			}
			const paths = published.flatMap((workflow) => workflow.webhookPaths);
			await Promise.all(paths.map(async (path) => await waitForWebhook(webhookUrl(path))));
			return published;
		},
		idle: async ({ workflowId, timeoutMs = 30_000 } = {}) => {
			const api = await login();
			const deadline = Date.now() + timeoutMs;
			for (;;) {
				const busy = await api.executions({ workflowId, status: ['running', 'new'] });
				if (busy.length === 0) return;
				if (Date.now() > deadline) {
					const names = [...new Set(busy.map(({ id, workflowName }) => `${id} of "${workflowName ?? ''}"`))];
					throw new Error(
						`n8n is still busy after ${timeoutMs / 1000} seconds with execution ${names.join(', ')}.`,
					);
				}
				await new Promise((next) => setTimeout(next, IDLE_POLL_MS));
			}
		},
		stop: async () => {
			await server.stop();
			await removeFolder();
		},
	};
}
