/** Records: finding, creating and updating Kustomer conversations by the record rules (rules G1, G8, X12). */
import type { Conversation } from '../kustomer/documents';
import { updateConversation } from '../kustomer/operations/update-conversation';
import {
	findConversation,
	getConversation,
	listCustomerConversations,
} from '../kustomer/resources/conversations';
import { cutText } from '../domain/session-shape';
import type { LogSessionResult } from '../session-log/inputs';
import { commentsOf } from '../session-log/rules/session-comments';
import { oneLine } from '../session-log/rules/session-words';
import { accountOf, countryOfRequest, e164Of } from './accounts';
import { recordWithPhone } from './answers';
import { writeText } from './notes';
import { checkAccount, logRequest, placeOf, unnamedSession } from './record-session';
import { factsOf, phoneOf, plainText, sessionIdIn, type NamedSession } from './variables';
import { itemOfLog, leftOutOf, missing, Refusal, type Answered, type Work } from './work';

/**
 * Find a record: the one with the ID, the one of the session, else the one that the record rules would append the session to. There
 * is none where they would create one: then the platform does.
 */
export async function findRecord(work: Work): Promise<Answered> {
	const { told, named } = work;
	const id = told.recordId ?? told.id;
	const byId = id === undefined ? undefined : await recordWithId(work, id);
	if (byId !== undefined) return await found(work, byId, 'Found by its ID.');
	if (named !== undefined) return await recordFor(work, named);
	const isOutbound = told.direction === 'out';
	if (told.menu !== undefined || told.queue !== undefined || told.queueId !== undefined || isOutbound) {
		return await recordFor(work, { id: 'looked-for', channel: told.sourceType ?? 'voice' });
	}
	return await latestOpen(work);
}

/** Create a record: what the request says is logged as a session, so that it is one however often and by whom it is told. */
export async function createRecord(work: Work): Promise<Answered> {
	await checkAccount(work);
	const named = work.named ?? (await unnamedSession(work));
	return await answerOf(work, await logRequest(work, named));
}

/** The record of a logged session, with its description. */
async function answerOf(work: Work, logged: LogSessionResult): Promise<Answered> {
	const conversationId = placeOf(logged);
	const [shortened, conversation] = await Promise.all([
		describe(work, conversationId, logged.externalId),
		getConversation(work.client, conversationId),
	]);
	return {
		status: logged.outcome === 'created' ? 201 : 200,
		body: await recordWithPhone(work.client, conversation, numberOf(work)),
		item: withShortened(itemOfLog(work, logged), shortened),
	};
}

/** Update a record: rating, end, queue and whatever else becomes known are facts of the session; title and description too. */
export async function updateRecord(work: Work): Promise<Answered> {
	const { told } = work;
	const id = told.recordId ?? told.id;
	if (id === undefined && work.named === undefined) {
		throw new Refusal(422, missing(work.unread, ['id', 'recordId', 'callId', 'chatId']));
	}
	const conversation = id === undefined ? undefined : await recordWithId(work, id);
	const named = work.named ?? sessionOfConversation(work, conversation);
	if (named !== undefined) return await updateSession(work, named);
	if (conversation === undefined) throw noRecord();
	return await updateForeign(work, conversation);
}

async function updateSession(work: Work, named: Pick<NamedSession, 'id' | 'channel'>): Promise<Answered> {
	const answered = await answerOf(work, await logRequest(work, named));
	return { ...answered, status: 200 };
}

/** A conversation that no session of the platform has opened: what is told is written on it. */
async function updateForeign(work: Work, conversation: Conversation): Promise<Answered> {
	const { client, settings, told } = work;
	const { id } = conversation;
	const done: string[] = [];
	const subject = told.subject === undefined ? undefined : cutText(oneLine(plainText(told.subject)), 256);
	if (subject !== undefined && subject !== '' && subject !== conversation.attributes.name) {
		await updateConversation(client, {
			target: { id },
			name: subject,
			chooseId: settings.log.chooseId,
			unknownAttributes: settings.log.unknownAttributes,
		});
		conversation.attributes.name = subject;
		done.push('title');
	}
	const facts = factsOf(told, { id, channel: told.sourceType ?? 'voice' }, settings);
	const [rating] = commentsOf(
		{ ...facts, endUser: {} },
		{ timeZone: settings.log.conversation.timeZone },
	).filter(({ kind }) => kind === 'rating');
	if (rating !== undefined && settings.log.comments.has('rating')) {
		await writeText(work, id, { kind: 'rating', text: rating.text, session: undefined });
		done.push('rating');
	}
	const shortened = await describe(work, id, undefined);
	return {
		status: 200,
		body: await recordWithPhone(client, conversation, numberOf(work)),
		item: withShortened(
			{
				outcome: done.length > 0 ? 'updated' : 'unchanged',
				reason: 'The record belongs to no session of the platform, so it was changed itself.',
				conversationId: id,
				...leftOutOf(work),
			},
			shortened,
		),
	};
}

