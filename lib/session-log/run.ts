/**
 * One event of one session on its way into Kustomer: checked, and with everything derived from it that does not depend on
 * what Kustomer holds.
 */
import type { KustomerClient } from '../kustomer/client';
import { InputError } from '../http/errors';
import { checkDateTime } from '../kustomer/validate/message-fields';
import { checkExternalId } from '../kustomer/validate/text';
import { checkTimeZone, checkTitle } from './rules/conversation-title';
import { BOUNDS } from '../domain/bounds';
import { emailOf } from '../domain/email-address';
import { isKustomerId } from '../domain/kustomer-id';
import { isId } from '../domain/no-id';
import { countryOf, normalizePhone, type PhoneResult } from '../domain/phone-number';
import { sessionExternalId } from '../domain/external-id';
import type { Session } from '../domain/session';
import { observe, type SessionRecord } from '../domain/session-record';
import { readSession, SESSION_FIELD_ORDER } from '../domain/session-shape';
import type { LogSessionInput } from './inputs';
import { orLeftOut, usableInput } from './usable-input';

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
 * Checks everything that can be checked before anything is sent. What is wrong and optional is left out, and the report names
 * it: no session is lost for a field that it can do without.
 *
 * @throws {InputError} for what names the session, and for settings that somebody has chosen
 */
export function startRun(client: KustomerClient, given: LogSessionInput): Run {
	const report: Report = {
		done: [],
		alreadyDone: [],
		leftOut: new Set(given.notUnderstood),
		shortened: new Set(),
	};
	const session = directed(checkSession(given.session, report), given);
	checkTitle(given.conversation.title);
	for (const { title } of given.queues) if (title !== undefined) checkTitle(title);
	checkTimeZone(given.conversation.timeZone);
	const input = usableInput(given, report);
	const externalId =
		checkExternalId(input.externalId) ??
		checkExternalId(sessionExternalId(session, input.externalIdPrefix?.trim())) ??
		sessionExternalId(session);
	const observedAt = orLeftOut(report, 'observedAt', () =>
		checkDateTime(input.observedAt, 'observedAt', 'The time of the event'),
	);
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
		observation: observe(withConnection(session, at), at),
		report,
	};
}

/** The customer's number as E.164, when it is usable. */
export function phoneOf(run: Run, session: Session): string | undefined {
	const phone = readingOf(run.input, session);
	return phone.kind === 'number' ? phone.e164 : undefined;
}

/** Whether a number was told that could not be read: the customer is not recognized by it, and people have to be told. */
export function hasUnreadPhone(run: Run, session: Session): boolean {
	return readingOf(run.input, session).kind === 'invalid';
}

function readingOf({ customer }: LogSessionInput, session: Session): PhoneResult {
	const { ownNumbers } = customer.phoneRules;
	const defaultCountry = countryFor(customer.phoneRules, session);
	return normalizePhone(session.endUser.phone, { defaultCountry, ownNumbers });
}

/** The country of the session's numbers without a country code: the one that is set, else that of the company's line. */
export function countryFor(
	{ defaultCountry }: { defaultCountry?: string },
	{ line }: Pick<Session, 'line'>,
): string | undefined {
	return defaultCountry ?? countryOf(line);
}

/** Whether both ends are numbers of the company, whatever the platform says of the direction (rule X4). */
export function isBetweenOwnNumbers({ input }: Run, { endUser, line }: Session): boolean {
	const { customerId, identifier, email, phone } = endUser;
	const isNamed = [customerId, identifier, email].some((name) => name !== undefined);
	return !isNamed && isOwn(input, phone, line) && isOwn(input, line, line);
}

function isOwn({ customer }: LogSessionInput, phone: string | undefined, line: string | undefined): boolean {
	const { ownNumbers } = customer.phoneRules;
	const defaultCountry = countryFor(customer.phoneRules, { line });
	return phone !== undefined && normalizePhone(phone, { defaultCountry, ownNumbers }).kind === 'ownNumber';
}

/**
 * The session, where it is told to be connected and not since when: since now at the latest. Its state alone would be forgotten
 * with its end, and the call would count as abandoned.
 */
function withConnection(session: Session, at: number): Session {
	return session.state === 'connected' && session.connectedAt === undefined
		? { ...session, connectedAt: new Date(at).toISOString() }
		: session;
}

/** The session of which nobody has told the direction: it goes out when it comes from a number of the company (rule X4). */
function directed(session: Session, input: LogSessionInput): Session {
	const { direction, endUser, line } = session;
	if (direction !== undefined || line === undefined || endUser.phone === undefined) return session;
	if (!isOwn(input, endUser.phone, line) || isOwn(input, line, line)) return session;
	return { ...session, direction: 'out', endUser: { ...endUser, phone: line }, line: endUser.phone };
}

function checkSession(value: unknown, report: Report): Session {
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
	const channel = CHANNELS.includes(session.channel ?? '') ? session.channel : undefined;
	const told = {
		...session,
		id: id.trim(),
		source: source.trim(),
		channel: channel ?? ('voice' as const),
		endUser,
		agent: withUsableEmail(session.agent, 'agent email', report),
	};
	for (const name of notTaken(told)) report.leftOut.add(name);
	if (session.channel !== undefined && channel === undefined) report.leftOut.add('channel');
	// A call is logged even when the platform has something else in the field for the email address.
	told.endUser = withUsableEmail(endUser, 'email', report) ?? {};
	const { customerId, identifier } = endUser;
	// A word for nobody would be the same customer for everybody (rule C18).
	if (typeof identifier === 'string' && identifier.trim() !== '' && !isId(identifier)) {
		report.leftOut.add('identifier');
		delete told.endUser.identifier;
	}
	if (typeof customerId === 'string' && customerId.trim() !== '' && !isKustomerId(customerId.trim())) {
		report.leftOut.add('customerId');
	}
	return told;
}

/** The person, with the address that is in the field for it; without one that is none. */
function withUsableEmail<Person extends { email?: string }>(
	person: Person | undefined,
	name: string,
	report: Report,
): Person | undefined {
	if (typeof person !== 'object' || person === null || person.email === undefined) return person;
	const { email: written, ...rest } = person;
	const email = emailOf(written);
	if (email === undefined && isFilled(written)) report.leftOut.add(name);
	return { ...rest, ...(email === undefined ? {} : { email }) } as Person;
}

/** Names of the session's fields that hold something that cannot be read, such as `startedAt: "yesterday"`. */
function notTaken(session: Session): string[] {
	const read: Record<string, unknown> = { ...readSession(session) };
	const told: Record<string, unknown> = { ...session };
	return [...SESSION_FIELD_ORDER].filter(
		(field) => field !== 'endUser' && isFilled(told[field]) && read[field] === undefined,
	);
}

/** Whether there is anything in it. What is nested deeper than an event may be is not looked at (rule X16). */
function isFilled(value: unknown, depth = 1): boolean {
	if (value === undefined || value === null || value === '' || value === false) return false;
	if (typeof value === 'string') return value.trim() !== '';
	if (typeof value !== 'object' || depth > BOUNDS.depth) return true;
	return Object.values(value).some((inner) => isFilled(inner, depth + 1));
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
