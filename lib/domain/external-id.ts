import type { Session } from './session';

/**
 * The name under which a session is known in Kustomer: `<prefix><source>:<session id>`.
 * A prefix keeps several telephony instances that share one Kustomer organization apart.
 *
 * @returns for example `babelforce:7c3f00aa`
 */
export function sessionExternalId(session: Pick<Session, 'source' | 'id'>, prefix = ''): string {
	return `${prefix}${session.source}:${session.id}`;
}
