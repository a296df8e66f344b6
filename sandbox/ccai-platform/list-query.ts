/**
 * The query of a list: `per`, `page`, `sort_column`, `sort_direction`, `updated_at[from]` (agents: `status_updated_at[from]`).
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-pagination-tailing
 */

export interface ListQuery {
	per: number;
	page: number;
	column: string;
	/** The time by which the list can be filtered. */
	timeField: string;
	isDescending: boolean;
	/** Milliseconds since the epoch. */
	from?: number;
}

const MAX_PER_PAGE = 100;
/** assumes: sort-columns */
const COLUMNS = ['created_at', 'id'];
const KNOWN = ['per', 'page', 'sort_column', 'sort_direction'];

/** Reads a query, or says what is wrong. assumes: unknown-parameters-are-400 */
export function listQueryOf(
	query: Record<string, string>,
	timeField = 'updated_at',
): ListQuery | { problem: string } {
	const filter = `${timeField}[from]`;
	const unknown = Object.keys(query).find((name) => ![...KNOWN, filter].includes(name));
	if (unknown !== undefined) return { problem: `Unknown parameter ${unknown}` };
	const per = Number(query.per ?? MAX_PER_PAGE);
	const page = Number(query.page ?? 1);
	if (!Number.isInteger(per) || per < 1) return { problem: 'per is invalid' };
	if (!Number.isInteger(page) || page < 1) return { problem: 'page is invalid' };
	const column = query.sort_column ?? 'id';
	if (![...COLUMNS, timeField].includes(column)) return { problem: 'sort_column is invalid' };
	const direction = (query.sort_direction ?? 'ASC').toUpperCase();
	if (direction !== 'ASC' && direction !== 'DESC') return { problem: 'sort_direction is invalid' };
	const written = query[filter];
	const from = written === undefined ? undefined : Date.parse(written);
	if (Number.isNaN(from)) return { problem: `${filter} is invalid` };
	return {
		// Documented: a larger value is reduced.
		per: Math.min(per, MAX_PER_PAGE),
		page,
		column,
		isDescending: direction === 'DESC',
		timeField,
		from,
	};
}

/** The records that a query is about, in its order. */
export function selected(
	records: ReadonlyArray<Record<string, unknown>>,
	{ column, isDescending, timeField, from }: ListQuery,
): Array<Record<string, unknown>> {
	const valueOf = (record: Record<string, unknown>) =>
		column === 'id' ? Number(record.id) : Date.parse(String(record[column]));
	return records
		.filter((record) => from === undefined || Date.parse(String(record[timeField])) >= from)
		.sort((a, b) => (valueOf(a) - valueOf(b) || Number(a.id) - Number(b.id)) * (isDescending ? -1 : 1));
}
