/**
 * What is known of a session, from all events together.
 *
 * Merging is associative, commutative and idempotent, so neither the order nor the number of events matters (rule X1):
 * - every field is remembered with the time at which it was observed, and the latest observation wins; an older one only
 *   fills gaps; of two at the same time the one that is greater as JSON text wins (of long ones, by the beginning and a
 *   hash), on every worker;
 * - the state, the outcome and the voicemail only move to the right; an outcome that says that nobody answered does not
 *   hold once an agent was connected (rule X3);
 * - start, queue, assignment and connection times are the earliest that were told, the end is the latest;
 * - lists are united by id, or by content where entries have none.
 */
import { compose, keepsTime, partsOf, type Part } from './session-merge';
import { readSession } from './session-shape';
import type { Outcome, Session } from './session';

export { covers, entryKey, merge } from './session-merge';
export { fromSnapshot, toSnapshot } from './session-snapshot';

/** Everything that is known of one session. JSON. */
export interface SessionRecord {
	session: Session;
	/**
	 * For each field, as `agent`, `endUser.phone` or `transfers#<entry>`, when it was observed: milliseconds since the epoch.
	 * Absent for what only moves in one direction, such as the state.
	 */
	seen: Record<string, number>;
	/**
	 * What a snapshot had no room for: for each field or entry that is shortened or left out in `session`, what tells its
	 * whole value from others. So the whole value, told again, is no news.
	 */
	cut?: Record<string, string>;
}

/**
 * What one event knows. What is undefined, null, empty or of a wrong type is dropped; texts and lists of absurd length
 * are cut.
 *
 * @param session with source, id and channel; a channel that is missing counts as voice
 * @param at when that was so, in milliseconds since the epoch
 */
export function observe(session: Session, at: number): SessionRecord {
	const known = readSession(session) ?? {
		source: String(session?.source ?? ''),
		id: String(session?.id ?? ''),
		channel: 'voice',
		endUser: {},
	};
	const seen = Number.isFinite(at) ? Math.max(0, Math.round(at)) : 0;
	const parts = [...partsOf({ session: known, seen: {} })].map(([key, part]): [string, Part] => [
		key,
		{ ...part, seen: keepsTime(key) ? seen : 0 },
	]);
	return compose(new Map(parts));
}

/**
 * Whether a field of the session, for example `customData` or `survey`, is not whole any more because a snapshot had no
 * room for it.
 */
export function isCut({ cut = {} }: SessionRecord, field: keyof Session): boolean {
	return Object.keys(cut).some(
		(key) => key === field || key.startsWith(`${field}#`) || key.startsWith(`${field}.`),
	);
}

/**
 * Whether an agent spoke or wrote with the end user at some time. That an agent is known says no such thing: the session
 * may only have been assigned.
 */
export function wasConnected(session: Session): boolean {
	return (
		session.connectedAt !== undefined ||
		session.state === 'connected' ||
		session.outcome === 'answered' ||
		session.participants?.some(({ type, connectedAt }) => type === 'agent' && connectedAt !== undefined) ===
			true
	);
}

/**
 * Whether the conversation between people is over. An outcome says so, too, except "missed", which platforms also say of
 * one agent of a group (rule X3), and "abandoned" when an agent was connected.
 */
export function isOver(session: Session): boolean {
	const { state, endedAt, outcome } = session;
	if (state === 'ended' || state === 'completed' || endedAt !== undefined) return true;
	if (outcome === undefined || outcome === 'missed') return false;
	return outcome !== 'abandoned' || !wasConnected(session);
}

/**
 * How the session came to its end (rule X3): nobody has missed or abandoned a session in which an agent was connected,
 * and one that is not over was not missed.
 *
 * @returns undefined as long as it is not over, or when nothing tells
 */
export function effectiveOutcome(session: Session): Outcome | undefined {
	const { outcome, voicemail, direction } = session;
	const isVoicemail = outcome === 'voicemail' || voicemail !== undefined;
	// An agent's call that reached the customer's mailbox is no voicemail for the contact center.
	if (isVoicemail && direction !== 'out') return 'voicemail';
	if (!isOver(session)) return undefined;
	const isUnanswered = outcome === undefined || outcome === 'missed' || outcome === 'abandoned';
	return isUnanswered && wasConnected(session) ? 'answered' : outcome;
}

/** How many messages the end user has written, as far as is known. */
export function consumerMessageCount(session: Session): number {
	return Math.max(session.consumerMessages ?? 0, new Set(session.consumerMessageIds ?? []).size);
}
