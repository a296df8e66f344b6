/** Logs a session that Kustomer does not hold yet: whether, for whom, and where. */
import { rowFor, settingsFor } from './rules/queue-settings';
import type { HeldConversation, HeldSession, Placement } from './rules/record-decision';
import { admit, decide } from './rules/record-rules';
import type { RecordSettings } from './rules/record-settings';
import type { Session } from '../domain/session';
import { isOver, type SessionRecord } from '../domain/session-record';
import { inTurn } from '../process/turns';
import { findAgent, leftAsItIs } from './agent';
import { announced, hasOnly } from './assignment';
import { writeMissing } from './comments';
import { heldSession, holdsNothing, readHeld, type Seeker } from './held-conversations';
import { namesOf } from './late-identity';
import { rememberPlace } from './known-places';
import { knownSession, rememberSession } from './known-sessions';
import { pendingWork, type PendingWork } from './pending-work';
import { putAside, putOnConversation, type Placed } from './put-on-conversation';
import type { Logged } from './results';
import { markReturned } from './returned-voicemail';
import { isBetweenOwnNumbers, type Run } from './run';
import { customerOf, ownerOf, writeCustomer, type SessionCustomer } from './session-customer';
import { findSessionMessage, writeNewMessage } from './session-message';
import {
	nothingDone,
	readStored,
	type Assigned,
	type Done,
	type LoggedSession,
	type StoredSession,
} from './stored-session';
import { unassignedMark } from './unassigned-tag';
import { startedFrom } from './started-calls';
import { updateLogged } from './update-logged';

/**
 * Logs it, if the record rules say so now.
 *
 * @param absentAt when Kustomer was asked for it, in milliseconds since the epoch
 */
