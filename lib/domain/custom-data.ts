/**
 * Custom data of a session, cut where there is not room for all of it.
 *
 * What is cut says how much is missing, and cutting again adds that up. So the beginning reads the same, whether it is
 * made from the whole or from what was left of it.
 */
import { isRecord } from './record';

type Data = Readonly<Record<string, unknown>>;

/** Characters that are left of a long value, at least. */
const TEXT_KEPT = 1000;
/** Values that are kept of data that do not fit: nowhere is there room for more. */
const MOST_KEPT = 2000;
/** A mark that is longer than what it stands for is of no use. */
const NOT_WORTH = 40;

/** Name under which shortened data tell how many values are missing. */
const MORE = '…';
const MORE_VALUES = /^(\d{1,9}) more values?$/;
const CUT = /^(.*)… \[(\d{1,9}) characters missing\]$/s;

/** Characters for the line that says how many values are missing. */
const LAST_LINE = 60;
const LONGEST_PATH = 256;

/**
 * The data, made as small as needed: the longest values are cut first, to no fewer than 1000 characters; if that does not
 * do, the last values are left out.
 *
 * @param fits whether data are small enough
 * @returns undefined when there is not room for a single value
 */
export function shortenData(data: Data, fits: (data: Data) => boolean): Data | undefined {
	const short = withTexts(data, TEXT_KEPT);
	if (fits(short)) {
		return withTexts(
			data,
			greatest(TEXT_KEPT, longestText(data), (most) => fits(withTexts(data, most))),
		);
	}
	const first = firstValuesOf(short);
	const values = greatest(0, Math.min(first.count, MOST_KEPT), (most) => fits(first.take(most)));
	return values === 0 ? undefined : first.take(values);
}

/**
 * Names and values, one in a line, those inside others as `order.id`, entries of lists counted from 1.
 *
 * @param maxLength most characters; beyond it, values of more than 1000 characters are cut, and a last line says how many
 *   values are missing
 */
export function linesOf(data: Data, maxLength: number): { text: string; shortened: boolean } {
	const { rest, missing } = withoutMark(data);
	const leaves = leavesOf(rest);
	const isWhole = missing === 0 && !leaves.some(({ value }) => typeof value === 'string' && CUT.test(value));
	const whole = isWhole ? leaves.map(lineOf).join('\n') : '';
	if (isWhole && whole.length <= maxLength) return { text: whole, shortened: false };

	const lines: string[] = [];
	let length = 0;
	for (const leaf of leaves) {
		const line = lineOf({ ...leaf, value: withTexts(leaf.value, TEXT_KEPT) });
		length += line.length + 1;
		if (length > maxLength - LAST_LINE) break;
		lines.push(line);
	}
	const left = leaves.length - lines.length + missing;
	if (left > 0) lines.push(`… ${left} more ${left === 1 ? 'value is' : 'values are'} missing.`);
	return { text: lines.join('\n'), shortened: true };
}

interface Leaf {
	path: string[];
	value: unknown;
}

/** Every value that holds no others, in the order in which they were written. */
function leavesOf(value: unknown): Leaf[] {
	const leaves: Leaf[] = [];
	const read = (found: unknown, path: string[]): void => {
		const names = namesIn(found);
		if (names.length === 0) leaves.push({ path, value: found });
		for (const name of names) {
			const shown = Array.isArray(found) ? String(Number(name) + 1) : name;
			read((found as Data)[name], [...path, shown]);
		}
	};
	read(value, []);
	return leaves;
}

/** Characters of the longest text, at least those that are kept of every text. */
function longestText(value: unknown): number {
	if (typeof value === 'string') return Math.max(value.length, TEXT_KEPT);
	// A list of any length must not become the arguments of a call.
	return namesIn(value).reduce(
		(longest, name) => Math.max(longest, longestText((value as Data)[name])),
		TEXT_KEPT,
	);
}

