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

/** What a storage does with one upload. */
export type StorageMood =
	/** Passes it on. */
	| 'take'
	/** Takes half of it, then breaks the connection. */
	| 'cut'
	/** Takes half of it, then nothing more, and keeps the connection. */
	| 'stall'
	/** Takes all of it, and never answers. */
	| 'silent'
	/** Takes it in small pieces, with pauses. */
	| 'slow'
	/** Answers before it has read anything, and hangs up. */
	| { early: number; code: string }
	/** Takes all of it, then answers this. */
	| { status: number; code?: string; location?: string };

export interface MoodyStorage {
	/** Where uploads go. */
	url: string;
	/** One for each upload; when none is left, it takes everything. */
	moods: StorageMood[];
	/** How many uploads have begun. */
	uploads: number;
	/** Called when half of an upload has arrived. */
	onHalf: () => void;
	reset(): void;
	close(): Promise<void>;
}

/**
 * Stands in front of a storage, and is as unreliable as the network there.
 *
 * @param target address that uploads are passed on to
 */
export async function startMoodyStorage(target: () => string): Promise<MoodyStorage> {
	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		storage.uploads += 1;
		const mood = storage.moods.shift() ?? 'take';
		const refuse = (status: number, code = 'Refused', headers: Record<string, string> = {}) =>
			response
				.writeHead(status, { 'content-type': 'application/xml', ...headers })
				.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
		if (typeof mood === 'object' && 'early' in mood) {
			refuse(mood.early, mood.code, { connection: 'close' });
			request.socket.end();
			setTimeout(() => request.socket.destroy(), 20);
			return;
		}
		const half = Number(request.headers['content-length']) / 2;
		const pieces: Buffer[] = [];
		let size = 0;
		for await (const piece of request as AsyncIterable<Buffer>) {
			pieces.push(piece);
			size += piece.length;
			if (size < half) continue;
			storage.onHalf();
			if (mood === 'cut') return void request.socket.destroy();
			if (mood === 'stall') return await new Promise(() => undefined);
			if (mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
		}
		if (mood === 'silent') return;
		if (typeof mood === 'object') {
			refuse(mood.status, mood.code, mood.location === undefined ? {} : { location: mood.location });
			return;
		}
		const passedOn = await fetch(target(), {
			method: 'POST',
			headers: { 'content-type': request.headers['content-type'] ?? '' },
			body: Buffer.concat(pieces),
		});
		response.writeHead(passedOn.status).end(await passedOn.text());
	};
	const server = createServer((request, response) => {
		answer(request, response).catch(() => request.socket.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const storage: MoodyStorage = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/files`,
		moods: [],
		uploads: 0,
		onHalf: () => undefined,
		reset() {
			storage.moods = [];
			storage.uploads = 0;
			storage.onHalf = () => undefined;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return storage;
}
