/**
 * Puts together what is known of a session from several events.
 *
 * Merging is associative, commutative and idempotent, so neither the order nor the number of events matters (rule X1):
 * - every field is remembered with the time at which it was observed, and the latest observation wins; an older one only
 *   fills gaps; of two at the same time the one that is greater as JSON text wins (of long ones, by the beginning and a
 *   hash), on every worker;
 * - the state, the outcome and the voicemail only move to the right; an outcome that says that nobody answered does not
 *   hold once an agent was connected (rule X3);
 * - a number that is known was not withheld, whoever said so and when;
 * - start, queue, assignment and connection times are the earliest that were told, the end is the latest;
 * - lists are united by id, or by content where entries have none.
 *
 * It works because a record is taken apart into parts: one for each field, each entry of a list, and each leaf of the end
 * user. For every part there is one order of all values that it can have, and the greater one holds.
 */
import { createHash } from 'node:crypto';

import { isRecord } from './record';
import { END_USER_FIELDS, OUTCOMES, SESSION_FIELD_ORDER } from './session-shape';
import { SESSION_STATES, VOICEMAIL_STATUSES, type Session } from './session';

/** Everything that is known of one session. JSON. */
export interface SessionRecord {
	session: Session;
	/**
	 * For each field, as `agent`, `endUser.phone` or `transfers#<entry>`, when it was observed: milliseconds since the epoch.
	 * Absent for what only moves in one direction, such as the state.
	 */
	seen: Record<string, number>;
	/**
	 * What a snapshot had no room for: for each field or entry that is shortened or left out in `session`, what tells its
	 * whole value from others. So the whole value, told again, is no news.
	 */
	cut?: Record<string, string>;
}

/** Lists of a session, and how many entries of each are kept. */
export const LISTS = {
	survey: 50,
	transfers: 50,
	participants: 100,
	smartActions: 100,
	files: 200,
	consumerMessageIds: 200,
} as const;
export type ListName = keyof typeof LISTS;

/** How much of a value is left after a snapshot had to be shortened. */
export const WHOLE = 2;
export const SHORTENED = 1;
export const LEFT_OUT = 0;

/** One piece of knowledge. Compared in the order of its fields. */
export interface Part {
	/** For what only moves in one direction: how far it has moved. */
	stage: number;
	/** Milliseconds since the epoch. */
	seen: number;
	/** Stands for the whole value, also when only a part of it is left. */
	rank: string;
	completeness: typeof WHOLE | typeof SHORTENED | typeof LEFT_OUT;
	/** Undefined when it was left out. */
	value: unknown;
}

/** By key: `queue`, `endUser.phone`, `transfers#<entry>`. */
export type Parts = Map<string, Part>;

const FIRST = ['startedAt', 'queuedAt', 'assignedAt', 'connectedAt'];
/** What only moves in one direction, or never. */
const TIMELESS = new Set([
	'source',
	'id',
	'state',
	'outcome',
	'endedAt',
	'consumerMessages',
	'messages',
	'voicemail.status',
	...FIRST,
]);
const VOICEMAIL_PARTS = ['voicemail.at', 'voicemail.agent', 'voicemail.reason'];
/** Ids that stand in a key as they are; others stand there by their hash. */
const PLAIN_ID = /^[\w.:-]{1,24}$/;
/** Longer values are told apart by their beginning and a hash, so that a shortened value keeps its rank. */
const LONGEST_RANK = 100;

/** What two records know together. */
export function merge(a: SessionRecord, b: SessionRecord): SessionRecord {
	return compose(join(partsOf(a), partsOf(b)));
}

/**
 * Whether `b` tells nothing that `a` does not know: merging it into `a` would change nothing in the session. That
 * something was seen once more, or later, does not count; what a snapshot had to leave out counts as known.
 */
export function covers(a: SessionRecord, b: SessionRecord): boolean {
	const parts = partsOf(a);
	const known = knownIn(parts, a);
	const together = knownIn(join(parts, partsOf(b)), a, b);
	return (
		known.size === together.size && [...together].every(([key, { rank }]) => known.get(key)?.rank === rank)
	);
}

/**
 * The parts that are left once a record is put together from these. What was shortened may get another key by that, so then it
 * is put together; to do so for whole values would only take time.
 *
 * @param from the records that the parts are of
 */
function knownIn(parts: Parts, ...from: SessionRecord[]): Parts {
	return from.every(({ cut }) => cut === undefined) ? keptParts(parts) : partsOf(compose(parts));
}

