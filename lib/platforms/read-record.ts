import { excessOf } from '../domain/bounds';
import type { Session } from '../domain/session';
import { PLATFORMS } from './platforms';

/** A session, and when it was so as far as that is told. */
export interface ReadSession {
	session: Session;
	/** ISO 8601. */
	observedAt?: string;
}

/**
 * The sessions in an object that a platform wrote into a file or an email: the first platform that finds one in it reads it.
 *
 * @returns without sessions, `reason` says in a sentence why a platform could not read the object
 */
export function readSessionRecord(record: Readonly<Record<string, unknown>>): {
	sessions: ReadSession[];
	reason?: string;
} {
	const excess = excessOf(record);
	if (excess !== undefined) {
		return { sessions: [], reason: `The object holds more than a session may. ${excess}` };
	}
	const readings = PLATFORMS.flatMap((platform) => platform.readRecord?.(record) ?? []);
	const found = readings.find(({ events }) => events.length > 0);
	if (found === undefined)
		return { sessions: [], reason: readings.flatMap(({ rejected }) => rejected)[0]?.reason };
	return {
		sessions: found.events.map(({ session, occurredAt }) => ({ session, observedAt: occurredAt })),
		reason: found.rejected[0]?.reason,
	};
}
