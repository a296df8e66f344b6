/**
 * A mailbox, a Kustomer and copies of the shipped workflows between them: the one that reads mails, and the one that logs
 * sessions. Lanes run beside each other in one n8n and know
 * nothing of each other.
 */
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../../sandbox/kustomer';
import { readWorkflow, type WorkflowFile, type WorkflowNode } from '../../../sandbox/launcher';
import { SESSION_MAIL_WORKFLOW } from '../../../sandbox/launcher/stack';

import { startImapServer, type ImapServer } from './imap-server';
import { MAIL_SERVER } from './mail';
import type { E2eSandbox } from './sandbox';
import { sessionsWorkflow, withKustomer, withSessions } from './sessions-workflow';
import { waitFor } from './wait';

/** n8n begins to listen for mails 15 seconds after it has read the last one. */
const ARRIVAL_TIMEOUT_MS = 45_000;
const PUBLICATION_TIMEOUT_MS = 45_000;

/** A run that failed. */
export interface FailedRun {
	id: string;
	/** Message and description, as n8n shows them. */
	message: string;
}

/** What came of mails. */
export interface Worked {
	failed: FailedRun[];
	/** Requests to Kustomer, for example `POST /v1/notes`. */
	requests: string[];
}

/** What the editor shows of a workflow after it was published. */
export interface Publication {
	status: string;
	triggers: Array<{ errorMessage: string | null }>;
}

export class MailLane {
	private id = '';
	/** Runs that a test has been told of. */
	private readonly told = new Set<string>();
	/** Mails that n8n reads together with the next ones. */
	private waiting = 0;

	private constructor(
		private readonly sandbox: E2eSandbox,
		/** Of the workflow and of its credentials. */
		readonly name: string,
		readonly imap: ImapServer,
		readonly kustomer: KustomerStandIn,
	) {}

	/**
	 * Starts the servers and publishes the workflow.
	 *
	 * @param early mails that come before the workflow is published for the first time; n8n reads them together with the
	 * first ones that come afterwards
	 */
	static async open(sandbox: E2eSandbox, name: string, early: string[] = []): Promise<MailLane> {
		const [imap, kustomer] = await Promise.all([startImapServer(), startKustomerStandIn()]);
		const lane = new MailLane(sandbox, name, imap, kustomer);
		try {
			await lane.givePassword(imap.access.password);
			await sandbox.stack.api.saveCredential({
				name,
				type: 'kustomerApi',
				data: { organization: SANDBOX.organization, apiKey: kustomer.apiKey, baseUrl: kustomer.url },
			});
			await imap.deliver(...early);
			await lane.publish();
			lane.waiting = early.length;
			return lane;
		} catch (error) {
			await lane.close();
			throw error;
		}
	}

	/** The mailbox's credential with a password, right or wrong. */
	credential(password: string) {
		return { name: this.name, type: 'imap', data: { ...this.imap.access, password } };
	}

	/** Stores the mailbox's credential with another password. */
	async givePassword(password: string): Promise<void> {
		await this.sandbox.stack.api.saveCredential(this.credential(password));
	}

	/**
	 * Publishes the workflow, which makes n8n connect to the mailbox.
	 *
	 * @param change what a person has changed in it
	 * @throws Error when n8n does not take it
	 */
	async publish(change: (step: (name: string) => WorkflowNode) => void = () => {}): Promise<void> {
		const publication = await this.tryToPublish(change);
		if (publication.status !== 'published') throw new Error(JSON.stringify(publication));
	}

	/** Publishes the workflow and gives back what the editor shows then. */
	async tryToPublish(
		change: (step: (name: string) => WorkflowNode) => void = () => {},
	): Promise<Publication> {
		await this.publishSessions();
		const workflow = await this.workflow();
		change((name) => {
			const found = workflow.nodes.find((node) => node.name === name);
			if (found === undefined) throw new Error(`The workflow has no step "${name}".`);
			return found;
		});
		const [published] = await this.sandbox.stack.n8n.publish([workflow]);
		this.id = published?.id ?? '';
		// n8n connects to the mailbox afterwards.
		return await waitFor(
			'n8n to publish',
			async () => {
				const url = `/workflows/${this.id}/publication-status`;
				const found = await this.sandbox.stack.api.call<Publication>('GET', url);
				return found.status !== 'in_progress' && found;
			},
			PUBLICATION_TIMEOUT_MS,
		);
	}

	async unpublish(): Promise<void> {
		await this.sandbox.stack.api.unpublishWorkflow(this.id);
	}

