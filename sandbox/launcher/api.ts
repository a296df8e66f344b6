/**
 * n8n's REST API as its own editor uses it: sign in, store credentials, import and publish workflows, read executions.
 * Every CLI command of n8n takes as long as a start of n8n; these calls take milliseconds.
 */
import axios, { type AxiosInstance, type Method } from 'axios';

import { readFlatted } from './flatted';
import {
	chooseCredentials,
	chooseWorkflows,
	missingCredentials,
	type NodeTypeDescription,
	type StoredCredential,
	type WorkflowFile,
} from './workflows';

const REQUEST_TIMEOUT_MS = 30_000;

export type ExecutionStatus =
	| 'new'
	| 'running'
	| 'waiting'
	| 'success'
	| 'error'
	| 'crashed'
	| 'canceled'
	| 'unknown';

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	workflowName?: string;
	status: ExecutionStatus;
	mode: string;
	startedAt?: string;
	stoppedAt?: string;
}

/** What one node of an execution gave or raised, its last run. */
export interface NodeRun {
	/** Items per output. */
	outputs: Array<Array<Record<string, unknown>>>;
	/** Message and description of the node's error. */
	error?: { message: string; description?: string };
	/** Milliseconds. */
	durationMs: number;
}

export interface Execution extends ExecutionSummary {
	/** By node name. */
	nodes: Record<string, NodeRun>;
	/** What steps saved with it, by which n8n's list of executions can be searched. */
	saved: Record<string, string>;
	/** The error that ended the execution. */
	error?: { message: string; description?: string };
}

export interface PublishedWorkflow {
	id: string;
	name: string;
	/** The URL paths of its webhooks below `/webhook/`, as far as they are written in the file. Empty when unpublished. */
	webhookPaths: string[];
	/** Types of credentials that n8n does not have; the workflow is imported, but not published. */
	missingCredentials: string[];
}

interface RawWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active?: boolean;
	activeVersionId?: string | null;
}

interface RawError {
	message?: string;
	description?: string | null;
}

interface RawRun {
	executionTime?: number;
	error?: RawError;
	data?: { main?: Array<Array<{ json: Record<string, unknown> }> | null> };
}

interface RawExecutionData {
	resultData?: {
		error?: RawError;
		runData?: Record<string, RawRun[]>;
		metadata?: Record<string, string>;
	};
}

function readError(raw: RawError | undefined): { message: string; description?: string } | undefined {
	if (raw === undefined) return undefined;
	const message = raw.message ?? 'unknown';
	return typeof raw.description === 'string' && raw.description !== ''
		? { message, description: raw.description }
		: { message };
}

function readRuns(data: RawExecutionData): Record<string, NodeRun> {
	const nodes: Record<string, NodeRun> = {};
	for (const [name, runs] of Object.entries(data.resultData?.runData ?? {})) {
		const last = runs.at(-1);
		if (last === undefined) continue;
		const error = readError(last.error);
		nodes[name] = {
			outputs: (last.data?.main ?? []).map((items) => (items ?? []).map((item) => item.json)),
			durationMs: last.executionTime ?? 0,
			...(error === undefined ? {} : { error }),
		};
	}
	return nodes;
}

/** A signed-in user of one n8n. */
export class N8nApi {
	private nodeTypes: NodeTypeDescription[] | undefined;
	/** Executions by their ids. */
	private readonly ended = new Map<string, Execution>();

	private constructor(
		readonly baseUrl: string,
		/** Sends requests with the user's cookie; resolves for every status. */
		readonly http: AxiosInstance,
		/** Name and value of the session cookie, for a browser. */
		readonly cookie: { name: string; value: string },
	) {}

