/** How something that is not there yet is waited for: pauses that grow, up to a limit (rule X5). */
import { millisecondsOf } from './time';

/** How long a person is willing to wait. */
export interface Patience {
	/** Minutes, the shortest pause. */
	firstMinutes: number;
	/** Minutes, the longest pause. */
	longestMinutes: number;
	/** Hours after which it is given up. */
	giveUpHours: number;
}

/** What holds where nobody has said anything else. */
export const USUAL_PATIENCE: Patience = { firstMinutes: 2, longestMinutes: 60, giveUpHours: 24 };

/** A wait that has begun. It travels with what waits, so that nothing else has to remember it. */
export interface Waiting extends Patience {
	/** ISO 8601: when that happened which the time is counted from. */
	since: string;
}

const MINUTE = 60_000;

/**
 * When to look again: after as long as the wait has lasted already, which doubles it each time, within the shortest and the
 * longest pause, and not much beyond the limit.
 *
 * @param now milliseconds since the epoch
 * @returns ISO 8601; undefined when the time is over
 */
export function nextLook(waiting: Waiting, now: number): string | undefined {
	const since = millisecondsOf(waiting.since) ?? now;
	const left = since + waiting.giveUpHours * 60 * MINUTE - now;
	if (left <= 0) return undefined;
	const pause = Math.max(
		waiting.firstMinutes * MINUTE,
		Math.min(waiting.longestMinutes * MINUTE, now - since, left),
	);
	return new Date(now + Math.ceil(pause)).toISOString();
}

/** The wait that an item carries, where it is one; the limits of the panel count as they are now. */
export function waitingFrom(carried: unknown, began: string, patience: Patience): Waiting {
	const since =
		typeof carried === 'object' && carried !== null && 'since' in carried
			? millisecondsOf(carried.since)
			: undefined;
	return { since: since === undefined ? began : new Date(since).toISOString(), ...patience };
}
