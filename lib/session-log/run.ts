/**
 * One event of one session on its way into Kustomer: checked, and with everything derived from it that does not depend on
 * what Kustomer holds.
 */
import type { KustomerClient } from '../kustomer/client';
import { InputError } from '../http/errors';
import { checkCustomAttributes } from '../kustomer/validate/custom-attributes';
import { checkDateTime } from '../kustomer/validate/message-fields';
import { checkTags } from '../kustomer/validate/tags';
import { checkExternalId } from '../kustomer/validate/text';
import { checkTimeZone, checkTitle } from './rules/conversation-title';
import { isEmail } from '../domain/email-address';
import { normalizePhone } from '../domain/phone-number';
import { sessionExternalId } from '../domain/external-id';
import type { Session } from '../domain/session';
import { observe, type SessionRecord } from '../domain/session-record';
import { pendingAttributes } from './attributes';
import type { LogSessionInput } from './inputs';

export interface Run {
	readonly client: KustomerClient;
	readonly input: LogSessionInput;
	readonly externalId: string;
	/** External ids of sessions of the same source begin like this. */
	readonly idPrefix: string;
	/** When the event was observed, in milliseconds since the epoch. */
	readonly at: number;
	readonly observation: SessionRecord;
	/** What this run has written, found written, and had to cut. */
	readonly report: Report;
}

export interface Report {
	done: string[];
	alreadyDone: string[];
	leftOut: Set<string>;
	shortened: Set<string>;
}

const CHANNELS: readonly string[] = ['voice', 'chat', 'sms', 'whatsapp'];

/**
 * Checks everything that can be checked before anything is sent.
 *
 * @throws {InputError}
 */
export function startRun(client: KustomerClient, input: LogSessionInput): Run {
	const session = checkSession(input.session);
	checkTitle(input.conversation.title);
	checkTimeZone(input.conversation.timeZone);
	checkTags(input.conversation.tags);
	for (const [custom, parameter] of [
		[input.conversation.custom, 'conversationAttributes'],
		[input.customer.custom, 'customerAttributes'],
	] as const) {
		checkCustomAttributes(pendingAttributes(custom, 0, {}).values, parameter);
	}
	const externalId =
		checkExternalId(input.externalId) ??
		checkExternalId(sessionExternalId(session, input.externalIdPrefix?.trim())) ??
		sessionExternalId(session);
	const observedAt = checkDateTime(input.observedAt, 'observedAt', 'The time of the event');
	const now = client.clock.now();
	// A sender whose clock is ahead must not have the last word for good.
	const toldAt = observedAt ?? (tellsWhatFollows(session) ? undefined : latestTime(session));
	const at = Math.min(Date.parse(toldAt ?? '') || now, now);
	return {
		client,
		input,
		externalId,
		idPrefix: externalId.endsWith(session.id)
			? externalId.slice(0, externalId.length - session.id.length)
			: `${session.source}:`,
		at,
		observation: observe(session, at),
		report: { done: [], alreadyDone: [], leftOut: new Set(), shortened: new Set() },
	};
}

/** The customer's number as E.164, when it is usable. */
export function phoneOf(run: Run, session: Session): string | undefined {
	const { defaultCountry, ownNumbers } = run.input.customer.phoneRules;
	const phone = normalizePhone(session.endUser.phone, { defaultCountry, ownNumbers });
	return phone.kind === 'number' ? phone.e164 : undefined;
}

function checkSession(value: unknown): Session {
	const session = (typeof value === 'object' && value !== null ? value : {}) as Partial<Session>;
	const { id, source } = session;
	if (typeof id !== 'string' || id.trim() === '' || typeof source !== 'string' || source.trim() === '') {
		throw new InputError(
			'session',
			'The item holds no session: it has no id or no source.',
			"Connect this step to Contact Center Trigger and leave 'Session' at {{ $json.session }}. Events of the kind 'other' are about no session: leave them out before this step.",
		);
	}
	const endUser =
		typeof session.endUser === 'object' && session.endUser !== null ? { ...session.endUser } : {};
	// A call is logged even when the platform has something else in the field for the email address.
	if (endUser.email !== undefined && !isEmail(endUser.email)) delete endUser.email;
	const channel = CHANNELS.includes(session.channel ?? '') ? session.channel : undefined;
	return { ...session, id: id.trim(), source: source.trim(), channel: channel ?? 'voice', endUser };
}

/**
 * Whether it tells what can be corrected after the session, and what the times of the session say nothing of: without a time of
 * its own that is as new as its delivery.
 */
export function tellsWhatFollows({ rating, disposition, survey, holdTime, voicemail }: Session): boolean {
	return [rating, disposition, survey, holdTime, voicemail].some((fact) => fact !== undefined);
}

function latestTime(session: Session): string | undefined {
	const times = [
		session.endedAt,
		session.connectedAt,
		session.assignedAt,
		session.queuedAt,
		session.startedAt,
	];
	return times.find((time) => typeof time === 'string');
}
