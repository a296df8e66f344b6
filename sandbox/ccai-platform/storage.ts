/** The storage of recordings and media: another host, signed addresses, no credential. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import express, { type Express, type Request, type Response } from 'express';
import type { Faults } from '../kustomer/faults';
import { queryOf } from './api';
import { piecesOf } from './file-content';
import type { SessionStore, StoredFile } from './store';
import type { RecordedRequest } from './types';

const SECRET = 'storage of the sandbox';

/** The signature of a file's address. */
export function signatureOf(name: string): string {
	return createHmac('sha256', SECRET).update(name).digest('hex');
}

export interface StorageParts {
	store: SessionStore;
	faults: Faults;
	record(request: RecordedRequest): void;
}

export function storage({ store, faults, record }: StorageParts): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.get('/files/:name', (request, response) => {
		const at = Date.now();
		const hasCredential = request.headers.authorization !== undefined;
		const query = queryOf(request);
		response.once('close', () =>
			record({
				at,
				server: 'storage',
				method: request.method,
				path: request.path,
				query,
				status: response.statusCode,
				hasCredential,
			}),
		);
		const met = faults.take(request.method, request.path, at);
		const file = store.files.get(request.params.name);
		if (met?.fault.kind === 'status') refuse(response, met.fault.status, 'InternalError');
		// assumes: storage-takes-one-credential
		else if (hasCredential) refuse(response, 400, 'InvalidArgument');
		else if (!isSigned(request.params.name, query.signature)) refuse(response, 403, 'AccessDenied');
		else if (file === undefined) refuse(response, 404, 'NoSuchKey');
		else if (file.status !== undefined) refuse(response, file.status, 'Refused');
		else void send(request, response, file);
	});
	return app;
}

function isSigned(name: string, signature = ''): boolean {
	const expected = Buffer.from(signatureOf(name));
	const given = Buffer.from(signature);
	return expected.length === given.length && timingSafeEqual(expected, given);
}

async function send(request: Request, response: Response, file: StoredFile): Promise<void> {
	const { size, contentType = 'audio/mpeg', announced = size, text, breaks, stalls } = file;
	if (contentType !== null) response.setHeader('Content-Type', contentType);
	if (text !== undefined) {
		response.end(text);
		return;
	}
	if (announced !== null) response.setHeader('Content-Length', announced);
	const isBroken = breaks !== undefined && breaks.times > 0;
	if (isBroken) breaks.times -= 1;
	const isStalled = stalls !== undefined && stalls.times > 0;
	if (isStalled) stalls.times -= 1;
	const end = Math.min(size, isBroken ? breaks.after : size, isStalled ? stalls.after : size);
	response.writeHead(200);
	for (const piece of piecesOf(end)) {
		if (response.destroyed) return;
		if (!response.write(piece)) await writable(response);
	}
	if (isBroken || announced !== size) {
		// What was written must be on its way before the connection ends.
		setTimeout(() => (announced === null ? response.end() : request.socket.destroy()), 20).unref();
	} else if (!isStalled) response.end();
}

/** Waits until more can be written, or nothing any more. */
async function writable(response: Response): Promise<void> {
	await new Promise<void>((resolve) => {
		const done = () => {
			response.off('drain', done).off('close', done);
			resolve();
		};
		response.on('drain', done).on('close', done);
	});
}

function refuse(response: Response, status: number, code: string): void {
	response.status(status).type('application/xml').send(`<Error><Code>${code}</Code></Error>`);
}
