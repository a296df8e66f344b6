/**
 * Brings a session that is logged to what is known now.
 *
 * Kustomer takes no revision when a message is changed, so whoever writes it replaces what somebody else has written since it
 * was read. Therefore it is read right before it is written; where another process writes the same session, it is read again
 * afterwards, until what this run knows is there. That another process does so shows in the message itself, see `hasCompany`,
 * and in the answer to the write, whose revision is one higher than that which was read, or more. In a process that is alone
 * all this costs nothing.
 */
import { KustomerError } from '../kustomer/errors';
import { getConversation } from '../kustomer/resources/conversations';
import { patchMessage } from '../kustomer/resources/messages';
import { settingsFor } from './rules/queue-settings';
import type { Placement } from './rules/record-decision';
import { decide } from './rules/record-rules';
import { effectiveOutcome, isOver, merge, type SessionRecord } from '../domain/session-record';
import { processName } from '../process/this-process';
import { findAgent, leftAsItIs } from './agent';
import { announced, giveConversation, hasOnly, isToGive } from './assignment';
import { announceRewriting, lookAt, pendingComments, rewrite, writeMissing } from './comments';
import { correctNaming } from './correct-naming';
import { identifyCustomer, namesOf } from './late-identity';
import { CLASH, mergeDone, saysTheSame, settled, usersOf } from './merge-done';
import { pendingWork, type PendingWork } from './pending-work';
import { changeConversation, putOnConversation } from './put-on-conversation';
import type { Comment } from './rules/session-comments';
import { placeOf, remember, unchanged, type Logged } from './results';
import type { Run } from './run';
import { writeCustomer } from './session-customer';
import { findSessionMessage, hasCompany, readToWrite, writeMessageAgain } from './session-message';
import {
	hashOf,
	nothingDone,
	readStored,
	type Assigned,
	type Done,
	type LoggedSession,
	type StoredSession,
} from './stored-session';
import { unassignedMark } from './unassigned-tag';

/** What a run has written before it came to read the message. */
export interface WrittenEarly {
	/** What it knew to be written then. */
	before: Done;
	after: Done;
	/** It created the session's customer, whom the one that logged the session has found. */
	newCustomer?: boolean;
	/** A customer whom it had created before it met the session's own. */
	createdInVain?: string;
	/** User to whom the message announces the conversation, and who has not got it yet. */
	giving?: string;
}

/** How often a session is written anew because others write it at the same time. Then this run fails, and can be repeated. */
const MOST_ROUNDS = 12;
/** Milliseconds. What others have sent before they could see our writing has arrived then. */
const SHORTEST_LOOK = 250;
const LONGEST_LOOK = 5000;

/**
 * Writes what is new. Requests: none when nothing is, else one for the message and one for each further thing; one more to look
 * again where another process writes the session as well.
 *
 * @param logged how Kustomer holds the session
 * @param knowledge what this event and this process know of it
 */
export async function updateLogged(
	run: Run,
	logged: LoggedSession,
	knowledge: SessionRecord,
	early?: WrittenEarly,
): Promise<Logged> {
	const update = new Update(run, logged, knowledge, early);
	while (await update.goOn());
	return update.result();
}

const ADDED = {
	outcome: 'updated',
	rule: 'X1',
	reason: 'The session is logged already; what is new was added.',
} as const;

