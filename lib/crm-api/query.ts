/**
 * What CCAI Platform's functions CONCAT_OR and CONCAT_AND write, read as conditions (rule G7):
 * `(Phone:equals:+12223334444) or (Email:equals:kim@example.com)`, or values alone, `+12223334444 or kim@example.com`.
 *
 * `and` binds closer than `or`; brackets bind closer than both. A condition with a variable that the platform has not replaced
 * says nothing and is left out. Takes time that grows with the text's length only.
 */
import { emailOf } from '../domain/email-address';
import { isKustomerId } from '../domain/kustomer-id';
import { isPhoneLike } from '../domain/phone-number';
import { Fields } from '../platforms/fields';
import { namesOf, type ParameterName } from './parameters';

/** By what an account can be asked for. */
export type Key = Extract<ParameterName, 'contactId' | 'phone' | 'email' | 'identifier'>;

/** One condition: the value of the key is this. */
export interface Condition {
	key: Key;
	value: string;
}

/** Any of these, each of which is all of its conditions. */
export type Alternatives = readonly (readonly Condition[])[];

/** A query that cannot be read. */
export class QueryError extends Error {
	constructor(
		/** One sentence without a full stop: what is wrong. Holds no value. */
		message: string,
		/** Of the character at which it is wrong; the first is 1. */
		readonly position: number,
	) {
		super(`${message} (character ${position})`);
		this.name = 'QueryError';
	}
}

/** Conditions that one query may hold: each may take requests. */
export const MOST_CONDITIONS = 10;
const LONGEST_QUERY = 10_000;
const DEEPEST = 5;

/** Words between a field and its value that ask whether they are the same. */
const EQUALS: ReadonlySet<string> = new Set(['equals', 'equal', 'eq', 'is', '=', '==', 'like', 'contains']);

const KEYS: readonly Key[] = ['contactId', 'phone', 'email', 'identifier'];
const KEY_NAMES: ReadonlyArray<readonly [Key, readonly string[]]> = KEYS.map((key) => [
	key,
	key === 'contactId' ? [...namesOf(key), 'id'] : namesOf(key),
]);

/** `field:operator:value`. */
const CONDITION = /^\s{0,100}([\p{L}\w .-]{1,100}):\s{0,20}([\w=]{1,20})\s{0,20}:/u;

/**
 * Reads a query.
 *
 * @returns no alternatives when it holds no condition
 * @throws {QueryError}
 */
export function parseQuery(text: string): Alternatives {
	if (text.length > LONGEST_QUERY) {
		throw new QueryError(`The query has more than ${LONGEST_QUERY} characters`, LONGEST_QUERY + 1);
	}
	const alternatives = readPart({ text, from: 0, to: text.length }, 0);
	const count = alternatives.reduce((sum, one) => sum + one.length, 0);
	if (count > MOST_CONDITIONS) {
		throw new QueryError(`The query has more than ${MOST_CONDITIONS} conditions`, text.length);
	}
	return alternatives;
}

/** A part of the whole text, so that positions stay those of the whole. */
interface Part {
	text: string;
	from: number;
	to: number;
}

type Splits = Array<{ word: 'and' | 'or'; at: number; length: number }>;

function readPart(part: Part, depth: number): Alternatives {
	const inner = trimmed(part);
	if (inner.from === inner.to) return [];
	const { splits, closes } = scan(inner);
	if (splits.length > MOST_CONDITIONS * 4) {
		throw new QueryError(`The query has more than ${MOST_CONDITIONS} conditions`, inner.to);
	}
	const isBracketed = closes === inner.to - 1;
	if (splits.length === 0 && isBracketed && inner.text.charAt(inner.from) === '(') {
		if (depth >= DEEPEST) throw new QueryError('The brackets are nested too deep', inner.from + 1);
		return readPart({ ...inner, from: inner.from + 1, to: inner.to - 1 }, depth + 1);
	}
	if (splits.length === 0) return readCondition(inner);
	return alternativesOf(inner, splits, depth);
}

/** Reads the parts between the words. Of `a and b or c`, `a and b` is one alternative and `c` the other. */
function alternativesOf(part: Part, splits: Splits, depth: number): Alternatives {
	const found: Array<readonly Condition[]> = [];
	let together: Alternatives = [[]];
	let from = part.from;
	const add = (to: number) => {
		const next = readPart({ ...part, from, to }, depth);
		if (next.length > 0) together = combined(together, next, from);
	};
	for (const { word, at, length } of splits) {
		add(at);
		from = at + length;
		if (word === 'and') continue;
		found.push(...together);
		together = [[]];
	}
	add(part.to);
	return [...found, ...together].filter((conditions) => conditions.length > 0);
}

function combined(some: Alternatives, others: Alternatives, at: number): Alternatives {
	const all = some.flatMap((one) => others.map((other) => [...one, ...other]));
	if (all.length > MOST_CONDITIONS) {
		throw new QueryError(`The query has more than ${MOST_CONDITIONS} conditions`, at + 1);
	}
	return all;
}

/** The words `and` and `or` outside of brackets, and where the bracket closes that the part begins with. */
function scan({ text, from, to }: Part): { splits: Splits; closes: number | undefined } {
	const splits: Splits = [];
	const open: number[] = [];
	let closes: number | undefined;
	for (let at = from; at < to; at += 1) {
		const sign = text.charAt(at);
		if (sign === '(') open.push(at);
		else if (sign === ')') {
			const opened = open.pop();
			if (opened === undefined) throw new QueryError('A bracket is closed that was not opened', at + 1);
			if (opened === from) closes = at;
		} else if (open.length === 0 && /\s/.test(sign)) {
			const word = /^\s(and|or)(?=[\s(])/i.exec(text.slice(at, Math.min(at + 5, to)))?.[1]?.toLowerCase();
			if (word === 'and' || word === 'or') {
				splits.push({ word, at, length: word.length + 1 });
				at += word.length;
			}
		}
	}
	const unclosed = open.pop();
	if (unclosed !== undefined) throw new QueryError('A bracket is not closed', unclosed + 1);
	return { splits, closes };
}

function readCondition({ text, from, to }: Part): Alternatives {
	const written = text.slice(from, to);
	const named = CONDITION.exec(written);
	const value = named === null ? written : written.slice(named[0].length).trim();
	// What the platform has not replaced, and what is empty, says nothing.
	if (new Fields({ value }).text('value') === undefined) return [];
	if (named === null) return [[{ key: keyOfValue(value), value }]];
	const [, field = '', operator = ''] = named;
	const key = keyOfField(field);
	if (key === undefined) {
		throw new QueryError(
			'No account can be found by this field: known are phone, email, id and identifier',
			from + 1,
		);
	}
	if (!EQUALS.has(operator.toLowerCase())) {
		throw new QueryError("The only comparison that is understood is 'equals'", from + field.length + 2);
	}
	return [[{ key, value }]];
}

function keyOfField(field: string): Key | undefined {
	const written = new Fields({ [field]: 'here' });
	return KEY_NAMES.find(([, names]) => written.text(...names) !== undefined)?.[0];
}

/** What a value alone is, by its form. */
export function keyOfValue(value: string): Key {
	const isOurs: boolean = isKustomerId(value);
	if (isOurs) return 'contactId';
	if (emailOf(value) !== undefined) return 'email';
	return isPhoneLike(value.replace(/[*%]/g, ' ')) ? 'phone' : 'identifier';
}

function trimmed({ text, from, to }: Part): Part {
	let [start, end] = [from, to];
	while (start < end && /\s/.test(text.charAt(start))) start += 1;
	while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
	return { text, from: start, to: end };
}
