/** Runs one scenario, and says what is wrong in Kustomer afterwards. */
import { forgetEverything } from '../../lib/process/forget';
import { uploadRecording } from '../../lib/kustomer/operations/upload-recording';
import type { KustomerClient } from '../../lib/kustomer/client';
import { SESSION_FIELDS } from '../../lib/session-log/rules/session-fields';
import { COMMENT_KINDS } from '../../lib/session-log/rules/session-comments';
import { DEFAULT_RECORD_SETTINGS } from '../../lib/session-log/rules/record-settings';
import type { LogSessionInput } from '../../lib/session-log/inputs';
import { logSession } from '../../lib/session-log/log-session';
import { seed, SANDBOX } from '../../sandbox/kustomer/seed';
import type { KustomerStore } from '../../sandbox/kustomer/store';
import { logPair, pairProblemsIn } from './babelforce-pair';
import { problemsAfterErasure, problemsIn, type Job } from './invariants';
import { Network, Process, type Tampering } from './network';
import { WORKERS, type Erasure, type Scenario } from './scenario';
import { inVirtualTime, Scheduler } from './scheduler';
import { BEGIN, externalIdOf, toldAt, toldOf, type JobPlan, type Told } from './story';

/** What came of a run. */
export interface Outcome {
	/** What is wrong, in plain words; empty when nothing is. */
	problems: string[];
	/** What happened, one line each. */
	story: string[];
	requests: number;
}

export interface RunOptions {
	/** A planted fault. */
	tampering?: Tampering;
	tellStory?: boolean;
}

/** Runs a scenario from an empty memory and a fresh Kustomer. */
export async function run(scenario: Scenario, options: RunOptions = {}): Promise<Outcome> {
	const scheduler = new Scheduler(toldAt(scenario.jobs.length + 2), scenario.picks, options.tellStory);
	return await inVirtualTime(
		() => scheduler.now,
		async () => {
			forgetEverything();
			return await new Simulation(scenario, scheduler, options).run();
		},
	);
}

class Simulation {
	private readonly network: Network;
	private readonly workers: Process[] = [];
	private readonly jobs: Job[] = [];
	private readonly problems: string[] = [];
	private lives = 0;
	private hasErased = false;

	constructor(
		private readonly scenario: Scenario,
		private readonly scheduler: Scheduler,
		options: RunOptions,
	) {
		this.network = new Network(scheduler, scenario.faults, scenario.lag);
		this.network.tampering = options.tampering ?? {};
		const { store } = this.network.kustomer;
		seed(store, BEGIN);
		for (const kind of ['customer', 'conversation', 'message'] as const) {
			const fields = SESSION_FIELDS.filter((field) => field.kind === kind);
			store.defineAttributes(
				kind,
				Object.fromEntries(fields.map(({ name, displayName }) => [name, { displayName }])),
			);
		}
		store.defineAttributes('conversation', { orderNumberStr: {} });
		this.network.begin();
		if (scenario.way === 'session log' && scenario.erasure !== undefined) this.eraseLater(scenario.erasure);
		for (let index = 0; index < WORKERS; index += 1) this.start(index);
		for (const [index, plan] of jobsOf(scenario).entries()) {
			const told = toldOf(plan, index, scenario.identity, this.skewOf(plan.worker));
			this.jobs.push({ plan, told, worker: plan.worker, failed: false });
			// The same, a second later.
			if (plan.again !== undefined) this.jobs.push({ plan, told, worker: plan.again, failed: false });
		}
	}

