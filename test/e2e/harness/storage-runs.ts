/** Runs of the workflows that bring files from external storage, started by the test instead of by the clock. */
import { createHash } from 'node:crypto';

import {
	SANDBOX,
	startKustomerStandIn,
	type KustomerStandIn,
	type KustomerStandInOptions,
} from '../../../sandbox/kustomer';
import { readWorkflow, type WorkflowFile } from '../../../sandbox/launcher';
import { STORED_FILES_WORKFLOW } from '../../../sandbox/launcher/stack';

import type { E2eSandbox } from './sandbox';
import { sessionsWorkflow, withKustomer, withPick, withSessions } from './sessions-workflow';

/** A storage as CCAI Platform writes into it. */
export interface TestStorage {
	/** The setting "basePath" of the folders whose names begin with this. */
	basePath(scope: string): string;
	/**
	 * Writes a file.
	 *
	 * @param path below the base path, for example `ujet-media/call-1-photo-2.jpg`
	 * @param age how long ago it was changed, in seconds
	 */
	put(scope: string, path: string, content: Buffer | string, age?: number): Promise<void>;
	remove(scope: string, path: string): Promise<void>;
}

/** A file in Kustomer, as agents find it. */
export interface StoredFile {
	/** External ID of the session on whose conversation it is. */
	session: string;
	name: string;
	length: number;
	sha256: string;
	note: string;
	link?: string;
}

/** A row of the workflow's data table. */
export interface MemoryRow {
	id: number;
	path: string;
	session: string;
	kind: string;
	state: string;
	attempts: number;
	nextTry: string;
	outcome: string;
	problem: string;
	reason: string;
}

/** What a test gives to {@link useStorageRuns}' function. */
export interface RunsOptions {
	/** Values of fields of the steps over their own and over the storage's. `memoryTable` is the name of the data table. */
	settings?: Record<string, unknown>;
	kustomer?: KustomerStandInOptions;
}

let scopes = 0;

/**
 * Tests of a file publish copies of a shipped workflow with the function that this gives, as many as they like.
 *
 * @param storage asked when a test runs, as is `settingsOfStorage`
 * @param settingsOfStorage settings that lead to the storage
 */
export function useStorageRuns(
	sandbox: E2eSandbox,
	storage: () => TestStorage,
	file: string,
	settingsOfStorage: () => Record<string, unknown> = () => ({}),
): (options?: RunsOptions) => Promise<StorageRuns> {
	const opened: StorageRuns[] = [];
	afterAll(async () => {
		await Promise.all(opened.map(async ({ kustomer }) => await kustomer.close()));
	});
	return async ({ settings = {}, kustomer } = {}) => {
		const all = { ...settingsOfStorage(), ...settings };
		const standIn = await startKustomerStandIn(kustomer);
		const runs = new StorageRuns(sandbox, storage(), standIn, file, all);
		opened.push(runs);
		await runs.open();
		return runs;
	};
}

/**
 * One published copy of a shipped workflow, with a Kustomer, folders and a data table of its own, so that tests can run
 * beside each other in one n8n.
 */
export class StorageRuns {
	readonly scope: string;
	/** Name of the workflow that logs this copy's sessions. */
	private sessionsName: string;
	/** Name of the workflow that brings this copy's files to Kustomer. */
	private readonly filesName: string;
	private readonly table: string;
	private readonly base: Record<string, unknown>;
	private copies = 0;
	private workflowId = '';

	constructor(
		private readonly sandbox: E2eSandbox,
		private readonly storage: TestStorage,
		readonly kustomer: KustomerStandIn,
		private readonly file: string,
		settings: Record<string, unknown>,
	) {
		scopes += 1;
		this.scope = `storage-${scopes}`;
		this.sessionsName = `${this.scope} sessions`;
		this.filesName = `${this.scope} files`;
		this.table = `Memory of ${this.scope}.`;
		// A run that fails is tried again within the test, not within minutes.
		const own = { basePath: storage.basePath(this.scope), memoryTable: this.table, retryMinutes: 0.02 };
		this.base = { ...own, ...settings };
	}

