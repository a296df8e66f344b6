/**
 * What Kustomer holds of a session and its customer, as far as the record rules need to know it.
 */
import type { KustomerClient } from '../kustomer/client';
import type { Conversation, Message } from '../kustomer/documents';
import { ownId } from '../kustomer/own-id';
import { findConversation, listCustomerConversations } from '../kustomer/resources/conversations';
import { findMessage, listMessages } from '../kustomer/resources/messages';
import { knownPlaces } from './known-places';
import { queueKey, queueOf } from './rules/queue-key';
import { candidates } from './rules/record-rules';
import type { HeldConversation, HeldSession } from './rules/record-decision';
import type { RecordSettings } from './rules/record-settings';
import { startOf } from './rules/session-words';
import type { Session } from '../domain/session';
import { leftVoicemail, wasConnected } from '../domain/session-questions';
import { hashOf, isSessionMessage, readStored } from './stored-session';

/** A thousand conversations of one customer; more is a test customer. */
const MAX_PAGES = 10;
/** Messages of one conversation that are looked at. */
const MOST_MESSAGES = 300;

/** The session that looks for its place. */
export interface Seeker {
	session: Session;
	externalId: string;
	/** External ids of sessions of the same source begin like this. */
	idPrefix: string;
	settings: RecordSettings;
}

/** The conversations of a customer, and the id that the next one of the same kind gets. */
export interface HeldConversations {
	conversations: HeldConversation[];
	/** See {@link sharedIdSource}. */
	sharedId: string;
}

/**
 * Reads the customer's conversations, and the sessions on those that may take this one.
 * Requests: one per hundred conversations, and one for each candidate; one more for each that a list does not show yet.
 */
export async function readHeld(
	client: KustomerClient,
	customerId: string,
	seeker: Seeker,
): Promise<HeldConversations> {
	const known = knownPlaces(client.credentialKey, customerId, client.clock.now());
	const listed = await listCustomerConversations(client, customerId, { maxPages: MAX_PAGES });
	const all = [...listed];
	for (const conversationId of new Set(known.map((place) => place.conversationId))) {
		if (all.some(({ id }) => id === conversationId)) continue;
		// The list is behind, or somebody has deleted the conversation or moved it to another customer.
		const conversation = await findConversation(client, conversationId);
		if (conversation?.relationships?.customer?.data?.id === customerId) all.push(conversation);
	}
	const there = all.filter(({ attributes }) => attributes?.deleted !== true);
	const ours = there.filter(({ attributes }) => attributes?.externalId?.startsWith(seeker.idPrefix) === true);
	const conversations = there.map((conversation) => {
		const held = heldOf(conversation, customerId, seeker, ours);
		// What this process has put there a moment ago, the list may not show yet.
		const put = known.filter(({ conversationId }) => conversationId === held.id);
		return { ...held, channels: [...held.channels, ...put.map(({ session: { channel } }) => channel)] };
	});

	const { session, externalId, settings } = seeker;
	for (;;) {
		// One after the other: what is on one may make the next unnecessary.
		const [next] = candidates(session, externalId, settings, { conversations, now: client.clock.now() });
		const conversation = conversations.find(({ id }) => id === next);
		if (conversation === undefined) break;
		const document = there.find(({ id }) => id === conversation.id);
		conversation.sessions = await readSessions(client, conversation.id, {
			known: known.filter((place) => place.conversationId === conversation.id).map((place) => place.session),
			// The session that a conversation of ours was made for.
			founder: ours.some(({ id }) => id === conversation.id)
				? (document?.attributes.externalId ?? undefined)
				: undefined,
		});
	}
	return { conversations, sharedId: sharedIdSource(customerId, seeker, ours) };
}

/** What a customer who was just created holds: nothing. */
export function holdsNothing(customerId: string, seeker: Seeker): HeldConversations {
	return { conversations: [], sharedId: sharedIdSource(customerId, seeker, []) };
}

