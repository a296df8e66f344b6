/**
 * Which statuses the platform sets by itself, and when an agent must be left alone (rule S8): changes to and from its own
 * statuses are errors, https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-agent-status.
 *
 * Ids of the default statuses: https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-user-status.
 * The organization's own statuses have ids from 1 on.
 */
import * as domain from '../../domain/agent-status';
import type { Agent, UserStatus } from './api/documents';

/** Why an agent's status is not changed now. */
export type Hold = Extract<domain.Hold, 'onCall' | 'inChat' | 'wrapUp' | 'offline' | 'system'>;

/** What the agent is doing, to stand after "the agent is". */
export const HOLD_WORDS: Readonly<Record<Hold, string>> = {
	...domain.BUSY_WORDS,
	offline: 'signed out',
	system: 'in a status that the platform sets by itself',
};

/** From here down the platform sets statuses by itself. An agent with such a status cannot be given another by a request. */
const FIRST_SYSTEM = -5;
const HOLDS: ReadonlyMap<number, Hold> = new Map([
	[-6, 'wrapUp'],
	[-7, 'onCall'],
	[-8, 'inChat'],
]);
/** For answers that name a status without its id. Letters only. */
const HOLDS_BY_NAME: ReadonlyMap<string, Hold> = new Map([
	['wrapup', 'wrapUp'],
	['incall', 'onCall'],
	['inchat', 'inChat'],
	['missedcall', 'system'],
]);

/** Whether only the platform can give this status to an agent. */
export function isSystemStatus({ id }: Pick<UserStatus, 'id'>): boolean {
	const number = Number(id);
	return Number.isFinite(number) && number <= FIRST_SYSTEM;
}

/** Why an agent with this status is left alone; undefined when the status may be changed. */
export function holdOfStatus(status: { id?: UserStatus['id']; name?: string | null }): Hold | undefined {
	const number = status.id === undefined ? Number.NaN : Number(status.id);
	if (!Number.isFinite(number)) {
		return HOLDS_BY_NAME.get((status.name ?? '').toLowerCase().replace(/[^a-z]/g, ''));
	}
	// -5 is Missed Call; of those below -8 no description could be found.
	return HOLDS.get(number) ?? (number <= FIRST_SYSTEM ? 'system' : undefined);
}

/**
 * Why an agent is left alone; undefined when the status may be changed.
 *
 * The field `wrap_up` of an agent is not looked at: whether it tells a state or a setting is not documented, and agents who
 * wrap up have the status for it.
 */
export function holdOf({ online, status }: Pick<Agent, 'online' | 'status'>): Hold | undefined {
	if (online === false) return 'offline';
	return status === undefined || status === null ? undefined : holdOfStatus(status);
}
