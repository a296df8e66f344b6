/**
 * The one place from which requests go to Kustomer: encodes, limits, waits, repeats, and turns refusals into errors.
 */
import { errorFromResponse, errors, unexpectedAnswerError, type KustomerError } from './errors';
import { encoded, queryOf } from '../http/encoding';
import { InputError } from '../http/errors';
import type { ListDocument } from './documents';
import type { Clock, HttpMethod, SendHttp } from '../http/http';
import {
	DEFAULT_TIMEOUT,
	createSendingLoop,
	type ClientSettings,
	type SentAnswer,
} from '../http/sending-loop';
import { listFrom } from './objects';
import type { RequestName } from './roles';

/** A part of a path: plain, or Kustomer's look-up form `field=value`. Values are encoded by the client. */
export type PathSegment = string | LookUpSegment;

/** The path segment `field=value`, as in `/v1/customers/phone=%2B493012345`. */
export interface LookUpSegment {
	field: 'phone' | 'email' | 'externalId';
	value: string;
}

/** One request to Kustomer. */
export interface KustomerRequest {
	/** What is done, for error texts and roles. */
	operation: RequestName;
	method: HttpMethod;
	/** Below `/v1`, for example `['conversations', id, 'notes']`. */
	path: readonly PathSegment[];
	/** Undefined values are left out. */
	query?: Record<string, string | number | boolean | undefined>;
	/** A JSON value; at most 100 kB. */
	body?: unknown;
	/** That sending a POST twice has the effect of sending it once, for example because it carries our own id. */
	repeatable?: boolean;
	/**
	 * That it is not sent a second time, whatever happens: its body depends on what was read a moment ago, and has to be made
	 * anew from a new look. A 429 still pauses the credential. No unless told.
	 */
	once?: boolean;
	/** Error statuses that are returned instead of thrown. */
	accept?: readonly number[];
}

/** Kustomer's answer. */
export interface KustomerAnswer<Body = unknown> extends SentAnswer {
	body: Body;
}

/** A list, read page by page. */
export interface KustomerListRequest {
	operation: RequestName;
	path: readonly PathSegment[];
	query?: KustomerRequest['query'];
	/** For searches; GET otherwise. */
	method?: 'GET' | 'POST';
	body?: unknown;
	/** Entries wanted; no limit reads all pages up to `maxPages`. */
	limit?: number;
	/** Entries per page, 100 unless told: most lists give no more; users, teams and searches give up to 500. */
	pageSize?: number;
	/** Pages read at most, 100 unless told: Kustomer's own limit for searches. */
	maxPages?: number;
}

export interface KustomerClientOptions extends ClientSettings {
	send: SendHttp;
	/**
	 * Names the credential, so that pauses and memories are shared by everything that uses it in this process. Must not
	 * be the secret itself.
	 */
	credentialKey: string;
	/** Name of the organization as in `acme.api.kustomerapp.com`; for error texts. */
	organization?: string;
	/** Where agents open Kustomer: protocol and host, for example `https://acme.kustomerapp.com`. */
	webBaseUrl?: string;
}

export interface KustomerClient {
	readonly credentialKey: string;
	readonly organization: string | undefined;
	/** See {@link KustomerClientOptions.webBaseUrl}. */
	readonly webBaseUrl: string | undefined;
	readonly clock: Clock;
	/** How many HTTP requests this client has sent, repeated ones included. */
	readonly requestsSent: number;

	/**
	 * Sends a request, as often as it takes and is safe.
	 *
	 * @throws {KustomerError} when Kustomer refuses it with a status that is not in `accept`, or does not answer
	 * @throws {InputError} when the path or the body cannot be sent
	 */
	request<Body = unknown>(request: KustomerRequest): Promise<KustomerAnswer<Body>>;

	/**
	 * Reads a list. Follows `links.next`: https://developer.kustomer.com/docs/concepts/pagination
	 *
	 * @throws {KustomerError}
	 */
	list<Item>(request: KustomerListRequest): Promise<Item[]>;

	/** A client like this one that counts its own requests. What is shared by the credential stays shared. */
	fork(): KustomerClient;

	/** The error for an answer that was accepted but turns out not to be welcome. */
	errorFor(operation: RequestName, answer: KustomerAnswer): KustomerError;
}

/** Bytes of one request body: https://developer.kustomer.com/kustomer-api-docs/reference/errors (status 413). */
export const MAX_BODY_BYTES = 100_000;

const DEFAULT_PAGE_SIZE = 100;
const DEFAULT_MAX_PAGES = 100;

