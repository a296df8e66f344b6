/** Finds a customer's open conversation of a queue, for those who want to open it and not to write to it (rule U2). */
import { millisecondsOf } from '../domain/time';
import type { Channel } from '../domain/session';
import type { KustomerClient } from '../kustomer/client';
import type { Conversation } from '../kustomer/documents';
import { listCustomerConversations } from '../kustomer/resources/conversations';
import { findMessageByExternalId, listMessages } from '../kustomer/resources/messages';
import { namesQueue } from './rules/queue-key';
import { isSessionMessage, readStored } from './stored-session';

/** A thousand conversations of one customer; more is a test customer. */
const MAX_PAGES = 10;
/** Conversations whose sessions are read, at most: each costs a request. */
const MOST_CANDIDATES = 5;
/** Messages of one conversation that are looked at. */
const MOST_MESSAGES = 300;

/** Which conversation is wanted. */
export interface WantedQueue {
	/** Its id, its whole path or the name of its leaf, as different sources write it: one has to fit. */
	names: readonly string[];
	/** Channels of the session; any when it is empty. */
	channels: readonly Channel[];
}

/**
 * The id of the customer's open conversation that holds a session of this queue, the one with the latest activity first.
 *
 * Requests: one per hundred conversations, and one for each of at most five that may be it.
 *
 * @throws {KustomerError}
 */
export async function openConversationOfQueue(
	client: KustomerClient,
	customerId: string,
	wanted: WantedQueue,
): Promise<string | undefined> {
	const all = await listCustomerConversations(client, customerId, { maxPages: MAX_PAGES });
	const promising = all
		.filter(({ attributes }) => attributes?.status === 'open' && attributes.deleted !== true)
		.filter(({ attributes }) => hasChannel(attributes.channels ?? [], wanted.channels))
		.sort((one, other) => activityOf(other) - activityOf(one))
		.slice(0, MOST_CANDIDATES);
	for (const { id } of promising) {
		// One after the other: what is on one may make the next unnecessary.
		const messages = await listMessages(client, id, { limit: MOST_MESSAGES });
		const sessions = messages
			.filter(isSessionMessage)
			.flatMap((message) => readStored(message)?.record?.session ?? []);
		const fits = sessions.some(
			(session) =>
				hasChannel([session.channel], wanted.channels) &&
				wanted.names.some((name) => namesQueue(name, session)),
		);
		if (fits) return id;
	}
	return undefined;
}

/** Where a session is logged; undefined when it is not. Requests: one. */
export async function placeOfSession(
	client: KustomerClient,
	externalId: string,
): Promise<{ conversationId: string; customerId: string } | undefined> {
	const message = await findMessageByExternalId(client, externalId);
	const { conversationId, customerId } = (message === undefined ? undefined : readStored(message)) ?? {};
	return conversationId === undefined || customerId === undefined
		? undefined
		: { conversationId, customerId };
}

function hasChannel(held: readonly string[], wanted: readonly Channel[]): boolean {
	return wanted.length === 0 || held.length === 0 || held.some((one) => wanted.includes(one as Channel));
}

function activityOf({ attributes }: Conversation): number {
	return millisecondsOf(attributes.lastActivityAt ?? attributes.updatedAt ?? attributes.createdAt) ?? 0;
}
