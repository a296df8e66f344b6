/** Brings a session that is logged to what is known now. */
import { getConversation } from '../kustomer/resources/conversations';
import { patchMessage } from '../kustomer/resources/messages';
import { settingsFor } from './rules/queue-settings';
import type { Placement } from './rules/record-decision';
import { decide } from './rules/record-rules';
import { effectiveOutcome, isOver, merge, type SessionRecord } from '../domain/session-record';
import { findAgent, leftAsItIs } from './agent';
import { writeComments } from './comments';
import { identifyCustomer } from './late-identity';
import { pendingWork, type PendingWork } from './pending-work';
import { changeConversation, putOnConversation } from './put-on-conversation';
import { placeOf, remember, unchanged, type Logged } from './results';
import type { Run } from './run';
import { writeCustomer } from './session-customer';
import { findSessionMessage, writeMessageAgain } from './session-message';
import {
	nothingDone,
	readStored,
	type Assigned,
	type Done,
	type LoggedSession,
	type StoredSession,
} from './stored-session';

/**
 * Writes what is new. Requests: none when nothing is, else one for the message and one for each further thing.
 *
 * @param logged how Kustomer holds the session
 * @param knowledge what this event and this process know of it
 * @param written comments that were written just now, by key, with a hash of their text
 */
export async function updateLogged(
	run: Run,
	logged: LoggedSession,
	knowledge: SessionRecord,
	written: Record<string, string> = {},
): Promise<Logged> {
	const { client, input } = run;
	const readAt = client.requestsSent;
	const record = logged.record === undefined ? knowledge : merge(logged.record, knowledge);
	const move = moveOf(run, logged, record);
	const from =
		move === undefined
			? { ...logged, done: { ...logged.done, notes: { ...logged.done.notes, ...written } } }
			: { ...logged, done: { ...nothingDone(), customer: logged.done.customer } };
	const work = pendingWork(run, from, record);
	if (!work.message && move === undefined && Object.keys(written).length === 0) {
		remember(run, record, logged);
		return unchanged(logged, record);
	}

	const agent =
		work.agent === undefined || (move === undefined && !(await mayAssign(run, logged)))
			? undefined
			: await findAgent(client, work.agent, input.agent, usersOf(from.done.assigned));
	const change = { userId: agent?.found.userId, custom: work.conversation };
	for (const name of work.conversation.shortened) run.report.shortened.add(name);
	const { conversationId } =
		move === undefined
			? logged
			: await putOnConversation(run, record.session, {
					...change,
					customerId: logged.customerId ?? '',
					placement: move,
					sharedId: undefined,
				});
	if (move === undefined) await changeConversation(run, conversationId, change);

	const notes = await writeComments(run, conversationId, work.comments, from.done.notes);
	const customerId =
		logged.customerId !== undefined && work.identity
			? await identifyCustomer(run, record.session, { customerId: logged.customerId, conversationId })
			: logged.customerId;
	const customer =
		customerId === undefined
			? logged.done.customer
			: await writeCustomer(run, { id: customerId, isNew: false }, work);
	const done: Done = {
		notes,
		...assignedNow(agent?.assigned, from.done.assigned, work),
		conversation: work.conversation.written,
		customer,
	};
	const stored = await withNews(run, readAt, {
		record,
		done,
		appended: move === undefined && logged.appended,
		newCustomer: logged.newCustomer,
		anonymous: logged.anonymous && !work.identity,
	});
	if (move !== undefined) {
		const answer = await patchMessage(client, logged.messageId, { conversation: conversationId });
		if (answer.status >= 300) throw client.errorFor('message.update', answer);
	}
	await writeMessageAgain(run, logged.messageId, stored);
	run.report.done.push('message');
	const now: LoggedSession = {
		...logged,
		...stored,
		conversationId,
		...(customerId === undefined ? {} : { customerId }),
	};
	remember(run, stored.record, now);
	return {
		outcome: move === undefined ? 'updated' : 'created',
		rule: move?.rule ?? 'X1',
		reason: move?.reason ?? 'The session is logged already; what is new was added.',
		...placeOf(now),
		...(agent === undefined ? {} : { agent: agent.found }),
		session: stored.record.session,
	};
}

/**
 * What another worker has written while this one was busy with comments and assignments. Kustomer takes no revision for
 * messages, so it is read again right before it is written. Requests: none when nothing was sent since the message was read.
 */
async function withNews(run: Run, readAt: number, ours: StoredSession): Promise<StoredSession> {
	if (run.input.dryRun || run.client.requestsSent === readAt) return ours;
	const message = await findSessionMessage(run);
	const theirs = message === undefined ? undefined : readStored(message);
	if (theirs?.record === undefined) return ours;
	return {
		...ours,
		record: merge(theirs.record, ours.record),
		done: {
			...theirs.done,
			...ours.done,
			notes: { ...theirs.done.notes, ...ours.done.notes },
			conversation: { ...theirs.done.conversation, ...ours.done.conversation },
			customer: { ...theirs.done.customer, ...ours.done.customer },
		},
	};
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
 * Whether the agent may still be assigned: once the session is over, people work on the conversation, and what they have
 * decided stays.
 */
async function mayAssign(run: Run, logged: LoggedSession): Promise<boolean> {
	if (logged.record === undefined || !isOver(logged.record.session)) return true;
	const { attributes } = await getConversation(run.client, logged.conversationId);
	const users = attributes.assignedUsers ?? [];
	const ours = usersOf(logged.done.assigned);
	return users.every((user) => ours.includes(user));
}

/** Users who have the conversation as far as this session is concerned. */
function usersOf(assigned: Assigned | undefined): readonly string[] {
	return assigned?.userId === undefined ? (assigned?.left ?? []) : [assigned.userId];
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
