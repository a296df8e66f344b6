/**
 * What Kustomer holds of a session and its customer, as far as the record rules need to know it.
 */
import type { KustomerClient } from '../kustomer/client';
import type { Conversation } from '../kustomer/documents';
import { ownId } from '../kustomer/own-id';
import { listCustomerConversations } from '../kustomer/resources/conversations';
import { listMessages } from '../kustomer/resources/messages';
import { queueKey } from './rules/queue-key';
import { candidates } from './rules/record-rules';
import type { HeldConversation, HeldSession } from './rules/record-decision';
import type { RecordSettings } from './rules/record-settings';
import type { Session } from '../domain/session';
import { leftVoicemail } from '../domain/session-questions';
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
 * Requests: one per hundred conversations, and one for each candidate.
 */
export async function readHeld(
	client: KustomerClient,
	customerId: string,
	seeker: Seeker,
): Promise<HeldConversations> {
	const all = await listCustomerConversations(client, customerId, { maxPages: MAX_PAGES });
	const there = all.filter(({ attributes }) => attributes?.deleted !== true);
	const ours = there.filter(({ attributes }) => attributes?.externalId?.startsWith(seeker.idPrefix) === true);
	const conversations = there.map((conversation) => heldOf(conversation, customerId, seeker, ours));

	const wanted = candidates(seeker.session, seeker.settings, conversations, client.clock.now());
	for (const conversation of conversations) {
		if (!wanted.includes(conversation.id) || conversation.sessions !== undefined) continue;
		conversation.sessions = await readSessions(client, conversation.id);
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
	const kind = direction === 'out' ? 'outbound' : `${channel}:${queueKey(seeker.session)}`;
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
				queueKey: queueKey(seeker.session),
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

async function readSessions(client: KustomerClient, conversationId: string): Promise<HeldSession[]> {
	const messages = await listMessages(client, conversationId, { limit: MOST_MESSAGES });
	return messages.filter(isSessionMessage).flatMap((message) => {
		const record = readStored(message)?.record;
		if (record === undefined) return [];
		const { session } = record;
		return [
			{
				externalId: message.attributes.externalId ?? '',
				channel: session.channel,
				queueKey: queueKey(session),
				duration: session.duration,
				voicemail: leftVoicemail(session),
			},
		];
	});
}