class Update {
	/** As Kustomer holds it, together with what this run has written that the message does not say yet. */
	private held: LoggedSession;
	/** What the message said when it was last read or written. */
	private said: Done;
	/** What it said before this run wrote it last. */
	private before: Done;
	private saidNew: boolean;
	/** When it was read, in requests of this client. */
	private readAt: number;
	/** And by the clock: what another process writes afterwards, it looks at again only later than this run may rely on it. */
	private readOn: number;
	private rounds = 0;
	/** Somebody else may have written over what this run has written. */
	private look = false;
	/** Id of a customer who has lost what they were recognized by. */
	private gaveUp: string | undefined;
	private slowest = 0;
	/** Comments that this run has rewritten, by key. */
	private readonly rewritten = new Map<string, Comment>();
	/** User to whom this run gives the conversation, once the message has said so. */
	private giving: string | undefined;
	/** As this run has announced it, and carried it out. */
	private gave: Assigned | undefined;
	/** Another process was about to give it away as well, to somebody whom the message names or to nobody knows whom. */
	private rival: 'named' | 'unknown' | undefined;
	private hasWaited = false;
	private outcome: Pick<Logged, 'outcome' | 'rule' | 'reason' | 'agent'> | undefined;

	constructor(
		private readonly run: Run,
		logged: LoggedSession,
		private knowledge: SessionRecord,
		private readonly early: WrittenEarly | undefined,
	) {
		this.said = logged.done;
		this.before = logged.done;
		this.held =
			early === undefined
				? logged
				: {
						...logged,
						done: mergeDone(early.before, early.after, logged.done),
						...(early.newCustomer === true && !logged.newCustomer
							? // What was told of them meanwhile has not been given to them.
								{ newCustomer: true, names: {} }
							: {}),
					};
		this.saidNew = logged.newCustomer;
		this.giving = early?.giving;
		this.readAt = run.client.requestsSent;
		this.readOn = run.client.clock.now();
	}

	/** Does what is to be done now. @returns whether there may be more */
	async goOn(): Promise<boolean> {
		const { run } = this;
		if (this.held.customerId !== undefined && this.held.customerId === this.gaveUp) {
			// Another worker has found them before they were given up.
			this.held = { ...this.held, names: {} };
			this.gaveUp = undefined;
		}
		const { assigned } = this.said;
		if (assigned?.from !== undefined && assigned.userId === this.giving) {
			await this.give(assigned);
			return true;
		}
		const { held } = this;
		const record = held.record === undefined ? this.knowledge : merge(held.record, this.knowledge);
		const move = moveOf(run, held, record);
		const from =
			move === undefined
				? held
				: { ...held, appended: false, done: { ...nothingDone(), customer: held.done.customer } };
		const work = pendingWork(run, from, record);
		if (work.agent === undefined && move === undefined && this.isToSettle()) {
			await this.settleAssignment();
			return true;
		}
		const isUnsaid = !saysTheSame(held.done, this.said) || held.newCustomer !== this.saidNew;
		if (!work.message && move === undefined && !isUnsaid) {
			if (await this.lookAtNotes(work)) return true;
			if (!this.look) return false;
			await this.readAgain();
			return true;
		}
		this.rounds += 1;
		if (this.rounds > MOST_ROUNDS) throw tooManyWriters();

		const stored = await this.writeAround(record, work, from, move);
		await this.writeMessage(stored, move);
		return true;
	}

