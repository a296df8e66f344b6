/** What the data table says of files that earlier runs have met: one row for each. */
import { millisecondsOf } from '../../../domain/time';
import type { ListedFile } from './listing';

/** A row as n8n's step Data Table gives it. Empty columns are null. */
export interface MemoryRow {
	path: string;
	/** `call-123`. */
	session: string;
	kind: string;
	/** Bytes. */
	size: number;
	/** Milliseconds since the epoch, as are the other times; NaN where there is none. */
	modified: number;
	state: 'waiting' | 'done' | 'reported';
	attempts: number;
	firstTry: number;
	nextTry: number;
	outcome: string;
	reason: string;
}

/** The outcome of a file whose session the record rules have left out. */
export const LEFT_OUT = 'left out';

/** The rows by path. Items that are no rows are left out; of two rows of a file, the later one counts. */
export function readMemory(items: ReadonlyArray<Readonly<Record<string, unknown>>>): Map<string, MemoryRow> {
	const rows = new Map<string, MemoryRow>();
	for (const item of items) {
		const path = textIn(item.path);
		if (path === '') continue;
		const state = textIn(item.state);
		rows.set(path, {
			path,
			session: textIn(item.session),
			kind: textIn(item.kind),
			size: Number(item.size),
			modified: timeIn(item.modified),
			state: state === 'done' || state === 'reported' ? state : 'waiting',
			attempts: Number(item.attempts ?? 0) || 0,
			firstTry: timeIn(item.firstTry),
			nextTry: timeIn(item.nextTry),
			outcome: textIn(item.outcome),
			reason: textIn(item.reason),
		});
	}
	return rows;
}

function textIn(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function timeIn(value: unknown): number {
	return millisecondsOf(value) ?? NaN;
}

/** What is known of a file as it is now. A changed file is a new one (rule X5). */
export function rowOfVersion(rows: ReadonlyMap<string, MemoryRow>, file: ListedFile): MemoryRow | undefined {
	const row = rows.get(file.path);
	return row !== undefined && row.size === file.size && row.modified === file.modified ? row : undefined;
}

/** The first attempt that the table still knows: when it was, and of which age the file was then. Undefined: there was none. */
export function firstAttempt(
	rows: Iterable<MemoryRow>,
): Pick<MemoryRow, 'firstTry' | 'modified'> | undefined {
	let first: MemoryRow | undefined;
	for (const row of rows) {
		if (row.firstTry > 0 && !(first !== undefined && first.firstTry <= row.firstTry)) first = row;
	}
	return first;
}
