/**
 * What the synchronization remembers between two runs, as one text. Small, because n8n stores it with the workflow: a
 * thousand agents take some 60 kB. Whatever is not as it should be is ignored: an agent of whom nothing is known is
 * looked at for the first time.
 */
import { isRecord } from '../../domain/record';
import type { AgentMemory, WriteMemory } from './agent-memory';
import type { Side } from '../../domain/agent-status';

/** Changes whenever a text that was written before would be misread. */
const VERSION = 1;

/** Agents and subjects that are remembered at most, far more than there are. Those seen last stay. */
export const MOST_AGENTS = 50_000;
export const MOST_SUBJECTS = 20_000;

/** Milliseconds after which an agent who was not seen any more is forgotten. */
export const FORGOTTEN_AFTER = 7 * 24 * 3_600_000;

/** Characters of a text that is believed: more than the most agents and subjects take, some 200 and 300 each. */
const MOST_TEXT = 32_000_000;

/** Times are kept in this unit, so that a run in which nothing happens changes nothing. */
const HOUR = 3_600_000;

/** Everything that is remembered. */
export interface SyncMemory {
	/** By the platform's id of the agent. */
	agents: Map<string, Remembered<AgentMemory>>;
	/** Problems that do not belong to an agent who is looked at, by what they are about. The value says which. */
	subjects: Map<string, Remembered<string>>;
}

export interface Remembered<Value> {
	value: Value;
	/** Hours since the epoch. */
	seen: number;
}

export function emptyMemory(): SyncMemory {
	return { agents: new Map(), subjects: new Map() };
}

/** The hour in which something was seen. */
export function hourOf(now: number): number {
	return Math.floor(now / HOUR);
}

/** What is set in the flags of a row. */
const HIDDEN = 1;
const MISSED = 2;

/** `[id, seen, kustomer, session, platform, flags, lead, write, reported]`; texts are numbers of a list. */
type AgentRow = [
	string,
	number,
	number,
	string | 0,
	number,
	number,
	0 | 1 | 2,
	0 | [side: 1 | 2, to: number, at: number, count: number],
	string | 0,
];

const SIDES = ['kustomer', 'platform'] as const;
const numberOfSide = (side: Side | undefined): 0 | 1 | 2 =>
	side === undefined ? 0 : side === 'kustomer' ? 1 : 2;

/** As text. What was not seen for long, or is too much, is left out. */
export function writeMemory(memory: SyncMemory, now: number): string {
	const oldest = hourOf(now - FORGOTTEN_AFTER);
	const texts = new Map<string, number>();
	const numberOf = (text: string | undefined): number => {
		if (text === undefined) return -1;
		const known = texts.get(text);
		if (known !== undefined) return known;
		texts.set(text, texts.size);
		return texts.size - 1;
	};
	const agents = latest(memory.agents, oldest, MOST_AGENTS).map(
		([id, { value, seen }]): AgentRow => [
			id,
			seen,
			numberOf(value.kustomer),
			value.session ?? 0,
			numberOf(value.platform),
			(value.hidden === true ? HIDDEN : 0) + (value.missed === true ? MISSED : 0),
			numberOfSide(value.lead),
			value.write === undefined
				? 0
				: [
						value.write.side === 'kustomer' ? 1 : 2,
						numberOf(value.write.to),
						value.write.at,
						value.write.count,
					],
			value.reported ?? 0,
		],
	);
	const subjects = latest(memory.subjects, oldest, MOST_SUBJECTS).map(([subject, { value, seen }]) => [
		subject,
		seen,
		value,
	]);
	return JSON.stringify({ v: VERSION, texts: [...texts.keys()], agents, subjects });
}

function latest<Value>(
	entries: Map<string, Remembered<Value>>,
	oldest: number,
	most: number,
): Array<[string, Remembered<Value>]> {
	const recent = [...entries].filter(([, { seen }]) => seen >= oldest);
	if (recent.length <= most) return recent;
	return recent.sort(([, a], [, b]) => b.seen - a.seen).slice(0, most);
}

/** Reads the text. Everything in it may be missing, old, cut off or somebody else's. */
export function readMemory(text: unknown): SyncMemory {
	const memory = emptyMemory();
	const stored = parse(text);
	if (stored === undefined || stored.v !== VERSION) return memory;
	const texts = listIn(stored.texts);
	for (const row of listIn(stored.agents).slice(0, MOST_AGENTS)) {
		const [id, seen, ...rest] = listIn(row);
		const value = agentFrom(rest, texts);
		if (isText(id) && isCount(seen) && value !== undefined) memory.agents.set(id, { value, seen });
	}
	for (const row of listIn(stored.subjects).slice(0, MOST_SUBJECTS)) {
		const [subject, seen, value] = listIn(row);
		if (isText(subject) && isCount(seen) && isText(value)) memory.subjects.set(subject, { value, seen });
	}
	return memory;
}

function parse(text: unknown): Record<string, unknown> | undefined {
	if (typeof text !== 'string' || text.length > MOST_TEXT) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function agentFrom(row: unknown[], texts: unknown[]): AgentMemory | undefined {
	const [kustomer, session, platform, flags, lead, write, reported] = row;
	const known = textAt(texts, kustomer);
	if (known === undefined) return undefined;
	return {
		kustomer: known,
		session: isText(session) ? session : undefined,
		platform: textAt(texts, platform),
		hidden: isSet(flags, HIDDEN),
		missed: isSet(flags, MISSED),
		lead: sideOf(lead),
		write: writeFrom(listIn(write), texts),
		reported: isText(reported) ? reported : undefined,
	};
}

function writeFrom([side, to, at, count]: unknown[], texts: unknown[]): WriteMemory | undefined {
	const where = sideOf(side);
	const status = textAt(texts, to);
	if (where === undefined || status === undefined || !isCount(at) || !isCount(count)) return undefined;
	return { side: where, to: status, at, count };
}

function isSet(flags: unknown, flag: number): true | undefined {
	return isCount(flags) && flags <= (HIDDEN | MISSED) && (flags & flag) !== 0 ? true : undefined;
}

function sideOf(value: unknown): Side | undefined {
	return value === 1 || value === 2 ? SIDES[value - 1] : undefined;
}

function textAt(texts: unknown[], index: unknown): string | undefined {
	const text = typeof index === 'number' ? texts[index] : undefined;
	return typeof text === 'string' ? text : undefined;
}

function listIn(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

function isCount(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
