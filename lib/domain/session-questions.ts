/** Questions that are asked of a session in many places, each answered here only (rule X17). */
import type { Outcome, Session } from './session';

/**
 * Whether an agent spoke or wrote with the end user at some time. That an agent is known says no such thing: the session
 * may only have been assigned.
 */
export function wasConnected(session: Session): boolean {
	return (
		session.connectedAt !== undefined ||
		session.state === 'connected' ||
		(session.outcome === 'answered' && !wasServedByVirtualAgent(session)) ||
		session.participants?.some(({ type, connectedAt }) => type === 'agent' && connectedAt !== undefined) ===
			true
	);
}

/** Whether only software answered: a virtual agent is known, and no agent is known to have been there. */
export function wasServedByVirtualAgent(session: Session): boolean {
	const { outcome, virtualAgent, agent, connectedAt, participants = [] } = session;
	return (
		outcome === 'answered' &&
		virtualAgent !== undefined &&
		agent === undefined &&
		connectedAt === undefined &&
		!participants.some((one) => one.type === 'agent' && one.connectedAt !== undefined)
	);
}

/**
 * Whether the conversation between people is over (rules X3, X17).
 *
 * It is when the platform says so, by its state or by the time of the end. An outcome alone says so, too, with two
 * exceptions: "missed", which platforms also say of one agent of a group, while the others still ring; and "abandoned" once
 * an agent was connected, which then is somebody who left a conference.
 */
export function isOver(session: Session): boolean {
	const { state, endedAt, outcome } = session;
	if (state === 'ended' || state === 'completed' || endedAt !== undefined) return true;
	if (outcome === undefined || outcome === 'missed') return false;
	return outcome !== 'abandoned' || !wasConnected(session);
}

/** Whether the end user left a voicemail (rule C5). An agent's call that reached the customer's mailbox is none. */
export function leftVoicemail({ outcome, voicemail, direction }: Session): boolean {
	return direction !== 'out' && (outcome === 'voicemail' || voicemail !== undefined);
}

/**
 * How the session came to its end (rule X3): nobody has missed or abandoned a session in which an agent was connected,
 * and one that is not over was not missed. An outbound call that reached a mailbox was not answered.
 *
 * @returns undefined as long as it is not over, or when nothing tells
 */
export function effectiveOutcome(session: Session): Outcome | undefined {
	if (leftVoicemail(session)) return 'voicemail';
	if (!isOver(session)) return undefined;
	const outcome = session.outcome === 'voicemail' ? 'missed' : session.outcome;
	const isUnanswered = outcome === undefined || outcome === 'missed' || outcome === 'abandoned';
	return isUnanswered && wasConnected(session) ? 'answered' : outcome;
}

/** CCAI Platform numbers calls and chats, and a session's id says which of both it is: `call-4711`, `chat-987`. */
const NUMBERED = /^(?:call|chat)-(\d+)$/;

/** babelforce names calls by UUIDs. In a session's id they have no hyphens, since its webhooks write some with and some without. */
const UUID_WITHOUT_HYPHENS = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/**
 * The platform's own id of the call or chat, as people find it on the platform (rules C21, D7): `4711` of `call-4711`, of
 * babelforce the UUID with hyphens, every other id as it is.
 */
export function platformIdOf({ id, source }: Pick<Session, 'id' | 'source'>): string {
	if (source === 'babelforce') return id.replace(UUID_WITHOUT_HYPHENS, '$1-$2-$3-$4-$5');
	return NUMBERED.exec(id)?.[1] ?? id;
}

/** What the id of a message without one begins with. */
export const TEXT_ID = 'text:';

/**
 * How many messages the end user has written, as far as is known (rule D4). Messages with an id and messages without one come
 * from different sources, which may both tell of the same message: the source that tells more of them counts.
 */
export function consumerMessageCount({
	consumerMessages = 0,
	consumerMessageIds = [],
}: Pick<Session, 'consumerMessages' | 'consumerMessageIds'>): number {
	const ids = [...new Set(consumerMessageIds)];
	const withoutId = ids.filter((id) => id.startsWith(TEXT_ID)).length;
	return Math.max(consumerMessages, ids.length - withoutId, withoutId);
}
