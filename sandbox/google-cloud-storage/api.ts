/** Requests to the JSON API: https://cloud.google.com/storage/docs/json_api/v1 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { listObjects, partOf } from './listing';
import type { Tokens } from './tokens';
import type { CloudStorageStandIn, StoredObject } from './types';

const LIST_PARAMETERS = ['prefix', 'delimiter', 'fields', 'maxResults', 'pageToken'];
const GET_PARAMETERS = ['alt'];
const LARGEST_PAGE = 1000;
/** What was written must be on its way before the connection ends. */
const BREAK_AFTER_MS = 20;

export interface ApiParts {
	standIn: CloudStorageStandIn;
	tokens: Tokens;
	pageSize: number;
	isAllowed(): boolean;
}

/** Answers one request. */
export async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	parts: ApiParts,
): Promise<void> {
	const { standIn, tokens } = parts;
	const url = new URL(request.url ?? '/', standIn.url);
	if (request.method === 'POST' && url.pathname === '/token') {
		const { status, body } = tokens.exchange(new URLSearchParams(await bodyOf(request)));
		return sendJson(response, status, body);
	}
	const query = Object.fromEntries(url.searchParams);
	response.once('close', () => {
		const { statusCode: status } = response;
		standIn.requests.push({ method: request.method ?? '', path: url.pathname, query, status });
	});
	const met = standIn.faults.take(request.method ?? '', url.pathname, Date.now());
	if (met?.fault.kind === 'status') return refuse(response, met.fault.status, 'Backend Error');
	if (met?.fault.kind === 'closeBeforeCommit') return void request.socket.destroy();
	if (!tokens.accepts(request.headers.authorization))
		return refuse(response, 401, 'Invalid Credentials', 'authError');
	// assumes: slash-must-be-encoded
	const [, bucket, name] = /^\/storage\/v1\/b\/([^/]+)\/o(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
	if (request.method !== 'GET' || bucket === undefined) return refuse(response, 404, 'Not Found');
	if (decodeURIComponent(bucket) !== standIn.bucket)
		return refuse(response, 404, 'The specified bucket does not exist.', 'notFound');
	if (!parts.isAllowed())
		return refuse(
			response,
			403,
			`The account does not have storage.objects.${name === undefined ? 'list' : 'get'} access to the Google Cloud Storage bucket.`,
			'forbidden',
		);
	// assumes: unknown-parameters-are-400
	const known = name === undefined ? LIST_PARAMETERS : GET_PARAMETERS;
	const unknown = Object.keys(query).find((key) => !known.includes(key));
	if (unknown !== undefined) return refuse(response, 400, `Unknown parameter ${unknown}`);
	if (name === undefined) return list(response, query, parts);
	if (query.alt !== 'media') return refuse(response, 400, 'The stand-in gives content only.');
	const object = standIn.objects.get(decodeURIComponent(name));
	// assumes: media-errors-are-text
	if (object === undefined)
		return void response.writeHead(404, { 'Content-Type': 'text/html' }).end('No such object');
	return send(request, response, object);
}

function list(response: ServerResponse, query: Record<string, string>, parts: ApiParts): void {
	const size = Math.min(Number(query.maxResults ?? LARGEST_PAGE), LARGEST_PAGE, parts.pageSize);
	if (!(size > 0)) return refuse(response, 400, 'Invalid value for maxResults');
	const { prefix = '', delimiter = '' } = query;
	const pageToken = query.pageToken === '' ? undefined : query.pageToken;
	const listing = listObjects(parts.standIn.objects, { prefix, delimiter, pageToken, size });
	return sendJson(response, 200, partOf(listing, query.fields));
}

function send(request: IncomingMessage, response: ServerResponse, object: StoredObject): void {
	const { content, contentType, breaks } = object;
	response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': content.length });
	if (breaks === undefined || breaks.times <= 0) return void response.end(content);
	breaks.times -= 1;
	response.write(content.subarray(0, breaks.after));
	setTimeout(() => request.socket.destroy(), BREAK_AFTER_MS).unref();
}

/** https://cloud.google.com/storage/docs/json_api/v1/status-codes#example-response */
function refuse(response: ServerResponse, code: number, message: string, reason = 'invalid'): void {
	sendJson(response, code, {
		error: { code, message, errors: [{ message, domain: 'global', reason }] },
	});
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { 'Content-Type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}
