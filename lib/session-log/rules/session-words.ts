/**
 * Words for people: what a session, an agent, a time or a duration is called in titles, notes and timelines.
 * Nothing here throws, whatever the session holds.
 */
import { DateTime } from 'luxon';

import { isWithheld } from '../../domain/phone-number';
import { effectiveOutcome } from '../../domain/session-record';
import type { Agent, Queue, Session } from '../../domain/session';

/**
 * What the session is called: "Incoming call (app)" (rule D7). A session that ended in a voicemail is called that.
 */
export function callType(session: Session): string {
	return effectiveOutcome(session) === 'voicemail' ? 'Voicemail' : sessionWords(session);
}

/** Like {@link callType}, whatever came of the session. */
export function sessionWords({ channel, origin, direction, scheduled }: Session): string {
	const place = origin === 'app' || origin === 'web' ? ` (${origin})` : '';
	if (channel === 'sms') return 'SMS';
	if (channel === 'whatsapp') return 'WhatsApp';
	if (channel === 'chat') return `Chat${place}`;
	if (scheduled === true) return `Scheduled call${place}`;
	if (direction === 'out') return 'Outbound call';
	if (direction === 'internal') return 'Internal call';
	return origin === 'phone' ? 'IVR call' : `Incoming call${place}`;
}

/** The menu selection, from the top to the leaf: "Orders / Delivery". Undefined when there is none. */
export function menuWords({ menuPath }: Session): string | undefined {
	const names = Array.isArray(menuPath) ? menuPath.map(oneLine).filter((name) => name !== '') : [];
	return names.length > 0 ? names.join(' / ') : undefined;
}

/** Name of an agent, else what else is known of them. */
export function agentWords(agent: Agent | undefined): string | undefined {
	const { name, email, number, id } = agent ?? {};
	return firstOf(name, email, number === undefined ? undefined : `agent ${number}`, id && `agent ${id}`);
}

/** Name of a queue, else its id. */
export function queueWords(queue: Queue | undefined): string | undefined {
	return firstOf(queue?.name, queue?.id);
}

/** The end user's number: E.164 when it is known, else as the platform wrote it. Undefined when withheld. */
export function phoneWords({ endUser }: Session, e164: string | undefined): string | undefined {
	const written = typeof endUser?.phone === 'string' ? oneLine(endUser.phone) : undefined;
	return firstOf(e164, isWithheld(written) ? undefined : written);
}

/** When the session began, as far as is known. ISO 8601. */
export function startOf(session: Session): string | undefined {
	return firstOf(session.startedAt, session.queuedAt, session.assignedAt, session.connectedAt);
}

/**
 * A point in time as `2026-11-22 14:05`.
 *
 * @param timeZone IANA name; UTC when there is no such zone
 * @returns undefined for what is no time
 */
export function timeWords(iso: string | undefined, timeZone: string): string | undefined {
	if (typeof iso !== 'string') return undefined;
	const time = DateTime.fromISO(iso, { zone: 'utc', locale: 'en', numberingSystem: 'latn' });
	if (!time.isValid) return undefined;
	const there = time.setZone(timeZone);
	return (there.isValid ? there : time).toFormat('yyyy-MM-dd HH:mm');
}

/** Seconds as `1 h 3 min 5 s`. Undefined for what is no duration. */
export function durationWords(seconds: number | undefined): string | undefined {
	if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds < 0) return undefined;
	const whole = Math.round(seconds);
	const parts = [
		[Math.floor(whole / 3600), 'h'],
		[Math.floor(whole / 60) % 60, 'min'],
		[whole % 60, 's'],
	] as const;
	return (
		parts
			.filter(([count]) => count > 0)
			.map(([count, unit]) => `${count} ${unit}`)
			.join(' ') || '0 s'
	);
}

/** Without line breaks, control characters and spaces that nobody needs. */
export function oneLine(text: unknown): string {
	if (typeof text !== 'string' && typeof text !== 'number') return '';
	return String(text)
		.replace(/\p{Surrogate}/gu, '\uFFFD')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim();
}

function firstOf(...texts: Array<string | undefined>): string | undefined {
	return texts.map(oneLine).find((text) => text !== '');
}
