/** The storage on which recordings lie: a server of its own, which knows nothing of the API's credentials. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { StorageRequest, StoredContent } from './types';

/** What goes wrong with one download. */
export type StorageFault =
	/** Sends half of the bytes, then breaks the connection. */
	| { kind: 'cut' }
	/** Sends half of the bytes, then nothing more, and keeps the connection. */
	| { kind: 'stall' }
	/** Refuses the link, as one that has ended. */
	| { kind: 'expired' }
	/** Sends a web page with the status of a success. */
	| { kind: 'html' }
	/** Sends nothing, with the status of a success. */
	| { kind: 'empty' }
	/** Does not say how long the file is. */
	| { kind: 'noLength' }
	/** Answers this. */
	| { kind: 'status'; status: number; headers?: Record<string, string> }
	/** Sends the caller on. */
	| { kind: 'redirect'; location: string };

const BLOCK = Buffer.alloc(
	64 * 1024,
	(() => {
		const pattern = Buffer.alloc(1021);
		for (let index = 0; index < pattern.length; index += 1) pattern[index] = (index * 31 + 7) % 251;
		return pattern;
	})(),
);

/** The bytes of a file of a size: a WAV head, then the same block again and again. Nothing is held in memory. */
export function* contentOf(size: number): Generator<Buffer> {
	const head = wavHead(size).subarray(0, size);
	yield head;
	for (let left = size - head.length; left > 0; left -= BLOCK.length) {
		yield left >= BLOCK.length ? BLOCK : BLOCK.subarray(0, left);
	}
}

function wavHead(size: number): Buffer {
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(Math.max(0, Math.min(size - 8, 0xffffffff)), 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(8000, 24);
	head.writeUInt32LE(16000, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36);
	head.writeUInt32LE(Math.max(0, Math.min(size - 44, 0xffffffff)), 40);
	return head;
}

interface Link {
	fileId: string;
	/** Milliseconds since the epoch. */
	endsAt: number;
}

export class Storage {
	readonly files = new Map<string, StoredContent>();
	readonly requests: StorageRequest[] = [];
	readonly faults: StorageFault[] = [];
	readonly server: Server;
	private readonly links = new Map<string, Link>();

	constructor(private readonly linkLifeMs: number) {
		this.server = createServer((request, response) => {
			void this.answer(request, response).catch(() => request.socket.destroy());
		});
	}

	clear(): void {
		this.files.clear();
		this.links.clear();
		this.requests.length = 0;
		this.faults.length = 0;
	}

	/** Path of a new link to a file. assumes: storage-links-end */
	link(fileId: string): string | undefined {
		if (!this.files.has(fileId)) return undefined;
		const signature = randomBytes(12).toString('hex');
		this.links.set(signature, { fileId, endsAt: Date.now() + this.linkLifeMs });
		return `/recordings/${fileId}?signature=${signature}`;
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = new URL(request.url ?? '/', 'http://storage.invalid');
		const record = (status: number) =>
			this.requests.push({ path: url.pathname, headers: { ...request.headers }, status });
		const refuse = (status: number, code: string, headers: Record<string, string> = {}) => {
			record(status);
			response
				.writeHead(status, { 'content-type': 'application/xml', ...headers })
				.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
		};
		const fault = this.faults.shift();
		const link = this.links.get(url.searchParams.get('signature') ?? '');
		const file = this.files.get(link?.fileId ?? '');

		if (request.headers.authorization !== undefined) return refuse(400, 'InvalidArgument');
		if (fault?.kind === 'status') return refuse(fault.status, 'Fault', fault.headers);
		if (fault?.kind === 'redirect') return refuse(302, 'Moved', { location: fault.location });
		if (fault?.kind === 'expired' || link === undefined || link.endsAt < Date.now() || file === undefined) {
			return refuse(403, 'AccessDenied');
		}
		record(200);
		if (fault?.kind === 'html') {
			response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
			return;
		}
		if (fault?.kind === 'empty') {
			response.writeHead(200, { 'content-type': file.contentType, 'content-length': 0 }).end();
			return;
		}
		response.writeHead(200, {
			'content-type': file.contentType,
			...(fault?.kind === 'noLength' ? {} : { 'content-length': file.size }),
		});
		const stops = fault?.kind === 'cut' || fault?.kind === 'stall';
		const end = stops ? Math.floor(file.size / 2) : file.size;
		let sent = 0;
		for (const piece of contentOf(file.size)) {
			const part = piece.subarray(0, end - sent);
			sent += part.length;
			if (!response.write(part)) await once(response, 'drain');
			if (sent >= end) break;
		}
		if (fault?.kind === 'stall') return;
		if (fault?.kind !== 'cut') {
			response.end();
			return;
		}
		// What was sent so far gets to the client first.
		setTimeout(() => request.socket.destroy(), 20).unref();
	}
}