	/**
	 * Signs in with email and password.
	 *
	 * @throws Error when n8n refuses
	 */
	static async login(baseUrl: string, email: string, password: string): Promise<N8nApi> {
		const anonymous = axios.create({
			baseURL: baseUrl,
			timeout: REQUEST_TIMEOUT_MS,
			proxy: false,
			validateStatus: () => true,
		});
		const answer = await anonymous.post('/rest/login', { emailOrLdapLoginId: email, password });
		const setCookie = (answer.headers['set-cookie'] ?? []).find((line) => line.startsWith('n8n-auth='));
		if (answer.status !== 200 || setCookie === undefined) {
			const message = (answer.data as { message?: string } | undefined)?.message ?? 'no message';
			throw new Error(`n8n refused the sign-in of ${email} with status ${answer.status}: ${message}`);
		}
		const pair = setCookie.split(';')[0] ?? '';
		const http = axios.create({
			baseURL: baseUrl,
			timeout: REQUEST_TIMEOUT_MS,
			proxy: false,
			validateStatus: () => true,
			headers: { cookie: pair },
		});
		return new N8nApi(baseUrl, http, { name: 'n8n-auth', value: pair.slice('n8n-auth='.length) });
	}

	/**
	 * Calls n8n's internal REST API.
	 *
	 * @param path below `/rest`, for example `/workflows`
	 * @returns the `data` of the answer
	 * @throws Error with n8n's message for every status above 299
	 */
	async call<T>(method: Method, path: string, body?: unknown, query?: Record<string, string>): Promise<T> {
		const answer = await this.http.request<{ data?: unknown; message?: string } | undefined>({
			method,
			url: `/rest${path}`,
			data: body,
			params: query,
		});
		if (answer.status > 299) {
			const message = answer.data?.message ?? JSON.stringify(answer.data ?? '').slice(0, 500);
			throw new Error(`n8n answered ${method} ${path} with ${answer.status}: ${message}`);
		}
		return answer.data?.data as T;
	}

	/** Descriptions of every node that n8n has loaded. */
	async loadedNodeTypes(): Promise<NodeTypeDescription[]> {
		if (this.nodeTypes === undefined) {
			const answer = await this.http.get<NodeTypeDescription[]>('/types/nodes.json');
			if (answer.status !== 200) throw new Error(`n8n answered /types/nodes.json with ${answer.status}.`);
			this.nodeTypes = answer.data;
		}
		return this.nodeTypes;
	}

	/** Descriptions of the nodes of one workflow; a fraction of the 20 MB of all. Unknown nodes are left out. */
	async describeNodes(workflow: WorkflowFile): Promise<NodeTypeDescription[]> {
		const infos = new Map(
			workflow.nodes.map(({ type, typeVersion }) => [
				`${type} ${typeVersion}`,
				{ name: type, version: typeVersion },
			]),
		);
		const described = await Promise.all(
			[...infos.values()].map(async (info) => {
				const [description] = await this.call<NodeTypeDescription[]>('POST', '/node-types', {
					nodeInfos: [info],
				}).catch(() => []);
				// n8n leaves the package's name out here.
				return description === undefined ? undefined : { ...description, ...info };
			}),
		);
		return described.filter((description) => description !== undefined);
	}

	async credentials(): Promise<StoredCredential[]> {
		return await this.call<StoredCredential[]>('GET', '/credentials');
	}

	/** Stores a credential; one of the same name and type is overwritten. */
	async saveCredential(credential: {
		name: string;
		type: string;
		data: Record<string, unknown>;
	}): Promise<StoredCredential> {
		const existing = (await this.credentials()).find(
			({ name, type }) => name === credential.name && type === credential.type,
		);
		const saved =
			existing === undefined
				? await this.call<StoredCredential>('POST', '/credentials', credential)
				: await this.call<StoredCredential>('PATCH', `/credentials/${existing.id}`, credential);
		return { id: saved.id, name: saved.name, type: saved.type };
	}

