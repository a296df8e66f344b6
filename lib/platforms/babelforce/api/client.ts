/** The one place from which requests go to babelforce: encodes, waits, repeats, and turns refusals into errors. */
import { isRecord } from '../../../domain/record';
import type { ResolveName } from '../../../files/remote-address';
import { encoded } from '../../../http/encoding';
import type { Clock, HttpResponse, OpenHttp, SendHttp } from '../../../http/http';
import { DEFAULT_TIMEOUT, createSendingLoop, type ClientSettings } from '../../../http/sending-loop';
import type { ItemAnswer, ListAnswer } from './documents';
import {
	BabelforceError,
	type BabelforceOperation,
	errorFromResponse,
	errors,
	unexpectedAnswerError,
} from './errors';

/** Query parameters. A list is sent as the same name several times; undefined and empty lists are left out. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** One reading request. */
export interface BabelforceRequest {
	operation: BabelforceOperation;
	/** Below `/api/v2`, for example `['calls', id]`. */
	path: readonly string[];
	query?: Query;
}

/** One request that sets something. Sent twice, it has the effect of being sent once. */
export interface BabelforceWrite {
	operation: BabelforceOperation;
	/** Below `/api/v2`, for example `['agents', id, 'status']`. */
	path: readonly string[];
	/** A JSON value. */
	body?: unknown;
}

/** A list, read page by page. */
export interface BabelforceListRequest extends BabelforceRequest {
	/** Entries wanted; without it all, up to {@link MAX_PAGES} pages. */
	limit?: number;
}

export interface BabelforceClientOptions extends ClientSettings {
	/** Without a slash at the end, for example `https://services.babelforce.com`. */
	baseUrl: string;
	send: SendHttp;
	/** Needed for downloads only. */
	open?: OpenHttp;
	/** Names the credential, so that pauses are shared by everything that uses it. Must not be the secret itself. */
	credentialKey: string;
	/** How names are resolved, to see where the addresses of files lead; undefined where nothing can. */
	resolve?: ResolveName;
}

export interface BabelforceClient {
	readonly baseUrl: string;
	readonly clock: Clock;
	/** Milliseconds until an attempt is given up, and a download in which nothing arrives. */
	readonly timeoutMs: number;
	readonly resolve?: ResolveName;

	/**
	 * Reads one object.
	 *
	 * @throws {BabelforceError} when babelforce refuses, does not answer, or answers with something else
	 */
	item<Item>(request: BabelforceRequest): Promise<Item>;

	/**
	 * Sends a PUT.
	 *
	 * @returns the body of the answer, whatever it is
	 * @throws {BabelforceError}
	 */
	put(request: BabelforceWrite): Promise<unknown>;

	/**
	 * Sends a POST, once: whether it was carried out when no answer came, nobody knows.
	 *
	 * @returns the object in the answer
	 * @throws {BabelforceError}
	 */
	post<Item>(request: BabelforceWrite): Promise<Item>;

	/**
	 * Reads a list that comes without pages.
	 *
	 * @throws {BabelforceError}
	 */
	wholeList<Item>(request: BabelforceRequest): Promise<Item[]>;

	/**
	 * Reads a list. Each entry comes once, also when entries were added while the pages were read.
	 *
	 * @throws {BabelforceError}
	 */
	list<Item extends { id: string }>(request: BabelforceListRequest): Promise<Item[]>;

	/**
	 * Opens an address once it can be opened, without following redirects. Error statuses are returned.
	 *
	 * @param signedIn only for addresses of babelforce itself
	 * @throws {BabelforceError} when there is no answer, or the rate limit does not end in time
	 */
	open(operation: BabelforceOperation, url: string, signedIn: boolean): Promise<HttpResponse>;

	/**
	 * Waits before something is tried again.
	 *
	 * @param attempt the attempt that failed, 1 for the first
	 * @throws {BabelforceError} when the run was stopped
	 */
	waitAfter(operation: BabelforceOperation, attempt: number): Promise<void>;
}

/** Entries asked for per page. babelforce may grant fewer. */
export const PAGE_SIZE = 100;
/** Pages read at most for one list. */
export const MAX_PAGES = 500;

/** The 5xx that babelforce's own clients repeat: https://github.com/babelforce/manager-sdk (docs/intro.md) */
const PASSING: ReadonlySet<number> = new Set([502, 503, 504]);

