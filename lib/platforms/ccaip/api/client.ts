/**
 * The one place from which requests go to CCAI Platform: signs in at the tenant's own host only, keeps to the limit of
 * requests, waits, repeats, and turns refusals into errors. What may be repeated reads, or sets what it set.
 */
import type { ResolveName } from '../../../files/remote-address';
import { encoded, queryOf } from '../../../http/encoding';
import type { Clock, HttpMethod, HttpResponse, OpenHttp, SendHttp } from '../../../http/http';
import { takeTurn, type Pace } from '../../../http/request-pace';
import {
	DEFAULT_TIMEOUT,
	createSendingLoop,
	type ClientSettings,
	type SendingLoop,
} from '../../../http/sending-loop';
import { errorFromResponse, errors, unexpectedAnswerError } from './errors';
import type { Tenant } from './tenant';

export interface CcaiPlatformClientOptions extends ClientSettings {
	send: SendHttp;
	/** Needed for files only. */
	open?: OpenHttp;
	tenant: Tenant;
	/** How names are resolved, to see where the addresses of files lead; undefined where nothing can. */
	resolve?: ResolveName;
}

/** What requests to both APIs have. */
interface Asked {
	/** What is done, to stand after "could not": `get call-123`. */
	operation: string;
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

/** One request that changes something. Sent twice, it has to have the effect of being sent once, unless it says that it has not. */
export interface ApiWrite extends Asked {
	/** That sending it twice would do it twice: it is repeated after a 429 only. */
	once?: boolean;
	/** Below `/apps/api/v1`, for example `['agent_statuses']`. */
	path: readonly string[];
	/** A JSON value. */
	body: unknown;
}

export interface CcaiPlatformClient {
	readonly tenant: Tenant;
	readonly clock: Clock;
	readonly timeoutMs: number;
	readonly resolve?: ResolveName;
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
	post(request: ApiWrite): Promise<{ status: number; body: unknown; headers: HttpResponse['headers'] }>;

	/**
	 * Opens one address once, in its turn. For files; the API is asked with {@link get}.
	 *
	 * @throws {NoAnswer} when no answer arrived
	 * @throws {CcaiPlatformError} when the run was stopped
	 */
	open(operation: string, url: string, signedIn: boolean): Promise<HttpResponse>;

	/** Tries something until it works, cannot work, or has taken too long. */
	persist: SendingLoop<string>['persist'];
}

/**
 * The platform's limit is ten requests a second for each customer; the rest is for lines that differ in how fast they are.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api (Rate limits)
 */
const PACE: Pace = { requests: 10, windowMs: 1050 };

/** Makes a client. Clients are cheap: what has to be shared is shared by the tenant's address. */
export function createCcaiPlatformClient(options: CcaiPlatformClientOptions): CcaiPlatformClient {
	const { send, clock, tenant, timeoutMs = DEFAULT_TIMEOUT } = options;
	const loop = createSendingLoop(options, { key: `ccaiPlatform:${tenant.baseUrl}`, errors });

	async function turn(operation: string): Promise<void> {
		await loop.wait(operation, takeTurn(tenant.baseUrl, PACE, clock));
	}

	async function ask(
		{ operation, whenNotFound }: Asked,
		method: HttpMethod,
		path: string,
		{ query, body, once = false }: Pick<ApiRequest, 'query'> & { body?: unknown; once?: boolean },
	): Promise<{ status: number; body: unknown; headers: HttpResponse['headers'] }> {
		const request = { method, path, query: queryOf(query), body, timeoutMs };
		const answer = await loop.send({ operation, method, repeatable: !once }, async () => {
			await turn(operation);
			return await send(request);
		});
		const { status, body: answered, headers } = answer;
		if (status < 300) return { status, body: answered, headers };
		throw errorFromResponse(answer, { operation, whenNotFound, subdomain: tenant.subdomain });
	}

	return {
		tenant,
		clock,
		timeoutMs,
		resolve: options.resolve,
		persist: loop.persist,
		get: async (request) => await ask(request, 'GET', pathOf('manager', request.path), request),
		post: async (request) =>
			await ask(request, 'POST', pathOf('apps', request.path), { body: request.body, once: request.once }),
		async open(operation, url, signedIn) {
			const { open } = options;
			if (open === undefined) throw unexpectedAnswerError(operation, 'this client cannot download', 0);
			// The limit is the tenant's; the servers that keep files have their own.
			if (isAtTenant(url, tenant)) await turn(operation);
			return await open({ url, signedIn, timeoutMs });
		},
	};
}

function pathOf(api: 'manager' | 'apps', path: readonly string[]): string {
	return `/${api}/api/v1/${path.map(encoded).join('/')}`;
}

/** Whether an address is on the tenant's own host: the same protocol, name and port. */
function isAtTenant(address: string, tenant: Tenant): boolean {
	return URL.canParse(address) && new URL(address).origin === new URL(tenant.baseUrl).origin;
}