/** How many values hold no others. */
function countOf(value: unknown): number {
	const names = namesIn(value);
	let count = names.length === 0 ? 1 : 0;
	for (const name of names) count += countOf((value as Data)[name]);
	return count;
}

/** The names of what a value holds, of a list its indexes. Far quicker than its entries, where there are thousands. */
function namesIn(value: unknown): string[] {
	return Array.isArray(value) || isRecord(value) ? Object.keys(value) : [];
}

function lineOf({ path, value }: Leaf): string {
	const name = path.join('.');
	return `${name.length > LONGEST_PATH ? `${name.slice(0, LONGEST_PATH)}…` : name}: ${wordOf(value)}`;
}

function wordOf(value: unknown): string {
	if (typeof value === 'string') return value.trim() === '' ? '(empty)' : value.trim();
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	return typeof value === 'number' ? String(value) : '(none)';
}

/** With every text cut to so many characters; the same object where none is longer. */
function withTexts<Value>(value: Value, most: number): Value;
function withTexts(value: unknown, most: number): unknown {
	if (typeof value === 'string') return shortText(value, most);
	let changed = false;
	const cut = (entry: unknown) => {
		const short = withTexts(entry, most);
		changed ||= short !== entry;
		return short;
	};
	if (Array.isArray(value)) {
		const entries = value.map(cut);
		return changed ? entries : value;
	}
	if (!isRecord(value)) return value;
	const entries = Object.keys(value).map((name) => [name, cut(value[name])]);
	return changed ? Object.fromEntries(entries) : value;
}

function shortText(text: string, most: number): string {
	const [, start = text, cut = '0'] = CUT.exec(text) ?? [];
	if (start.length <= most || start.length + Number(cut) <= most + NOT_WORTH) return text;
	const kept = start.slice(0, most).replace(/\p{Surrogate}$/u, '');
	return `${kept}… [${start.length - kept.length + Number(cut)} characters missing]`;
}

/** The data cut after a number of values, with a mark that says how many are missing. */
function firstValuesOf(data: Data): { count: number; take: (most: number) => Data } {
	const { rest, missing } = withoutMark(data);
	const count = countOf(rest);
	// Many numbers are tried: none of them may look at more than can be kept.
	const beginning = count > MOST_KEPT ? (beginningOf(rest, MOST_KEPT) as Data) : rest;
	const take = (most: number): Data => {
		if (count <= most) return data;
		const kept = most === 0 ? {} : (beginningOf(beginning, most) as Record<string, unknown>);
		const more = count - most + missing;
		kept[MORE] = `${more} more ${more === 1 ? 'value' : 'values'}`;
		return kept;
	};
	return { count, take };
}

/** What holds the first values of those that hold no others. */
function beginningOf(whole: unknown, most: number): unknown {
	let left = most;
	const keep = (value: unknown): unknown => {
		const names = namesIn(value);
		if (names.length === 0) {
			left -= 1;
			return value;
		}
		const kept: Array<[string, unknown]> = [];
		for (const name of names) {
			if (left <= 0) break;
			kept.push([name, keep((value as Data)[name])]);
		}
		return Array.isArray(value) ? kept.map(([, entry]) => entry) : Object.fromEntries(kept);
	};
	return keep(whole);
}

function withoutMark(data: Data): { rest: Data; missing: number } {
	const mark = Object.hasOwn(data, MORE) ? data[MORE] : undefined;
	const missing = typeof mark === 'string' ? MORE_VALUES.exec(mark)?.[1] : undefined;
	if (missing === undefined) return { rest: data, missing: 0 };
	const rest: Record<string, unknown> = { ...data };
	delete rest[MORE];
	return { rest, missing: Number(missing) };
}

/** The greatest number from `least` to `most` that will do, provided that `least` does. */
function greatest(least: number, most: number, willDo: (number: number) => boolean): number {
	let low = least;
	let high = most;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (willDo(middle)) low = middle;
		else high = middle - 1;
	}
	return low;
}
