/**
 * Brings anything that is said to be a session into the shape of one: what is undefined, null, empty or of a wrong type
 * is dropped, texts and lists of absurd length are cut. Nothing here throws, and doing it twice changes nothing.
 */
import { isWithheld } from './phone-number';
import { isRecord } from './record';
import { isoTime } from './time';
import { VOICEMAIL_STATUSES, SESSION_STATES, type Session } from './session';

/** Most characters of names, ids, phone numbers and words. */
const LONGEST_NAME = 256;
/** Most characters of what people write: comments, notes, reasons, web addresses. */
const LONGEST_TEXT = 2000;
/** Most entries of a list that are looked at. */
const MOST_READ = 5000;
/** Most names of a menu path. */
const MOST_MENUS = 20;
/** Custom data that nest deeper, or hold more values, are cut there. */
const DEEPEST = 20;
const MOST_VALUES = 10_000;

/** How a session came to its end, the weakest first: of two that were told, the one further to the right holds. */
export const OUTCOMES = ['missed', 'abandoned', 'failed', 'deflected', 'answered', 'voicemail'] as const;

type Reader = (value: unknown) => unknown;

/** At most so many characters; what is longer ends in `…`, without half an emoji before it. */
export function cutText(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

const text =
	(most: number): Reader =>
	(value) => {
		const written =
			typeof value === 'string'
				? value
				: (typeof value === 'number' && Number.isFinite(value)) || typeof value === 'bigint'
					? String(value)
					: '';
		const whole = written.trim();
		// Mending takes time for every half emoji: of a text that is cut anyway the rest is not looked at (rule X16).
		const clean = sound(whole.slice(0, most * 4)).trim();
		if (clean === '') return undefined;
		return whole.length > most * 4 ? cutText(`${clean}…`, most) : cutText(clean, most);
	};

// eslint-disable-next-line no-control-regex -- it is looked for on purpose
const UNSOUND = /[\u0000\p{Surrogate}]/u;

/** Half emoji, which JSON can carry but others cannot read, are replaced; the sign NUL goes. */
function sound(written: string): string {
	// eslint-disable-next-line no-control-regex -- it is looked for on purpose
	if (!/[\u0000\ud800-\udfff]/.test(written)) return written;
	if (!UNSOUND.test(written)) return written;
	// eslint-disable-next-line no-control-regex -- it is looked for on purpose
	return written.replace(/\u0000/g, '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

const number: Reader = (value) =>
	typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined;

const amount: Reader = (value) => {
	const found = number(value);
	return typeof found === 'number' && found >= 0 ? found : undefined;
};

const count: Reader = (value) => {
	const found = amount(value);
	return typeof found === 'number' ? Math.min(Math.floor(found), Number.MAX_SAFE_INTEGER) : undefined;
};

const flag: Reader = (value) => (typeof value === 'boolean' ? value : undefined);

const time: Reader = isoTime;

const word =
	(words: readonly string[]): Reader =>
	(value) =>
		words.find((known) => known === value);

const object = (shape: Readonly<Record<string, Reader>>, ...required: string[]): Reader => {
	const readers = Object.entries(shape);
	return (value) => {
		if (!isRecord(value)) return undefined;
		const found: Record<string, unknown> = {};
		let isEmpty = true;
		for (const [field, read] of readers) {
			const kept = read(value[field]);
			if (kept === undefined) continue;
			found[field] = kept;
			isEmpty = false;
		}
		const complete = !isEmpty && required.every((field) => found[field] !== undefined);
		return complete ? found : undefined;
	};
};

const list =
	(read: Reader, most = MOST_READ): Reader =>
	(value) => {
		if (!Array.isArray(value)) return undefined;
		const entries = value
			.slice(0, most)
			.map(read)
			.filter((entry) => entry !== undefined);
		return entries.length > 0 ? entries : undefined;
	};

/** A question without an answer was asked, too. */
const answer: Reader = (value) =>
	text(LONGEST_TEXT)(typeof value === 'boolean' ? String(value) : value) ?? '';

const name = text(LONGEST_NAME);
const prose = text(LONGEST_TEXT);

const AGENT = { id: name, sourceId: name, name, email: name, number: name };
const agent = object(AGENT);
const queue = object({ id: name, name });
const virtualAgent = object({ id: name, name });
const party = object({ agent, virtualAgent, queue });

const END_USER = {
	id: name,
	identifier: name,
	name,
	phone: name,
	withheld: flag,
	email: name,
	customerId: name,
};

/** JSON with anything in it. */
function data(value: unknown): unknown {
	const found = toJson(value);
	return isRecord(found) && Object.keys(found).length > 0 ? found : undefined;
}

/** In the order in which a session is written down. */
const SESSION: Readonly<Record<keyof Session, Reader>> = {
	source: name,
	id: name,
	legId: name,
	channel: word(['voice', 'chat', 'sms', 'whatsapp']),
	subject: prose,
	type: name,
	origin: word(['phone', 'app', 'web', 'api']),
	scheduled: flag,
	scheduledAt: time,
	deviceType: name,
	direction: word(['in', 'out', 'internal']),
	state: word(SESSION_STATES),
	outcome: word(OUTCOMES),
	language: name,
	callbackOf: name,
	conversationId: name,
	endUser: (value) => object(END_USER)(value) ?? {},
	line: name,
	agent,
	virtualAgent,
	queue,
	menuPath: list(name, MOST_MENUS),
	campaign: object({ id: name, name }),
	startedAt: time,
	queuedAt: time,
	assignedAt: time,
	connectedAt: time,
	endedAt: time,
	duration: amount,
	waitTime: amount,
	holdTime: amount,
	endReason: prose,
	rating: object({ score: number, comment: prose }),
	disposition: object({ code: name, name, note: prose }),
	survey: list(object({ question: prose, answer }, 'question')),
	customData: data,
	variables: data,
	cobrowse: object({ id: name, requestedBy: name, endedBy: name, remoteControl: name, fullDevice: name }),
	transfers: list(object({ id: name, at: time, from: party, to: party, escalation: flag, status: name })),
	participants: list(
		object({
			...AGENT,
			type: word(['agent', 'endUser', 'virtualAgent']),
			status: name,
			connectedAt: time,
			endedAt: time,
		}),
	),
	smartActions: list(
		object(
			{ id: name, type: name, result: word(['succeeded', 'failed']), detail: prose, at: time },
			'type',
			'result',
		),
	),
	files: list(
		object(
			{
				kind: word(['recording', 'voicemail', 'transcript', 'photo', 'video', 'other']),
				id: name,
				url: prose,
				name,
				contentType: name,
				size: amount,
				duration: amount,
			},
			'kind',
		),
	),
	voicemail: object({ status: word(VOICEMAIL_STATUSES), at: time, agent, reason: prose }, 'status'),
	consumerMessages: count,
	consumerMessageIds: list(name),
	// Only in the event that shows it: with it, every message would be news of the session.
	message: () => undefined,
	messages: count,
	emailInWeb: flag,
};

/** Names of the fields of a session, in the order in which it is written down. */
export const SESSION_FIELD_ORDER: readonly string[] = Object.keys(SESSION);

/** Names of the fields of the end user. */
export const END_USER_FIELDS: readonly string[] = Object.keys(END_USER);

/** The session in a value, or undefined when its source, id or channel is missing. */
export function readSession(value: unknown): Session | undefined {
	const session = object(SESSION, 'source', 'id', 'channel')(value) as Session | undefined;
	if (session === undefined) return undefined;
	const { phone, withheld, ...others } = session.endUser;
	// A word in place of the number says that it is withheld; a number says that it is not.
	if (isWithheld(phone)) session.endUser = { ...others, withheld: true };
	else if (phone !== undefined && withheld !== undefined) session.endUser = { ...others, phone };
	return session;
}

/** What JSON can carry of a value, names and their order untouched. Circles end where they begin again. */
function toJson(value: unknown): unknown {
	let left = MOST_VALUES;
	const above = new Set<unknown>();
	const read = (found: unknown): unknown => {
		left -= 1;
		if (left < 0 || above.size > DEEPEST || above.has(found)) return undefined;
		if (typeof found === 'string') return sound(found);
		if (typeof found === 'bigint') return String(found);
		if (typeof found === 'number') return number(found);
		if (typeof found === 'boolean' || found === null) return found;
		if (typeof found !== 'object') return undefined;
		if (Object.prototype.toString.call(found) === '[object Date]') {
			const milliseconds = Number(found);
			return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
		}
		above.add(found);
		const copy = Array.isArray(found)
			? found.slice(0, Math.max(left, 0)).map((entry) => read(entry) ?? null)
			: Object.fromEntries(
					Object.keys(found)
						.slice(0, Math.max(left, 0))
						.map(
							(key) =>
								[sound(cutText(key, LONGEST_NAME)), read((found as Record<string, unknown>)[key])] as const,
						)
						.filter(([, entry]) => entry !== undefined),
				);
		above.delete(found);
		return copy;
	};
	return read(value);
}