export async function logFirst(run: Run, record: SessionRecord, absentAt: number): Promise<Logged> {
	const { session } = record;
	const { settings } = settingsFor(session, run.input.rules, run.input.queues);
	if (rowFor(session, run.input.queues)?.logged === false) {
		return { outcome: 'skipped', rule: 'U8', reason: 'Sessions of this queue are not logged.', session };
	}
	const admission = isBetweenOwnNumbers(run, session)
		? ({ action: 'skip', rule: 'X4', reason: BETWEEN_OWN_NUMBERS } as const)
		: admit(session, settings, run.input.asked);
	if (admission.action !== 'record') {
		if (!run.input.dryRun) {
			const { credentialKey, clock } = run.client;
			const { conversation, customer } = run.input;
			rememberSession(
				credentialKey,
				run.externalId,
				{
					record,
					absentAt,
					custom: { conversation: conversation.custom, customer: customer.custom },
				},
				clock.now(),
			);
		}
		const { rule, reason } = admission;
		if (admission.action === 'wait') return { outcome: 'waiting', rule, reason, session };
		return {
			outcome: 'skipped',
			rule,
			reason,
			...(await unrecordedCustomer(run, record)),
			session,
		};
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

const BETWEEN_OWN_NUMBERS = "The call is between two of the company's own numbers, no customer takes part.";

/**
 * The customer of a session that gets no conversation, where they are wanted all the same (rule C17). One of whom nothing is known
 * but that they called is nobody.
 */
async function unrecordedCustomer(
	run: Run,
	record: SessionRecord,
): Promise<Pick<Logged, 'customerId' | 'customer'>> {
	const { direction } = record.session;
	const isWanted =
		run.input.customer.createUnrecorded === true && direction !== 'out' && direction !== 'internal';
	if (!isWanted || Object.keys(namesOf(run, record.session)).length === 0) return {};
	const customer = await customerOf(run, record);
	return 'reason' in customer
		? {}
		: { customerId: customer.id, customer: customer.isNew ? 'created' : 'found' };
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
	const callback = await calledBack(run, record.session);
	const conversations = withSession(held.conversations, callback);
	// Also where the session itself says it: the call that was asked for is this one, and no other that follows.
	const startedConversationId = startedFrom(client.credentialKey, externalId, record.session, {
		now: client.clock.now(),
		claims: !input.dryRun,
	});
	const placement = decide(record.session, externalId, settings, {
		conversations,
		callbackConversationId: callback?.conversationId,
		asked: input.asked,
		startedFromConversationId: record.session.conversationId ?? startedConversationId,
		now: client.clock.now(),
	}) as Placement;
	const target = conversations.find(({ id }) => id === placement.conversationId);

	const before = {
		record: undefined,
		done: nothingDone(),
		appended: placement.action === 'append' || placement.action === 'reopen',
		newCustomer: customer.isNew,
		anonymous: customer.anonymous,
		names: customer.names,
	};
	const work = pendingWork(run, before, record);
	const users = target?.assignedUsers ?? [];
	// News of a session that is long over must not take a conversation away from who works on it now.
	const isTaken = isOver(record.session) && users.length > 0 && target?.ofThisSession !== true;
	const agent =
		work.agent === undefined || isTaken ? undefined : await findAgent(client, work.agent, input.agent, users);
	const appends = record.session.direction === 'out' ? settings.appendOutbound : settings.append;
	const sharedId = appends && placement.rule !== 'C5' ? held.sharedId : undefined;
	const placed = await putOnConversation(run, record.session, {
		customerId: customer.id,
		placement,
		userId: agent?.found.userId,
		mark: unassignedMark(agent?.assigned, undefined),
		custom: work.conversation,
		sharedId,
	});

	const faster = placed.there === undefined ? undefined : readStored(placed.there);
	if (faster !== undefined) return await joinLogged(run, record, faster, { customer });
	const returned = callback?.externalId ?? (placement.action === 'append' ? target?.founder : undefined);
	if (returned !== undefined && returned !== externalId) await markReturned(run, record.session, returned);
	const owner = await ownerOf(run, customer, placed);
	const notes = await writeMissing(run, placed.conversationId, work.comments.missing, {});
	const { isGiven, assigned } = assignment(record, work, agent?.assigned, target, placed);
	const customerWritten = await writeCustomer(run, owner, work);
	const stored: StoredSession = {
		record,
		done: {
			notes,
			...(assigned === undefined ? {} : { assigned }),
			conversation: work.conversation.written,
			customer: customerWritten,
		},
		appended: placed.outcome === 'appended' || placed.outcome === 'reopened',
		newCustomer: owner.isNew,
		anonymous: owner.anonymous,
		names: owner.names,
	};
	const { message, created } = await writeNewMessage(run, placed.conversationId, stored);
	if (!created) {
		// Another worker was faster.
		const there = readStored(message);
		if (there !== undefined) {
			if (placed.isNew && there.conversationId !== placed.conversationId) {
				await putAside(run, placed.conversationId);
			}
			const isThere = there.conversationId === placed.conversationId;
			// Only what this run has carried out counts as its own: whom it has merely announced, the other message does not name.
			const { assigned: mine, ...rest } = stored.done;
			const own = isGiven && mine !== undefined ? { ...rest, assigned: mine } : rest;
			const after = isThere ? own : { ...nothingDone(), customer: customerWritten };
			return await joinLogged(run, record, there, { customer, after });
		}
	}
	run.report.done.push('message');
	if (!input.dryRun) {
		const { conversationId } = placed;
		const session = heldSession(externalId, record.session);
		rememberPlace(client.credentialKey, owner.id, { conversationId, session }, client.clock.now());
	}
	// Still to be written: the agent of a conversation that was there, and notes that an earlier run has left with another text.
	const now = await updateLogged(
		run,
		{
			...stored,
			messageId: message.id,
			conversationId: placed.conversationId,
			customerId: owner.id,
			seen: readStored(message)?.seen ?? {},
		},
		record,
		{
			before: stored.done,
			after: stored.done,
			createdInVain: owner.createdInVain,
			giving: isGiven ? undefined : assigned?.userId,
		},
	);
	return {
		outcome: placed.outcome,
		rule: placed.rule,
		reason: placed.reason,
		conversationId: placed.conversationId,
		customerId: now.customerId ?? owner.id,
		messageId: message.id,
		customer: customer.isNew ? 'created' : 'found',
		...(agent === undefined ? {} : { agent: agent.found }),
		session: record.session,
	};
}

/**
 * What the message says of the agent. A conversation that was there gets its agent once the message has said so.
 *
 * @param target what was known of the conversation before; undefined when it was to be created
 */
function assignment(
	{ session }: SessionRecord,
	{ agent }: PendingWork,
	found: Assigned | undefined,
	target: HeldConversation | undefined,
	{ isNew, outcome, users = target?.assignedUsers ?? [] }: Placed,
): { isGiven: boolean; assigned: Assigned | undefined } {
	if (agent === undefined) {
		// Of the session's own conversation an earlier run has said so, which could not log the session.
		const isOurs = !isNew && outcome === 'created' && users.length > 0;
		const assigned: Assigned = { agent: {}, by: 'nobody', left: [...users] };
		return { isGiven: true, assigned: isOurs ? assigned : undefined };
	}
	// Another session has opened it at the same moment, and people go on with it.
	const isTaken = !isNew && outcome === 'appended' && isOver(session) && users.length > 0;
	if (found === undefined || isTaken) return { isGiven: true, assigned: leftAsItIs(agent, undefined) };
	if (found.userId === undefined)
		return { isGiven: true, assigned: isNew ? found : { ...found, left: [...users] } };
	const isGiven = isNew || hasOnly(users, found.userId);
	return { isGiven, assigned: isGiven ? found : announced(found, users) };
}

/** Adds what this run knows to a session that another worker has logged first. */
async function joinLogged(
	run: Run,
	record: SessionRecord,
	there: LoggedSession,
	{ customer, after = nothingDone() }: { customer: SessionCustomer; after?: Done },
): Promise<Logged> {
	const isSame = there.customerId === customer.id;
	return await updateLogged(run, there, record, {
		before: nothingDone(),
		after,
		createdInVain: customer.isNew && !isSame ? customer.id : undefined,
		newCustomer: customer.isNew && isSame,
	});
}

/** An earlier session, and where it is. */
interface Earlier {
	externalId: string;
	conversationId: string;
	session?: HeldSession;
}

/** The session that this one calls back (rules C9, C10). Requests: one, or none when this process remembers it. */
async function calledBack(run: Run, session: Session): Promise<Earlier | undefined> {
	if (session.callbackOf === undefined) return undefined;
	const externalId = `${run.idPrefix}${session.callbackOf}`;
	const known = knownSession(run.client.credentialKey, externalId, run.client.clock.now());
	if (known !== undefined && 'logged' in known) return earlier(externalId, known.logged);
	const message = await findSessionMessage({ ...run, externalId });
	const logged = message === undefined ? undefined : readStored(message);
	return logged === undefined ? undefined : earlier(externalId, logged);
}

function earlier(externalId: string, { conversationId, record }: LoggedSession): Earlier {
	if (record === undefined) return { externalId, conversationId };
	return { externalId, conversationId, session: heldSession(externalId, record.session) };
}

/** The conversations, with what is known of the earlier session on its own. */
function withSession(
	conversations: readonly HeldConversation[],
	callback: Earlier | undefined,
): HeldConversation[] {
	return conversations.map((one) =>
		callback?.session === undefined || one.id !== callback.conversationId
			? one
			: { ...one, sessions: [...(one.sessions ?? []), callback.session] },
	);
}
