/** The one place from which requests go to babelforce: encodes, waits, repeats, and turns refusals into errors. */
import type { ResolveName } from '../../../files/remote-address';
import { type Clock, type HttpResponse, NoAnswer, type SendHttp } from '../../../http/http';
import { pause, pauseLeft } from '../../../http/pauses';
import { waitBefore } from '../../../http/retry';
import type { ItemAnswer, ListAnswer } from './documents';
import {
	BabelforceError,
	type BabelforceOperation,
	canceledError,
	errorFromNoAnswer,
	errorFromResponse,
	rateLimitError,
	unexpectedAnswerError,
} from './errors';
import { shouldRetry } from './retry';

/** Query parameters. A list is sent as the same name several times; undefined and empty lists are left out. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

/** One reading request. */
export interface BabelforceRequest {
	doing: BabelforceOperation;
	/** Below `/api/v2`, for example `['calls', id]`. */
	path: readonly string[];
	query?: Query;
}

/** One request that sets something. Sent twice, it has the effect of being sent once. */
export interface BabelforceWrite {
	doing: BabelforceOperation;
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

/** How to open a file. */
export interface OpenRequest {
	/** Absolute. */
	url: string;
	/** Only for addresses of babelforce itself; storage elsewhere must not see it. */
	withCredential: boolean;
	/** Milliseconds until the answer has to begin, and at most between two pieces of it. */
	timeoutMs: number;
}

/**
 * Opens an address and follows no redirect. The answer's body is a readable stream for the status 200, and what
 * {@link HttpResponse} says for every other.
 *
 * @throws {NoAnswer}
 */
export type OpenHttp = (request: OpenRequest) => Promise<HttpResponse>;

export interface BabelforceClientOptions {
	/** Without a slash at the end, for example `https://services.babelforce.com`. */
	baseUrl: string;
	send: SendHttp;
	/** Needed for downloads only. */
	open?: OpenHttp;
	clock: Clock;
	/** Names the credential, so that pauses are shared by everything that uses it. Must not be the secret itself. */
	credentialKey: string;
	/** Milliseconds that waiting and repeating may take for one request; then its error is raised. 60 000 unless told. */
	maxWaitMs?: number;
	/** Milliseconds until one attempt is given up. 30 000 unless told. */
	timeoutMs?: number;
	/** Stops waiting and sends nothing more. */
	signal?: AbortSignal;
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
	 * @param withCredential only for addresses of babelforce itself
	 * @throws {BabelforceError} when there is no answer, or the rate limit does not end in time
	 */
	open(doing: BabelforceOperation, url: string, withCredential: boolean): Promise<HttpResponse>;