	/** Everything that is not the message: the conversation, new notes, the customer. */
	private async writeAround(
		record: SessionRecord,
		work: PendingWork,
		from: LoggedSession,
		move: Placement | undefined,
	): Promise<StoredSession> {
		const { run, held } = this;
		const { client, input, report } = run;
		const users = work.agent === undefined || move !== undefined ? [] : await usersOfOthers(run, held);
		const isRead = this.readAt === client.requestsSent;
		const found =
			work.agent === undefined
				? undefined
				: await findAgent(client, work.agent, input.agent, usersOf(from.done.assigned));
		// Looking the agent up changes nothing.
		if (isRead) this.readAt = client.requestsSent;
		// Another worker may have given it to the same agent.
		const isTheirs = users.every((user) => user === found?.found.userId);
		const agent = isTheirs ? found : undefined;
		const change = {
			userId: undefined,
			mark: users.length > 0 ? ('leave' as const) : unassignedMark(agent?.assigned, from.done.assigned),
			custom: work.conversation,
		};
		for (const name of work.conversation.shortened) report.shortened.add(name);
		let before = usersOf(from.done.assigned);
		let isThere = users.length > 0;
		if (move === undefined) await changeConversation(run, held.conversationId, change);
		else {
			const placed = await putOnConversation(run, record.session, {
				...change,
				userId: agent?.found.userId,
				customerId: held.customerId ?? '',
				placement: move,
				sharedId: undefined,
			});
			this.held = { ...held, conversationId: placed.conversationId };
			before = placed.users ?? [];
			isThere = placed.isNew || hasOnly(before, agent?.found.userId ?? '');
		}
		const gives = agent?.found.userId !== undefined && !isThere;
		if (gives) this.giving = agent.found.userId;
		this.watchFor(held);
		const { conversationId } = this.held;
		if (move === undefined && !held.appended && held.record !== undefined) {
			await correctNaming(run, conversationId, held.record.session, record.session);
		}
		const notes = await writeMissing(run, conversationId, work.comments.missing, from.done.notes);
		if (this.held.customerId !== undefined && work.identity) {
			const { customerId, gaveUp } = await identifyCustomer(run, record.session, {
				customerId: this.held.customerId,
				conversationId,
				newCustomer: held.newCustomer,
				anonymous: held.anonymous,
				createdInVain: this.early?.createdInVain,
			});
			this.held = { ...this.held, customerId };
			this.gaveUp ??= gaveUp;
		}
		const { customerId } = this.held;
		const customer =
			customerId === undefined
				? held.done.customer
				: await writeCustomer(run, { id: customerId, isNew: false }, work);
		if (move !== undefined || this.outcome === undefined) {
			this.outcome = {
				...(move === undefined ? ADDED : { outcome: 'created', rule: move.rule, reason: move.reason }),
				...(agent === undefined ? {} : { agent: agent.found }),
			};
		}
		return {
			record,
			done: {
				notes,
				...assignedNow(gives ? announced(agent.assigned, before) : agent?.assigned, from.done.assigned, work),
				conversation: work.conversation.written,
				customer,
			},
			appended: move === undefined && held.appended,
			newCustomer: held.newCustomer,
			anonymous: held.anonymous && !work.identity,
			names: work.identity ? { ...namesOf(run, record.session), by: held.names?.by } : held.names,
		};
	}

	/** The message, and then the notes that have to say something else. */
	private async writeMessage(ours: StoredSession, move: Placement | undefined): Promise<void> {
		const { run } = this;
		const { client } = run;
		const fresh = await this.read();
		const theirs = fresh ?? this.held;
		const stored: StoredSession =
			theirs.record === undefined
				? ours
				: {
						...ours,
						record: merge(theirs.record, ours.record),
						newCustomer: ours.newCustomer || theirs.newCustomer,
						done: move === undefined ? mergeDone(this.said, ours.done, theirs.done) : ours.done,
					};
		// By all that is known now, which is perhaps more than before.
		const { outdated, unseen } = pendingComments(run, stored.record, stored.done.notes);
		const rewritten = move === undefined ? outdated : [];
		// Those of this run stay unseen: somebody else may have rewritten them since.
		const earlier = [...this.rewritten.values()].filter(
			({ key, text }) => stored.done.notes[key] === hashOf(text),
		);
		stored.done = { ...stored.done, notes: announceRewriting([...earlier, ...rewritten], stored.done.notes) };
		for (const comment of rewritten) this.rewritten.set(comment.key, comment);
		if (move !== undefined) {
			const { messageId, conversationId } = this.held;
			const answer = await patchMessage(client, messageId, { conversation: conversationId });
			if (answer.status >= 300) throw client.errorFor('message.update', answer);
		}
		const began = client.clock.now();
		const written = await writeMessageAgain(run, this.held.messageId, stored, theirs.seen.rev).catch(
			unlessItPasses,
		);
		this.slowest = Math.max(this.slowest, client.clock.now() - began);
		if (written === undefined) {
			// Perhaps it was written, and perhaps somebody else has come in between.
			this.held = { ...this.held, ...ours, seen: theirs.seen };
			this.said = theirs.done;
			this.readAt = -1;
			this.look = true;
			await client.clock.sleep(this.pause());
			return;
		}
		if (!run.report.done.includes('message')) run.report.done.push('message');
		this.readOn = client.clock.now();
		const now = readStored(written) ?? theirs;
		const { rev } = theirs.seen;
		const isAlone =
			rev === undefined || now.seen.rev === undefined || now.seen.rev === rev + (move === undefined ? 1 : 2);
		this.look = !run.input.dryRun && (this.look || hasCompany(run, theirs) || !isAlone);
		this.watchFor(theirs);
		if (!isAlone) this.rival = 'unknown';
		const notes = {
			...stored.done.notes,
			...(await rewrite(run, this.held.conversationId, rewritten)),
			...(await lookAt(run, this.held.conversationId, unseen)),
		};
		this.held = { ...this.held, ...stored, done: { ...stored.done, notes }, seen: now.seen };
		this.before = theirs.done;
		this.said = stored.done;
		this.saidNew = stored.newCustomer;
		this.readAt = client.requestsSent;
	}