/** Makes a client. Clients are cheap: one per execution is fine, what has to be shared is shared by `credentialKey`. */
export function createKustomerClient(options: KustomerClientOptions): KustomerClient {
	const { send, clock, credentialKey, organization, webBaseUrl, timeoutMs = DEFAULT_TIMEOUT } = options;
	const loop = createSendingLoop(options, { key: credentialKey, errors });
	let requestsSent = 0;

	async function request<Body>(wanted: KustomerRequest): Promise<KustomerAnswer<Body>> {
		const path = encodePath(wanted.path);
		checkSize(wanted.body);
		const { operation, method, body, accept = [] } = wanted;
		const answer = await loop.send(wanted, async () => {
			requestsSent += 1;
			return await send({ method, path, query: queryOf(wanted.query), body, timeoutMs });
		});
		if (answer.status < 300 || accept.includes(answer.status)) return answer as KustomerAnswer<Body>;
		throw errorFromResponse(answer, { operation, organization });
	}

	async function list<Item>(wanted: KustomerListRequest): Promise<Item[]> {
		const limit = wanted.limit ?? Number.POSITIVE_INFINITY;
		const maxPages = wanted.maxPages ?? DEFAULT_MAX_PAGES;
		const pageSize = Math.max(1, Math.min(wanted.pageSize ?? DEFAULT_PAGE_SIZE, limit));
		const items: Item[] = [];
		let query: KustomerRequest['query'] = { ...wanted.query, pageSize };
		const seen = new Set<string>();

		for (let page = 1; page <= maxPages && items.length < limit; page += 1) {
			const answer = await request<ListDocument<Item> | undefined>({
				operation: wanted.operation,
				method: wanted.method ?? 'GET',
				path: wanted.path,
				query,
				body: wanted.body,
				// A search changes nothing.
				repeatable: true,
			});
			// Whoever leaves out what cannot be read makes others believe that it is gone.
			const data = listFrom<Item>(answer.body?.data);
			if (data === undefined) {
				throw unexpectedAnswerError(
					wanted.operation,
					'its answer holds no list of objects with an ID',
					answer.status,
				);
			}
			for (const item of data) items.push(item);

			const next = answer.body?.links?.next;
			if (typeof next !== 'string' || next === '' || data.length === 0 || seen.has(next)) break;
			seen.add(next);
			const nextQuery = queryOfNext(next, encodePath(wanted.path));
			if (nextQuery === undefined) {
				throw unexpectedAnswerError(
					wanted.operation,
					'the link to the next page leads somewhere else',
					answer.status,
				);
			}
			query = nextQuery;
		}
		return items.length > limit ? items.slice(0, limit) : items;
	}

	return {
		credentialKey,
		organization,
		webBaseUrl,
		clock,
		get requestsSent() {
			return requestsSent;
		},
		request,
		list,
		fork: () => createKustomerClient(options),
		errorFor: (operation, answer) => errorFromResponse(answer, { operation, organization }),
	};
}

/**
 * `/v1/` and the segments, each percent-encoded.
 *
 * @throws {InputError} for an empty segment, which would turn a request for one object into one for all
 */
export function encodePath(segments: readonly PathSegment[]): string {
	const parts = segments.map((segment) => {
		const [prefix, value] =
			typeof segment === 'string' ? ['', segment] : [`${segment.field}=`, segment.value];
		if (value.trim() === '' || value === '.' || value === '..') {
			throw new InputError(
				typeof segment === 'string' ? 'id' : segment.field,
				`The ${typeof segment === 'string' ? 'ID' : segment.field} is empty or not an ID.`,
				'Check the expression: it gave no usable value.',
			);
		}
		return prefix + encoded(value);
	});
	return `/v1/${parts.join('/')}`;
}

function checkSize(body: unknown): void {
	if (body === undefined) return;
	const bytes = Buffer.byteLength(JSON.stringify(body) ?? '', 'utf8');
	if (bytes <= MAX_BODY_BYTES) return;
	throw new InputError(
		'body',
		`The request is ${Math.ceil(bytes / 1000)} kB large; Kustomer takes at most ${MAX_BODY_BYTES / 1000} kB.`,
		'Shorten the texts, or send fewer attributes at once.',
	);
}

/** The query of a next-page link, provided that the link stays on the same path of the same host. */
function queryOfNext(next: string, path: string): Record<string, string> | undefined {
	const base = 'https://kustomer.invalid';
	if (!URL.canParse(next, base)) return undefined;
	const url = new URL(next, base);
	const same = url.origin === base && decodedPath(url.pathname) === decodedPath(path);
	return same ? Object.fromEntries(url.searchParams) : undefined;
}

function decodedPath(path: string): string {
	// A percent sign that encodes nothing stays as it is.
	return path.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