/** The session that the conversation was created for. */
function sessionOfConversation(
	{ settings, told }: Work,
	conversation: Conversation | undefined,
): Pick<NamedSession, 'id' | 'channel'> | undefined {
	const id = sessionIdIn(conversation?.attributes.externalId, settings);
	if (id === undefined) return undefined;
	const isChat = /^chat-/.test(id) || (told.sourceType !== undefined && told.sourceType !== 'voice');
	return { id, channel: isChat ? 'chat' : 'voice' };
}

async function recordFor(work: Work, named: Pick<NamedSession, 'id' | 'channel'>): Promise<Answered> {
	// Nobody is created for a question.
	const customer = await accountOf(work);
	const isKnownSession = work.named !== undefined;
	if (customer === undefined && !isKnownSession) return notFound(work, 'Kustomer has no such customer.');
	const there = await logRequest(work, named, { look: true });
	const isThere = ['appended', 'reopened', 'updated', 'unchanged'].includes(there.outcome);
	const conversation =
		isThere && there.conversationId !== undefined
			? await recordWithId(work, there.conversationId)
			: undefined;
	if (conversation === undefined) return notFound(work, `No record fits: ${there.reason}`, there);
	return await found(work, conversation, there.reason, there);
}

/**
 * For a request that says nothing of the session: the customer's open conversation with the latest activity, of the channel where
 * one is told. None where sessions are not to be appended.
 */
async function latestOpen(work: Work): Promise<Answered> {
	const { client, told, settings } = work;
	const customer = await accountOf({ ...work, told: { ...told, contactId: told.contactId ?? told.id } });
	if (customer === undefined) return notFound(work, 'Kustomer has no such customer.');
	if (!settings.log.rules.append) {
		return notFound(work, 'Sessions get conversations of their own: "Append to Open Conversation" is off.');
	}
	const all = await listCustomerConversations(client, customer.id, { maxPages: MOST_PAGES });
	const activity = ({ attributes }: Conversation) =>
		attributes.lastActivityAt ?? attributes.updatedAt ?? attributes.createdAt ?? '';
	const [latest] = all
		.filter(({ attributes }) => attributes.status === 'open' && attributes.deleted !== true)
		.filter(({ attributes: { channels = [] } }) => {
			return told.sourceType === undefined || channels.length === 0 || channels.includes(told.sourceType);
		})
		.sort((a, b) => activity(b).localeCompare(activity(a)));
	return latest === undefined
		? notFound(work, 'The customer has no open conversation.')
		: await found(work, latest, "The customer's open conversation with the latest activity.");
}

/** A thousand conversations of one customer; more is a test customer. */
const MOST_PAGES = 10;

async function recordWithId({ client }: Work, id: string): Promise<Conversation | undefined> {
	const conversation = await findConversation(client, id);
	return conversation?.attributes.deleted === true ? undefined : conversation;
}

/** Writes the description as a note. @returns whether it had to be cut */
async function describe(work: Work, conversationId: string, session: string | undefined): Promise<boolean> {
	const text = work.told.description;
	if (text === undefined || plainText(text) === '') return false;
	const { shortened } = await writeText(work, conversationId, { kind: 'description', text, session });
	return shortened;
}

function numberOf(work: Work): string | undefined {
	return e164Of(work, phoneOf(work.told, countryOfRequest(work)));
}

function withShortened(item: Answered['item'], shortened: boolean): Answered['item'] {
	return shortened ? { ...item, leftOut: [...(item.leftOut ?? []), 'end of the description'] } : item;
}

async function found(
	work: Work,
	conversation: Conversation,
	reason: string,
	looked?: LogSessionResult,
): Promise<Answered> {
	const body = await recordWithPhone(work.client, conversation, numberOf(work));
	return {
		status: 200,
		body,
		item: {
			outcome: 'found',
			...(looked === undefined ? {} : { rule: looked.rule }),
			reason,
			conversationId: conversation.id,
			...(body.contactId === undefined ? {} : { customerId: body.contactId }),
			...leftOutOf(work),
		},
	};
}

function notFound(work: Work, reason: string, looked?: LogSessionResult): Answered {
	return {
		status: 404,
		body: { error: reason },
		item: {
			outcome: 'notFound',
			...(looked === undefined ? {} : { rule: looked.rule }),
			reason,
			...leftOutOf(work),
		},
	};
}

/** For a record that does not exist. */
export function noRecord(): Refusal {
	return new Refusal(
		404,
		"Kustomer has no conversation with the ID in the parameter 'id'. It may have been deleted.",
	);
}
