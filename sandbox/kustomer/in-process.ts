/**
 * The same Kustomer without sockets: one function from request to answer, in one synchronous step. For whoever wants to decide
 * in which order requests arrive, and what becomes of their answers. Every key may do everything, and there are no limits.
 */
import { Documents } from './documents';
import { ENDPOINTS } from './endpoints';
import { ApiError, notFound } from './errors';
import { RateLimit } from './rate-limit';
import type { Call, Endpoint } from './routes/endpoint';
import { SANDBOX } from './seed';
import { KustomerStore, type StoreOptions } from './store';

/** One request, as a client would send it. */
export interface InProcessRequest {
	method: string;
	/** Percent-encoded, without the query; begins with `/v1/`. */
	path: string;
	query?: Record<string, string>;
	/** A JSON value. */
	body?: unknown;
}

/** One answer. */
export interface InProcessAnswer {
	status: number;
	/** A JSON value that shares nothing with the store; undefined when there is none. */
	body: unknown;
}

/** A strict Kustomer in this process. */
export interface InProcessKustomer {
	store: KustomerStore;
	answer(request: InProcessRequest): InProcessAnswer;
}

/** Where uploads are told to go. */
export const IN_PROCESS_STORAGE = 'http://127.0.0.1/files';

const ROUTES = ENDPOINTS.map((endpoint) => ({ endpoint, ...patternOf(endpoint.path) }));

/** Makes one that is empty but for the user that the key acts as. */
export function kustomerInProcess(options: Partial<StoreOptions> = {}): InProcessKustomer {
	const store = new KustomerStore({
		phoneLookup: 'normalized',
		externalIds: 'unique',
		metadataPut: 'merge',
		...options,
	});
	const { machine } = SANDBOX.users;
	store.addUser({ ...machine, userType: 'machine', createdAt: new Date().toISOString() });
	const documents = new Documents(
		store,
		SANDBOX.organizationId,
		() => 'http://127.0.0.1',
		() => IN_PROCESS_STORAGE,
	);
	const limits = new RateLimit(0);
	const handle = (request: InProcessRequest): InProcessAnswer => {
		const found = routeOf(request);
		if (found === undefined) throw notFound('path');
		const query = new URLSearchParams(request.query).toString();
		const call: Call = {
			...found,
			query: request.query ?? {},
			path: query === '' ? request.path : `${request.path}?${query}`,
			body: copyOf(request.body),
			key: SANDBOX.keys.full,
			userId: machine.id,
			now: Date.now(),
			store,
			documents,
			limits,
			chosenIds: 'accept',
		};
		const { status, body } = found.endpoint.handle(call);
		return { status, body: copyOf(body) };
	};
	return {
		store,
		answer: (request) => {
			try {
				return handle(request);
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				return { status: error.status, body: copyOf(error.body) };
			}
		},
	};
}

function routeOf({ method, path }: InProcessRequest) {
	const below = path.replace(/^\/v1/, '');
	for (const { endpoint, pattern, names } of ROUTES) {
		if (endpoint.method !== method.toLowerCase()) continue;
		const values = pattern.exec(below);
		if (values === null) continue;
		const params = Object.fromEntries(
			names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? '')]),
		);
		return { endpoint, params };
	}
	return undefined;
}

/** `/customers/phone=:value` as a pattern. Case counts, as it does for the server. */
function patternOf(path: Endpoint['path']): { pattern: RegExp; names: string[] } {
	const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
	return { pattern: new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}$`), names };
}

/** What would have gone over the wire. */
function copyOf(value: unknown): unknown {
	return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
