/**
 * Serves an OpenAPI document: what the document refuses is answered with 422 and the reasons, everything else by the service
 * behind, whose answers are held against the document as well.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ContractDocument, SentRequest } from './document';

export interface MockServer {
	/** Without a slash at the end. */
	url: string;
	/** Requests that the document took, by operation id. */
	taken: Map<string, number>;
	/** What the document refused, of requests and of answers; each with method and address. */
	violations: string[];
	close(): Promise<void>;
}

/**
 * Starts a server on the loopback address.
 *
 * @param service the address of what answers, without a slash at the end
 */
export async function serveDocument(document: ContractDocument, service: string): Promise<MockServer> {
	const taken = new Map<string, number>();
	const violations: string[] = [];

	const server = createServer((incoming, outgoing) => {
		void answer(incoming).then(({ status, headers, body }) => {
			outgoing.writeHead(status, headers);
			outgoing.end(body);
		});
	});

	async function answer(incoming: IncomingMessage) {
		const text = await textOf(incoming);
		const request: SentRequest = {
			method: incoming.method ?? 'GET',
			url: incoming.url ?? '/',
			body: parsed(text),
		};
		const { operation, violations: found } = document.check(request);
		if (operation === undefined || found.length > 0) {
			violations.push(...found.map((one) => told(request, one)));
			const body = JSON.stringify({ success: false, message: found.join('; ') });
			return { status: 422, headers: { 'content-type': 'application/json' }, body };
		}
		taken.set(operation, (taken.get(operation) ?? 0) + 1);
		const response = await fetch(`${service}${request.url}`, {
			method: request.method,
			headers: passedOn(incoming),
			body: text === '' ? undefined : text,
			redirect: 'manual',
		});
		const body = await response.text();
		const wrong = document.checkAnswer(request, response.status, parsed(body));
		violations.push(...wrong.map((one) => told(request, one)));
		const location = response.headers.get('location');
		return {
			status: response.status,
			headers: { 'content-type': 'application/json', ...(location === null ? {} : { location }) },
			body,
		};
	}

	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		taken,
		violations,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}

function told({ method, url }: SentRequest, problem: string): string {
	return `${method} ${url}: ${problem}`;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of incoming) pieces.push(piece as Buffer);
	return Buffer.concat(pieces).toString('utf8');
}

/** JSON; the text itself where it is none, and undefined where there is nothing. */
function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** Who asks, and what is sent. */
function passedOn({ headers }: IncomingMessage): Record<string, string> {
	const names = ['authorization', 'x-auth-access-id', 'x-auth-access-token', 'content-type'];
	return Object.fromEntries(
		names.flatMap((name) => {
			const value = headers[name];
			return typeof value === 'string' ? [[name, value]] : [];
		}),
	);
}
