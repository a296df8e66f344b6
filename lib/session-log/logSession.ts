/**
 * Session: Log. Brings Kustomer to what is known of a session, whatever the order, number and place of its events (rules
 * X1, X3). A session is one message; everything that was written for it stands in the message, so nothing is kept elsewhere.
 */
import type { KustomerClient } from '../kustomer/client';
import type { Customer, Message } from '../kustomer/documents';
import { dryRun } from '../kustomer/dry-run';
import { KustomerError, isConflict } from '../kustomer/errors';
import type { CreateConversationResult } from '../kustomer/inputs';
import { createConversation } from '../kustomer/operations/createConversation';
import { createMessage } from '../kustomer/operations/createMessage';
import { findOrCreateCustomer } from '../kustomer/operations/findOrCreateCustomer';
import { updateConversation } from '../kustomer/operations/updateConversation';
import { updateCustomer } from '../kustomer/operations/updateCustomer';
import { updateMessage } from '../kustomer/operations/updateMessage';
import { ownId } from '../kustomer/own-id';
import { getConversation } from '../kustomer/resources/conversations';
import { findMessage, findMessageByExternalId, patchMessage } from '../kustomer/resources/messages';
import { isId } from '../kustomer/validate/text';
import { renderTitle } from '../rules/conversation-title';
import { settingsFor } from '../rules/queue-settings';
import type { Placement } from '../rules/record-decision';
import { admit, place } from '../rules/record-rules';
import type { RecordSettings } from '../rules/record-settings';
import { sessionFieldsOf } from '../rules/session-fields';
import { messageSummary } from '../rules/session-message';
import { tagsFor } from '../rules/session-tags';
import type { Session } from '../telephony/session';
import { effectiveOutcome, isOver, merge, type SessionRecord } from '../telephony/session-record';
import { inTurn } from '../turns';
import { findAgent } from './agent';
import { pendingAttributes } from './attributes';
import { writeComments } from './comments';
import { holdsNothing, readHeld, type Seeker } from './held-conversations';
import type { LogOutcome, LogSessionInput, LogSessionResult } from './inputs';
import { identifyCustomer, isIdentified } from './late-identity';
import { isAbsent, knownSession, rememberSession } from './known-sessions';
import { customerAttributes, pendingWork, type PendingWork } from './pending-work';
import { phoneOf, startRun, type Run } from './run';
import {
	metaOf,
	nothingDone,
	readStored,
	SESSION_APP,
	type Assigned,
	type Done,
	type LoggedSession,
	type StoredSession,
} from './stored-session';

/**
 * Logs what one event knows of a session.
 *
 * Requests: none for what this process knows to be written, one to find that out otherwise. For a new session one for its
 * message, one or two for the customer, one for the customer's conversations and one for each that may take it; then one each
 * for conversation, comment and message. For a session that is logged: one to read it, and one for everything that is new.
 *
 * @throws {KustomerInputError} before anything is sent
 * @throws {KustomerError} after which the same event can be logged again: what was written is found
 */
export async function logSession(client: KustomerClient, input: LogSessionInput): Promise<LogSessionResult> {
	const own = client.fork();
	const dry = input.dryRun ? dryRun(own) : undefined;
	const run = startRun(dry?.client ?? own, input);
	const { externalId, report } = run;
	const logged = await inTurn(`${client.credentialKey}\nsession\n${externalId}`, () => log(run));
	return {
		externalId,
		...logged,
		done: report.done,
		alreadyDone: report.alreadyDone,
		leftOut: [...report.leftOut],
		shortened: [...report.shortened],
		requests: own.requestsSent,
		...(dry === undefined ? {} : { planned: dry.planned }),
	};
}

type Logged = Omit<
	LogSessionResult,
	'externalId' | 'done' | 'alreadyDone' | 'leftOut' | 'shortened' | 'requests' | 'planned'
>;

async function log(run: Run): Promise<Logged> {
	const { client, externalId, observation } = run;
	const now = client.clock.now();
	const known = run.input.dryRun ? undefined : knownSession(client.credentialKey, externalId, now);
	const record = known === undefined ? observation : merge(known.record, observation);

	if (known !== undefined && 'logged' in known) {
		const work = pendingWork(run, { ...known.logged, record: known.record }, record);
		if (!work.message && moveOf(run, known.logged, record) === undefined) {
			return unchanged(known.logged, record);
		}
	}
	const message = isAbsent(known, now) ? undefined : await findSessionMessage(run);
	const logged = message === undefined ? undefined : readStored(message);
	if (logged !== undefined) return await update(run, logged, record);

	const absentAt = isAbsent(known, now) && known !== undefined && 'absentAt' in known ? known.absentAt : now;
	return await logFirst(run, record, absentAt);
}

async function findSessionMessage({ client, input, externalId }: Run): Promise<Message | undefined> {
	return input.chooseId
		? await findMessage(client, ownId('message', externalId))
		: await findMessageByExternalId(client, externalId);
}

// --- a session that is not logged yet ---------------------------------------------------------------------------------

