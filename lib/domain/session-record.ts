/** What is known of a session, from all events together. How it is put together: `session-merge.ts`. */
import { compose, keepsTime, partsOf, type Part, type SessionRecord } from './session-merge';
import { readSession } from './session-shape';
import type { Session } from './session';

export { covers, entryKey, merge, type SessionRecord } from './session-merge';
export {
	consumerMessageCount,
	effectiveOutcome,
	isOver,
	leftVoicemail,
	wasConnected,
	wasServedByVirtualAgent,
} from './session-questions';
export { fromSnapshot, toSnapshot } from './session-snapshot';

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
