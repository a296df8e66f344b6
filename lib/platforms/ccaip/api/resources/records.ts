/**
 * Reads lists of the manager API to their end.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-pagination-tailing
 */
import { millisecondsOf } from '../../../../domain/time';
import type { CcaiPlatformClient } from '../client';
import { CcaiPlatformError, unexpectedAnswerError } from '../errors';
import { headerOf } from '../../../../http/headers';
import type { HttpResponse } from '../../../../http/http';
import { nextPageQuery } from '../link-header';

/** Most records of one page; larger numbers are reduced to it. */
export const PAGE_SIZE = 100;

/** What every record has. */
export interface PlatformRecord {
	readonly id: number | string;
}

/** A list, and what is wanted of it. */
export interface RecordQuery<Item extends PlatformRecord> {
	/** To stand after "could not": `list calls`. */
	operation: string;
	/** Below `/manager/api/v1`. */
	path: readonly string[];
	/** What the list holds, in the plural: `sessions`. */
	what: string;
	isRecord: (value: unknown) => value is Item;
	/** The time by which the list is sorted, for example `updated_at`; without it, numbered pages in the list's own order. */
	timeField?: string;
	/** Only those with this time or a later one; ISO 8601. */
	from?: string;
	/** Only those with this time or an earlier one; ISO 8601. */
	to?: string;
	/** Oldest first unless told. */
	order?: 'oldestFirst' | 'newestFirst';
	/** Records wanted; all without it. */
	limit?: number;
	/** Pages read at most. More is an error, so that nothing is missing without anybody noticing (rule X2). */
	maxPages: number;
	/** What to do when there are more pages. */
	whenTooMany: string;
}

/** What was read. */
export interface FoundRecords<Item> {
	records: Item[];
	/** How many there are by the platform's own count, as of the last page; undefined when it does not say. */
	total?: number;
}

/**
 * Records, each once and in its newest state.
 *
 * By a time and oldest first, every page begins at the time at which the one before ended, as the platform recommends
 * ("tailing"): records change while a list is read, and with numbered pages those behind a changed one would move up and be
 * missed. Numbered pages serve where a whole page changed at the same time, and for every other order.
 *
 * @throws {CcaiPlatformError}
 */
export async function listRecords<Item extends PlatformRecord>(
	client: CcaiPlatformClient,
	query: RecordQuery<Item>,
): Promise<FoundRecords<Item>> {
	const { operation, path, timeField, to, order = 'oldestFirst', maxPages } = query;
	const limit = query.limit ?? Number.POSITIVE_INFINITY;
	const isTail = timeField !== undefined && order === 'oldestFirst';
	const end = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
	const timeOf = (record: Item) => (timeField === undefined ? undefined : timeIn(record, timeField));
	const found = new Map<string, Item>();
	let page: Page = { from: query.from };

	for (let pages = 1; ; pages += 1) {
		const { body, headers } = await client.get({
			operation,
			path,
			query: page.next ?? {
				per: Math.min(PAGE_SIZE, limit),
				...(timeField === undefined
					? {}
					: {
							sort_column: timeField,
							sort_direction: isTail ? 'ASC' : 'DESC',
							[`${timeField}[from]`]: page.from,
						}),
				page: page.number,
			},
		});
		if (!Array.isArray(body) || !body.every(query.isRecord)) {
			throw unexpectedAnswerError(operation, `the answer is not a list of ${query.what}`);
		}
		const before = found.size;
		for (const record of body) {
			if ((timeOf(record) ?? 0) > end) continue;
			// A record that changed while the list was read comes again, in its newer state, and in its new place.
			if (isTail || !found.has(String(record.id))) {
				found.delete(String(record.id));
				found.set(String(record.id), record);
			}
		}
		const last = body.at(-1);
		// A list that ignores the number of the page would give the same records for ever.
		const isRepeated = timeField === undefined && found.size === before;
		const isPastEnd = isTail && last !== undefined && (timeOf(last) ?? 0) > end;
		if (
			last === undefined ||
			isPastEnd ||
			isRepeated ||
			found.size >= limit ||
			!hasMore(headers, body.length, page, limit)
		) {
			return { records: [...found.values()].slice(0, limit), total: totalOf(headers) };
		}
		if (pages >= maxPages) {
			throw new CcaiPlatformError({
				kind: 'tooMany',
				message: `Could not ${operation}: there are more than ${maxPages} pages of ${PAGE_SIZE}.`,
				advice: query.whenTooMany,
			});
		}
		page = isTail
			? pageAfter(page, { at: timeOf(last), written: fieldOf(last, timeField) }, headers)
			: nextNumber(page, headers);
	}
}

/** A record's field, whatever it holds. */
function fieldOf(record: PlatformRecord, field: string): unknown {
	return (record as unknown as Readonly<Record<string, unknown>>)[field];
}

/** Milliseconds since the epoch; undefined when the record does not say. */
function timeIn(record: PlatformRecord, field: string): number | undefined {
	return millisecondsOf(fieldOf(record, field));
}

/** Where a page begins. */
interface Page {
	from?: string;
	/** From 2 on; undefined for the first. */
	number?: number;
	/** What the platform said of it. */
	next?: Record<string, string>;
}

function pageAfter(
	page: Page,
	reached: { at?: number; written: unknown },
	headers: HttpResponse['headers'],
): Page {
	const began = page.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(page.from);
	// As the platform wrote it: its clock may be finer than milliseconds.
	if (reached.at !== undefined && reached.at > began) return { from: String(reached.written) };
	return nextNumber(page, headers);
}

function nextNumber(page: Page, headers: HttpResponse['headers']): Page {
	return { from: page.from, number: (page.number ?? 1) + 1, next: nextPageQuery(headers) };
}

/** Whether there is a next page: by `Link`, else by the total, else by whether this one is full. */
function hasMore(headers: HttpResponse['headers'], count: number, page: Page, limit: number): boolean {
	if (headerOf(headers, 'link') !== undefined) return nextPageQuery(headers) !== undefined;
	const size = Math.min(PAGE_SIZE, limit);
	const total = totalOf(headers);
	return total === undefined ? count >= size : total > (page.number ?? 1) * size;
}

function totalOf(headers: HttpResponse['headers']): number | undefined {
	const written = headerOf(headers, 'total');
	const total = Number(written);
	return written !== undefined && Number.isFinite(total) ? total : undefined;
}
