/** Logs a session that Kustomer does not hold yet: whether, for whom, and where. */
import { settingsFor } from '../rules/queue-settings';
import { admit, place } from '../rules/record-rules';
import type { RecordSettings } from '../rules/record-settings';
import type { Session } from '../telephony/session';
import type { SessionRecord } from '../telephony/session-record';
import { inTurn } from '../turns';
import { findAgent } from './agent';
import { writeComments } from './comments';
import { holdsNothing, readHeld, type Seeker } from './held-conversations';
import { knownSession, rememberSession } from './known-sessions';
import { pendingWork } from './pending-work';
import { putAside, putOnConversation } from './put-on-conversation';
import { remember, type Logged } from './results';
import type { Run } from './run';
import { customerOf, writeCustomer, type SessionCustomer } from './session-customer';
import { findSessionMessage, writeNewMessage } from './session-message';
import { nothingDone, readStored, type StoredSession } from './stored-session';
import { updateLogged } from './update-logged';

/**
 * Logs it, if the record rules say so now.
 *
 * @param absentAt when Kustomer was asked for it, in milliseconds since the epoch
 */
export async function logFirst(run: Run, record: SessionRecord, absentAt: number): Promise<Logged> {
	const { session } = record;
	const { settings } = settingsFor(session, run.input.rules, run.input.queues);
	const admission = admit(session, settings);
	if (admission.action !== 'record') {
		if (!run.input.dryRun) {
			const { credentialKey, clock } = run.client;
			rememberSession(credentialKey, run.externalId, { record, absentAt }, clock.now());
		}
		const outcome = admission.action === 'wait' ? 'waiting' : 'skipped';
		return { outcome, rule: admission.rule, reason: admission.reason, session };
	}

	const customer = await customerOf(run, record);
	if ('reason' in customer) {
		return { outcome: 'skipped', rule: 'X4', reason: customer.reason, session };
	}
	// Sessions of one customer that arrive at the same moment shall see each other's conversations (rule C6).
	return await inTurn(`${run.client.credentialKey}\ncustomer\n${customer.id}`, () =>
		recordSession(run, record, customer, settings),
	);
}

/** Decides where the session goes, and writes it there: conversation, comments, and last of all the message. */
async function recordSession(
	run: Run,
	record: SessionRecord,
	customer: SessionCustomer,
	settings: RecordSettings,
): Promise<Logged> {
	const { client, input, externalId } = run;
	const seeker: Seeker = { session: record.session, externalId, idPrefix: run.idPrefix, settings };
	const held = customer.isNew
		? holdsNothing(customer.id, seeker)
		: await readHeld(client, customer.id, seeker);
	const placement = place(record.session, externalId, settings, {
		conversations: held.conversations,
		callbackConversationId: await calledBack(run, record.session),
		now: client.clock.now(),
	});

	const before = {
		record: undefined,
		done: nothingDone(),
		newCustomer: customer.isNew,
		anonymous: customer.anonymous,
	};
	const work = pendingWork(run, before, record);
	const agent = work.agent === undefined ? undefined : await findAgent(client, work.agent, input.agent);
	const sharedId = settings.append && placement.rule !== 'C5' ? held.sharedId : undefined;
	const placed = await putOnConversation(run, record.session, {
		customerId: customer.id,
		placement,
		userId: agent?.found.userId,
		custom: work.conversation,
		sharedId,
	});

	const notes = await writeComments(run, placed.conversationId, work.comments, {});
	const customerWritten = await writeCustomer(run, customer, work);
	const stored: StoredSession = {
		record,
		done: {
			notes,
			...(agent === undefined ? {} : { assigned: agent.assigned }),
			conversation: work.conversation.written,
			customer: customerWritten,
		},
		appended: placed.outcome === 'appended' || placed.outcome === 'reopened',
		newCustomer: customer.isNew,
		anonymous: customer.anonymous,
	};
	const { message, created } = await writeNewMessage(run, placed.conversationId, stored);
	if (!created) {
		// Another worker was faster.
		const there = readStored(message);
		if (there !== undefined) {
			if (placed.isNew && there.conversationId !== placed.conversationId) {
				await putAside(run, placed.conversationId);
			}
			return await updateLogged(run, there, record);
		}
	}
	run.report.done.push('message');
	remember(run, record, {
		...stored,
		messageId: message.id,
		conversationId: placed.conversationId,
		customerId: customer.id,
	});
	return {
		outcome: placed.outcome,
		rule: placed.rule,
		reason: placed.reason,
		conversationId: placed.conversationId,
		customerId: customer.id,
		messageId: message.id,
		customer: customer.isNew ? 'created' : 'found',
		...(agent === undefined ? {} : { agent: agent.found }),
		session: record.session,
	};
}

/** The conversation of the session that this one calls back (rules C9, C10). */
async function calledBack(run: Run, session: Session): Promise<string | undefined> {
	if (session.callbackOf === undefined) return undefined;
	const externalId = `${run.idPrefix}${session.callbackOf}`;
	const known = knownSession(run.client.credentialKey, externalId, run.client.clock.now());
	if (known !== undefined && 'logged' in known) return known.logged.conversationId;
	const message = await findSessionMessage({ ...run, externalId });
	return message === undefined ? undefined : readStored(message)?.conversationId;
}
