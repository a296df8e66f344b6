/**
 * A source of large files and a storage that takes them, in a process of their own, so that the memory and the time of
 * whoever carries a file from one to the other can be measured. Neither keeps a file.
 *
 * - `GET /file/{name}?bytes=1073741824` gives a file.
 * - `POST /files` takes a form; `?hash=no` only counts.
 * - `GET /uploads` lists what came, `DELETE /uploads` forgets it.
 *
 * Prints its address as one line of JSON.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { contentOf } from './content';
import { readForm } from './form-reader';
import type { ArrivedUpload, UploadReport } from './index';

let uploads: ArrivedUpload[] = [];
let open = 0;
let mostAtOnce = 0;

async function give(url: URL, response: ServerResponse): Promise<void> {
	const bytes = Number(url.searchParams.get('bytes'));
	response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': bytes });
	await pipeline(Readable.from(contentOf(bytes)), response);
}

async function take(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const hash = url.searchParams.get('hash') === 'no' ? undefined : createHash('sha256');
	open += 1;
	mostAtOnce = Math.max(mostAtOnce, open);
	try {
		const form = await readForm(request, (piece) => void hash?.update(piece));
		const announced = lengthIn(form?.fields.Policy);
		if (form === undefined || (announced !== undefined && announced !== form.fileBytes)) {
			response.writeHead(400).end('<Error><Code>EntityTooSmall</Code></Error>');
			return;
		}
		uploads.push({
			attachmentId: form.fields['X-Amz-Meta-Attachment-Id'] ?? '',
			bytes: form.fileBytes,
			...(hash === undefined ? {} : { sha256: hash.digest('hex') }),
		});
		response.writeHead(204).end();
	} finally {
		open -= 1;
	}
}

/** The length that the stand-in for Kustomer has written into the form. */
function lengthIn(policy: string | undefined): number | undefined {
	if (policy === undefined) return undefined;
	return (JSON.parse(Buffer.from(policy, 'base64').toString()) as { length?: number }).length;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const url = new URL(request.url ?? '/', 'http://x.invalid');
	if (request.method === 'GET' && url.pathname.startsWith('/file/')) return await give(url, response);
	if (request.method === 'POST' && url.pathname === '/files') return await take(url, request, response);
	if (url.pathname !== '/uploads') {
		response.writeHead(404).end();
		return;
	}
	if (request.method === 'DELETE') {
		uploads = [];
		mostAtOnce = open;
	}
	const report: UploadReport = { uploads, mostAtOnce };
	response.end(JSON.stringify(report));
}

const server = createServer((request, response) => {
	answer(request, response).catch(() => request.socket.destroy());
});
server.requestTimeout = 0;
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` }));
});
// Never outlives whoever started it.
process.on('disconnect', () => process.exit(0));
