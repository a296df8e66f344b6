/**
 * Faults of the kinds that the simulation is to find, planted on the way between the product and Kustomer: each makes the
 * product do what it did, or would do, with that fault. For the test that the simulation is not blind.
 */
import type { HttpRequest, HttpResponse } from '../../lib/http/http';
import type { Tampering } from './network';

/** A fault by what it is, made anew for each run. */
export const PLANTED_FAULTS: Readonly<Record<string, () => Tampering>> = {
	'a note that is there counts as said, whatever it says': () => ({
		// The note that was met is read as if it had the text that was to be written.
		...remembering((sent, request, answer) => {
			if (request.method !== 'GET' || !request.path.startsWith('/v1/notes/')) return answer;
			const id = request.path.slice('/v1/notes/'.length);
			const body = sent.get(id);
			return body === undefined ? answer : withAttributes(answer, { body });
		}),
	}),
	'a message is written upon what was read before the last one wrote it': () => {
		let before: HttpResponse | undefined;
		return {
			answer: (request, answer) => {
				const isRead = request.method === 'GET' || !Object.hasOwn((request.body ?? {}) as object, 'meta');
				if (!isMessage(request) || answer.status >= 300 || !isRead) return answer;
				const stale = before ?? answer;
				before = answer;
				return stale;
			},
		};
	},
	'a late note of an older state is written over a newer one': () => {
		let older: unknown;
		return {
			request: (request) => {
				if (request.method !== 'PATCH' || !request.path.startsWith('/v1/notes/')) return undefined;
				const body = request.body as Record<string, unknown>;
				if (older === undefined) older = body.body;
				else body.body = older;
				return undefined;
			},
		};
	},
	'sessions of one moment do not meet: each opens a conversation of its own': () => {
		let opened = 0;
		return {
			request: (request) => {
				if (request.method !== 'POST' || request.path !== '/v1/conversations') return undefined;
				opened += 1;
				const body = request.body as Record<string, unknown>;
				body.id = opened.toString(16).padStart(24, '7');
				return undefined;
			},
			answer: (request, answer) =>
				/\/customers\/\w+\/conversations$/.test(request.path)
					? { ...answer, body: { ...(answer.body as object), data: [] } }
					: answer,
		};
	},
	'a customer is created although somebody has the number': () => {
		let created = 0;
		return {
			request: (request) => {
				if (request.method !== 'POST' || request.path !== '/v1/customers') return undefined;
				created += 1;
				const body = request.body as Record<string, unknown>;
				// Kustomer's own check is led past: the number in another form.
				if (Array.isArray(body.phones)) body.phones = [{ phone: `+4930555000${created}` }];
				return undefined;
			},
		};
	},
	'a note of the pair of steps is written anew each time': () => {
		let written = 0;
		return {
			request: (request) => {
				const body = request.body as { id?: string; externalId?: string } | undefined;
				if (request.method === 'POST' && body?.externalId?.endsWith(':bridged') === true) {
					written += 1;
					body.id = written.toString(16).padStart(24, '6');
					body.externalId = `${written}:bridged`;
				}
				return undefined;
			},
		};
	},
	'a value that Kustomer refuses is sent': () => ({
		request: (request) => {
			const body = request.body as Record<string, unknown> | undefined;
			if (request.method === 'POST' && request.path.endsWith('/messages') && body !== undefined) {
				body.rev = 1;
			}
			return undefined;
		},
	}),
};

function isMessage({ path }: HttpRequest): boolean {
	return /^\/v1\/messages\/[0-9a-f]{24}$/.test(path);
}

function remembering(
	answer: (sent: Map<string, unknown>, request: HttpRequest, answer: HttpResponse) => HttpResponse,
): Tampering {
	const sent = new Map<string, unknown>();
	return {
		request: (request) => {
			const body = request.body as { id?: string; body?: unknown } | undefined;
			if (request.method === 'POST' && request.path.endsWith('/notes') && body?.id !== undefined) {
				sent.set(body.id, body.body);
			}
			return undefined;
		},
		answer: (request, given) => answer(sent, request, given),
	};
}

function withAttributes(answer: HttpResponse, changes: Record<string, unknown>): HttpResponse {
	const { data } = answer.body as { data?: { attributes?: object } };
	if (data === undefined) return answer;
	return {
		...answer,
		body: { data: { ...data, attributes: { ...data.attributes, ...changes } } },
	};
}
