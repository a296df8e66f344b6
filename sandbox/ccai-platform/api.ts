/** The manager API, the statuses of the apps API and the recordings on the own host, as an express app. */
import express, { type Express, type Request, type Response } from 'express';
import type { Faults } from '../kustomer/faults';
import { StatusRefusal, type AgentStore } from './agents';
import { listQueryOf, selected } from './list-query';
import type { RateLimit } from './rate-limit';
import type { Kind, SessionStore, WantedCall } from './store';
import type { CcaiPlatformStandIn, RecordedRequest } from './types';

export interface ApiParts {
	subdomain: string;
	token: string;
	store: SessionStore;
	agents: AgentStore;
	limit: RateLimit;
	faults: Faults;
	record(request: RecordedRequest): void;
	standIn(): CcaiPlatformStandIn;
}

const KINDS: ReadonlyArray<readonly [path: string, kind: Kind]> = [
	['calls', 'call'],
	['chats', 'chat'],
];

export function api({ subdomain, token, store, agents, limit, faults, record, standIn }: ApiParts): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	const expected = `Basic ${Buffer.from(`${subdomain}:${token}`).toString('base64')}`;

	app.use((request, response, next) => {
		const at = Date.now();
		const path = request.path;
		const query = queryOf(request);
		const hasCredential = request.headers.authorization !== undefined;
		const { method } = request;
		const note = (status: number) =>
			record({
				at,
				server: 'api',
				method,
				path,
				query,
				...(request.body === undefined ? {} : { body: request.body as unknown }),
				status,
				hasCredential,
			});
		response.once('finish', () => note(response.statusCode));
		standIn().onRequest?.({ path, query });

		const met = faults.take(request.method, path, at);
		if (!limit.take(at) || met?.fault.kind === 'rateLimitFor') {
			refuse(response, 429, 'Too Many Requests');
			return;
		}
		if (met?.fault.kind === 'status') {
			response.set(met.fault.headers ?? {});
			refuse(response, met.fault.status, 'Injected fault');
			return;
		}
		if (met?.fault.kind === 'delay') {
			setTimeout(next, met.fault.ms).unref();
			return;
		}
		if (met !== undefined) {
			note(0);
			request.socket.destroy();
			return;
		}
		next();
	});
	app.use((request, response, next) => {
		if (request.headers.authorization === expected) next();
		else refuse(response, 401, 'Invalid credentials');
	});

	app.use(express.json());

	const sendList = listSender(() => standIn().url);
	for (const [path, kind] of KINDS) {
		app.get(`/manager/api/v1/${path}`, (request, response) => {
			sendList(request, response, store.list(kind));
		});
		// assumes: one-record-by-id
		app.get(`/manager/api/v1/${path}/:id`, (request, response) => {
			const found = store.get(kind, request.params.id);
			if (found === undefined) refuse(response, 404, 'Not found');
			else response.json(found);
		});
	}
	app.get('/manager/api/v1/agents', (request, response) => {
		sendList(request, response, agents.list().map(recordOf), 'status_updated_at');
	});
	// assumes: one-record-by-id
	app.get('/manager/api/v1/agents/:id', (request, response) => {
		const found = agents.get(Number(request.params.id));
		if (found === undefined) refuse(response, 404, 'Not found');
		else response.json(found);
	});
	// assumes: statuses-as-lists
	app.get('/manager/api/v1/user_statuses', (request, response) => {
		sendList(request, response, agents.statuses.map(recordOf));
	});
	app.post('/apps/api/v1/agent_statuses', (request, response) => {
		const wanted = wantedStatus(request);
		if ('problem' in wanted) {
			refuse(response, 400, wanted.problem);
			return;
		}
		try {
			response.json(agents.set(wanted.status, wanted.agentIds, wanted.teamIds));
		} catch (error) {
			if (!(error instanceof StatusRefusal)) throw error;
			refuse(response, 400, error.message);
		}
	});
	app.post('/apps/api/v1/calls', (request, response) => {
		const wanted = wantedCall(request);
		const agent = 'problem' in wanted ? undefined : agents.withEmail(wanted.agentEmail);
		if ('problem' in wanted) refuse(response, 400, wanted.problem);
		else if (agent === undefined) refuse(response, 404, 'Agent not found');
		else if (agent.online !== true) refuse(response, 400, 'Agent is offline');
		else {
			const record = store.placeCall(wanted, agent);
			// assumes: calls-are-offered-unless-available
			response.status(agent.status?.name === 'Available' ? 201 : 202).json(record);
		}
	});
	app.get('/manager/api/v1/settings/organization', (_request, response) => {
		response.json({ id: 1, name: 'Acme', subdomain });
	});
	// assumes: recordings-redirect
	app.get('/recordings/:name', (request, response) => {
		if (store.files.has(request.params.name))
			response.redirect(302, standIn().storageFileUrl(request.params.name));
		else refuse(response, 404, 'Not found');
	});
	app.use((_request, response) => refuse(response, 404, 'Not found'));
	return app;
}