	async run(): Promise<Outcome> {
		for (const [index, job] of this.jobs.entries()) {
			this.scheduler.add(index, `job ${index} begins`, () => this.begin(index, job));
		}
		await this.scheduler.run();
		this.network.calmDown();
		this.scheduler.tell('--- everything goes well from now on; what failed is run again');
		await this.repeat(this.jobs.filter(({ failed }) => failed));
		await this.repeat(this.jobs.filter(({ failed }) => failed));
		for (const { failed, plan } of this.jobs) {
			// There is nothing left that a file could be added to, and it says so.
			if (this.hasErased && plan.kind.startsWith('recording')) continue;
			if (failed !== false)
				this.problems.push(`"${plan.kind}" fails for good: ${failed === true ? 'it never ends' : failed}`);
		}
		const problems = this.problemsNow();
		this.problems.push(...problems.filter((problem) => !isHealed(problem)));
		if (problems.some(isHealed)) {
			this.scheduler.tell('--- one more look at everything');
			for (const worker of this.workers.keys()) await this.repeat(this.jobs, worker);
			this.problems.push(...this.problemsNow());
		}
		await this.checkSettled();
		// Nobody can know that a customer is deleted between being found and getting a conversation.
		const refused = this.network.refused.filter(
			(line) => !(this.hasErased && line.includes('Unknown customer')),
		);
		this.problems.push(...new Set(refused.map((line) => `Kustomer refuses: ${line}`)));
		return { problems: this.problems, story: this.scheduler.story, requests: this.network.requests };
	}

	private problemsNow(): string[] {
		const { store } = this.network.kustomer;
		if (this.scenario.way === 'babelforce pair') {
			return pairProblemsIn(
				store,
				this.jobs.map(({ plan }) => plan),
				this.scenario.identity,
			);
		}
		return this.hasErased
			? problemsAfterErasure(store, this.scenario)
			: problemsIn(store, this.jobs, this.scenario);
	}

	/** Once the first call is there, somebody deletes it, or its customer. */
	private eraseLater({ request, what }: Erasure): void {
		const { kustomer, scheduler } = this.network;
		this.network.onRequest = (count) => {
			const message = kustomer.store.messageByExternalId(externalIdOf(0));
			if (count < request || this.hasErased || message === undefined) return;
			this.hasErased = true;
			scheduler.tell(
				what === 'merge'
					? 'somebody merges the customer of call 1'
					: `somebody deletes the ${what} of call 1`,
			);
			if (what === 'merge') mergeCustomers(kustomer.store, message.customerId, SANDBOX.customers.priya.id);
			else if (what === 'customer') kustomer.store.deleteCustomer(message.customerId);
			else kustomer.store.deleteConversation(message.conversationId);
		};
	}

	/** Everything again: by those who remember, and by one who remembers nothing. */
	private async checkSettled(): Promise<void> {
		this.scheduler.tell('--- everything once more, by every worker');
		this.workers.push(this.newProcess(WORKERS, 0));
		if (this.hasErased) {
			// Who does not know that it was deleted logs it anew; from then on it is there again, or it is not.
			const all = [...this.workers.keys()];
			// Twice, since files find their session only in the second round.
			for (const worker of [...all, ...all]) await this.repeat(this.jobs, worker);
		}
		for (const worker of this.workers.keys()) {
			this.network.writes = [];
			await this.repeat(this.jobs, worker);
			const writes = this.network.writes.filter((write) => !this.mayBeRepeated(write));
			if (writes.length > 0) {
				const who = worker === WORKERS ? 'a new process' : `worker ${worker}`;
				this.problems.push(`When all is done, ${who} still writes: ${writes.join(', ')}`);
			}
		}
	}

	/** Assigning somebody is sent again, and changes nothing. */
	private mayBeRepeated(write: string): boolean {
		return this.scenario.way === 'babelforce pair' && write.startsWith('PATCH /v1/conversations/');
	}

	private async repeat(jobs: readonly Job[], worker?: number): Promise<void> {
		for (const job of jobs) {
			const index = this.jobs.indexOf(job);
			this.begin(index, { ...job, worker: worker ?? job.worker }, (failed) => (job.failed = failed));
			await this.scheduler.run();
		}
	}

	private begin(
		index: number,
		job: Job,
		ended: (failed: Job['failed']) => void = (failed) => (job.failed = failed),
	): void {
		const process = this.workers[job.worker];
		if (process === undefined) return;
		this.scheduler.tell(
			`${process.name}, job ${index}: "${job.plan.kind}" of call ${job.plan.session + 1} begins`,
		);
		// Until it has ended, and for good when its process dies.
		ended(true);
		this.execute(process, index, job).then(
			() => {
				if (process.isDead) return;
				this.scheduler.tell(`${process.name}, job ${index}: done`);
				ended(false);
			},
			(error: unknown) => {
				if (process.isDead) return;
				this.scheduler.tell(`${process.name}, job ${index}: fails, ${String(error)}`);
				ended(String(error));
			},
		);
	}

