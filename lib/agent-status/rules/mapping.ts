/** The table of statuses (S1), read in both directions. */
import { foldName, keyOf, means } from '../../domain/status-text';
import type { Status } from '../../domain/agent-status';

/** A row as people fill it in: ids or names. */
export interface TableRow {
	kustomer: string;
	platform: string;
}

/** A status that the organization has in Kustomer. */
export interface KnownStatus extends Status {
	id: string;
	/** Whether it may be given to an agent. Offline may not: it would end the agent's work session. */
	settable: boolean;
}

/** A row that counts. */
export interface MappedRow {
	kustomer: Status;
	/** Whether agents may be given the Kustomer status. */
	settable: boolean;
	/** Id or name. */
	platform: string;
}

/**
 * The table, ready for use: each Kustomer status stands in one row only. That is what makes the two directions fit
 * together: the Kustomer status that belongs to a platform status leads back to it.
 */
export interface Mapping {
	rows: readonly MappedRow[];
	/** Platform status for Kustomer statuses without a row. Not reversed. */
	fallback?: string;
}

/** What is wrong with one row. The row does not count; the others do. */
export interface RowProblem {
	/** From 1. */
	row: number;
	kind: 'incomplete' | 'unknownStatus' | 'severalStatuses' | 'repeated';
	/** The Kustomer status as the row has it. */
	status: string;
	/** For `repeated`: the row that counts. */
	firstRow?: number;
}

/** Where a Kustomer status leads. */
export interface Target {
	platform: string;
	by: 'row' | 'fallback';
}

/**
 * Reads the table. Rows that are empty are left out; of several rows for one Kustomer status the first counts.
 *
 * @param fallback platform status for everything without a row
 * @param known the organization's statuses; without them, rows are taken as they are
 */
export function readTable(
	table: readonly TableRow[],
	fallback?: string,
	known?: readonly KnownStatus[],
): { mapping: Mapping; problems: RowProblem[] } {
	const rows: MappedRow[] = [];
	const problems: RowProblem[] = [];
	// By status: the row that counts.
	const firstRows = new Map<string, number>();
	for (const [index, { kustomer, platform }] of table.entries()) {
		const row = index + 1;
		const status = kustomer.trim();
		if (status === '' && platform.trim() === '') continue;
		if (status === '' || platform.trim() === '') {
			problems.push({ row, kind: 'incomplete', status });
			continue;
		}
		const found = known === undefined ? [asWritten(status)] : meant(status, known);
		const [one] = found;
		if (one === undefined || found.length > 1) {
			problems.push({ row, kind: one === undefined ? 'unknownStatus' : 'severalStatuses', status });
			continue;
		}
		const firstRow = firstRows.get(keyOf(one));
		if (firstRow !== undefined) {
			problems.push({ row, kind: 'repeated', status, firstRow });
			continue;
		}
		firstRows.set(keyOf(one), row);
		const { settable, ...names } = one;
		rows.push({ kustomer: names, settable, platform: platform.trim() });
	}
	const wanted = fallback?.trim();
	return { mapping: { rows, ...(wanted ? { fallback: wanted } : {}) }, problems };
}

/** A status of the table when the organization's are not known. Kustomer calls the end of a shift Offline everywhere. */
function asWritten(name: string): Status & { settable: boolean } {
	return { name, settable: foldName(name) !== 'offline' };
}

/** An id counts before a name; of several statuses with one name those that can still be chosen. */
function meant(text: string, known: readonly KnownStatus[]): KnownStatus[] {
	const byId = known.filter(({ id }) => id === text);
	if (byId.length > 0) return byId;
	const byName = known.filter((status) => means(text, { name: status.name }));
	if (byName.length < 2) return byName;
	const settable = byName.filter((status) => status.settable);
	return settable.length === 1 ? settable : byName;
}

/**
 * Kustomer to platform.
 *
 * @param useFallback whether the fallback counts, for statuses without a row
 * @returns undefined when the status is unmapped (S9)
 */
export function toPlatform(mapping: Mapping, status: Status, useFallback = true): Target | undefined {
	const row = mapping.rows.find(({ kustomer }) => isSame(kustomer, status));
	if (row !== undefined) return { platform: row.platform, by: 'row' };
	if (!useFallback || mapping.fallback === undefined) return undefined;
	return { platform: mapping.fallback, by: 'fallback' };
}

/**
 * Platform to Kustomer: the first row with this platform status whose Kustomer status may be given to an agent.
 *
 * @returns undefined when there is none (S9)
 */
export function toKustomer(mapping: Mapping, status: Status): Status | undefined {
	return mapping.rows.find(({ platform, settable }) => settable && means(platform, status))?.kustomer;
}

/** Whether only rows lead to this platform status whose Kustomer status cannot be given to an agent. */
export function onlyUnsettable(mapping: Mapping, status: Status): boolean {
	return (
		toKustomer(mapping, status) === undefined && mapping.rows.some(({ platform }) => means(platform, status))
	);
}

/** Ids decide; a name counts where one of the two has no id. */
function isSame(row: Status, status: Status): boolean {
	if (row.id !== undefined && status.id !== undefined) return row.id === status.id;
	return row.name !== undefined && means(row.name, row.id === undefined ? status : { name: status.name });
}
