/** What is remembered, and what is told, when a session has been worked on. */
import type { SessionRecord } from '../domain/session-record';
import type { LogSessionResult } from './inputs';
import { rememberSession } from './known-sessions';
import type { Run } from './run';
import type { LoggedSession } from './stored-session';

/** The part of the result that depends on the way that the session took. */
export type Logged = Omit<
	LogSessionResult,
	'externalId' | 'done' | 'alreadyDone' | 'leftOut' | 'shortened' | 'requests' | 'planned'
>;

/** Remembers a session that is written. */
export function remember(run: Run, record: SessionRecord, logged: LoggedSession): void {
	if (run.input.dryRun) return;
	const { credentialKey, clock } = run.client;
	rememberSession(credentialKey, run.externalId, { record, logged: { ...logged, record } }, clock.now());
}

/** Nothing had to be written. */
export function unchanged(logged: LoggedSession, { session }: SessionRecord): Logged {
	return {
		outcome: 'unchanged',
		rule: 'X1',
		reason: 'Everything that the event tells is in Kustomer already.',
		...placeOf(logged),
		session,
	};
}

/** Where the session is. */
export function placeOf({ conversationId, customerId, messageId }: LoggedSession) {
	return { conversationId, ...(customerId === undefined ? {} : { customerId }), messageId };
}
