/**
 * The one place from which requests go to CCAI Platform: signs in at the tenant's own host only, keeps to the limit of
 * requests, waits, repeats, and turns refusals into errors. Everything may be repeated: it reads, or it sets what it set.
 */
import type { ResolveName } from '../../../files/remote-address';
import { pause, pauseLeft } from '../../../http/pauses';
import { shouldRetry, waitBefore } from '../../../http/retry';
import {
	canceledError,
	errorFromNoAnswer,
	errorFromResponse,
	rateLimitError,
	type CcaiPlatformError,
} from './errors';
import { NoAnswer, type Clock, type HttpRequest, type HttpResponse, type SendHttp } from './http';
import { takeTurn, type Pace } from '../../../http/request-pace';
import type { Tenant } from './tenant';

export interface CcaiPlatformClientOptions {
	send: SendHttp;
	clock: Clock;
	tenant: Tenant;
	/** Milliseconds that waiting for the platform and repeating may take for one request. 60 000 unless told. */
	maxWaitMs?: number;
	/** Milliseconds until an attempt is given up, and a download in which nothing arrives. 30 000 unless told. */
	timeoutMs?: number;
	/** Stops waiting and sends nothing more. */
	signal?: AbortSignal;
	/** How names are resolved, to see where the addresses of files lead; undefined where nothing can. */
	resolve?: ResolveName;
}

/** What requests to both APIs have. */
interface Asked {
	/** To stand after "could not": `get call-123`. */
	does: string;
	/** What to do when the platform does not have it; unless told, words that fit calls and chats. */
	whenNotFound?: string;
}

/** One request for JSON. */
export interface ApiRequest extends Asked {
	/** Below `/manager/api/v1`, for example `['calls', '123']`. */
	path: readonly string[];
	/** Undefined values are left out. */
	query?: Record<string, string | number | undefined>;
}

/** One request that changes something. Sent twice, it has to have the effect of being sent once. */
export interface ApiWrite extends Asked {
	/** Below `/apps/api/v1`, for example `['agent_statuses']`. */
	path: readonly string[];
	/** A JSON value. */
	body: unknown;
}

/** How one attempt ended. */
export type Attempt<T> =
	| { value: T }
	| {
			error: CcaiPlatformError;
			/** Set when an answer came. */
			status?: number;
			headers?: HttpResponse['headers'];
			/** Set when none came, or it broke off. */
			noAnswer?: NoAnswer['reason'];
			/** Whether it was the tenant's host that answered: only its limits concern the tenant's other requests. */
			isTenant: boolean;
			/** Whether a part of a file arrived: the time that it took is not time lost with waiting. */
			hasProgressed?: boolean;
	  };

export interface CcaiPlatformClient {
	readonly tenant: Tenant;
	readonly clock: Clock;
	readonly timeoutMs: number;
	readonly resolve?: ResolveName;
	/** How many HTTP requests this client has sent, repeated ones included. */
	readonly requestsSent: number;

	/**
	 * Asks the manager API.
	 *
	 * @throws {CcaiPlatformError}
	 */
	get(request: ApiRequest): Promise<{ body: unknown; headers: HttpResponse['headers'] }>;

	/**
	 * Sends a POST to the apps API, and repeats it as a GET is repeated.
	 *
	 * @throws {CcaiPlatformError}
	 */
	post(request: ApiWrite): Promise<{ body: unknown; headers: HttpResponse['headers'] }>;

	/**
	 * Sends one request once, in its turn. For files; the API is asked with {@link get}.
	 *
	 * @throws {NoAnswer} when no answer arrived
	 * @throws {CcaiPlatformError} when the run was stopped
	 */
	sendOnce(request: Omit<HttpRequest, 'timeoutMs'>, does: string): Promise<HttpResponse>;

	/**
	 * Tries until it works, cannot work, or has taken too long.
	 *
	 * @throws {CcaiPlatformError} that of the last attempt
	 */
	persist<T>(does: string, tryOnce: () => Promise<Attempt<T>>): Promise<T>;
}

/**
 * The platform's limit is ten requests a second for each customer; the rest is for lines that differ in how fast they are.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api (Rate limits)
 */
const PACE: Pace = { requests: 10, windowMs: 1050 };

const DEFAULT_MAX_WAIT = 60_000;
const DEFAULT_TIMEOUT = 30_000;

