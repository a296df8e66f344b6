import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { Documents } from '../../sandbox/kustomer/documents';
import { KUSTOMER, locator, only, run } from './kustomer-setup';

const MIB = 1024 * 1024;
const SIZE = 256 * MIB;
/** The same piece over and over, so that making the file costs no memory. */
const PIECE = Buffer.alloc(MIB, 'recording').fill('ID3', 0, 3);

/** Frees what nobody holds any more. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Received {
	bytes: number;
	/** Of the file's part, without the form around it. */
	hash: string;
	contentLength: number;
}

let standIn: KustomerStandIn;
let source: Server;
let storage: Server;
let received: Received[] = [];

const listen = async (server: Server) =>
	await new Promise<string>((resolve) =>
		server.listen(0, '127.0.0.1', () =>
			resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
		),
	);

/** Sends `SIZE` bytes as fast as they are taken. */
function startSource(): Server {
	return createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-length': String(SIZE) });
		let left = SIZE / MIB;
		const send = () => {
			while (left > 0) {
				left -= 1;
				if (!response.write(PIECE)) return void response.once('drain', send);
			}
			response.end();
		};
		send();
	});
}

/** Counts and hashes what comes, and keeps none of it. */
function startStorage(): Server {
	return createServer((request, response) => {
		const hash = createHash('sha256');
		const end = Buffer.byteLength(
			`\r\n--${/boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1] ?? ''}--\r\n`,
		);
		const contentLength = Number(request.headers['content-length']);
		let bytes = 0;
		let inFile = false;
		let start = Buffer.alloc(0);
		let left = 0;
		request.on('data', (piece: Buffer) => {
			bytes += piece.byteLength;
			if (!inFile) {
				start = Buffer.concat([start, piece]);
				const at = start.indexOf('\r\n\r\n', start.indexOf('name="file"'));
				if (at < 0 || !start.includes('name="file"')) return;
				inFile = true;
				left = contentLength - (at + 4) - end;
				piece = start.subarray(at + 4);
			}
			const part = piece.subarray(0, left);
			left -= part.byteLength;
			hash.update(part);
		});
		request.on('end', () => {
			received.push({ bytes, hash: hash.digest('hex'), contentLength });
			response.writeHead(204).end();
		});
	});
}

let storageUrl = '';
beforeAll(async () => {
	standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
	source = startSource();
	storage = startStorage();
	storageUrl = await listen(storage);
	jest
		.spyOn(Documents.prototype, 'upload')
		.mockImplementation((attachment) => ({ url: `${storageUrl}/files`, fields: { key: attachment.id } }));
});
beforeEach(() => {
	received = [];
});
afterAll(async () => {
	jest.restoreAllMocks();
	for (const server of [source, storage]) server.closeAllConnections();
	await Promise.all([
		standIn.close(),
		new Promise((done) => source.close(done)),
		new Promise((done) => storage.close(done)),
	]);
});

/** Bytes that this process holds: objects, and buffers outside of the heap. */
function held(): number {
	collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

it('X5: 256 MiB stream through with far less memory than that', async () => {
	const sourceUrl = await listen(source);
	const conversation = only(
		await run(standIn, 'conversation.create', { customer: locator('id', SANDBOX.customers.jonas.id) }),
	);
	const parameters = {
		target: 'conversation',
		conversation: locator('id', String(conversation.id)),
		source: 'url',
		url: `${sourceUrl}/call-1.mp3`,
		options: { allowPrivate: true },
	};
	const before = held();
	let most = 0;
	const sampling = setInterval(() => (most = Math.max(most, held() - before)), 250);
	const json = only(await run(standIn, 'recording.upload', parameters));
	clearInterval(sampling);

	const hash = createHash('sha256');
	for (let left = SIZE / MIB; left > 0; left -= 1) hash.update(PIECE);
	expect(json).toMatchObject({ outcome: 'uploaded', contentLength: SIZE, attempts: 1 });
	expect(received).toEqual([
		{
			bytes: received[0]?.contentLength,
			hash: hash.digest('hex'),
			contentLength: received[0]?.contentLength,
		},
	]);
	expect(received[0]?.bytes).toBeGreaterThan(SIZE);
	expect(most).toBeGreaterThan(0);
	expect(most).toBeLessThan(64 * MIB);
	if (process.env.SHOW !== undefined)
		console.log(`${KUSTOMER}: held at most ${(most / MIB).toFixed(1)} MiB more`);
}, 120_000);
