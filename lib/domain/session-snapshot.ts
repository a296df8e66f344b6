/**
 * A session record as it is stored in a Kustomer message's `meta`, where there is not room for everything.
 *
 * Custom data, times and what was cut stand there as JSON text: their names may be any text, and as text nothing has to
 * index them.
 */
import { shortenData } from './custom-data';
import { isRecord } from './record';
import {
	LEFT_OUT,
	MAX_RANK,
	SHORTENED,
	WHOLE,
	compose,
	entryKey,
	isPartKey,
	keepsTime,
	partsOf,
	type ListName,
	type Part,
	type Parts,
	type SessionRecord,
} from './session-merge';
import { consumerMessageCount } from './session-questions';
import { cutText, readSession } from './session-shape';

/** Later than this there is no date. */
const LATEST_TIME = 8.64e15;

/** Characters that are left of a text when there is hardly any room. */
const SHORT_TEXT = 100;

/** Makes a record smaller. Changes the parts that it is given. */
type Step = (parts: Parts, maxBytes: number) => void;

/** In the order in which they are taken until the record fits. */
const STEPS: readonly Step[] = [
	shortenCustomData,
	(parts) => leaveOutField(parts, 'variables'),
	shortenMessageIds,
	(parts) => withoutField(parts, 'files', 'url'),
	(parts) => leaveOut(parts, 'survey'),
	(parts) => leaveOut(parts, 'participants'),
	(parts) => withoutField(parts, 'smartActions', 'detail'),
	(parts) => leaveOut(parts, 'smartActions'),
	(parts) => leaveOut(parts, 'files'),
	(parts) => leaveOut(parts, 'transfers'),
	shortenTexts,
	forgetCut,
	onlyTheFrame,
];

/** What people call the parts that can be shortened. */
const WORDS: Readonly<Record<string, string>> = {
	customData: 'custom data',
	variables: 'variables of the virtual agent and SIP headers',
	consumerMessageIds: "ids of the customer's messages",
	files: 'list of files',
	survey: 'survey',
	participants: 'list of participants',
	smartActions: 'SmartActions',
	transfers: 'transfers',
};

/**
 * The record as JSON for a message's `meta`: an object with the names `session` and `seen`, and as needed `customData` and
 * `cut`.
 *
 * @param maxBytes of the JSON text in UTF-8, at least 4000; kept by shortening custom data first, then ids of messages,
 *   files, survey, participants, and only then anything else
 * @returns `shortened` names what is not whole, in plain words
 */
export function toSnapshot(
	record: SessionRecord,
	maxBytes = 30_000,
): { snapshot: Record<string, unknown>; shortened: string[] } {
	const parts = partsOf(record);
	const keys = [...parts.keys()];
	const customData = parts.get('customData');
	let snapshot = encode(parts);
	for (const step of STEPS) {
		if (bytesOf(snapshot) <= maxBytes) break;
		step(parts, maxBytes);
		snapshot = encode(parts);
	}
	if (customData !== undefined && parts.has('customData')) {
		// Other steps may have made more room than was needed.
		parts.set('customData', customData);
		if (bytesOf(encode(parts)) > maxBytes) shortenCustomData(parts, maxBytes);
		snapshot = encode(parts);
	}
	const shortened = keys
		.filter((key) => parts.get(key)?.completeness !== WHOLE)
		.map((key) => WORDS[key.split('#')[0] ?? ''] ?? 'long texts');
	return { snapshot, shortened: [...new Set(shortened)] };
}

/**
 * Reads what {@link toSnapshot} wrote. Throws nothing, whatever people or other software wrote there: what cannot be read
 * is left out.
 *
 * @returns undefined when it names no session
 */
export function fromSnapshot(value: unknown): SessionRecord | undefined {
	if (!isRecord(value) || !isRecord(value.session)) return undefined;
	const session = readSession({
		...value.session,
		customData: parsed(value.customData) ?? value.session.customData,
	});
	if (session === undefined) return undefined;
	return compose(partsOf({ session, seen: timesIn(value.seen), cut: ranksIn(value.cut) }));
}

function encode(parts: Parts): Record<string, unknown> {
	const { session, seen, cut } = compose(parts);
	const { customData, ...rest } = session;
	const times: Record<string, string[]> = {};
	for (const [key, time] of Object.entries(seen)) (times[time] ??= []).push(key);
	return {
		session: rest,
		...(customData === undefined ? {} : { customData: JSON.stringify(customData) }),
		seen: JSON.stringify(times),
		...(cut === undefined ? {} : { cut: JSON.stringify(cut) }),
	};
}

