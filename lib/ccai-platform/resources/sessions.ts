/**
 * Calls and chats of the manager API.
 *
 * Lists: https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-pagination-tailing. One record:
 * the list's path and the id.
 */
import type { CcaiPlatformClient } from '../client';
import { isSessionRecord, updatedAtOf, type SessionRecord } from '../documents';
import { CcaiPlatformError, unexpectedAnswerError } from '../errors';
import { headerOf, type HttpResponse } from '../http';
import { nextPageQuery } from '../link-header';
import { sessionNameOf, type SessionKind, type SessionNumber } from '../session-id';

/** Most records of one page; larger numbers are reduced to it. */
export const PAGE_SIZE = 100;

const PATHS: Record<SessionKind, string> = { call: 'calls', chat: 'chats' };

/**
 * One call or chat.
 *
 * @throws {CcaiPlatformError}
 */
export async function getSession(client: CcaiPlatformClient, wanted: SessionNumber): Promise<SessionRecord> {
	const does = `get ${sessionNameOf(wanted)}`;
	const { body } = await client.get({ does, path: [PATHS[wanted.kind], wanted.number] });
	if (isSessionRecord(body)) return body;
	throw unexpectedAnswerError(does, `the answer is not a ${wanted.kind}`);
}

/** Which sessions of one kind are wanted. */
export interface SessionQuery {
	kind: SessionKind;
	/** Only those that changed then or later; ISO 8601. */
	updatedFrom?: string;
	/** Only those that changed then or earlier; ISO 8601. */
	updatedTo?: string;
	/** By the time of the last change; oldest first unless told. */
	order?: 'oldestFirst' | 'newestFirst';
	/** Records wanted; all without it. */
	limit?: number;
	/** Pages read at most. More is an error, so that nothing is missing without anybody noticing (rule X2). */
	maxPages: number;
}

/**
 * Calls or chats by the time of their last change, each once and in its newest state.
 *
 * Oldest first, every page begins at the time at which the one before ended, as the platform recommends ("tailing"):
 * sessions change while a list is read, and with numbered pages those behind a changed one would move up and be missed.
 * Numbered pages serve where a whole page changed at the same time, and for newest first.
 *
 * @throws {CcaiPlatformError}
 */
export async function listSessions(
	client: CcaiPlatformClient,
	query: SessionQuery,
): Promise<SessionRecord[]> {
	const { kind, updatedTo, order = 'oldestFirst', limit = Number.POSITIVE_INFINITY, maxPages } = query;
	const does = `list ${PATHS[kind]}`;
	const isTail = order === 'oldestFirst';
	const end = updatedTo === undefined ? Number.POSITIVE_INFINITY : Date.parse(updatedTo);
	const found = new Map<string, SessionRecord>();
	let page: Page = { from: query.updatedFrom };

	for (let pages = 1; ; pages += 1) {
		const { body, headers } = await client.get({
			does,
			path: [PATHS[kind]],
			query: page.next ?? {
				per: Math.min(PAGE_SIZE, limit),
				sort_column: 'updated_at',
				sort_direction: isTail ? 'ASC' : 'DESC',
				'updated_at[from]': page.from,
				page: page.number,
			},
		});
		if (!Array.isArray(body) || !body.every(isSessionRecord)) {
			throw unexpectedAnswerError(does, 'the answer is not a list of sessions');
		}
		for (const record of body) {
			if ((updatedAtOf(record) ?? 0) > end) continue;
			// A session that changed while the list was read comes again, in its newer state, and in its new place.
			if (isTail || !found.has(String(record.id))) {
				found.delete(String(record.id));
				found.set(String(record.id), record);
			}
		}
		const last = body.at(-1);
		const isPastEnd = isTail && last !== undefined && (updatedAtOf(last) ?? 0) > end;
		if (last === undefined || isPastEnd || found.size >= limit || !hasMore(headers, body.length, page, limit))
			break;
		if (pages >= maxPages) throw tooManyError(does, maxPages);
		page = pageAfter(page, last, headers, isTail);
	}
	return [...found.values()].slice(0, limit);
}

/** Where a page begins. */
interface Page {
	from?: string;
	/** From 2 on; undefined for the first. */
	number?: number;
	/** What the platform said of it. */
	next?: Record<string, string>;
}

function pageAfter(page: Page, last: SessionRecord, headers: HttpResponse['headers'], isTail: boolean): Page {
	const reached = updatedAtOf(last);
	const began = page.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(page.from);
	// As the platform wrote it: its clock may be finer than milliseconds.
	if (isTail && reached !== undefined && reached > began) return { from: String(last.updated_at) };
	return { from: page.from, number: (page.number ?? 1) + 1, next: nextPageQuery(headers) };
}

/** Whether there is a next page: by `Link`, else by the total, else by whether this one is full. */
function hasMore(headers: HttpResponse['headers'], count: number, page: Page, limit: number): boolean {
	if (headerOf(headers, 'link') !== undefined) return nextPageQuery(headers) !== undefined;
	const size = Math.min(PAGE_SIZE, limit);
	const total = Number(headerOf(headers, 'total'));
	if (headerOf(headers, 'total') !== undefined && Number.isFinite(total))
		return total > (page.number ?? 1) * size;
	return count >= size;
}

function tooManyError(does: string, maxPages: number): CcaiPlatformError {
	return new CcaiPlatformError({
		kind: 'tooMany',
		message: `Could not ${does}: there are more than ${maxPages} pages of ${PAGE_SIZE}.`,
		advice:
			"Choose a shorter time between 'Updated From' and 'Updated To', or raise the option 'Pages at Most'.",
	});
}
