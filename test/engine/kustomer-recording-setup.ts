/** A server that files come from: it can be as unreliable as the network and the platforms are. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer {
	/** Without a slash at the end. */
	url: string;
	/** Path and headers of every request, oldest first. */
	requests: { path: string; headers: IncomingMessage['headers'] }[];
	/** Answers by path; each request takes the next one, the last one stays. */
	answer(path: string, ...answers: Answer[]): void;
	reset(): void;
	close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function startFileServer(host = '127.0.0.1'): Promise<FileServer> {
	const answers = new Map<string, Answer[]>();
	const requests: FileServer['requests'] = [];
	const server: Server = createServer((request, response) => {
		const path = request.url ?? '';
		requests.push({ path, headers: request.headers });
		const list = answers.get(path) ?? [];
		const next = list.length > 1 ? list.shift() : list[0];
		if (next === undefined) status(404)(request, response);
		else next(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}`,
		requests,
		answer: (path, ...list) => void answers.set(path, list),
		reset: () => {
			answers.clear();
			requests.length = 0;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** A whole file. */
export function file(
	content: Buffer,
	headers: Record<string, string> = { 'content-type': 'audio/mpeg' },
): Answer {
	return (_request, response) => {
		response.writeHead(200, { 'content-length': String(content.byteLength), ...headers });
		response.end(content);
	};
}

/** A whole file, whose length is not told. */
export function chunked(content: Buffer): Answer {
	return (_request, response) => {
		response.writeHead(200, { 'content-type': 'audio/mpeg' });
		for (let at = 0; at < content.byteLength; at += 1000) response.write(content.subarray(at, at + 1000));
		response.end();
	};
}

/** Announces the whole file, sends this part of it, and breaks the connection. */
export function broken(content: Buffer, share: number): Answer {
	return (_request, response) => {
		response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': String(content.byteLength) });
		response.write(content.subarray(0, Math.floor(content.byteLength * share)));
		setTimeout(() => response.destroy(), 50);
	};
}

/** An answer without a file. */
export function status(code: number, headers: Record<string, string> = {}, body = ''): Answer {
	return (_request, response) => {
		response.writeHead(code, headers);
		response.end(body);
	};
}

/** Bytes that look like an MP3 file, the same for the same seed. */
export function mp3(bytes: number, seed = 1): Buffer {
	const content = Buffer.alloc(bytes);
	for (let at = 0; at < bytes; at += 1) content[at] = (at * 31 + seed * 17 + (at >> 8)) & 0xff;
	content.write('ID3', 0, 'latin1');
	return content;
}