/** Takes a record apart. */
export function partsOf({ session, seen, cut = {} }: SessionRecord): Parts {
	const parts: Parts = new Map();
	const add = (key: string, value: unknown) => {
		if (value === undefined) return;
		const cutRank = Object.hasOwn(cut, key) ? cut[key] : undefined;
		put(parts, key, {
			stage: stageOf(key, value, session),
			seen: timeIn(seen, key),
			rank: cutRank ?? rankOf(key, value),
			completeness: cutRank === undefined ? WHOLE : SHORTENED,
			value,
		});
	};
	for (const [field, value] of Object.entries(session)) {
		if (field === 'endUser') {
			for (const leaf of END_USER_FIELDS) add(`endUser.${leaf}`, session.endUser[leaf as 'name']);
		} else if (field === 'voicemail' && session.voicemail !== undefined) {
			const { status, at, agent, reason } = session.voicemail;
			add('voicemail.status', status);
			add('voicemail.at', at);
			add('voicemail.agent', agent);
			add('voicemail.reason', reason);
		} else if (isList(field)) {
			for (const entry of session[field] ?? []) add(`${field}#${entryKey(field, entry)}`, entry);
		} else {
			add(field, value);
		}
	}
	for (const [key, rank] of Object.entries(cut)) {
		if (parts.has(key)) continue;
		parts.set(key, { stage: 0, seen: timeIn(seen, key), rank, completeness: LEFT_OUT, value: undefined });
	}
	return parts;
}

/** Of every part the greater one. */
function join(a: Parts, b: Parts): Parts {
	const parts = new Map(a);
	for (const [key, part] of b) put(parts, key, part);
	return parts;
}

function put(parts: Parts, key: string, part: Part): void {
	const held = parts.get(key);
	if (held === undefined || compare(key, part, held) > 0) parts.set(key, part);
}

function compare(key: string, a: Part, b: Part): number {
	return (
		a.stage - b.stage ||
		// A session's channel is what was told first, everything else what was told last.
		(key === 'channel' ? b.seen - a.seen : a.seen - b.seen) ||
		compareTexts(a.rank, b.rank) ||
		a.completeness - b.completeness ||
		(a.value === b.value
			? 0
			: // The same value, with its names in another order.
				compareTexts(JSON.stringify(a.value) ?? '', JSON.stringify(b.value) ?? ''))
	);
}

/** Puts a record together, each list united, sorted and not too long. */
export function compose(parts: Parts): SessionRecord {
	const kept = keptParts(parts);
	const entries = entryKeys(kept);
	const values: Record<string, unknown> = {};
	for (const field of SESSION_FIELD_ORDER) {
		const value =
			field === 'endUser'
				? group(kept, 'endUser', END_USER_FIELDS)
				: field === 'voicemail'
					? voicemailOf(kept)
					: isList(field)
						? listOf(kept, field, entries.get(field) ?? [])
						: kept.get(field)?.value;
		if (value !== undefined) values[field] = value;
	}
	const keys = [...kept.keys()].sort(compareTexts);
	const record: SessionRecord = {
		// Every part came from a session.
		session: values as unknown as Session,
		seen: Object.fromEntries(keys.filter(keepsTime).map((key) => [key, kept.get(key)?.seen ?? 0])),
	};
	const cut = keys.flatMap((key) => {
		const part = kept.get(key);
		return part === undefined || part.completeness === WHOLE ? [] : [[key, part.rank] as const];
	});
	if (cut.length > 0) record.cut = Object.fromEntries(cut);
	return record;
}

/** Without entries beyond a list's length, and without what others contradict. */
function keptParts(parts: Parts): Parts {
	const kept = new Map(parts);
	for (const [list, keys] of entryKeys(kept)) {
		// By key, which never changes: sorted by anything else, the entries kept would depend on the order of merges.
		if (keys.length > LISTS[list]) {
			for (const key of keys.sort(compareTexts).slice(LISTS[list])) kept.delete(key);
		}
	}
	// Whoever is known by a number has not withheld it, whatever an earlier or another event said.
	if (kept.has('endUser.phone')) kept.delete('endUser.withheld');
	const reached = kept.get('voicemail.status')?.stage;
	for (const key of ['voicemail.at', 'voicemail.agent']) {
		if (reached === undefined || kept.get(key)?.stage !== reached) kept.delete(key);
	}
	return kept;
}

function group(parts: Parts, prefix: string, leaves: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(
		leaves
			.map((leaf) => [leaf, parts.get(`${prefix}.${leaf}`)?.value] as const)
			.filter(([, value]) => value !== undefined),
	);
}

function voicemailOf(parts: Parts): Record<string, unknown> | undefined {
	return parts.has('voicemail.status')
		? group(parts, 'voicemail', ['status', 'at', 'agent', 'reason'])
		: undefined;
}

/** The keys of the entries of every list. */
function entryKeys(parts: Parts): Map<ListName, string[]> {
	const found = new Map<ListName, string[]>();
	for (const key of parts.keys()) {
		const end = key.indexOf('#');
		const list = end < 0 ? '' : key.slice(0, end);
		if (!isList(list)) continue;
		const keys = found.get(list);
		if (keys === undefined) found.set(list, [key]);
		else keys.push(key);
	}
	return found;
}