	/**
	 * Waits before something is tried again.
	 *
	 * @param attempt the attempt that failed, 1 for the first
	 * @throws {BabelforceError} when the run was stopped
	 */
	waitAfter(doing: BabelforceOperation, attempt: number): Promise<void>;
}

/** Entries asked for per page. babelforce may grant fewer. */
export const PAGE_SIZE = 100;
/** Pages read at most for one list. */
export const MAX_PAGES = 500;

const DEFAULT_MAX_WAIT = 60_000;
const DEFAULT_TIMEOUT = 30_000;

/** Makes a client. One per execution is fine: pauses are shared by `credentialKey`. */
export function createBabelforceClient(options: BabelforceClientOptions): BabelforceClient {
	const { baseUrl, send, clock, credentialKey, signal } = options;
	const maxWait = options.maxWaitMs ?? DEFAULT_MAX_WAIT;
	const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT;

	/** Attempts something until it is answered with a status that repeating would not change. */
	async function answerOf(
		doing: BabelforceOperation,
		attemptOnce: () => Promise<HttpResponse>,
	): Promise<HttpResponse> {
		const startedAt = clock.now();
		const exceeds = (wait: number) => clock.now() - startedAt + wait > maxWait;

		for (let attempt = 1; ; attempt += 1) {
			for (let left = pauseLeft(credentialKey, clock); left > 0; left = pauseLeft(credentialKey, clock)) {
				if (exceeds(left)) throw rateLimitError(doing, left);
				await sleep(clock, left, signal);
				if (signal?.aborted) throw canceledError(doing);
			}
			if (signal?.aborted) throw canceledError(doing);

			// Errors that are no NoAnswer (a broken credential, say) pass through.
			const result = await attemptOnce().catch((error: unknown) =>
				error instanceof NoAnswer ? error : Promise.reject(error),
			);
			const answered = !(result instanceof NoAnswer);
			if (answered && result.status < 400) return result;

			const wait = waitBefore({
				attempt,
				headers: answered ? result.headers : undefined,
				now: clock.now(),
				random: () => clock.random(),
			});
			const limited = answered && result.status === 429;
			if (limited) pause(credentialKey, wait, clock);
			if (limited && exceeds(wait)) throw rateLimitError(doing, wait);
			const again = shouldRetry(answered ? { status: result.status } : { noAnswer: result.reason }, attempt);
			if (!again || exceeds(wait)) {
				if (answered) return result;
				throw errorFromNoAnswer(result.reason, doing);
			}
			if (!limited) await sleep(clock, wait, signal);
		}
	}

	async function read<Body>(request: BabelforceRequest): Promise<{ status: number; body: Body | undefined }> {
		const path = pathOf(request.path, request.query);
		const answer = await answerOf(request.doing, async () => await send({ method: 'GET', path, timeoutMs }));
		if (answer.status < 300) return { status: answer.status, body: answer.body as Body | undefined };
		throw errorFromResponse(answer, request.doing);
	}

	async function item<Item>(request: BabelforceRequest): Promise<Item> {
		const { status, body } = await read<ItemAnswer<Item>>(request);
		if (typeof body?.item === 'object' && body.item !== null) return body.item;
		throw unexpectedAnswerError(request.doing, 'the answer is not one of babelforce', status);
	}

	async function put({ doing, path, body }: BabelforceWrite): Promise<unknown> {
		const request = { method: 'PUT', path: pathOf(path), body, timeoutMs } as const;
		const answer = await answerOf(doing, async () => await send(request));
		if (answer.status < 300) return answer.body;
		throw errorFromResponse(answer, doing);
	}

	async function wholeList<Item>(request: BabelforceRequest): Promise<Item[]> {
		const { status, body } = await read<ListAnswer<Item>>(request);
		if (Array.isArray(body?.items)) return body.items;
		throw unexpectedAnswerError(request.doing, 'the answer holds no list', status);
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
			if (!Array.isArray(body?.items)) {
				throw unexpectedAnswerError(request.doing, 'the answer holds no list', status);
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
			message: `Could not ${request.doing}: there are more than ${found.size}.`,
			advice: 'Narrow the filters, for example to a shorter time, or set a limit.',
		});
	}

	async function open(
		doing: BabelforceOperation,
		url: string,
		withCredential: boolean,
	): Promise<HttpResponse> {
		const { open: openHttp } = options;
		if (openHttp === undefined) throw unexpectedAnswerError(doing, 'this client cannot download', 0);
		return await answerOf(doing, async () => await openHttp({ url, withCredential, timeoutMs }));
	}

	async function waitAfter(doing: BabelforceOperation, attempt: number): Promise<void> {
		await sleep(clock, waitBefore({ attempt, now: clock.now(), random: () => clock.random() }), signal);
		if (signal?.aborted) throw canceledError(doing);
	}

	return { baseUrl, clock, timeoutMs, resolve: options.resolve, item, put, wholeList, list, open, waitAfter };
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
	const path = `/api/v2/${segments.map(encode).join('/')}`;
	const pairs = Object.entries(query).flatMap(([name, value]) => {
		if (value === undefined) return [];
		const values = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
		return values.map((one) => `${encode(name)}=${encode(one)}`);
	});
	return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** Half an emoji, as a cut in the middle leaves it, cannot be encoded. */
function encode(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Waits, but no longer than until the run is stopped. */
function sleep(clock: Clock, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
	if (milliseconds <= 0) return Promise.resolve();
	if (signal === undefined) return clock.sleep(milliseconds);
	return new Promise((resolve, reject) => {
		const stop = () => resolve();
		signal.addEventListener('abort', stop, { once: true });
		clock
			.sleep(milliseconds)
			.then(resolve, reject)
			.finally(() => signal.removeEventListener('abort', stop));
	});
}
