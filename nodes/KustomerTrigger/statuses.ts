/**
 * Agents' statuses: Kustomer sends no event when they change, so the node looks. A push can ask it to look at once.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	ITriggerFunctions,
	ITriggerResponse,
	IWebhookFunctions,
	IWebhookResponseData,
	WorkflowActivateMode,
} from 'n8n-workflow';

import { compareStatuses, isSameMemory, readMemory } from '../../lib/agent-status/watch/status-changes';
import type { StatusChange, StatusProblem } from '../../lib/agent-status/watch/status-changes';
import { FOR_A_WATCH, lookAtKustomer, type KustomerLook } from '../../lib/agent-status/kustomer-look';
import { isByMembership, type TeamChoice } from '../../lib/agent-status/rules/team-choice';
import { StatusWatch } from '../../lib/agent-status/watch/status-watch';
import type { KustomerClient } from '../../lib/kustomer/client';
import { KustomerError } from '../../lib/kustomer/errors';
import { toNodeError } from '../../lib/n8n/run/errors';
import { note } from '../../lib/n8n/run/log';
import { createClient } from '../../lib/n8n/kustomer/client';
import { answer, receive } from '../../lib/n8n/webhook/reception';
import { checkCredential } from '../../lib/n8n/webhook/webhook-credential';
import { changeItem, problemItem } from './outputs';
import { authenticationOf, statusSettings } from './settings';

/** Place of the last look in the node's static data. */
const MEMORY = 'lastLook';

/** Watches that run in this process, by workflow and node: a push goes to them. */
const watches = new Map<string, StatusWatch>();

/** Why n8n starts the trigger when somebody publishes; the other reasons are restarts, and a change of the leader. */
const PUBLISHING: readonly WorkflowActivateMode[] = ['activate', 'create', 'update'];

/** Whoever pushes waits for the answer. */
const QUICK_LIMITS = { timeoutMs: 10_000, maxWaitMs: 10_000 };

/** Starts to look, until the workflow is unpublished. n8n does it in one process only. */
export async function watchStatuses(context: ITriggerFunctions): Promise<ITriggerResponse> {
	const place = { node: context.getNode() };
	const key = keyOf(context);
	try {
		const settings = statusSettings(context);
		const authentication = authenticationOf(context);
		let client = await createClient(context, authentication);
		const data = context.getWorkflowStaticData('node');
		let isReported = false;

		const watch = new StatusWatch({
			of: client.credentialKey,
			teams: settings.teams,
			teamBy: settings.teamBy,
			reportFirst: settings.emitAtStart,
			reportAll: settings.emitAtStart && PUBLISHING.includes(context.getActivationMode()),
			intervalMs: settings.intervalMs,
			memory: settings.keepMemory ? readMemory(data[MEMORY]) : undefined,
			keep: (memory) => {
				if (settings.keepMemory) data[MEMORY] = JSON.stringify(memory);
			},
			look: async () => {
				const look = await lookAt(client.fork(), settings);
				isReported = false;
				return look;
			},
			sleep: sleepUnless,
			now: () => Date.now(),
			emit: (changes, problems) => context.emit(itemsOf(changes, problems)),
			failed: (error, inRow) => {
				const shown = toNodeError(error, place);
				note(
					context,
					'warn',
					`The agents' statuses could not be read (${inRow} in a row), and will be read again: ${shown.message}`,
				);
				if (!isLasting(error)) return;
				// Once, as a failed execution: waiting does not cure it, and nobody reads the log.
				if (!isReported) context.saveFailedExecution?.(shown);
				isReported = true;
				// The key in the credential may have been replaced.
				void createClient(context, authentication).then(
					(renewed) => {
						client = renewed;
					},
					() => undefined,
				);
			},
		});
		await watch.start(isLasting);
		watches.set(key, watch);
		return {
			closeFunction: async () => {
				watch.stop();
				if (watches.get(key) === watch) watches.delete(key);
			},
		};
	} catch (error) {
		throw toNodeError(error, place);
	}
}

/**
 * The statuses as they are, for a test run: nobody wants to wait for the next change.
 *
 * @throws {NodeApiError | NodeOperationError}
 */