async function logFirst(run: Run, record: SessionRecord, absentAt: number): Promise<Logged> {
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

interface SessionCustomer {
	id: string;
	isNew: boolean;
	/** The customer was created for this session and has nothing to be recognized by. */
	anonymous: boolean;
	/** Absent when the platform named the customer. */
	document?: Customer;
}

async function customerOf(run: Run, record: SessionRecord): Promise<SessionCustomer | { reason: string }> {
	const { endUser } = record.session;
	if (endUser.customerId !== undefined && isId(endUser.customerId)) {
		return { id: endUser.customerId.toLowerCase(), isNew: false, anonymous: false };
	}
	const { input, externalId } = run;
	const { create, phoneRules, severalMatches } = input.customer;
	const custom = pendingAttributes(customerAttributes(run, { newCustomer: true }, record), run.at, {});
	const found = await findOrCreateCustomer(run.client, {
		phone: endUser.phone,
		email: endUser.email,
		externalId: endUser.identifier,
		phoneRules,
		severalMatches,
		anonymousExternalId: externalId,
		create: { ...create, name: create.name ?? endUser.name, custom: custom.values },
		unknownAttributes: input.unknownAttributes,
	});
	if (found.customer === undefined) return { reason: found.reason };
	for (const name of found.leftOut) run.report.leftOut.add(name);
	const isNew = found.outcome === 'created';
	if (isNew) run.report.done.push('customer');
	return {
		id: found.customer.id,
		isNew,
		anonymous: !isIdentified(run, record.session),
		document: found.customer,
	};
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
			return await update(run, there, record);
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

interface Put {
	customerId: string;
	placement: Placement;
	userId: string | undefined;
	custom: PendingWork['conversation'];
	/** What the id is derived from, when other sessions may want to create the same conversation. */
	sharedId: string | undefined;
}

interface Placed {
	conversationId: string;
	outcome: Extract<LogOutcome, 'created' | 'appended' | 'reopened'>;
	rule: string;
	reason: string;
	isNew: boolean;
}

async function putOnConversation(run: Run, session: Session, put: Put): Promise<Placed> {
	const { placement } = put;
	const { rule, reason } = placement;
	for (const name of put.custom.shortened) run.report.shortened.add(name);
	if (placement.action === 'create' || placement.conversationId === undefined) {
		const { conversation, created, leftOut } = await createFor(run, session, put);
		for (const name of leftOut) run.report.leftOut.add(name);
		const isOurs = created || conversation.attributes.externalId === run.externalId;
		if (created) {
			run.report.done.push('conversation');
			if (put.userId !== undefined) run.report.done.push('agent assigned');
		} else {
			await addTo(run, conversation.id, session, put, false);
		}
		return {
			conversationId: conversation.id,
			outcome: isOurs ? 'created' : 'appended',
			rule: isOurs ? rule : 'C6',
			reason: isOurs
				? reason
				: 'Appended: another session of the same customer and queue opened a conversation at the same moment.',
			isNew: created,
		};
	}
	const reopens = placement.action === 'reopen';
	await addTo(run, placement.conversationId, session, put, reopens);
	if (reopens) run.report.done.push('conversation reopened');
	return {
		conversationId: placement.conversationId,
		// What an earlier run created and could not finish is this session's own.
		outcome: reopens ? 'reopened' : placement.action === 'append' ? 'appended' : 'created',
		rule,
		reason,
		isNew: false,
	};
}

async function createFor(run: Run, session: Session, put: Put): Promise<CreateConversationResult> {
	const { client, input, externalId } = run;
	const { title, timeZone, priority, assignedTeams, queueId } = input.conversation;
	const create = (idFrom: string | undefined) =>
		createConversation(client, {
			customerId: put.customerId,
			externalId,
			chooseId: input.chooseId,
			idFrom,
			name: renderTitle(title, session, { phone: phoneOf(run, session), timeZone }),
			status: 'open',
			direction: session.direction === 'out' ? 'out' : 'in',
			priority,
			assignedTeams,
			queueId,
			assignedUsers: put.userId === undefined ? undefined : [put.userId],
			tags: tagsFor(session, input.conversation),
			custom: put.custom.values,
			unknownAttributes: input.unknownAttributes,
		});
	const { sharedId } = put;
	if (sharedId === undefined) return await create(undefined);
	return await create(sharedId).catch((error: unknown) =>
		// The id belongs to a conversation that was deleted: then the session's own id will do.
		error instanceof KustomerError && isConflict(error) ? create(undefined) : Promise.reject(error),
	);
}

/** Assigns, tags and opens a conversation that is there. */
async function addTo(
	run: Run,
	conversationId: string,
	session: Session,
	put: Put,
	reopen: boolean,
): Promise<void> {
	const { input } = run;
	const tags = tagsFor(session, { ...input.conversation, tags: undefined, platformTag: undefined });
	if (!reopen && put.userId === undefined && put.custom.values === undefined && tags.length === 0) return;
	const { leftOut } = await updateConversation(run.client, {
		target: { id: conversationId },
		chooseId: input.chooseId,
		status: reopen ? 'open' : undefined,
		users: put.userId === undefined ? undefined : { mode: 'replace', ids: [put.userId] },
		tags: tags.length === 0 ? undefined : { add: tags },
		custom: put.custom.values,
		unknownAttributes: input.unknownAttributes,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	if (put.userId !== undefined) run.report.done.push('agent assigned');
}

/** A conversation that turned out not to be needed, because the session was logged elsewhere at the same moment. */
async function putAside(run: Run, conversationId: string): Promise<void> {
	await updateConversation(run.client, {
		target: { id: conversationId },
		chooseId: run.input.chooseId,
		status: 'done',
		unknownAttributes: 'stop',
		note: {
			body: 'This session was logged on another conversation at the same moment. There is nothing to do here.',
			key: 'put-aside',
		},
	});
}

// --- a session that is logged -----------------------------------------------------------------------------------------

async function update(run: Run, logged: LoggedSession, knowledge: SessionRecord): Promise<Logged> {
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

/** A voicemail that was appended before anybody knew that it would become one (rule C5). */
function moveOf(run: Run, logged: LoggedSession, record: SessionRecord): Placement | undefined {
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

async function changeConversation(run: Run, conversationId: string, put: Put): Promise<void> {
	for (const name of put.custom.shortened) run.report.shortened.add(name);
	if (put.userId === undefined && put.custom.values === undefined) return;
	const { leftOut } = await updateConversation(run.client, {
		target: { id: conversationId },
		chooseId: run.input.chooseId,
		users: put.userId === undefined ? undefined : { mode: 'replace', ids: [put.userId] },
		custom: put.custom.values,
		unknownAttributes: run.input.unknownAttributes,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	if (put.userId !== undefined) run.report.done.push('agent assigned');
	if (put.custom.values !== undefined) run.report.done.push('custom attributes of the conversation');
}

// --- writing ----------------------------------------------------------------------------------------------------------

/** Writes the customer's attributes, unless the customer was created with them or has them. */
async function writeCustomer(
	run: Run,
	customer: Pick<SessionCustomer, 'id' | 'isNew' | 'document'>,
	work: PendingWork,
): Promise<Done['customer']> {
	const { values, written, shortened } = work.customer;
	for (const name of shortened) run.report.shortened.add(name);
	const held = customer.document?.attributes.custom ?? {};
	const missing = Object.fromEntries(
		Object.entries(values ?? {}).filter(([name, value]) => held[name] !== value),
	);
	if (customer.isNew || Object.keys(missing).length === 0) return written;
	const { leftOut } = await updateCustomer(run.client, {
		target: { id: customer.id },
		fields: { custom: missing },
		unknownAttributes: run.input.unknownAttributes,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	if (Object.keys(missing).some((name) => !leftOut.includes(name))) {
		run.report.done.push('custom attributes of the customer');
	}
	return written;
}

function messageFields(run: Run, stored: StoredSession) {
	const { session } = stored.record;
	const { input } = run;
	const phone = phoneOf(run, session);
	const { meta, shortened } = metaOf(stored);
	for (const what of shortened) run.report.shortened.add(what);
	const { channel, direction, ...summary } = messageSummary(session, {
		phone,
		timeZone: input.conversation.timeZone,
	});
	return {
		channel,
		direction,
		again: {
			...summary,
			meta,
			custom: { ...(input.sessionFields ? sessionFieldsOf(session, { phone }) : {}), ...input.messageCustom },
			chooseId: input.chooseId,
			unknownAttributes: input.unknownAttributes,
		},
	};
}

async function writeNewMessage(
	run: Run,
	conversationId: string,
	stored: StoredSession,
): Promise<{ message: Message; created: boolean }> {
	const { channel, direction, again } = messageFields(run, stored);
	const { leftOut, ...written } = await createMessage(run.client, {
		...again,
		channel,
		direction,
		app: SESSION_APP,
		target: { id: conversationId },
		externalId: run.externalId,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	return written;
}

async function writeMessageAgain(run: Run, messageId: string, stored: StoredSession): Promise<void> {
	const { leftOut } = await updateMessage(run.client, {
		...messageFields(run, stored).again,
		target: { id: messageId },
	});
	for (const name of leftOut) run.report.leftOut.add(name);
}

// --- results ----------------------------------------------------------------------------------------------------------

function remember(run: Run, record: SessionRecord, logged: LoggedSession): void {
	if (run.input.dryRun) return;
	const { credentialKey, clock } = run.client;
	rememberSession(credentialKey, run.externalId, { record, logged: { ...logged, record } }, clock.now());
}

function unchanged(logged: LoggedSession, { session }: SessionRecord): Logged {
	return {
		outcome: 'unchanged',
		rule: 'X1',
		reason: 'Everything that the event tells is in Kustomer already.',
		...placeOf(logged),
		session,
	};
}

function placeOf({ conversationId, customerId, messageId }: LoggedSession) {
	return { conversationId, ...(customerId === undefined ? {} : { customerId }), messageId };
}