	/** Notes that another process is about to give the conversation away. */
	private watchFor({ done, seen }: LoggedSession): void {
		const isAnothers = seen.writer !== processName(this.run.client.credentialKey);
		if (done.assigned?.from !== undefined && isAnothers) this.rival ??= 'named';
	}

	/** Gives the conversation to whom this run has announced in the message. */
	private async give(assigned: Assigned): Promise<void> {
		const { run, held } = this;
		this.giving = undefined;
		this.gave = assigned;
		const given = await giveConversation(run, held.conversationId, assigned);
		this.held = { ...held, done: { ...held.done, assigned: given } };
		// What the message says was read, or written, right before.
		this.readAt = run.client.requestsSent;
	}

	/** Whether to look who has the conversation: the message announces an agent, or another process was about to give it away, too. */
	private isToSettle(): boolean {
		const { input } = this.run;
		const { assigned } = this.held.done;
		if (assigned?.userId === undefined || input.dryRun || input.agent.assign === 'never') return false;
		if (this.gave?.userId === assigned.userId && this.rival !== undefined && this.hasWaited) return true;
		return assigned.from !== undefined && assigned.userId !== this.giving;
	}

	/** Carries out what was announced, unless it was carried out or a person has decided otherwise. */
	private async settleAssignment(): Promise<void> {
		const { run, held, gave, rival } = this;
		const { assigned } = held.done;
		if (assigned === undefined) return;
		const isOwn = gave?.userId === assigned.userId;
		const open = isOwn ? { ...gave, ...assigned } : assigned;
		const logged = { ...held, done: { ...held.done, assigned: open } };
		const gives = await isToGive(run, logged, isOwn && rival === 'unknown');
		const now = gives ? await giveConversation(run, held.conversationId, open) : settled(open);
		this.readAt = run.client.requestsSent;
		this.held = { ...held, done: { ...held.done, assigned: now } };
		this.rival = undefined;
		if (gives) this.outcome ??= ADDED;
	}

	/** The message as it is right before it is written; undefined when nothing was sent since it was read. */
	private async read(): Promise<LoggedSession | undefined> {
		const { run } = this;
		const { client } = run;
		const isRecent = client.clock.now() - this.readOn < SHORTEST_LOOK;
		const isFresh = this.readAt === client.requestsSent && isRecent && !hasCompany(run, this.held);
		if (run.input.dryRun || isFresh) return undefined;
		const began = client.clock.now();
		const message = await readToWrite(run, this.held);
		this.slowest = Math.max(this.slowest, client.clock.now() - began);
		return message === undefined ? undefined : readStored(message);
	}

