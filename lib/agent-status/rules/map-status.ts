/** One status through the table, without knowing the organization: for flows that people compose themselves. */
import { readTable, toKustomer, toPlatform, type TableRow } from './mapping';
import { labelOf, means } from '../../domain/status-text';
import type { SyncDirection } from '../../domain/agent-status';

export interface MapInput {
	direction: Exclude<SyncDirection, 'both'>;
	/** Name, or id where the table has ids. */
	status: string;
	/** What the other side shows now. */
	current?: string;
	table: readonly TableRow[];
	fallback?: string;
}

/** What the table says. */
export interface MappedStatus {
	direction: Exclude<SyncDirection, 'both'>;
	/** The status that was asked for. */
	from: string;
	mapped: boolean;
	/** The status on the other side; absent when the status is unmapped. */
	status?: string;
	/** Whether something has to be changed on the other side. */
	change: boolean;
	/** Why, in a sentence. */
	reason: string;
}

/** Maps a status. A pair that fits the table needs no change, in either direction (S3). */
export function mapStatus({ direction, status, current, table, fallback }: MapInput): MappedStatus {
	const { mapping } = readTable(table, fallback);
	const from = { name: status };
	const said = { direction, from: status };
	if (direction === 'kustomerToPlatform') {
		const target = toPlatform(mapping, from);
		if (target === undefined)
			return { ...said, mapped: false, change: false, reason: noRow('Kustomer', status) };
		const fits = current !== undefined && means(target.platform, { name: current });
		return {
			...said,
			mapped: true,
			status: target.platform,
			change: !fits,
			reason: because(fits, current, 'platform'),
		};
	}
	const there = current === undefined ? undefined : toPlatform(mapping, { name: current });
	if (current !== undefined && there !== undefined && means(there.platform, from)) {
		return {
			...said,
			mapped: true,
			status: current,
			change: false,
			reason: because(true, current, 'Kustomer'),
		};
	}
	const target = toKustomer(mapping, from);
	if (target === undefined)
		return { ...said, mapped: false, change: false, reason: noRow('platform', status) };
	return {
		...said,
		mapped: true,
		status: labelOf(target),
		change: true,
		reason: because(false, current, 'Kustomer'),
	};
}

function noRow(side: string, status: string): string {
	return `The table has no row for the ${side} status "${status}". Nothing is to be changed. Add a row.`;
}

function because(fits: boolean, current: string | undefined, side: string): string {
	if (fits) return `The two statuses fit the table: nothing is to be changed.`;
	const where = side === 'Kustomer' ? 'In Kustomer' : 'On the platform';
	return current === undefined
		? `${where} the present status is not known.`
		: `${where} the status is "${current}", which does not fit the table.`;
}