function listOf(parts: Parts, list: ListName, keys: readonly string[]): unknown[] | undefined {
	const entries = keys
		.map((key) => ({ key, value: parts.get(key)?.value }))
		.filter(({ value }) => value !== undefined)
		.map(({ key, value }) => ({ value, order: [...orderOf(list, value), key] }))
		.sort((a, b) => compareLists(a.order, b.order))
		.map(({ value }) => value);
	return entries.length > 0 ? entries : undefined;
}

/** By what the entries of a list are sorted. */
function orderOf(list: ListName, entry: unknown): string[] {
	if (!isRecord(entry)) return [String(entry)];
	const text = (field: string) => String(entry[field] ?? '');
	switch (list) {
		case 'survey':
			return [text('question'), text('answer')];
		case 'files':
			return [text('kind'), text('id'), text('url')];
		case 'participants':
			// Those who never connected stand last.
			return [text('connectedAt') || '~', text('id')];
		default:
			return [text('at') || '~', text('id')];
	}
}

/**
 * What an entry of a list is recognized by: its id, else its content. Plain words, at most 24 characters.
 *
 * Files are told apart by kind and by id, else by web address. A transfer without an id is recognized by its time and
 * its parties: its status changes.
 */
export function entryKey(list: ListName, entry: unknown): string {
	if (!isRecord(entry)) return keyOf(String(entry));
	const id = typeof entry.id === 'string' ? entry.id : undefined;
	if (list === 'files') {
		const own = id ?? entry.url;
		return typeof own === 'string' ? keyOf(`${String(entry.kind)}:${own}`) : contentKey(entry);
	}
	if (id !== undefined) return keyOf(id);
	return contentKey(list === 'transfers' ? { ...entry, status: undefined } : entry);
}

const keyOf = (id: string) => (PLAIN_ID.test(id) ? id : `~${hash(id)}`);
const contentKey = (entry: unknown) => `=${hash(canonical(entry))}`;

/** A text that is the same for the same value and tells different ones apart. */
function rankOf(key: string, value: unknown): string {
	if (key.startsWith('consumerMessageIds#')) return '';
	const text = canonical(value);
	if (key.includes('#')) return hash(text);
	return text.length <= LONGEST_RANK ? text : `${text.slice(0, LONGEST_RANK / 2)}${hash(text)}`;
}

/** Longest rank that {@link rankOf} gives. */
export const MAX_RANK = LONGEST_RANK;

/** For what moves in one direction only: how far it has moved. Of two, the greater one holds. */
function stageOf(key: string, value: unknown, { voicemail }: Session): number {
	if (FIRST.includes(key)) return -Date.parse(String(value));
	switch (key) {
		case 'endedAt':
			return Date.parse(String(value));
		case 'state':
			return (SESSION_STATES as readonly unknown[]).indexOf(value);
		case 'outcome':
			return (OUTCOMES as readonly unknown[]).indexOf(value);
		case 'consumerMessages':
		case 'messages':
			return Number(value);
		case 'voicemail.status':
		case 'voicemail.at':
		case 'voicemail.agent':
			return voicemail === undefined ? 0 : VOICEMAIL_STATUSES.indexOf(voicemail.status);
		default:
			return 0;
	}
}

/** Whether it matters when this part was observed. */
export function keepsTime(key: string): boolean {
	return !TIMELESS.has(key) && !key.startsWith('consumerMessageIds#');
}

/** Whether this is the key of a part that a session can have. */
export function isPartKey(key: string): boolean {
	const [list = '', entry] = key.split(/#(.*)/s);
	if (entry !== undefined) return isList(list) && /^[~=]?[\w.:-]{1,24}$/.test(entry);
	const [field = '', leaf] = key.split('.');
	if (field === 'endUser') return leaf !== undefined && END_USER_FIELDS.includes(leaf);
	if (field === 'voicemail') return VOICEMAIL_PARTS.includes(key) || key === 'voicemail.status';
	return leaf === undefined && !isList(field) && SESSION_FIELD_ORDER.includes(field);
}

export function isList(field: string): field is ListName {
	return Object.hasOwn(LISTS, field);
}

function timeIn(seen: Readonly<Record<string, number>>, key: string): number {
	return keepsTime(key) && Object.hasOwn(seen, key) ? (seen[key] ?? 0) : 0;
}

/** JSON with the names of every object in order. */
function canonical(value: unknown): string {
	// Most values are words.
	if (!isRecord(value) && !Array.isArray(value)) return JSON.stringify(value);
	return JSON.stringify(value, (_name, inner: unknown) =>
		isRecord(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareTexts(a, b)))
			: inner,
	);
}

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function compareTexts(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function compareLists(a: readonly string[], b: readonly string[]): number {
	for (const [index, text] of a.entries()) {
		const difference = compareTexts(text, b[index] ?? '');
		if (difference !== 0) return difference;
	}
	return 0;
}
