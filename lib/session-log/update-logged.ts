/** Brings a session that is logged to what is known now. */
import { getConversation } from '../kustomer/resources/conversations';
import { patchMessage } from '../kustomer/resources/messages';
import { settingsFor } from '../rules/queue-settings';
import type { Placement } from '../rules/record-decision';
import { place } from '../rules/record-rules';
import { effectiveOutcome, isOver, merge, type SessionRecord } from '../telephony/session-record';
import { findAgent } from './agent';
import { writeComments } from './comments';
import { identifyCustomer } from './late-identity';
import { pendingWork, type PendingWork } from './pending-work';
import { changeConversation, putOnConversation, type Put } from './put-on-conversation';
import { placeOf, remember, unchanged, type Logged } from './results';
import type { Run } from './run';
import { writeCustomer } from './session-customer';
import { writeMessageAgain } from './session-message';
import type { Assigned, Done, LoggedSession, StoredSession } from './stored-session';

/**
 * Writes what is new. Requests: none when nothing is, else one for the message and one for each further thing.
 *
 * @param logged how Kustomer holds the session
 * @param knowledge what this event and this process know of it
 */
export async function updateLogged(
	run: Run,
	logged: LoggedSession,
	knowledge: SessionRecord,
): Promise<Logged> {
	const { client, input } = run;
	const record = logged.record === undefined ? knowledge : merge(logged.record, knowledge);
	const move = moveOf(run, logged, record);
	const from = move === undefined ? logged : { ...logged, done: { ...logged.done, notes: {} } };
	const work = pendingWork(run, from, record);
	if (!work.message && move === undefined) {
		remember(run, record, logged);
		return unchanged(logged, record);
	}

	const agent =
		work.agent === undefined || !(await mayAssign(run, logged))
			? undefined
			: await findAgent(client, work.agent, input.agent);
	const put: Put = {
		customerId: logged.customerId ?? '',
		placement: { action: 'append', conversationId: logged.conversationId, rule: 'X1', reason: '' },
		userId: agent?.found.userId,
		custom: work.conversation,
		sharedId: undefined,
	};
	const { conversationId } =
		move === undefined ? logged : await putOnConversation(run, record.session, { ...put, placement: move });
	if (move === undefined) await changeConversation(run, conversationId, put);

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
		...assignedNow(agent?.assigned, logged, work),
		conversation: work.conversation.written,
		customer,
	};
	const stored: StoredSession = {
		record,
		done,
		appended: move === undefined && logged.appended,
		newCustomer: logged.newCustomer,
		anonymous: logged.anonymous && !work.identity,
	};
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
	remember(run, record, now);
	return {
		outcome: move === undefined ? 'updated' : 'created',
		rule: move?.rule ?? 'X1',
		reason: move?.reason ?? 'The session is logged already; what is new was added.',
		...placeOf(now),
		...(agent === undefined ? {} : { agent: agent.found }),
		session: record.session,
	};
}

/** Where a voicemail goes that was appended before anybody knew that it would become one (rule C5). */
export function moveOf(run: Run, logged: LoggedSession, record: SessionRecord): Placement | undefined {
	if (logged.record === undefined || logged.customerId === undefined) return undefined;
	const { session } = record;
	const { settings } = settingsFor(session, run.input.rules, run.input.queues);
	const placement = place(session, run.externalId, settings, {
		conversations: [],
		logged: {
			conversationId: logged.conversationId,
			appended: logged.appended,
			voicemail: effectiveOutcome(logged.record.session) === 'voicemail',
		},
		now: run.client.clock.now(),
	});
	return placement.action === 'create' ? placement : undefined;
}

/**
 * Whether the agent may still be assigned: once the session is over, people work on the conversation, and what they have
 * decided stays.
 */
async function mayAssign(run: Run, logged: LoggedSession): Promise<boolean> {
	if (logged.record === undefined || !isOver(logged.record.session)) return true;
	const { attributes } = await getConversation(run.client, logged.conversationId);
	const users = attributes.assignedUsers ?? [];
	return users.every((user) => user === logged.done.assigned?.userId);
}

function assignedNow(
	assigned: Assigned | undefined,
	logged: LoggedSession,
	work: PendingWork,
): { assigned?: Assigned } {
	if (assigned !== undefined) return { assigned };
	if (work.agent === undefined)
		return logged.done.assigned === undefined ? {} : { assigned: logged.done.assigned };
	// Somebody else has the conversation: that is settled, and is not asked again.
	const { id, sourceId, email, name } = work.agent;
	return { assigned: { ...logged.done.assigned, agent: { id, sourceId, email, name }, by: 'userId' } };
}
