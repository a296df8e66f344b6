import { KustomerInputError } from '../../../../lib/kustomer/errors';
import { objectOf } from '../../../../lib/n8n/values';
import { ccaip } from '../../../../lib/telephony/ccaip';
import type { Session } from '../../../../lib/telephony/session';

/** A session, and when it was so as far as that is told. */
export interface ReadSession {
	session: Session;
	/** ISO 8601. */
	observedAt?: string;
}

/**
 * The session that the field holds, as an object or as JSON text: as the trigger gives it, or the metadata of one session as
 * CCAI Platform writes them into a file (rule U1). What its parts hold is judged where it is logged.
 *
 * @throws {KustomerInputError} naming `session` when there is none
 */
export function sessionOf(value: unknown): ReadSession {
	const session = objectOf(value, 'Session');
	if (session === undefined) {
		throw new KustomerInputError(
			'session',
			"'Session' is empty: this item is about no session.",
			"Give it the session of the Contact Center Trigger, {{ $json.session }}. Other events are about no session: leave 'Other Events' out in the trigger, or take out the event 'other' with a Filter step before this one.",
		);
	}
	if (session.source === undefined) return metadataOf(session);
	// In JSON that people write, ids are often numbers.
	const { id, source } = session;
	return { session: { ...session, id: textOr(id), source: textOr(source) } as unknown as Session };
}

/** Settings that mean something to other platforms only. */
const SETTINGS = { sourceName: ccaip.name, sessionIdFrom: 'call' } as const;

function metadataOf(value: Record<string, unknown>): ReadSession {
	const { events, rejected } = ccaip.parse({ method: 'POST', headers: {}, query: {}, body: value }, SETTINGS);
	const [event] = events;
	if (event !== undefined) return { session: event.session, observedAt: event.occurredAt };
	throw new KustomerInputError(
		'session',
		`'Session' is neither a session nor session metadata. ${rejected[0]?.reason ?? 'It has no source.'}`,
		'Give it the session of the Contact Center Trigger, {{ $json.session }}, or the content of a metadata file of CCAI Platform, such as call-123.json.',
	);
}

function textOr(value: unknown): unknown {
	return typeof value === 'number' ? String(value) : value;
}
