/** The manager API and the recordings on the own host, as an express app. */
import express, { type Express, type Request, type Response } from 'express';
import type { Faults } from '../kustomer/faults';
import { listQueryOf, selected } from './list-query';
import type { RateLimit } from './rate-limit';
import type { Kind, SessionStore } from './store';
import type { CcaiPlatformStandIn, RecordedRequest } from './types';

export interface ApiParts {
	subdomain: string;
	token: string;
	store: SessionStore;
	limit: RateLimit;
	faults: Faults;
	record(request: RecordedRequest): void;
	standIn(): CcaiPlatformStandIn;
}

const KINDS: ReadonlyArray<readonly [path: string, kind: Kind]> = [
	['calls', 'call'],
	['chats', 'chat'],
];

export function api({ subdomain, token, store, limit, faults, record, standIn }: ApiParts): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	const expected = `Basic ${Buffer.from(`${subdomain}:${token}`).toString('base64')}`;

	app.use((request, response, next) => {
		const at = Date.now();
		const path = request.path;
		const query = queryOf(request);
		const hasCredential = request.headers.authorization !== undefined;
		const note = (status: number) => record({ at, server: 'api', path, query, status, hasCredential });
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

	for (const [path, kind] of KINDS) {
		app.get(`/manager/api/v1/${path}`, (request, response) => {
			sendList(request, response, kind, store, standIn().url);
		});
		// assumes: one-record-by-id
		app.get(`/manager/api/v1/${path}/:id`, (request, response) => {
			const found = store.get(kind, request.params.id);
			if (found === undefined) refuse(response, 404, 'Not found');
			else response.json(found);
		});
	}
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

function sendList(request: Request, response: Response, kind: Kind, store: SessionStore, url: string): void {
	const query = listQueryOf(queryOf(request));
	if ('problem' in query) {
		refuse(response, 400, query.problem);
		return;
	}
	const all = selected(store.list(kind), query);
	const { per, page } = query;
	const last = Math.max(1, Math.ceil(all.length / per));
	response.set({ Total: String(all.length), 'Per-Page': String(per) });
	const link = linkHeader(`${url}${request.path}`, queryOf(request), page, last);
	if (link !== '') response.set('Link', link);
	response.json(all.slice((page - 1) * per, page * per));
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
