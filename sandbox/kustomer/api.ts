/** The API as an express router: every request is recorded, meets its fault, is checked, and is answered. */
import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { Documents } from './documents';
import { ApiError, notFound } from './errors';
import type { Faults, Met } from './faults';
import { RateLimit, tooMany } from './rate-limit';
import { Recorder } from './recorder';
import { POD, type Keys } from './roles';
import { ENDPOINTS } from './endpoints';
import type { Call } from './routes/endpoint';
import type { KustomerStore } from './store';

/** assumes: body-limit */
const BODY_LIMIT = 100 * 1024;

export interface ApiParts {
	store: KustomerStore;
	documents: Documents;
	keys: Keys;
	limits: RateLimit;
	faults: Faults;
	recorder: Recorder;
	latencyMs: number;
	chosenIds: 'accept' | 'refuse';
	/** User that the keys act as. */
	userId: string;
}

/** What is known of a request while it is being answered. */
interface Running {
	startedAt: number;
	started: number;
	keyName: string;
	/** Set when the answer must not arrive. */
	closeInstead: boolean;
	recorded: boolean;
}

/** The router for everything below `/v1`. */
export function api(parts: ApiParts): Router {
	const { store, documents, keys, limits, faults, recorder, latencyMs, chosenIds, userId } = parts;
	const router = Router({ caseSensitive: true });
	const running = new WeakMap<Request, Running>();

	const record = (request: Request, status: number): void => {
		const state = running.get(request);
		if (state === undefined || state.recorded) return;
		state.recorded = true;
		recorder.add({
			at: state.startedAt,
			method: request.method,
			path: request.originalUrl.split('?', 1)[0] ?? '',
			query: queryOf(request),
			body: request.body,
			status,
			keyName: state.keyName,
			ms: Math.round((performance.now() - state.started) * 100) / 100,
		});
	};

	const send = (request: Request, response: Response, status: number, body: unknown, headers = {}): void => {
		if (running.get(request)?.closeInstead === true) {
			record(request, 0);
			request.socket.destroy();
			return;
		}
		const content = body === undefined ? '' : JSON.stringify(body);
		response.writeHead(status, {
			...(content === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
			...(status === 204 ? {} : { 'content-length': Buffer.byteLength(content) }),
			'cache-control': 'no-cache,private',
			'x-kustomer-pod': POD,
			...limits.headers(),
			...headers,
		});
		record(request, status);
		response.end(content);
	};

	const strike = (request: Request, response: Response, { fault, endsAt }: Met, next: NextFunction): void => {
		switch (fault.kind) {
			case 'status':
				send(
					request,
					response,
					fault.status,
					fault.body ?? new ApiError(fault.status, 'fault', 'Injected fault').body,
					fault.headers,
				);
				return;
			case 'closeBeforeCommit':
				record(request, 0);
				request.socket.destroy();
				return;
			case 'closeAfterCommit':
				running.get(request)!.closeInstead = true;
				next();
				return;
			case 'delay':
				setTimeout(next, fault.ms).unref();
				return;
			case 'rateLimitFor':
				next(tooMany(endsAt ?? Date.now(), 'requests'));
		}
	};

	router.use((request, _response, next) => {
		running.set(request, {
			startedAt: Date.now(),
			started: performance.now(),
			keyName: '',
			closeInstead: false,
			recorded: false,
		});
		next();
	});
	// assumes: body-media-types
	router.use(express.json({ limit: BODY_LIMIT, type: ['application/json', 'application/*+json'] }));
	router.use((request, response, next) => {
		const met = faults.take(request.method, request.originalUrl.split('?', 1)[0] ?? '', Date.now());
		if (met === undefined) next();
		else strike(request, response, met, next);
	});
	if (latencyMs > 0) router.use((_request, _response, next) => void setTimeout(next, latencyMs).unref());

	const authenticate = (request: Request) => {
		const key = keys.authenticate(request.headers.authorization);
		running.get(request)!.keyName = key.name;
		limits.request(Date.now());
		return key;
	};

	for (const endpoint of ENDPOINTS) {
		router[endpoint.method](endpoint.path, (request, response) => {
			const key = authenticate(request);
			keys.authorize(key, endpoint.access);
			const call: Call = {
				params: request.params as Record<string, string>,
				query: queryOf(request),
				path: request.originalUrl,
				body: request.body as unknown,
				key,
				userId,
				now: Date.now(),
				store,
				documents,
				limits,
				chosenIds,
			};
			const { status, body } = endpoint.handle(call);
			send(request, response, status, body);
		});
	}
	router.use((request) => {
		authenticate(request);
		throw notFound('path');
	});

	router.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
		const answer = asApiError(error);
		if (answer === undefined) {
			record(request, 500);
			next(error);
			return;
		}
		send(request, response, answer.status, answer.body, answer.headers);
	});
	return router;
}

/** Our own errors, and those of the body parser and of the router. */
function asApiError(error: unknown): ApiError | undefined {
	if (error instanceof ApiError) return error;
	const { status, type } = error as { status?: number; type?: string };
	if (type === 'entity.too.large') return new ApiError(413, 'toolarge', 'Payload Too Large');
	if (type === 'entity.parse.failed')
		return new ApiError(400, 'badparam', 'The body is not JSON', { parameter: 'body' });
	if (typeof status === 'number' && status >= 400 && status < 500) {
		return new ApiError(status, 'badparam', 'Bad Request');
	}
	return undefined;
}

function queryOf(request: Request): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.query)) {
		query[name] = Array.isArray(value) ? String(value.at(-1)) : String(value);
	}
	return query;
}