/**
 * What the id of the next conversation for this customer, channel and queue is derived from. Two sessions that arrive at
 * the same moment, on whatever workers, see the same conversations and so derive the same id: Kustomer lets one of them
 * create it, and the other one finds it there and is appended (rules C6, X1).
 */
function sharedIdSource(customerId: string, seeker: Seeker, ours: readonly Conversation[]): string {
	const { channel, direction } = seeker.session;
	const before = hashOf(ours.map(({ id }) => id).sort());
	const kind = direction === 'out' ? 'outbound' : `${channel}:${queueKey(queueOf(seeker.session))}`;
	return `${seeker.idPrefix}next:${customerId}:${kind}:${before}`;
}

function heldOf(
	conversation: Conversation,
	customerId: string,
	seeker: Seeker,
	ours: readonly Conversation[],
): HeldConversation {
	const { id, attributes } = conversation;
	const held: HeldConversation = {
		id,
		status: attributes.status,
		createdAt: attributes.createdAt,
		activeAt: attributes.lastActivityAt ?? attributes.updatedAt,
		closedAt: closedAt(conversation),
		assignedUsers: attributes.assignedUsers ?? [],
		channels: attributes.channels ?? [],
		ofThisSession: attributes.externalId === seeker.externalId,
	};
	const isOurs = ours.includes(conversation);
	if (isOurs && attributes.externalId) held.founder = attributes.externalId;
	if (!isOurs || held.channels.length > 0) return held;
	// Another worker has just created it and has not written the session's message yet. Its id says what it is for.
	const others = ours.filter((one) => one !== conversation);
	if (ownId('conversation', sharedIdSource(customerId, seeker, others)) !== id) return held;
	const { channel } = seeker.session;
	return {
		...held,
		channels: [channel],
		sessions: [
			{
				externalId: attributes.externalId ?? '',
				channel,
				queue: queueOf(seeker.session),
				voicemail: false,
			},
		],
	};
}

/** When a conversation was last set to done. */
function closedAt({ attributes }: Conversation): string | undefined {
	if (attributes.status !== 'done') return undefined;
	const { lastDone, modificationHistory } = attributes as {
		lastDone?: { createdAt?: unknown } | null;
		modificationHistory?: { statusAt?: unknown } | null;
	};
	const times = [lastDone?.createdAt, modificationHistory?.statusAt, attributes.updatedAt];
	return times.find((time): time is string => typeof time === 'string');
}

/**
 * The sessions on a conversation. Requests: one, and one more when the list does not show the session that the conversation was
 * made for, as a list does that is behind.
 */
async function readSessions(
	client: KustomerClient,
	conversationId: string,
	{ known, founder }: { known: readonly HeldSession[]; founder: string | undefined },
): Promise<HeldSession[]> {
	const messages = await listMessages(client, conversationId, { limit: MOST_MESSAGES });
	const sessions = sessionsIn(messages);
	for (const one of known) {
		if (!sessions.some(({ externalId }) => externalId === one.externalId)) sessions.push(one);
	}
	if (founder === undefined || sessions.some(({ externalId }) => externalId === founder)) return sessions;
	if (messages.length >= MOST_MESSAGES) return sessions;
	const message = await findMessage(client, ownId('message', founder));
	const isHere = message?.relationships?.conversation?.data?.id === conversationId;
	return message !== undefined && isHere ? [...sessions, ...sessionsIn([message])] : sessions;
}

function sessionsIn(messages: readonly Message[]): HeldSession[] {
	return messages.filter(isSessionMessage).flatMap((message) => {
		const record = readStored(message)?.record;
		if (record === undefined) return [];
		return [heldSession(message.attributes.externalId ?? '', record.session)];
	});
}

/** What the record rules have to know of a session that is logged. */
export function heldSession(externalId: string, session: Session): HeldSession {
	return {
		externalId,
		channel: session.channel,
		queue: queueOf(session),
		direction: session.direction,
		agent: session.agent,
		connected: wasConnected(session),
		startedAt: startOf(session),
		endedAt: session.endedAt,
		duration: session.duration,
		voicemail: leftVoicemail(session),
	};
}
