/** Pages of lists: `page` from 1, `pageSize`, and relative links. */
import type { Resource } from '../documents';
import { badParameter } from '../errors';
import type { Answer, Call } from './endpoint';

export interface PageOptions {
	defaultSize?: number;
	maxSize?: number;
	/** Whether `meta` and `links` tell how many pages there are. */
	totals?: boolean;
	/** Further entries of `meta`. */
	meta?: Record<string, unknown>;
	maxPages?: number;
}

/** Cuts one page out of a list that is in its final order. assumes: list-order */
export function pageOf<T>(
	call: Call,
	all: readonly T[],
	toResource: (item: T) => Resource,
	options: PageOptions = {},
): Answer {
	const { defaultSize = 100, maxSize = 100, totals = false, maxPages = Number.POSITIVE_INFINITY } = options;
	const page = numberOf(call, 'page', 1, maxPages);
	const pageSize = numberOf(call, 'pageSize', defaultSize, maxSize);
	const start = (page - 1) * pageSize;
	const totalPages = Math.max(1, Math.ceil(all.length / pageSize));
	const link = (to: number): string => linkTo(call, to, pageSize);
	return {
		status: 200,
		body: {
			meta: { pageSize, page, ...(totals ? { total: all.length, totalPages } : {}), ...options.meta },
			data: all.slice(start, start + pageSize).map(toResource),
			links: {
				self: call.path,
				first: link(1),
				prev: page > 1 ? link(page - 1) : null,
				next: start + pageSize < all.length && page < maxPages ? link(page + 1) : null,
				...(totals ? { last: link(totalPages) } : {}),
			},
		},
	};
}

/** assumes: page-size-over-limit-is-400 */
function numberOf(call: Call, name: string, fallback: number, max: number): number {
	const given = call.query[name];
	if (given === undefined) return fallback;
	const value = Number(given);
	if (!Number.isInteger(value) || value < 1 || value > max) {
		throw badParameter(name, `Must be a whole number from 1 to ${max}`);
	}
	return value;
}

function linkTo(call: Call, page: number, pageSize: number): string {
	const [path = '', query = ''] = call.path.split('?');
	const parameters = new URLSearchParams(query);
	parameters.set('page', String(page));
	parameters.set('pageSize', String(pageSize));
	return `${path}?${parameters.toString()}`;
}
