/**
 * One real n8n with the package and one stand-in Kustomer for a test file.
 *
 * ```ts
 * const sandbox = useSandbox();
 * it('C20: …', async () => {
 *   const { call } = await sandbox.placeCall({ scenario: 'duplicate' });
 *   const found = await sandbox.callInKustomer(call);
 * });
 * ```
 */
import { sessionExternalId } from '../../../lib/domain/external-id';
import { SANDBOX, type KustomerStandIn } from '../../../sandbox/kustomer';
import type { WorkflowFile } from '../../../sandbox/launcher';
import { readCall, type CallInKustomer } from '../../../sandbox/launcher/call-report';
import {
	AGENTS,
	COMPANY_NUMBER,
	startStack,
	type Stack,
	type StackOptions,
} from '../../../sandbox/launcher/stack';
import {
	placeInboundCall,
	type PlaceCallOptions,
	type PlacedCall,
	type SimulatedCall,
} from '../../../sandbox/telephony';

import { startedBefore } from '../../setup/started-before';
import { waitFor } from './wait';

/** First start of n8n on a busy machine, with room to spare. */
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 30_000;

export type TestCallOptions = Partial<PlaceCallOptions>;

export interface TestCall extends PlacedCall {
	/** Kustomer requests that the workflow made from before the first event until n8n was idle after the last. */
	requests: number;
	/** The same per step of the scenario. */
	requestsPerStep: number[];
}

export class E2eSandbox {
	constructor(readonly stack: Stack) {}

	get standIn(): KustomerStandIn {
		if (this.stack.standIn === undefined) throw new Error('This sandbox talks to a real Kustomer.');
		return this.stack.standIn;
	}

	/** Publishes a workflow beside the main one and returns the address of its webhook. */
	async publish(workflow: WorkflowFile): Promise<string> {
		const [published] = await this.stack.n8n.publish([workflow]);
		return this.stack.n8n.webhookUrl(published?.webhookPaths[0] ?? '');
	}

	/** Waits until n8n has nothing to do, and says how many requests Kustomer has answered so far. */
	async settled(): Promise<number> {
		await this.stack.n8n.idle();
		return this.standIn.requestCount;
	}

	/**
	 * Waits until everything that n8n does at this moment, in one workflow or in all, is over. What begins later does not
	 * count.
	 */
	async currentRunsOver({ workflowId, timeoutMs }: { workflowId?: string; timeoutMs?: number } = {}) {
		const { api } = this.stack;
		const going = async () => await api.executions({ workflowId, status: ['running', 'new'] });
		const current = new Set((await going()).map(({ id }) => id));
		const isOver = async () => !(await going()).some(({ id }) => current.has(id));
		await waitFor('the executions to end', isOver, timeoutMs);
	}

	/** Counts the Kustomer requests of some work, until n8n is idle after it. */
	async countRequests<T>(work: () => Promise<T>): Promise<{ result: T; requests: number }> {
		const before = await this.settled();
		const result = await work();
		return { result, requests: (await this.settled()) - before };
	}

	/** Places a call, by default from a number that no customer has, and waits until n8n is idle. */
	async placeCall(options: TestCallOptions = {}): Promise<TestCall> {
		const marks: number[] = [];
		const placed = await placeInboundCall({
			webhookUrl: this.stack.webhookUrl,
			credential: this.stack.credential,
			from: SANDBOX.unknownCaller,
			to: COMPANY_NUMBER,
			agent: AGENTS[0],
			queue: SANDBOX.queues.voice,
			...options,
			beforeStep: async (step) => {
				marks.push(await this.settled());
				await options.beforeStep?.(step);
			},
		});
		marks.push(await this.settled());
		const requestsPerStep = marks.slice(1).map((mark, index) => mark - (marks[index] ?? 0));
		return { ...placed, requestsPerStep, requests: (marks.at(-1) ?? 0) - (marks[0] ?? 0) };
	}

	/** The call's conversation with customer, assignees and notes. Not counted as the workflow's requests. */
	async callInKustomer(call: Pick<SimulatedCall, 'id'>): Promise<CallInKustomer> {
		const externalId = sessionExternalId({ source: 'babelforce', id: call.id });
		return await waitFor(
			`the conversation ${externalId}`,
			async () => await readCall(this.stack.kustomer, externalId),
		);
	}

	/** Messages of the executions that failed, of one workflow or of all, oldest first. */
	async failures(workflowId?: string): Promise<string[]> {
		const failed = (await this.stack.n8n.executions(workflowId)).filter(
			({ status }) => status !== 'success' && status !== 'running' && status !== 'new',
		);
		const executions = await Promise.all(failed.map(async ({ id }) => await this.stack.api.execution(id)));
		return executions
			.reverse()
			.map(({ error }) => `${error?.message ?? 'failed'} ${error?.description ?? ''}`.trim());
	}
}

/**
 * Starts a sandbox before the tests of this file and stops it after them.
 *
 * @param options as of {@link startStack}, but n8n's editor is there only when it is asked for; without it, n8n has been started
 * before and has its database
 */
export function useSandbox(options: StackOptions = {}): E2eSandbox {
	let stack: Stack | undefined;
	beforeAll(async () => {
		const startFrom = options.editor === true ? undefined : await startedBefore();
		stack = await startStack({ editor: false, startFrom, ...options });
	}, START_TIMEOUT_MS);
	afterAll(async () => {
		await stack?.stop();
	}, STOP_TIMEOUT_MS);

	const inner = () => {
		if (stack === undefined)
			throw new Error('The sandbox is started before the first test, not while tests are defined.');
		return stack;
	};
	return new E2eSandbox(
		new Proxy({} as Stack, { get: (_target, name) => Reflect.get(inner(), name) as unknown }),
	);
}
