/**
 * What the manager API answers, as far as this package relies on it. The platform may add fields at any time, and every
 * field may be null: https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api (unrecognized JSON keys).
 */
import { isRecord } from '../../../domain/record';
import { millisecondsOf } from '../../../domain/time';

/** A call or chat. All other fields are read by `lib/platforms/ccaip/session-metadata.ts`. */
export type SessionDocument = Readonly<Record<string, unknown>> & {
	readonly id: number | string;
};

/** Whether a value can be a record of a session. */
export function isSessionDocument(value: unknown): value is SessionDocument {
	if (!isRecord(value)) return false;
	const { id } = value;
	return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

/** Milliseconds since the epoch at which the platform changed the record last; undefined when it does not say. */
export function updatedAtOf(record: SessionDocument): number | undefined {
	return millisecondsOf(record.updated_at);
}

/**
 * Somebody with a role that takes calls and chats.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-agent
 */
export interface Agent {
	readonly id: number | string;
	readonly email?: string | null;
	readonly first_name?: string | null;
	readonly middle_name?: string | null;
	readonly last_name?: string | null;
	readonly agent_number?: string | null;
	readonly status?: UserStatus | null;
	/** ISO 8601. */
	readonly status_updated_at?: string | null;
	/** Whether the agent is signed in. */
	readonly online?: boolean | null;
	readonly location?: string | null;
	readonly roles?: readonly string[] | null;
	readonly teams?: ReadonlyArray<{ readonly id?: number | string; readonly name?: string | null }> | null;
}

/**
 * A status that agents can have.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-user-status
 */
export interface UserStatus {
	readonly id: number | string;
	readonly name?: string | null;
	readonly color?: string | null;
}

/**
 * What the platform says of one agent whose status was to change. `message` is there when it did not.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-agent-status
 */
export interface StatusAnswer {
	readonly agent_id: number | string;
	readonly name?: string | null;
	readonly email?: string | null;
	readonly agent_number?: string | null;
	readonly previous_status?: string | null;
	readonly current_status?: string | null;
	readonly message?: string | null;
}

/** Whether a value can be an agent, or a status. */
export function hasId(value: unknown): value is { readonly id: number | string } {
	return isSessionDocument(value);
}