	/** Presses the credential's test button. */
	async testCredential(credential: {
		type: string;
		data: Record<string, unknown>;
		name?: string;
	}): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.call('POST', '/credentials/test', {
			credentials: { id: '', name: credential.name ?? 'Test', ...credential },
		});
	}

	async workflows(): Promise<Array<{ id: string; name: string; active: boolean }>> {
		return await this.call('GET', '/workflows');
	}

	/** One workflow as it stands in n8n. */
	async workflow(id: string): Promise<WorkflowFile> {
		return await this.call<WorkflowFile>('GET', `/workflows/${id}`);
	}

	/**
	 * Imports a workflow as a person does in the editor, with the credentials and the workflows that it calls chosen. A workflow of the same name is
	 * replaced.
	 */
	async importWorkflow(workflow: WorkflowFile): Promise<{ id: string; versionId: string }> {
		const workflows = await this.workflows();
		const chosen = chooseCredentials(
			chooseWorkflows(workflow, workflows),
			await this.credentials(),
			await this.describeNodes(workflow),
		);
		const content = {
			name: chosen.name,
			nodes: chosen.nodes,
			connections: chosen.connections,
			settings: chosen.settings ?? {},
			meta: chosen.meta ?? {},
			pinData: chosen.pinData ?? {},
		};
		const existing = workflows.find(({ name }) => name === chosen.name);
		const saved =
			existing === undefined
				? await this.call<RawWorkflow>('POST', '/workflows', content)
				: await this.call<RawWorkflow>('PATCH', `/workflows/${existing.id}?forceSave=true`, content);
		return { id: saved.id, versionId: saved.versionId };
	}

	/** Types of the credentials that the workflow needs and n8n does not have. */
	async missingCredentials(workflow: WorkflowFile): Promise<string[]> {
		return missingCredentials(workflow, await this.credentials(), await this.describeNodes(workflow));
	}

	/** Publishes the workflow's current version, which is what registers its webhooks. */
	async publishWorkflow(id: string): Promise<void> {
		const workflow = await this.call<RawWorkflow>('GET', `/workflows/${id}`);
		await this.call('POST', `/workflows/${id}/activate`, {
			versionId: workflow.versionId,
			name: '',
			description: '',
		});
	}

	/** Takes the workflow's webhooks off the air. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.call('POST', `/workflows/${id}/deactivate`, {});
	}

	/**
	 * The newest executions first.
	 *
	 * @param filter `status`: only those in one of these states, which n8n finds much faster than all
	 */
	async executions(
		filter: { workflowId?: string; status?: ExecutionStatus[]; limit?: number } = {},
	): Promise<ExecutionSummary[]> {
		const { limit = 50, ...wanted } = filter;
		const query = { filter: JSON.stringify(wanted), limit: String(limit) };
		const { results } = await this.call<{ results: ExecutionSummary[] }>(
			'GET',
			'/executions',
			undefined,
			query,
		);
		return results;
	}

	/** Repeats an execution that failed, from the step that failed, as the button "Retry" in the list of executions does. */
	async retry(id: string): Promise<void> {
		await this.call('POST', `/executions/${id}/retry`, { loadWorkflow: true });
	}

	/** One execution with what every node gave. One that has ended does not change any more, so n8n is asked once. */
	async execution(id: string): Promise<Execution> {
		const known = this.ended.get(id);
		if (known !== undefined) return known;
		const execution = await this.readExecution(id);
		if (execution.status === 'success' || execution.status === 'error') this.ended.set(id, execution);
		return execution;
	}

	private async readExecution(id: string): Promise<Execution> {
		const raw = await this.call<ExecutionSummary & { data: string }>('GET', `/executions/${id}`);
		const data = readFlatted(raw.data) as RawExecutionData;
		const error = readError(data.resultData?.error);
		return {
			id: raw.id,
			workflowId: raw.workflowId,
			status: raw.status,
			mode: raw.mode,
			startedAt: raw.startedAt,
			stoppedAt: raw.stoppedAt,
			nodes: readRuns(data),
			saved: data.resultData?.metadata ?? {},
			...(error === undefined ? {} : { error }),
		};
	}
}
