/**
 * A Kustomer, a platform and a copy of a shipped workflow between them. Lanes run beside each other in one n8n and know
 * nothing of each other.
 */
import { join } from 'node:path';

import axios from 'axios';

import { addAgents, SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../../sandbox/kustomer';
import { PROJECT_ROOT, readWorkflow, type WorkflowFile, type WorkflowNode } from '../../../sandbox/launcher';

import type { E2eSandbox } from './sandbox';
import { startBabelforce, startCcaip, type StatusPlatform } from './status-platforms';
import { waitFor } from './wait';

const workflowFile = (name: string) => join(PROJECT_ROOT, 'workflows', `agent-status-${name}.json`);

/** The shipped workflows. */
export const STATUS_WORKFLOWS = {
	toBabelforce: workflowFile('kustomer-to-babelforce'),
	toCcaip: workflowFile('kustomer-to-ccaip'),
	twoWay: workflowFile('two-way'),
} as const;

const COMPARE = 'Compare with Kustomer';

/** Longer than everything that a lane waits for, so that a broken lane is told from a slow one. */
const WAIT_MS = 60_000;

export interface LaneOptions {
	workflow: keyof typeof STATUS_WORKFLOWS;
	/** For `twoWay`: babelforce takes the place of CCAI Platform, as the documentation says. */
	babelforce?: boolean;
	/** Kustomer statuses of the agents to sign in with; undefined leaves one offline. */
	agents: Array<string | undefined>;
	/** What they show on the platform. Unless told, what belongs to the status in Kustomer. */
	onPlatform?: (index: number) => string;
	/** Seconds. */
	interval: number;
	/** Parameters of the step that compares, over those of the file. */
	compare?: Record<string, unknown>;
	/** Rows of the table that are left out. */
	unmapped?: string[];
	/** Whether the steps give up at the first failure, so that the test need not wait for them. */
	impatient?: boolean;
	/** Adds a Kustomer Trigger that takes pushes, as the documentation says. */
	pushes?: boolean;
}

/** A run that failed. */
export interface FailedRun {
	/** What n8n shows. */
	message: string;
	/** The items that were reported. */
	problems: Array<Record<string, unknown>>;
}

export class StatusLane {
	private id = '';

	private constructor(
		private readonly sandbox: E2eSandbox,
		readonly name: string,
		readonly kustomer: KustomerStandIn,
		readonly platform: StatusPlatform,
		private readonly workflow: WorkflowFile,
		/** Kustomer ids of the agents. */
		readonly users: string[],
	) {}

	/** Prepares everything; the workflow runs from {@link start} on. */
	static async open(sandbox: E2eSandbox, name: string, options: LaneOptions): Promise<StatusLane> {
		const isBabelforce = options.workflow === 'toBabelforce' || options.babelforce === true;
		const kustomer = await startKustomerStandIn();
		const platform = await (isBabelforce ? startBabelforce() : startCcaip());
		kustomer.store.workSessions.clear();
		const users = addAgents(kustomer.store, options.agents.length, {
			status: (index) => options.agents[index],
		});
		for (const [index, { email }] of users.entries()) {
			const mapped = platform.mapping[options.agents[index] ?? 'Available'] ?? 'Available';
			platform.add(index, email, options.onPlatform?.(index) ?? mapped);
		}
		const { api } = sandbox.stack;
		await api.saveCredential({
			name,
			type: 'kustomerApi',
			data: { organization: SANDBOX.organization, apiKey: kustomer.apiKey, baseUrl: kustomer.url },
		});
		await api.saveCredential(platform.credential(name));
		const workflow = await laneWorkflow(name, platform.mapping, options);
		return new StatusLane(
			sandbox,
			name,
			kustomer,
			platform,
			workflow,
			users.map(({ id }) => id),
		);
	}

	/** Publishes the workflow, also again after {@link stop}. */
	async start(): Promise<void> {
		const [published] = await this.sandbox.stack.n8n.publish([this.workflow]);
		this.id = published?.id ?? '';
	}

	/** What a Kustomer workflow does when an agent's status changes. */
	async push(): Promise<number> {
		const { credential, n8n } = this.sandbox.stack;
		if (credential.method !== 'basicAuth') throw new Error('The sandbox has another credential.');
		const answer = await axios.post(n8n.webhookUrl(`${this.name}/kustomer`), undefined, {
			auth: { username: credential.user, password: credential.password },
			proxy: false,
			validateStatus: () => true,
		});
		return answer.status;
	}

	/** No further looks, and none is under way. */
	async stop(): Promise<void> {
		await this.sandbox.stack.api.unpublishWorkflow(this.id);
		await waitFor('the runs to end', async () => (await this.underWay()) === 0);
	}

	async close(): Promise<void> {
		await this.stop().catch(() => undefined);
		await Promise.all([this.kustomer.close(), this.platform.close()]);
	}

	/** How often a run has begun to look, by the requests for the first page of the platform's agents. */
	get looks(): number {
		return this.platform.requests().filter(isFirstPage).length;
	}

	/** Waits until this many looks have begun and ended. */
	async afterLooks(count: number): Promise<void> {
		const until = this.looks + count;
		await waitFor(`${count} looks`, () => this.looks >= until, WAIT_MS);
		// Where a run takes longer than the interval, there is always one that goes on.
		await this.sandbox.currentRunsOver({ workflowId: this.id, timeoutMs: WAIT_MS });
	}

	/** The agent chooses a status in Kustomer. */
	choose(index: number, status: string, at?: number): void {
		this.kustomer.store.workSessions.choose(this.users[index] ?? '', status, at);
	}

	inKustomer(index: number): string {
		return this.kustomer.store.workSessions.statusNameOf(this.users[index] ?? '');
	}

	/** Whether the platform shows what the table has for the status in Kustomer. Offline has no row. */
	fits(index: number): boolean {
		const wanted = this.platform.mapping[this.inKustomer(index)];
		return wanted === undefined || wanted === this.platform.statusOf(index);
	}

	/** Agents who do not fit the table. */
	unsettled(): string[] {
		return this.users.flatMap((_, index) =>
			this.fits(index) ? [] : `${index}: ${this.inKustomer(index)} / ${this.platform.statusOf(index)}`,
		);
	}

	async settled(timeoutMs = WAIT_MS): Promise<void> {
		await waitFor('both sides to fit the table', () => this.unsettled().length === 0, timeoutMs).catch(
			(error: Error) => {
				throw new Error(`${error.message} Still: ${this.unsettled().join(', ')}`);
			},
		);
	}

	/** Statuses that were written through the two APIs. */
	get written(): { platform: number; kustomer: number } {
		return {
			platform: this.platform.changesByApi().length,
			kustomer: this.writesToKustomer.filter(({ status }) => status < 300).length,
		};
	}

	/** Requests that were to change something, whatever came of them. */
	get attempts(): number {
		const toPlatform = this.platform.requests().filter(({ method }) => method !== 'GET');
		return toPlatform.length + this.writesToKustomer.length;
	}

	private get writesToKustomer() {
		return this.kustomer.requests.filter(({ method }) => method !== 'GET');
	}

	/** Oldest first. */
	async failures(): Promise<FailedRun[]> {
		const { api } = this.sandbox.stack;
		const runs = await api.executions({ workflowId: this.id, status: ['error'] });
		const details = await Promise.all(runs.map(async ({ id }) => await api.execution(id)));
		return details.reverse().map(({ error, nodes }) => ({
			message: [error?.message, error?.description].filter(Boolean).join(' '),
			problems: nodes['All Problems']?.outputs.flat() ?? [],
		}));
	}

	/** Runs that have ended and that n8n keeps, whether they failed or not. */
	async kept(): Promise<string[]> {
		const all = await this.sandbox.stack.n8n.executions(this.id);
		return all.map(({ status }) => status).filter((status) => !['running', 'new'].includes(status));
	}

	/** Runs that go on at this moment. */
	async underWay(): Promise<number> {
		const { api } = this.sandbox.stack;
		return (await api.executions({ workflowId: this.id, status: ['running', 'new'] })).length;
	}
}

function isFirstPage({ method, path, query }: { method: string; path: string; query: object }): boolean {
	const page = 'page' in query ? query.page : '1';
	return method === 'GET' && path.endsWith('/agents') && page === '1';
}

/** The shipped workflow as a person completes it: credentials, rows, and here a shorter interval and shorter waiting. */
async function laneWorkflow(
	name: string,
	mapping: Readonly<Record<string, string>>,
	options: LaneOptions,
): Promise<WorkflowFile> {
	let workflow = await readWorkflow(STATUS_WORKFLOWS[options.workflow]);
	if (options.babelforce === true) workflow = await withBabelforce(workflow);
	if (options.pushes === true) workflow = withPushes(workflow, name);
	const rows = Object.entries(mapping)
		.filter(([status]) => options.unmapped?.includes(status) !== true)
		.map(([kustomerStatus, platformStatus]) => ({ kustomerStatus, platformStatus }));
	const nodes = workflow.nodes.map((node): WorkflowNode => {
		const parameters = { ...node.parameters };
		if (node.type === 'n8n-nodes-base.scheduleTrigger') {
			parameters.rule = { interval: [{ field: 'seconds', secondsInterval: options.interval }] };
		}
		if (node.name === COMPARE) Object.assign(parameters, { statuses: { rows } }, options.compare);
		if (!node.type.startsWith('n8n-nodes-kustomer.')) return { ...node, parameters };
		if (options.impatient === true) parameters.options = { ...(parameters.options as object), maxWait: 0 };
		const types = [
			...(/\.kustomer(Trigger)?$/.test(node.type) ? ['kustomerApi'] : []),
			...(node.type.endsWith('.babelforce') ? ['babelforceApi'] : []),
			...(node.type.endsWith('.ccaiPlatform') ? ['ccaiPlatformApi'] : []),
			...(node.name === COMPARE ? [String(parameters.sourceAuthentication)] : []),
		];
		const credentials = Object.fromEntries(types.map((type) => [type, { id: null, name }]));
		return { ...node, parameters, credentials };
	});
	return { ...workflow, name, nodes };
}

/** The two steps of CCAI Platform replaced by those of babelforce, and the platform of the table. */
async function withBabelforce(workflow: WorkflowFile): Promise<WorkflowFile> {
	const other = (await readWorkflow(STATUS_WORKFLOWS.toBabelforce)).nodes.filter(({ type }) =>
		type.endsWith('.babelforce'),
	);
	const nodes = workflow.nodes.map((node) => {
		if (node.name === COMPARE) {
			return { ...node, parameters: { ...node.parameters, sourceAuthentication: 'babelforceApi' } };
		}
		if (!node.type.endsWith('.ccaiPlatform')) return node;
		const isSet = node.parameters.operation === 'set';
		const step = other.find(({ parameters }) => (parameters.operation === 'set') === isSet);
		if (step === undefined) throw new Error('The workflow to babelforce lacks a step.');
		return { ...step, id: node.id, name: node.name, position: node.position };
	});
	return { ...workflow, nodes };
}

/** A second start: the Kustomer Trigger, with its own looks far apart, in front of the platform's agents. */
function withPushes(workflow: WorkflowFile, webhookId: string): WorkflowFile {
	const trigger: WorkflowNode = {
		id: `${webhookId}-trigger`,
		name: 'Kustomer Trigger',
		type: 'n8n-nodes-kustomer.kustomerTrigger',
		typeVersion: 1,
		position: [-380, 240],
		webhookId,
		parameters: {
			triggerOn: 'agentStatus',
			interval: 300,
			acceptPushes: true,
			options: { keepMemory: false },
		},
	};
	return {
		...workflow,
		nodes: [...workflow.nodes, trigger],
		connections: {
			...workflow.connections,
			[trigger.name]: workflow.connections['Every 15 Seconds'],
		},
	};
}
