/**
 * Where this process has put sessions of a customer a moment ago. Kustomer's lists may not show that yet: what a process has
 * written itself, it adds to what it reads.
 */
import { Memory } from '../process/memory';
import type { HeldSession } from './rules/record-decision';

/** Milliseconds after which lists are believed to show everything; what they do not show then is gone. */
const LISTS_LAG = 60_000;
const MOST_CUSTOMERS = 2000;
/** Of one customer. */
const MOST_PLACES = 20;

/** A session on a conversation. */
export interface KnownPlace {
	conversationId: string;
	session: HeldSession;
}

const places = new Memory<KnownPlace[]>(LISTS_LAG, MOST_CUSTOMERS);

/** What this process has put there lately, the oldest first. @param now milliseconds since the epoch */
export function knownPlaces(credentialKey: string, customerId: string, now: number): readonly KnownPlace[] {
	return places.get(`${credentialKey}\n${customerId}`, now) ?? [];
}

/** Remembers where a session was put. @param now milliseconds since the epoch */
export function rememberPlace(
	credentialKey: string,
	customerId: string,
	place: KnownPlace,
	now: number,
): void {
	const all = [...knownPlaces(credentialKey, customerId, now), place].slice(-MOST_PLACES);
	places.set(`${credentialKey}\n${customerId}`, all, now);
}