	/** Looks at notes that were to be rewritten. @returns whether one says something else than it should */
	private async lookAtNotes({ comments }: PendingWork): Promise<boolean> {
		const { run, held } = this;
		if (comments.unseen.length === 0) return false;
		const seen = await lookAt(run, held.conversationId, comments.unseen);
		this.held = { ...held, done: { ...held.done, notes: { ...held.done.notes, ...seen } } };
		return Object.values(seen).includes(CLASH);
	}

	/** What the message says, once everybody who read it before this run wrote it has written it. */
	private async readAgain(): Promise<void> {
		const { run } = this;
		this.look = false;
		await run.client.clock.sleep(this.pause());
		this.hasWaited = true;
		const message = await findSessionMessage(run);
		const now = message === undefined ? undefined : readStored(message);
		this.readAt = run.client.requestsSent;
		this.readOn = run.client.clock.now();
		if (now === undefined) return;
		const { record, done } = this.held;
		if (record !== undefined) this.knowledge = merge(this.knowledge, record);
		const newCustomer = now.newCustomer || this.held.newCustomer;
		// Somebody who has written since may not have seen what we wrote: attributes and assignments are compared with before.
		const before = { ...this.before, notes: this.said.notes };
		this.held = { ...now, done: mergeDone(before, done, now.done), newCustomer };
		this.before = now.done;
		this.said = now.done;
		this.saidNew = now.newCustomer;
	}

	private pause(): number {
		const { clock } = this.run.client;
		const look = Math.min(LONGEST_LOOK, Math.max(SHORTEST_LOOK, this.slowest * 2));
		return Math.ceil(look * (1 + clock.random()));
	}

	result(): Logged {
		const { run, held, knowledge } = this;
		const record = held.record === undefined ? knowledge : merge(held.record, knowledge);
		remember(run, record, held);
		if (this.outcome === undefined) return unchanged(held, record);
		return { ...this.outcome, ...placeOf(held), session: record.session };
	}
}

/** A failure after which the message is read and written once more. */
function unlessItPasses(error: unknown): undefined | Promise<never> {
	return error instanceof KustomerError && ['rateLimit', 'server', 'noAnswer'].includes(error.kind)
		? undefined
		: Promise.reject(error);
}

function tooManyWriters(): KustomerError {
	return new KustomerError({
		kind: 'conflict',
		operation: 'message.update',
		message: 'Other n8n processes write this session again and again at the same time.',
		advice: 'Run it again. Nothing that was written is lost.',
	});
}

/** Where a voicemail goes that was appended before anybody knew that it would become one (rule C5). */
export function moveOf(run: Run, logged: LoggedSession, record: SessionRecord): Placement | undefined {
	if (logged.record === undefined || logged.customerId === undefined) return undefined;
	const { session } = record;
	const { settings } = settingsFor(session, run.input.rules, run.input.queues);
	const decision = decide(session, run.externalId, settings, {
		conversations: [],
		logged: {
			conversationId: logged.conversationId,
			appended: logged.appended,
			voicemail: effectiveOutcome(logged.record.session) === 'voicemail',
		},
		now: run.client.clock.now(),
	});
	return decision.action === 'create' ? decision : undefined;
}

/**
 * Who has the conversation for a reason of their own: once the session is over, people work on the conversation, and what they
 * have decided stays.
 */
async function usersOfOthers(run: Run, logged: LoggedSession): Promise<string[]> {
	if (logged.record === undefined || !isOver(logged.record.session)) return [];
	const { attributes } = await getConversation(run.client, logged.conversationId);
	const ours = usersOf(logged.done.assigned);
	return (attributes.assignedUsers ?? []).filter((user) => !ours.includes(user));
}

function assignedNow(
	assigned: Assigned | undefined,
	before: Assigned | undefined,
	work: PendingWork,
): { assigned?: Assigned } {
	if (assigned !== undefined) return { assigned };
	if (work.agent !== undefined) return { assigned: leftAsItIs(work.agent, before) };
	return before === undefined ? {} : { assigned: before };
}
