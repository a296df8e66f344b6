/**
 * What the manager API answers, as far as this package relies on it. The platform may add fields at any time, and every
 * field may be null: https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api (unrecognized JSON keys).
 */

/** A call or chat. All other fields are read by `lib/telephony/ccaip/session-metadata.ts`. */
export type SessionRecord = Readonly<Record<string, unknown>> & {
	readonly id: number | string;
};

/** Whether a value can be a record of a session. */
export function isSessionRecord(value: unknown): value is SessionRecord {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
	const { id } = value as { id?: unknown };
	return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

/** Milliseconds since the epoch at which the platform changed the record last; undefined when it does not say. */
export function updatedAtOf(record: SessionRecord): number | undefined {
	const { updated_at: written } = record;
	const time = typeof written === 'string' ? Date.parse(written) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}
