/** What the simulated platform puts on the wire: methods, forms of the body, files, who asks, and no answer in time. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
	CrmApiPlatform,
	crmApiPlatformSettings,
	overHttp,
	type CrmApiPlatformSettings,
	type SimulatedSession,
} from '../../../sandbox/telephony/crm-api';

interface Received {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
}

const received: Received[] = [];
let answer: (request: Received) => { status: number; body: unknown } | undefined = () => undefined;
let server: Server;
let baseUrl = '';

beforeAll(async () => {
	server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			const one = { method, url, headers, body: Buffer.concat(pieces).toString('latin1') };
			received.push(one);
			const given = answer(one);
			// Whoever hangs answers nothing.
			if (given === undefined) return;
			response
				.writeHead(given.status, { 'content-type': 'application/json' })
				.end(JSON.stringify(given.body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
});
beforeEach(() => {
	received.length = 0;
	answer = () => ({
		status: 200,
		body: { id: '5f0c1a2b3d4e5f6071829304', status: 'open', contactId: '5f0c1a2b3d4e5f6071829304' },
	});
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const SESSION: SimulatedSession = {
	kind: 'call',
	id: 900,
	customer: { phone: '+12223334444', name: 'Kim', email: 'kim@example.com' },
	menu: ['Orders'],
	queueId: 26,
	language: 'en',
	sessionType: 'Voice Inbound (IVR)',
	direction: 'incoming',
	supportNumber: '+12225550100',
	subject: 'Call 900',
	description: 'Words',
};
const RECORD = { session: SESSION, accountId: '1', recordId: '2', attachments: [] };
const FILE = { name: 'call-900.mp3', contentType: 'audio/mpeg', content: Buffer.from('ID3 sound') };

const platformWith = (settings: CrmApiPlatformSettings) => new CrmApiPlatform(settings, overHttp(baseUrl));
const comment = async (settings: CrmApiPlatformSettings) => {
	await platformWith(settings).comment({ ...RECORD, attachments: [] }, 'Hello');
	return received[0];
};

describe('what the platform sends', () => {
	it('G1: by GET the parameters stand in the address', async () => {
		const sent = await comment(crmApiPlatformSettings({ method: 'GET' }));
		expect(sent).toMatchObject({ method: 'GET', body: '' });
		const { pathname, searchParams } = new URL(sent?.url ?? '', baseUrl);
		expect(pathname).toBe('/crm/comment');
		expect(Object.fromEntries(searchParams)).toMatchObject({ id: '2', comment: 'Hello', call_id: '900' });
	});

	it.each(['POST', 'PUT', 'PATCH'] as const)(
		'G1, G5: by %s they stand in the body, in a container where one is set',
		async (method) => {
			const plain = await comment(crmApiPlatformSettings({ method }));
			expect(plain?.method).toBe(method);
			const values = JSON.parse(plain?.body ?? '') as unknown;
			expect(values).toMatchObject({ id: '2', comment: 'Hello', call_id: '900' });
			received.length = 0;
			const map = await comment(
				crmApiPlatformSettings({ method, dataFormat: { kind: 'map', container: 'data' } }),
			);
			expect(JSON.parse(map?.body ?? '')).toEqual({ data: values });
			received.length = 0;
			const array = await comment(
				crmApiPlatformSettings({ method, dataFormat: { kind: 'array', container: 'data' } }),
			);
			expect(JSON.parse(array?.body ?? '')).toEqual({ data: [values] });
		},
	);

	it('G9: a file goes as a multipart form, or as base64 in a parameter', async () => {
		await platformWith(crmApiPlatformSettings()).upload({ ...RECORD, attachments: [] }, FILE);
		expect(received[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(received[0]?.body).toContain('name="file"; filename="call-900.mp3"');
		expect(received[0]?.body).toContain('ID3 sound');
		await platformWith(crmApiPlatformSettings({}, { uploadType: 'base64' })).upload(
			{ ...RECORD, attachments: [] },
			FILE,
		);
		expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
			id: '2',
			file: FILE.content.toString('base64'),
		});
	});

	it('G2: every request shows who asks', async () => {
		const sent = await comment(
			crmApiPlatformSettings({}, { authenticate: () => ({ 'x-api-key': 'one', 'x-tenant': 'two' }) }),
		);
		expect(sent?.headers).toMatchObject({ 'x-api-key': 'one', 'x-tenant': 'two' });
	});

	it('G4: who does not answer within the timeout has not answered', async () => {
		answer = () => undefined;
		const platform = platformWith(crmApiPlatformSettings({}, { timeoutSeconds: 1 }));
		await platform.comment({ ...RECORD, attachments: [] }, 'Hello');
		expect(platform.complaints).toEqual(['addComment: no answer within 1 s']);
		expect(platform.lost).toHaveLength(1);
	});

	it('G8: a 400 is sent again, other refusals are not', async () => {
		let refusals = 2;
		answer = () => {
			refusals -= 1;
			return refusals >= 0
				? { status: 400, body: { error: 'Kustomer does not answer.' } }
				: { status: 422, body: { error: 'The comment is missing.' } };
		};
		const platform = platformWith(crmApiPlatformSettings());
		await platform.comment({ ...RECORD, attachments: [] }, 'Hello');
		expect(received).toHaveLength(3);
		expect(platform.lost).toHaveLength(1);
		expect(platform.complaints).toEqual([]);
	});
});
