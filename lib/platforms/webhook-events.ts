/** Splits a webhook into the events that it carries, for platforms that send one event, a list, or a list in an envelope. */
import { excessOf, MOST_EVENTS } from '../domain/bounds';
import { Fields } from './fields';
import type {
	ParsedWebhook,
	PlatformSettings,
	Rejection,
	TelephonyPlatform,
	WebhookRequest,
} from './platform';
import type { OtherEvent, SessionEvent } from '../domain/session';

/** One event of a webhook: its fields, and the part of the webhook in which it stood. */
export interface EventPart {
	fields: Fields;
	raw: unknown;
}

/** What a reader makes of one part: an event, or what is wrong with it. */
export type Reading = SessionEvent | OtherEvent | Omit<Rejection, 'index'>;

/** Names under which senders put a list of events. */
const ENVELOPES = ['events', 'items', 'records'];

/** An identifier longer than this is something else that ended up in the wrong field. */
const LONGEST_ID = 200;

/** A platform's `parse`, of a function that reads one event. */
export function eventReader(
	read: (part: EventPart, settings: PlatformSettings) => Reading,
): TelephonyPlatform['parse'] {
	return (request, settings) => readEvents(request, (part) => read(part, settings));
}

/**
 * Reads every event of a webhook. The query's fields belong to each of them; the body's fields win.
 * One event that cannot be read does not stop the others.
 */
function readEvents(request: WebhookRequest, read: (part: EventPart) => Reading): ParsedWebhook {
	const { body } = request;
	if (
		isFilledText(body) ||
		(body !== undefined && body !== null && typeof body !== 'object' && body !== '')
	) {
		return rejectAll({
			field: 'body',
			reason:
				'The body is neither a JSON object nor form fields. Send JSON with the header "Content-Type: application/json".',
		});
	}

	const excess = excessOf(body) ?? excessOf(request.query);
	if (excess !== undefined) {
		return rejectAll({ field: 'body', reason: `The webhook holds more than an event may. ${excess}` });
	}
	const list = batchOf(body);
	if (list !== undefined && list.length > MOST_EVENTS) {
		return rejectAll({
			field: 'body',
			reason: `The list has ${list.length} events; one webhook may carry ${MOST_EVENTS}. Send them in several webhooks.`,
		});
	}
	if (list === undefined) {
		const fields = new Fields(request.query, body);
		if (fields.isEmpty) {
			return rejectAll({
				field: 'body',
				reason:
					'The webhook is empty. Send the fields of the event in the body as JSON or form fields, or in the URL.',
			});
		}
		return collect([read({ fields, raw: body })]);
	}
	return collect(
		list.map((raw) => {
			if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
				return {
					field: 'body',
					reason: 'This entry of the list is not an object with the fields of an event.',
				};
			}
			const event = read({ fields: new Fields(request.query, raw), raw });
			return 'kind' in event ? { ...event, raw } : event;
		}),
	);
}

/** What is said of a number that has lost digits on the way. */
export const TOO_MANY_DIGITS =
	'This number has more digits than a number in JSON keeps, so that it cannot be told from others. Send it as text, in quotation marks.';

/**
 * Says that a field has no value, and whether the sender left a template's placeholder in it, or sent a number that is too long.
 */
export function missing(
	fields: Fields,
	field: string,
	paths: string[],
	why: string,
): Omit<Rejection, 'index'> {
	const [inexact] = fields.inexactIn(...paths);
	if (inexact !== undefined) return { field: inexact, reason: `${TOO_MANY_DIGITS} ${why}` };
	const reason = fields.isUnfilled(...paths)
		? `'${field}' still holds a placeholder: the sender did not fill it in. Check the spelling of the placeholder on the platform and that this event offers it. ${why}`
		: `'${field}' is missing. ${why}`;
	return { field, reason };
}

/** Says why an id cannot be used, or undefined when it can. */
export function badId(field: string, id: string): Omit<Rejection, 'index'> | undefined {
	if (id.length > LONGEST_ID) {
		return { field, reason: `'${field}' has more than ${LONGEST_ID} characters, so it is not an id.` };
	}
	if (/[\s\p{Cc}]/u.test(id)) {
		return { field, reason: `'${field}' has spaces or control characters in it, so it is not an id.` };
	}
	return undefined;
}

/** The entries of a webhook that carries a list of events. Undefined when it carries one event. */
export function batchOf(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (typeof body !== 'object' || body === null) return undefined;
	for (const name of ENVELOPES) {
		const value = Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
		if (Array.isArray(value)) return value;
	}
	return undefined;
}

function collect(readings: Reading[]): ParsedWebhook {
	const parsed: ParsedWebhook = { events: [], others: [], rejected: [] };
	readings.forEach((reading, index) => {
		if (!('kind' in reading)) parsed.rejected.push({ index, ...reading });
		else if (reading.session === undefined) parsed.others.push(reading);
		else parsed.events.push(reading);
	});
	return parsed;
}

function rejectAll(rejection: Omit<Rejection, 'index'>): ParsedWebhook {
	return { events: [], others: [], rejected: [{ index: 0, ...rejection }] };
}

function isFilledText(body: unknown): boolean {
	return typeof body === 'string' && body.trim() !== '';
}