	/**
	 * Stores the credential of the copy's Kustomer and publishes the copy, with the workflows that it calls.
	 *
	 * @param sessionsName the name of one that is published already
	 */
	async open(sessionsName?: string): Promise<void> {
		const { apiKey, url } = this.kustomer;
		await this.sandbox.stack.api.saveCredential({
			name: this.scope,
			type: 'kustomerApi',
			data: { organization: SANDBOX.organization, apiKey, baseUrl: url },
		});
		if (sessionsName === undefined) {
			const sessions = await sessionsWorkflow({ name: this.sessionsName, credential: this.scope });
			await this.sandbox.stack.n8n.publish([sessions]);
		} else {
			this.sessionsName = sessionsName;
		}
		const files = await readWorkflow(STORED_FILES_WORKFLOW);
		const nodes = files.nodes.map((node) => withKustomer(withSessions(node, this.sessionsName), this.scope));
		await this.sandbox.stack.n8n.publish([{ ...files, name: this.filesName, nodes }]);
		await this.change({});
	}

	/** Changes settings, as a person does in the editor. The copy gets another address, so that no run meets the old one. */
	async change(settings: Record<string, unknown>, credentials?: Record<string, string>): Promise<void> {
		Object.assign(this.base, settings);
		this.copies += 1;
		const copy = copyOf(await this.shipped(), this.path, this.base, credentials);
		const [published] = await this.sandbox.stack.n8n.publish([copy]);
		this.workflowId = published?.id ?? '';
	}

	/** The shipped workflow as it is, connected with the one that brings its files to this Kustomer. */
	async shipped(): Promise<WorkflowFile> {
		const workflow = await readWorkflow(this.file);
		return { ...workflow, nodes: workflow.nodes.map((node) => withPick(node, this.filesName)) };
	}

	private get path(): string {
		return `${this.scope}-${this.copies}`;
	}

	async put(path: string, content: Buffer | string, age = 300): Promise<void> {
		await this.storage.put(this.scope, path, content, age);
	}

	async remove(path: string): Promise<void> {
		await this.storage.remove(this.scope, path);
	}

	/** Starts a run and waits for its end, however it ends. */
	async start(): Promise<void> {
		const answer = await fetch(this.sandbox.stack.n8n.webhookUrl(this.path), { method: 'POST' });
		const text = await answer.text();
		// n8n answers 500 to a run that failed, and to one whose last step gave nothing.
		if (!answer.ok && answer.status !== 500) throw new Error(`n8n answered ${answer.status}: ${text}`);
	}

	/**
	 * Runs the workflow once, to its end.
	 *
	 * @returns how many requests Kustomer got, and the message of the run when it failed
	 */
	async run(): Promise<{ requests: number; failure?: string }> {
		const failuresBefore = (await this.sandbox.failures(this.workflowId)).length;
		const before = this.kustomer.requestCount;
		await this.start();
		await this.settled();
		const failures = (await this.sandbox.failures(this.workflowId)).slice(failuresBefore);
		expect(failures.length).toBeLessThanOrEqual(1);
		return { requests: this.kustomer.requestCount - before, failure: failures[0] };
	}

	/** Waits until no run goes on. */
	async settled(): Promise<void> {
		await this.sandbox.stack.n8n.idle({ workflowId: this.workflowId });
	}

	/** Waits until what failed is due again, then runs. */
	async runLater(): Promise<{ requests: number; failure?: string }> {
		const next = (await this.rows())
			.filter(({ state }) => state === 'waiting')
			.map(({ nextTry }) => Date.parse(nextTry));
		const wait = Math.max(0, ...next) - Date.now();
		if (wait > 0) await new Promise((done) => setTimeout(done, wait + 10));
		return await this.run();
	}

	/** What the data table holds. */
	async rows(): Promise<MemoryRow[]> {
		const url = await this.tableUrl();
		if (url === undefined) return [];
		const { data } = await this.sandbox.stack.api.call<{ data: MemoryRow[] }>(
			'GET',
			`${url}/rows`,
			undefined,
			{ take: '100' },
		);
		return data;
	}