function bytesOf(snapshot: Record<string, unknown>): number {
	return Buffer.byteLength(JSON.stringify(snapshot));
}

function timesIn(text: unknown): Record<string, number> {
	const seen: Array<[string, number]> = [];
	for (const [time, keys] of Object.entries(parsed(text) ?? {})) {
		const at = Number(time);
		if (!Number.isInteger(at) || at < 0 || at > LATEST_TIME || !Array.isArray(keys)) continue;
		for (const key of keys) if (typeof key === 'string' && isPartKey(key)) seen.push([key, at]);
	}
	return Object.fromEntries(seen);
}

function ranksIn(text: unknown): Record<string, string> {
	return Object.fromEntries(
		Object.entries(parsed(text) ?? {}).flatMap(([key, rank]) =>
			isPartKey(key) && canBeCut(key) && typeof rank === 'string' && rank.length <= MAX_RANK
				? [[key, rank]]
				: [],
		),
	);
}

/** What only moves in one direction, and what names the session, is never cut. */
function canBeCut(key: string): boolean {
	return key.includes('#') || (keepsTime(key) && key !== 'channel');
}

function parsed(text: unknown): Record<string, unknown> | undefined {
	if (isRecord(text)) return text;
	if (typeof text !== 'string') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

// --- steps ------------------------------------------------------------------------------------------------------------

function shortenCustomData(parts: Parts, maxBytes: number): void {
	const part = parts.get('customData');
	if (part === undefined || !isRecord(part.value)) return;
	parts.set('customData', { ...part, completeness: LEFT_OUT, value: undefined });
	// Its own name and the commas around it.
	const room = maxBytes - bytesOf(encode(parts)) - 20;
	const rest = shortenData(
		part.value,
		// Text within a text, as it is stored.
		(data) => Buffer.byteLength(JSON.stringify(JSON.stringify(data))) <= room,
	);
	if (rest !== undefined) parts.set('customData', { ...part, completeness: SHORTENED, value: rest });
}

/** Their number stays. */
function shortenMessageIds(parts: Parts): void {
	const { consumerMessages, consumerMessageIds } = compose(parts).session;
	if (consumerMessageIds === undefined) return;
	const value = consumerMessageCount({ consumerMessages, consumerMessageIds });
	parts.set('consumerMessages', { stage: value, seen: 0, rank: String(value), completeness: WHOLE, value });
	leaveOut(parts, 'consumerMessageIds');
}

function withoutField(parts: Parts, list: ListName, field: string): void {
	for (const [key, part] of entriesOf(parts, list)) {
		if (!isRecord(part.value) || part.value[field] === undefined) continue;
		const rest = Object.fromEntries(Object.entries(part.value).filter(([name]) => name !== field));
		// What was the entry's name cannot go without the entry.
		const isStillKnown = `${list}#${entryKey(list, rest)}` === key;
		parts.set(
			key,
			isStillKnown
				? { ...part, completeness: SHORTENED, value: rest }
				: { ...part, completeness: LEFT_OUT, value: undefined },
		);
	}
}

function leaveOutField(parts: Parts, field: string): void {
	const part = parts.get(field);
	if (part !== undefined) parts.set(field, { ...part, completeness: LEFT_OUT, value: undefined });
}

function leaveOut(parts: Parts, list: ListName): void {
	for (const [key, part] of entriesOf(parts, list)) {
		parts.set(key, { ...part, completeness: LEFT_OUT, value: undefined });
	}
}

function entriesOf(parts: Parts, list: ListName): Array<[string, Part]> {
	return [...parts].filter(([key]) => key.startsWith(`${list}#`));
}

function shortenTexts(parts: Parts): void {
	for (const [key, part] of parts) {
		if (!canBeCut(key) || key.includes('#') || JSON.stringify(part.value ?? '').length <= SHORT_TEXT)
			continue;
		const value = withShortTexts(part.value);
		parts.set(key, { ...part, completeness: SHORTENED, value });
	}
}

function withShortTexts(value: unknown): unknown {
	if (typeof value === 'string') return cutText(value, SHORT_TEXT / 2);
	if (Array.isArray(value)) return value.slice(0, 5).map(withShortTexts);
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withShortTexts(inner)]));
}

/** Entries that are gone already are forgotten: told again, they will be news again. */
function forgetCut(parts: Parts): void {
	for (const [key, { completeness }] of parts) {
		if (completeness === LEFT_OUT) parts.delete(key);
	}
}

/** What a session cannot do without. */
function onlyTheFrame(parts: Parts): void {
	for (const key of [...parts.keys()]) if (canBeCut(key)) parts.delete(key);
}