export async function presentStatuses(
	context: IExecuteFunctions | IWebhookFunctions,
): Promise<INodeExecutionData[][]> {
	try {
		const settings = statusSettings(context);
		const client = await createClient(context, authenticationOf(context), QUICK_LIMITS);
		const look = await lookAt(client, settings);
		const { changes, problems } = compareStatuses(undefined, look, {
			of: client.credentialKey,
			teams: settings.teams,
			teamBy: settings.teamBy,
			reportFirst: true,
		});
		return itemsOf(changes, problems);
	} catch (error) {
		throw toNodeError(error, { node: context.getNode() });
	}
}

/**
 * Answers a push, for example of a Kustomer workflow: checks the caller, and looks at once. What the push says does not
 * count; it only means that something has changed.
 *
 * | answer | when | starts the workflow |
 * |---|---|---|
 * | 202 | this process looks regularly and does it now | for what it finds |
 * | 200 | another process looks regularly; this one has looked too | when something has changed |
 * | 401 | the secret is missing or wrong | no |
 * | 500 | the node is not set up | no |
 * | 503 | Kustomer could not be asked; the next regular look makes up for it | no |
 */
export async function receivePush(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receive(context, { what: 'Push', check: checkCredential }, async () => await lookNow(context));
}

async function lookNow(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const watch = context.getMode() === 'manual' ? undefined : watches.get(keyOf(context));
	if (watch !== undefined) {
		watch.lookSoon();
		return answer(context, 202, { accepted: true });
	}
	try {
		const workflowData =
			context.getMode() === 'manual' ? await presentStatuses(context) : await lookHere(context);
		const found = workflowData.flat().length;
		return found === 0
			? { webhookResponse: { accepted: true, found } }
			: { workflowData, webhookResponse: { accepted: true, found } };
	} catch (error) {
		return answer(context, 503, { error: error instanceof Error ? error.message : 'Kustomer failed.' });
	}
}

/** For a process that does not look regularly, as n8n's webhook processors. */
async function lookHere(context: IWebhookFunctions): Promise<INodeExecutionData[][]> {
	const settings = statusSettings(context);
	const client = await createClient(context, authenticationOf(context), QUICK_LIMITS);
	const data = context.getWorkflowStaticData('node');
	const before = readMemory(data[MEMORY]);
	const look = await lookAt(client, settings);
	// Without a memory nothing can be compared; the process that looks regularly will tell.
	if (before === undefined || !settings.keepMemory) return [[], []];
	const { changes, problems, memory } = compareStatuses(before, look, {
		of: client.credentialKey,
		teams: settings.teams,
		teamBy: settings.teamBy,
		reportFirst: false,
	});
	if (!isSameMemory(before, memory)) data[MEMORY] = JSON.stringify(memory);
	return itemsOf(changes, problems);
}

/** One look. */
function lookAt(client: KustomerClient, choice: TeamChoice): Promise<KustomerLook> {
	return lookAtKustomer(client, { teams: isByMembership(choice), statusAge: FOR_A_WATCH });
}

/** Waits, but no longer than until the signal. Its timer keeps no process alive. */
function sleepUnless(milliseconds: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			signal.removeEventListener('abort', end);
			resolve();
		};
		signal.addEventListener('abort', end);
		AbortSignal.timeout(Math.ceil(milliseconds)).addEventListener('abort', end, { once: true });
	});
}

function itemsOf(changes: StatusChange[], problems: StatusProblem[]): INodeExecutionData[][] {
	const item = (json: IDataObject): INodeExecutionData => ({ json });
	return [
		changes.map((change) => item(changeItem(change))),
		problems.map((problem) => item(problemItem(problem))),
	];
}

function keyOf(context: ITriggerFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}

/** Failures that do not pass by themselves: the key or a role is wrong. */
function isLasting(error: unknown): boolean {
	if (!(error instanceof KustomerError)) return true;
	return !['rateLimit', 'server', 'noAnswer', 'unexpectedAnswer', 'canceled'].includes(error.kind);
}