	/**
	 * Publishes the workflow that logs this lane's sessions.
	 *
	 * @param rules fields of its step Log Session, as a person changes them
	 */
	async publishSessions(rules: Record<string, unknown> = {}): Promise<void> {
		const copy = await sessionsWorkflow({ name: this.sessionsName, credential: this.name, rules });
		await this.sandbox.stack.n8n.publish([copy]);
	}

	/** The shipped workflow, with the credentials of this lane and the name of its mail server. */
	private async workflow(): Promise<WorkflowFile> {
		const shipped = await readWorkflow(SESSION_MAIL_WORKFLOW);
		const chosen = { id: null, name: this.name };
		const nodes = shipped.nodes.map((node): WorkflowNode => {
			if (node.type.endsWith('.emailReadImap')) return { ...node, credentials: { imap: chosen } };
			const parameters =
				node.name === 'Read Mail' ? { ...node.parameters, mailServer: MAIL_SERVER } : node.parameters;
			return withKustomer(withSessions({ ...node, parameters }, this.sessionsName), this.name);
		});
		return { ...shipped, name: this.name, nodes };
	}

	/** Name of the workflow that logs this lane's sessions. */
	get sessionsName(): string {
		return `${this.name} sessions`;
	}

	/** Puts mails into the mailbox and waits until n8n has worked on them. */
	async deliver(...mails: string[]): Promise<Worked> {
		return await this.working(mails.length, async () => await this.imap.deliver(...mails));
	}

	/** Does something that makes n8n read mails, and waits until it has worked on so many. */
	async working(mails: number, cause: () => Promise<unknown>): Promise<Worked> {
		const wanted = mails + this.waiting;
		const mark = this.kustomer.requests.length;
		await cause();
		const runs = await waitFor(
			`n8n to read ${wanted} mails`,
			async () => {
				const untold = async () => (await this.runs()).filter((id) => !this.told.has(id));
				if ((await untold()).length === 0) return undefined;
				await this.settled();
				// Each mail has a run of its own by now.
				const fresh = await untold();
				const details = await Promise.all(
					fresh.map(async (id) => await this.sandbox.stack.api.execution(id)),
				);
				const read = details.map(({ nodes }) => nodes['Mail Arrives']?.outputs[0]?.length ?? 0);
				return read.reduce((sum, one) => sum + one, 0) >= wanted && details;
			},
			ARRIVAL_TIMEOUT_MS,
		);
		await this.settled();
		this.waiting = 0;
		for (const { id } of runs) this.told.add(id);
		return {
			failed: runs
				.filter(({ status }) => status !== 'success')
				.map(({ id, error }) => ({ id, message: `${error?.message ?? ''} ${error?.description ?? ''}` })),
			requests: this.kustomer.requests.slice(mark).map(({ method, path }) => `${method} ${path}`),
		};
	}

	/** Presses the button "Retry" of runs that failed, and gives back those that failed again. */
	async retry(failed: FailedRun[]): Promise<FailedRun[]> {
		const { api } = this.sandbox.stack;
		const earlier = new Set(await this.runs());
		for (const { id } of failed) await api.retry(id);
		await this.settled();
		const fresh = (await api.executions({ workflowId: this.id })).filter(({ id }) => !earlier.has(id));
		for (const { id } of fresh) this.told.add(id);
		if (fresh.length !== failed.length) throw new Error(`${fresh.length} runs instead of ${failed.length}`);
		const again = fresh.filter(({ status }) => status !== 'success');
		return await Promise.all(
			again.map(async ({ id }) => ({ id, message: (await api.execution(id)).error?.message ?? '' })),
		);
	}

	/** Ids of all runs, the newest first. */
	async runs(): Promise<string[]> {
		return (await this.sandbox.stack.n8n.executions(this.id)).map(({ id }) => id);
	}

	/** Everything that n8n keeps of the runs, as text. */
	async keptText(): Promise<string> {
		const { api } = this.sandbox.stack;
		const runs = await this.runs();
		return JSON.stringify(await Promise.all(runs.map(async (id) => await api.execution(id))));
	}

	private async settled(): Promise<void> {
		await this.sandbox.stack.n8n.idle({ workflowId: this.id });
	}

	/** The workflow is off, and the servers have ended. */
	async close(): Promise<void> {
		if (this.id !== '') await this.unpublish().catch(() => undefined);
		await Promise.all([this.imap.close(), this.kustomer.close()]);
	}
}