/** Makes a client. Clients are cheap: what has to be shared is shared by the tenant's address. */
export function createCcaiPlatformClient(options: CcaiPlatformClientOptions): CcaiPlatformClient {
	const { send, clock, tenant, signal } = options;
	const maxWait = options.maxWaitMs ?? DEFAULT_MAX_WAIT;
	const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT;
	const pauseKey = `ccaiPlatform:${tenant.baseUrl}`;
	let requestsSent = 0;

	const sendOnce: CcaiPlatformClient['sendOnce'] = async (request, does) => {
		// The limit is the tenant's; the servers that keep files have their own.
		if (isAtTenant(request.url, tenant)) await sleep(takeTurn(tenant.baseUrl, PACE, clock), does);
		requestsSent += 1;
		const signals = [request.signal, signal].flatMap((one) => one ?? []);
		return await send({
			...request,
			timeoutMs,
			...(signals.length === 0 ? {} : { signal: AbortSignal.any(signals) }),
		});
	};

	async function persist<T>(does: string, tryOnce: () => Promise<Attempt<T>>): Promise<T> {
		const startedAt = clock.now();
		let useful = 0;
		const exceeds = (wait: number) => clock.now() - startedAt - useful + wait > maxWait;

		for (let attempt = 1; ; attempt += 1) {
			for (let left = pauseLeft(pauseKey, clock); left > 0; left = pauseLeft(pauseKey, clock)) {
				if (exceeds(left)) throw rateLimitError(does, left);
				await sleep(left, does);
			}
			if (signal?.aborted) throw canceledError(does);

			const triedAt = clock.now();
			const result = await tryOnce();
			if ('value' in result) return result.value;
			if (result.hasProgressed === true) useful += clock.now() - triedAt;

			const { error, status, headers, noAnswer, isTenant } = result;
			const wait = waitBefore({ attempt, headers, now: clock.now(), random: () => clock.random() });
			if (status === 429 && isTenant) pause(pauseKey, wait, clock);
			if (status === 429 && exceeds(wait)) throw rateLimitError(does, wait);
			const mayHelp = shouldRetry({ method: 'GET', attempt, repeatable: true, status, noAnswer });
			if (!mayHelp || exceeds(wait)) throw error;
			if (status !== 429 || !isTenant) await sleep(wait, does);
		}
	}

	async function sleep(milliseconds: number, does: string): Promise<void> {
		if (signal?.aborted) throw canceledError(does);
		if (milliseconds <= 0) return;
		await untilStopped(clock.sleep(milliseconds), signal);
		if (signal?.aborted) throw canceledError(does);
	}

	function addressOf(api: 'manager' | 'apps', path: readonly string[]): string {
		return `${tenant.baseUrl}/${api}/api/v1/${path.map(encodeURIComponent).join('/')}`;
	}

	async function askFor(
		{ does, whenNotFound }: Asked,
		request: Pick<HttpRequest, 'method' | 'url' | 'query' | 'body'>,
	): Promise<{ body: unknown; headers: HttpResponse['headers'] }> {
		return await persist(does, async () => {
			const result = await attempted(sendOnce({ ...request, signedIn: true, stream: false }, does));
			if (result instanceof NoAnswer) return noAnswerAttempt(result, does, true);
			const { status, headers, body } = result;
			if (status >= 200 && status < 300) return { value: { body, headers } };
			const error = errorFromResponse(result, { operation: does, whenNotFound, subdomain: tenant.subdomain });
			return { error, status, headers, isTenant: true };
		});
	}

	return {
		tenant,
		clock,
		timeoutMs,
		resolve: options.resolve,
		get requestsSent() {
			return requestsSent;
		},
		sendOnce,
		persist,
		get: async ({ path, query, ...asked }) =>
			await askFor(asked, { url: addressOf('manager', path), query: queryOf(query) }),
		post: async ({ path, body, ...asked }) =>
			await askFor(asked, { method: 'POST', url: addressOf('apps', path), body }),
	};
}

/** The answer, or why none came. Other failures, such as a stopped run, stay failures. */
export async function attempted(sending: Promise<HttpResponse>): Promise<HttpResponse | NoAnswer> {
	return await sending.then(
		(response) => response,
		(error: unknown) => (error instanceof NoAnswer ? error : Promise.reject(error)),
	);
}

/** The attempt that ended without an answer. */
export function noAnswerAttempt({ reason }: NoAnswer, does: string, isTenant: boolean): Attempt<never> {
	return { error: errorFromNoAnswer(reason, does), noAnswer: reason, isTenant };
}

/** Whether an address is on the tenant's own host: the same protocol, name and port. */
export function isAtTenant(address: string, tenant: Tenant): boolean {
	return URL.canParse(address) && new URL(address).origin === new URL(tenant.baseUrl).origin;
}

function queryOf(query: ApiRequest['query']): Record<string, string> | undefined {
	const entries = Object.entries(query ?? {}).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)] as const],
	);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Waits, but no longer than until the run is stopped. */
async function untilStopped(waiting: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return await waiting;
	let stop = () => {};
	const stopped = new Promise<void>((resolve) => {
		stop = resolve;
	});
	signal.addEventListener('abort', stop, { once: true });
	await Promise.race([waiting, stopped]);
	signal.removeEventListener('abort', stop);
}