	private async execute(process: Process, index: number, { plan, told }: Job): Promise<void> {
		const client = process.client(index);
		if (this.scenario.way === 'babelforce pair') {
			await logPair(client, plan, this.scenario.identity);
			return;
		}
		if (plan.kind === 'recording' || plan.kind === 'recording on message') {
			await this.upload(process, client, index, plan.session, plan.kind === 'recording' ? 'note' : 'message');
			return;
		}
		await logSession(client, inputOf(told));
	}

	private async upload(
		process: Process,
		client: KustomerClient,
		index: number,
		session: number,
		addTo: 'note' | 'message',
	): Promise<void> {
		const content = Buffer.from(`RIFF0000WAVEfmt call ${session} ${addTo}`);
		const source = {
			label: 'the recording',
			open: () =>
				Promise.resolve({
					content: (async function* () {
						yield await Promise.resolve(content);
					})(),
					length: content.length,
					contentType: 'audio/wav',
					close: () => undefined,
				}),
		};
		await uploadRecording(
			client,
			{
				target: { session: externalIdOf(session) },
				addTo,
				store: 'file',
				fileName: `call-${session + 1}-${addTo}.wav`,
				textAsNote: false,
				chooseId: true,
			},
			{ source, sendForm: this.network.sendForm(index, process) },
		);
	}

	private start(index: number): void {
		this.workers[index] = this.newProcess(index, this.skewOf(index));
	}

	private newProcess(index: number, skew: number): Process {
		this.lives += 1;
		return new Process(`worker ${index}, life ${this.lives}`, this.network, skew, () => {
			if (index < WORKERS) this.start(index);
		});
	}

	private skewOf(worker: number): number {
		return this.scenario.skews[worker] ?? 0;
	}
}

/** What a merge leaves behind: the other one has everything that the first one had, and the first one is gone. */
function mergeCustomers(store: KustomerStore, from: string, to: string): void {
	const customer = store.customers.get(from);
	if (customer === undefined || from === to) return;
	const { phones, emails, conversationIds } = customer;
	for (const id of [...conversationIds]) store.moveConversation(id, to, SANDBOX.users.ana.id);
	store.deleteCustomer(from);
	const survivor = store.customers.get(to);
	store.updateCustomer(
		to,
		{ phones: [...(survivor?.phones ?? []), ...phones], emails: [...(survivor?.emails ?? []), ...emails] },
		SANDBOX.users.ana.id,
	);
}

/** The panel as it comes, with every comment on. */
export function inputOf({ session, observedAt, custom }: Told): LogSessionInput {
	return {
		session,
		observedAt,
		rules: DEFAULT_RECORD_SETTINGS,
		queues: [],
		customer: {
			phoneRules: {
				defaultCountry: 'DE',
				ownNumbers: [...SANDBOX.ownNumbers],
				lookUp: 'automatic',
				whenUnusable: 'createWithoutPhone',
			},
			severalMatches: 'mostRecentlyActive',
			create: {},
		},
		conversation: {
			title: '{CALL_TYPE}: {PHONE_NUMBER}',
			timeZone: 'Europe/Berlin',
			typeTag: true,
			platformTag: 'UJET',
			custom,
		},
		agent: { assign: 'assigned' },
		comments: new Set(COMMENT_KINDS),
		sessionFields: true,
		unknownAttributes: 'leaveOut',
		chooseId: true,
		dryRun: false,
	};
}

/** What one more look heals, see the known limits. */
function isHealed(problem: string): boolean {
	return /^Call \d+: the note ".*" says /.test(problem);
}

/** Two calls of one customer: only where every event names the customer alike, else they may rightly be two. */
function jobsOf({ identity, jobs }: Scenario): JobPlan[] {
	const isSame = identity === 'known' || identity === 'new';
	const all = jobs.map((job) => (isSame ? job : { ...job, session: 0 }));
	// A recording goes to a session that is logged at some time.
	return all.filter(
		({ kind, session }) =>
			!kind.startsWith('recording') ||
			all.some((other) => other.session === session && !other.kind.startsWith('recording')),
	);
}