/** Makes a client. One per execution is fine: pauses are shared by `credentialKey`. */
export function createBabelforceClient(options: BabelforceClientOptions): BabelforceClient {
	const { baseUrl, send, clock, credentialKey, timeoutMs = DEFAULT_TIMEOUT } = options;
	// Requests read, or set what they set, so repeating does no harm; a POST is repeated after a 429 only.
	const loop = createSendingLoop(options, {
		key: credentialKey,
		errors,
		isPassing: (status) => PASSING.has(status),
	});

	async function ask(
		method: 'GET' | 'PUT' | 'POST',
		{ operation, path, query, body }: BabelforceRequest & BabelforceWrite,
	): Promise<HttpResponse> {
		const request = { method, path: pathOf(path, query), body, timeoutMs };
		const answer = await loop.send({ operation, method }, async () => await send(request));
		if (answer.status < 300) return answer;
		throw errorFromResponse(answer, operation);
	}

	async function read<Body>(request: BabelforceRequest): Promise<{ status: number; body: Body | undefined }> {
		const { status, body } = await ask('GET', request);
		return { status, body: body as Body | undefined };
	}

	async function item<Item>(request: BabelforceRequest): Promise<Item> {
		const { status, body } = await read<ItemAnswer<Item>>(request);
		return itemIn(request.operation, status, body);
	}

	function itemIn<Item>(
		operation: BabelforceOperation,
		status: number,
		body: ItemAnswer<Item> | undefined,
	): Item {
		if (typeof body?.item === 'object' && body.item !== null) return body.item;
		throw unexpectedAnswerError(operation, 'the answer is not one of babelforce', status);
	}

	async function wholeList<Item>(request: BabelforceRequest): Promise<Item[]> {
		const { status, body } = await read<ListAnswer<Item>>(request);
		if (isListOfObjects(body?.items)) return body.items;
		throw unexpectedAnswerError(request.operation, 'the answer holds no list of objects', status);
	}

	async function list<Item extends { id: string }>(request: BabelforceListRequest): Promise<Item[]> {
		const limit = request.limit ?? Number.POSITIVE_INFINITY;
		const max = Math.max(1, Math.min(PAGE_SIZE, limit));
		const found = new Map<string, Item>();

		for (let page = 1; page <= MAX_PAGES; page += 1) {
			const { status, body } = await read<ListAnswer<Item>>({
				...request,
				query: { ...request.query, page, max },
			});
			// Whoever leaves out what cannot be read makes others believe that it is gone.
			if (!isListOfObjects(body?.items) || !body.items.every(({ id }) => typeof id === 'string')) {
				throw unexpectedAnswerError(
					request.operation,
					'the answer holds no list of objects with an ID',
					status,
				);
			}
			const before = found.size;
			for (const entry of body.items) if (!found.has(entry.id)) found.set(entry.id, entry);
			// A server that ignores the page number would give the same entries for ever.
			if (found.size >= limit || found.size === before || isLast(body, page, max)) {
				return [...found.values()].slice(0, limit);
			}
		}
		throw new BabelforceError({
			kind: 'tooMany',
			message: `Could not ${request.operation}: there are more than ${found.size}.`,
			advice: 'Narrow the filters, for example to a shorter time, or set a limit.',
		});
	}

	return {
		baseUrl,
		clock,
		timeoutMs,
		resolve: options.resolve,
		item,
		put: async (request) => (await ask('PUT', request)).body,
		async post<Item>(request: BabelforceWrite) {
			const { status, body } = await ask('POST', request);
			return itemIn<Item>(request.operation, status, body as ItemAnswer<Item> | undefined);
		},
		wholeList,
		list,
		async open(operation, url, signedIn) {
			const { open } = options;
			if (open === undefined) throw unexpectedAnswerError(operation, 'this client cannot download', 0);
			return await loop.send({ operation }, async () => await open({ url, signedIn, timeoutMs }));
		},
		waitAfter: loop.waitAfter,
	};
}

function isListOfObjects<Item>(value: readonly Item[] | null | undefined): value is Item[] {
	return Array.isArray(value) && value.every(isRecord);
}

/** Whether no page follows. `pages` and `next` may be missing; a page that is not full is the last one then. */
function isLast({ items, pagination }: ListAnswer<unknown>, page: number, asked: number): boolean {
	const count = items?.length ?? 0;
	if (count === 0) return true;
	const pages = numberOf(pagination?.pages);
	if (pages !== undefined) return page >= pages;
	const total = numberOf(pagination?.total);
	const granted = numberOf(pagination?.max) ?? numberOf(pagination?.maxResults) ?? asked;
	if (total !== undefined) return page * granted >= total;
	if (typeof pagination?.next === 'string' && pagination.next !== '') return false;
	return count < granted;
}

function numberOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** `/api/v2/`, the segments and the query, percent-encoded. */
export function pathOf(segments: readonly string[], query: Query = {}): string {
	const path = `/api/v2/${segments.map(encoded).join('/')}`;
	const pairs = Object.entries(query).flatMap(([name, value]) => {
		if (value === undefined) return [];
		const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
		return values.map((one) => `${encoded(name)}=${encoded(one)}`);
	});
	return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
