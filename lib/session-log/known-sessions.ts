/**
 * What this process remembers of sessions: what was told while a session waits for its record, and what is certainly in
 * Kustomer already, so that an event that comes again costs no request. Everything works without it, for example on several
 * workers; then it costs one read.
 */
import { Memory } from '../process/memory';
import type { CustomAttributes } from '../kustomer/inputs';
import { fromSnapshot, toSnapshot, type SessionRecord } from '../domain/session-record';
import { MAX_SNAPSHOT, type LoggedSession } from './stored-session';

const ONE_HOUR = 3_600_000;
/** A few kilobytes each, thirty at most. */
const MOST_SESSIONS = 2000;
/** How long "it is not in Kustomer" is believed: other workers may log it any time. */
const ABSENCE_HOLDS = 120_000;

/** A session that is logged. */
export interface KnownLogged {
	record: SessionRecord;
	logged: LoggedSession;
}

/** A session that has no record yet. */
export interface KnownWaiting {
	record: SessionRecord;
	/** When Kustomer was asked for it, in milliseconds since the epoch. */
	absentAt: number;
	/** Custom attributes that earlier events brought (rule C13). */
	custom: { conversation: CustomAttributes | undefined; customer: CustomAttributes | undefined };
}

const sessions = new Memory<KnownLogged | KnownWaiting>(ONE_HOUR, MOST_SESSIONS);

/** What is known of a session. @param now milliseconds since the epoch */
export function knownSession(
	credentialKey: string,
	externalId: string,
	now: number,
): KnownLogged | KnownWaiting | undefined {
	return sessions.get(keyOf(credentialKey, externalId), now);
}

/** Remembers a session. @param now milliseconds since the epoch */
export function rememberSession(
	credentialKey: string,
	externalId: string,
	known: KnownLogged | KnownWaiting,
	now: number,
): void {
	sessions.set(keyOf(credentialKey, externalId), { ...known, record: smaller(known.record) }, now);
}

/** Custom data of any size must not fill the memory: then what Kustomer would hold is enough. */
function smaller(record: SessionRecord): SessionRecord {
	const { customData } = record.session;
	if (customData === undefined) return record;
	const { snapshot, shortened } = toSnapshot(record, MAX_SNAPSHOT);
	return shortened.length === 0 ? record : (fromSnapshot(snapshot) ?? record);
}

/** Whether it is certain enough that Kustomer does not hold the session. */
export function isAbsent(known: KnownLogged | KnownWaiting | undefined, now: number): boolean {
	return known !== undefined && 'absentAt' in known && now - known.absentAt <= ABSENCE_HOLDS;
}

function keyOf(credentialKey: string, externalId: string): string {
	return `${credentialKey}\n${externalId}`;
}
