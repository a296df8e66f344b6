/**
 * What was erased in Kustomer stays erased (rule X13): late news of a session do not bring it, its conversation or its customer
 * back, unless the user wants that.
 */
import { KustomerError } from '../kustomer/errors';
import type { SessionRecord } from '../domain/session-record';
import type { Logged } from './results';
import { tellsWhatFollows, type Run } from './run';

const MINUTE = 60_000;
/** Events that only add to a session: without it, so long after its end, they are late. */
const ADDITIONS: ReadonlySet<string> = new Set(['rated', 'disposition', 'recording']);
const LATE_ADDITION = 10 * MINUTE;
/** Whatever else tells of a rating or disposition so long after the end, for example another metadata file. */
const LATE = 24 * 60 * MINUTE;

/**
 * Whether Kustomer must have held the session before: the event says so long after its end what only follows a session. One that
 * names no time of its own and none of its delivery is never late.
 */
export function isLateNews({ input, at, observation }: Run, { session }: SessionRecord): boolean {
	if (input.erased === 'logAgain' || input.observedAt === undefined) return false;
	const ended = Date.parse(session.endedAt ?? '');
	if (Number.isNaN(ended) || !tellsWhatFollows(observation.session)) return false;
	return at - ended >= (ADDITIONS.has(input.event ?? '') ? LATE_ADDITION : LATE);
}

/** Nothing is written. */
export function staysErased({ session }: SessionRecord, wasHeld: boolean): Logged {
	return {
		outcome: 'skipped',
		rule: 'X13',
		reason: wasHeld
			? 'The session was logged, and somebody has deleted it in Kustomer since. It stays deleted.'
			: 'These are late news of a session that Kustomer does not hold: it was deleted, or it was never logged. What was deleted stays deleted.',
		session,
	};
}

/** That something is not there is an answer; any other failure stays one. */
export function ifGone(error: unknown): undefined | Promise<never> {
	return error instanceof KustomerError && error.kind === 'notFound' ? undefined : Promise.reject(error);
}
