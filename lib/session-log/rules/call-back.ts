/**
 * Recognizes an agent's call back where no event names the call that it returns (rules C9, C10): an outbound call to the customer
 * of a call that the same agent has just ended. Nothing here throws, whatever the session holds.
 */
import type { Agent, Session } from '../../domain/session';
import { millisecondsOf } from '../../domain/time';
import type { HeldConversation, HeldSession } from './record-decision';
import { startOf } from './session-words';

const MINUTE = 60_000;
/** A call of which nobody has told the end yet is not older. */
const LONGEST_CALL = 4 * 60 * MINUTE;
/** Clocks of a platform differ: a call back does not begin much before the call that it returns is over. */
const OVERLAP = MINUTE;

/** An agent's call to a customer, and how long a call that it may return is over at most. */
export interface CallBack {
	externalId: string;
	/** Milliseconds since the epoch. */
	startedAt: number;
	/** Undefined when no event has told who calls. */
	agent: Agent | undefined;
	/** Milliseconds. */
	window: number;
}

/**
 * What may be a call back.
 *
 * @param minutes setting; 0 is off
 * @param now milliseconds since the epoch, for a session that does not say when it began
 * @returns undefined for every other session: inbound ones, chats, calls that other systems placed, those whose parent is named
 */
export function callBackOf(
	session: Session,
	externalId: string,
	minutes: number,
	now: number,
): CallBack | undefined {
	const { direction, channel, origin, campaign, scheduled, callbackOf, agent } = session;
	if (direction !== 'out' || channel !== 'voice' || callbackOf !== undefined || !(minutes > 0))
		return undefined;
	const isByMachine = origin === 'api' || campaign !== undefined || scheduled === true;
	if (isByMachine && agent === undefined) return undefined;
	return {
		externalId,
		startedAt: millisecondsOf(startOf(session)) ?? now,
		agent,
		window: minutes * MINUTE,
	};
}

/** Whether the conversation can hold the call that is returned: without reading its sessions. */
export function mayHold({ startedAt, window }: CallBack, conversation: HeldConversation): boolean {
	const { status, channels, activeAt } = conversation;
	// The end of a call is written on its conversation, so that has changed since.
	const changed = millisecondsOf(activeAt) ?? Infinity;
	return status === 'open' && channels.includes('voice') && changed >= startedAt - window;
}

/** Whether this is the call that is returned. */
export function returns(callBack: CallBack, earlier: HeldSession): boolean {
	if (earlier.externalId === callBack.externalId || earlier.channel !== 'voice') return false;
	if (earlier.direction === 'internal' || !isSameAgent(callBack.agent, earlier.agent)) return false;
	const began = millisecondsOf(earlier.startedAt);
	if (began !== undefined && began >= callBack.startedAt) return false;
	const ended = millisecondsOf(earlier.endedAt);
	if (ended !== undefined) {
		return ended >= callBack.startedAt - callBack.window && ended <= callBack.startedAt + OVERLAP;
	}
	// Whoever calls somebody has hung up, even if that has not been told yet.
	return earlier.connected === true && began !== undefined && began >= callBack.startedAt - LONGEST_CALL;
}

/**
 * Whether both are the same person, by the first name that both have. As long as nobody has told who calls, it is taken for the
 * agent who spoke with the customer a moment ago.
 */
function isSameAgent(caller: Agent | undefined, earlier: Agent | undefined): boolean {
	if (earlier === undefined) return false;
	if (caller === undefined) return true;
	const shared = (['sourceId', 'email', 'id', 'name'] as const).find(
		(name) => caller[name] !== undefined && earlier[name] !== undefined,
	);
	return shared !== undefined && caller[shared]?.toLowerCase() === earlier[shared]?.toLowerCase();
}