	/** Deletes the row of a file, as a person does in n8n. */
	async forget(path: string): Promise<void> {
		const row = (await this.rows()).find((one) => one.path.endsWith(`/${path}`));
		const filter = {
			type: 'and',
			filters: [{ columnName: 'id', condition: 'eq', value: row?.id }],
		};
		await this.sandbox.stack.api.call('DELETE', `${await this.tableUrl()}/rows`, undefined, {
			filter: JSON.stringify(filter),
		});
	}

	private async tableUrl(): Promise<string | undefined> {
		const { api } = this.sandbox.stack;
		const { id: project } = await api.call<{ id: string }>('GET', '/projects/personal');
		const { data } = await api.call<{ data: Array<{ id: string; name: string }> }>(
			'GET',
			`/projects/${project}/data-tables`,
			undefined,
			{ filter: JSON.stringify({ name: this.table }) },
		);
		const table = data.find(({ name }) => name === this.table);
		return table === undefined ? undefined : `/projects/${project}/data-tables/${table.id}`;
	}

	/** The files that notes of Kustomer refer to, by session and name. */
	files(): StoredFile[] {
		const { notes, messages, attachments } = this.kustomer.store;
		return [...notes.values()]
			.flatMap((note) =>
				note.attachments.map(({ _id }): StoredFile => {
					const attachment = attachments.get(_id);
					const session = [...messages.values()].find(
						({ conversationId }) => conversationId === note.conversationId,
					);
					return {
						session: session?.externalId ?? '',
						name: attachment?.name ?? '',
						length: attachment?.contentLength ?? 0,
						sha256: attachment?.content === undefined ? '' : sha256(attachment.content),
						note: note.body,
						...(attachment?.externalUrl === undefined ? {} : { link: attachment.externalUrl }),
					};
				}),
			)
			.sort((a, b) => `${a.session} ${a.name}`.localeCompare(`${b.session} ${b.name}`));
	}

	/** External IDs of the sessions that Kustomer knows. */
	sessions(): string[] {
		return [...this.kustomer.store.messages.values()].flatMap(({ externalId }) => externalId ?? []).sort();
	}
}

export function sha256(content: Buffer | string): string {
	return createHash('sha256').update(content).digest('hex');
}

/** A caller of a test; everyone is a customer of their own. */
export function phoneOf(session: number): string {
	return `${SANDBOX.unknownCaller.slice(0, -4)}${String(1000 + (session % 9000))}`;
}

/** Fields of the steps that have another name in the tests. */
const FIELDS: Record<string, string> = { memoryTable: 'tableName' };

/**
 * The shipped workflow as a person has set it up, started by a webhook instead of by the clock.
 *
 * @param path of the webhook, and the name of the workflow
 * @param credentials names of credentials to choose, by their type
 * @throws Error when no step has one of the fields
 */
function copyOf(
	workflow: WorkflowFile,
	path: string,
	settings: Record<string, unknown>,
	credentials: Record<string, string> = {},
): WorkflowFile {
	const fields = Object.entries(settings).map(([name, value]) => [FIELDS[name] ?? name, value] as const);
	const known = new Set(workflow.nodes.flatMap(({ parameters }) => Object.keys(parameters)));
	const missing = fields.filter(([name]) => !known.has(name)).map(([name]) => name);
	if (missing.length > 0) throw new Error(`No step has a field ${missing.join(', ')}.`);
	const nodes = workflow.nodes.map((node) => {
		const type = node.type.endsWith('.ftp') ? 'sftp' : String(node.parameters.nodeCredentialType ?? '');
		const chosen = credentials[type];
		if (chosen !== undefined) return { ...node, credentials: { [type]: { id: null, name: chosen } } };
		if (node.type.endsWith('.scheduleTrigger')) return { ...node, disabled: true };
		const own = fields.filter(([name]) => name in node.parameters);
		return { ...node, parameters: { ...node.parameters, ...Object.fromEntries(own) } };
	});
	const trigger = {
		id: `start-${path}`,
		name: 'Start of the Test',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [-440, 300],
		webhookId: `webhook-${path}`,
		parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
	};
	return {
		...workflow,
		name: path,
		nodes: [...nodes, trigger],
		connections: {
			...workflow.connections,
			[trigger.name]: { main: [[{ node: 'Memory Table', type: 'main', index: 0 }]] },
		},
	};
}