type SendList = (
	request: Request,
	response: Response,
	records: ReadonlyArray<Record<string, unknown>>,
	timeField?: string,
) => void;

function listSender(url: () => string): SendList {
	return (request, response, records, timeField) => {
		const query = listQueryOf(queryOf(request), timeField);
		if ('problem' in query) {
			refuse(response, 400, query.problem);
			return;
		}
		const all = selected(records, query);
		const { per, page } = query;
		const last = Math.max(1, Math.ceil(all.length / per));
		response.set({ Total: String(all.length), 'Per-Page': String(per) });
		const link = linkHeader(`${url()}${request.path}`, queryOf(request), page, last);
		if (link !== '') response.set('Link', link);
		response.json(all.slice((page - 1) * per, page * per));
	};
}

function recordOf(entry: object): Record<string, unknown> {
	return { ...entry };
}

const WANTED = ['status', 'agent_ids', 'team_ids'];

/** All three properties are documented as required. assumes: strict-bodies */
function wantedStatus(
	request: Request,
): { status: string; agentIds: number[]; teamIds: number[] } | { problem: string } {
	if (!request.is('application/json')) return { problem: 'Content-Type must be application/json' };
	const body = (request.body ?? {}) as Record<string, unknown>;
	const unknown = Object.keys(body).find((name) => !WANTED.includes(name));
	if (unknown !== undefined) return { problem: `Unknown property ${unknown}` };
	const { status, agent_ids: agentIds, team_ids: teamIds } = body;
	if (typeof status !== 'string' || status === '') return { problem: 'status is required' };
	if (!areIds(agentIds)) return { problem: 'agent_ids must be an array of integers' };
	if (!areIds(teamIds)) return { problem: 'team_ids must be an array of integers' };
	if (agentIds.length + teamIds.length === 0) return { problem: 'No agents were given' };
	return { status, agentIds, teamIds };
}

const CALL_FIELDS = ['call_type', 'agent_email', 'end_user_number', 'ticket_id', 'outbound_number', 'lang'];

/** What is asked for with `POST /apps/api/v1/calls`, for calls of agents. assumes: strict-bodies */
function wantedCall(request: Request): WantedCall | { problem: string } {
	if (!request.is('application/json')) return { problem: 'Content-Type must be application/json' };
	const body = (request.body ?? {}) as Record<string, unknown>;
	const unknown = Object.keys(body).find((name) => !CALL_FIELDS.includes(name));
	if (unknown !== undefined) return { problem: `Unknown property ${unknown}` };
	const wrong = Object.keys(body).find((name) => typeof body[name] !== 'string');
	if (wrong !== undefined) return { problem: `${wrong} must be a string` };
	const {
		call_type: type,
		agent_email: agentEmail,
		end_user_number: number,
		...more
	} = body as Record<string, string>;
	if (type !== 'Voice Outbound (API)') return { problem: 'call_type is not supported here' };
	if (agentEmail === undefined) return { problem: 'agent_email is required' };
	// The words are those of the platform.
	if (number === undefined || !/^\+?[\d ().-]{7,20}$/.test(number))
		return { problem: 'end_user_number is not well-formed' };
	return {
		agentEmail,
		number,
		ticketId: more.ticket_id,
		outboundNumber: more.outbound_number,
		lang: more.lang,
	};
}

function areIds(value: unknown): value is number[] {
	return Array.isArray(value) && value.every((id) => Number.isInteger(id));
}

/** assumes: link-only-with-more */
function linkHeader(url: string, query: Record<string, string>, page: number, last: number): string {
	const links: Array<readonly [relation: string, page: number]> = [];
	if (page > 1) links.push(['first', 1], ['prev', page - 1]);
	if (page < last) links.push(['last', last], ['next', page + 1]);
	return links
		.map(([relation, to]) => {
			const parameters = new URLSearchParams({ ...query, page: String(to) });
			return `<${url}?${parameters.toString()}>; rel="${relation}"`;
		})
		.join(', ');
}

/** assumes: error-bodies */
function refuse(response: Response, status: number, message: string): void {
	response.status(status).json({ message });
}

export function queryOf(request: Request): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(request.url.split('?').slice(1).join('?')));
}
