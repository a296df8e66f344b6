import axios, { type AxiosInstance } from 'axios';

import {
	bytesOf,
	callRecord,
	chatRecord,
	sha256Of,
	startCcaiPlatformStandIn,
	type CcaiPlatformStandIn,
	type CcaiPlatformStandInOptions,
} from '../../../sandbox/ccai-platform';

let standIn: CcaiPlatformStandIn;
let http: AxiosInstance;
afterEach(async () => await standIn.close());

async function start(options: CcaiPlatformStandInOptions = {}): Promise<void> {
	standIn = await startCcaiPlatformStandIn(options);
	http = axios.create({
		baseURL: `${standIn.url}/manager/api/v1`,
		auth: { username: standIn.subdomain, password: standIn.token },
		proxy: false,
		validateStatus: () => true,
		maxRedirects: 0,
	});
}

const UPDATED = Date.UTC(2026, 2, 1, 10);

it('answers records, and tells calls and chats apart', async () => {
	await start();
	standIn.store.add('call', callRecord({ id: 5 }));
	standIn.store.add('chat', chatRecord({ id: 5 }));
	expect((await http.get('/calls/5')).data).toMatchObject({ id: 5, call_type: 'Voice Inbound (IVR)' });
	expect((await http.get('/chats/5')).data).toMatchObject({
		id: 5,
		chat_type: 'Messaging Inbound (Mobile Chat)',
	});
	expect((await http.get('/calls/6')).status).toBe(404);
	expect((await http.get('/nowhere')).data).toEqual({ message: 'Not found' });
	expect((await http.get('/settings/organization')).status).toBe(200);
});

it('wants the subdomain and the token', async () => {
	await start();
	for (const auth of [
		{ username: 'acme', password: 'wrong' },
		{ username: 'other', password: standIn.token },
	]) {
		expect((await http.get('/calls', { auth })).status).toBe(401);
	}
	expect(
		(await axios.get(`${standIn.url}/manager/api/v1/calls`, { proxy: false, validateStatus: () => true }))
			.status,
	).toBe(401);
	expect(standIn.requests.map(({ hasCredential }) => hasCredential)).toEqual([true, true, false]);
});

it('cuts lists into pages, with total, size and links', async () => {
	await start();
	for (let n = 1; n <= 5; n += 1) standIn.store.add('call', callRecord({ id: n, updatedAt: UPDATED + n }));
	const first = await http.get('/calls', {
		params: { per: 2, sort_column: 'updated_at', sort_direction: 'DESC' },
	});
	expect(first.data.map(({ id }: { id: number }) => id)).toEqual([5, 4]);
	expect(first.headers).toMatchObject({ total: '5', 'per-page': '2' });
	const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
	expect((await http.get(next)).data.map(({ id }: { id: number }) => id)).toEqual([3, 2]);
	expect(String((await http.get('/calls', { params: { per: 2, page: 3 } })).headers.link)).not.toMatch(
		/next/,
	);
	expect((await http.get('/calls', { params: { per: 500 } })).headers['per-page']).toBe('100');
});

it('filters by the time of the last change, that time included', async () => {
	await start();
	for (let n = 1; n <= 3; n += 1)
		standIn.store.add('chat', chatRecord({ id: n, updatedAt: UPDATED + n * 1000 }));
	const from = new Date(UPDATED + 2000).toISOString();
	expect((await http.get('/chats', { params: { 'updated_at[from]': from } })).data).toHaveLength(2);
});

it.each([
	{ perPage: 5 },
	{ per: 0 },
	{ page: 'x' },
	{ sort_column: 'name' },
	{ sort_direction: 'up' },
	{ 'updated_at[from]': 'yesterday' },
	{ 'updated_at[to]': '2026-03-01' },
])('refuses %j', async (params) => {
	await start();
	expect((await http.get('/calls', { params })).status).toBe(400);
});

it('X6: takes ten requests in a second', async () => {
	await start();
	const statuses = [];
	for (let n = 0; n < 12; n += 1) statuses.push((await http.get('/calls')).status);
	expect(statuses).toEqual([...Array(10).fill(200), 429, 429]);
	await new Promise((resolve) => setTimeout(resolve, 1010));
	expect((await http.get('/calls')).status).toBe(200);
});

it('redirects from the own host to the storage, which takes a signed address and no credential', async () => {
	await start();
	standIn.store.files.set('1.mp3', { size: 100_000 });
	const url = standIn.recordingUrl('1.mp3');
	const plain = {
		proxy: false as const,
		validateStatus: () => true,
		maxRedirects: 0,
		responseType: 'arraybuffer' as const,
	};
	expect((await axios.get(url, plain)).status).toBe(401);
	const { status, headers } = await http.get(url);
	expect([status, headers.location]).toEqual([302, standIn.storageFileUrl('1.mp3')]);
	const file = await axios.get<Buffer>(String(headers.location), plain);
	expect(file.data.equals(bytesOf(100_000))).toBe(true);
	expect(sha256Of(100_000)).toHaveLength(64);
	expect((await http.get(String(headers.location))).status).toBe(400);
	expect((await axios.get(`${standIn.storageUrl}/files/1.mp3?signature=no`, plain)).status).toBe(403);
	expect((await axios.get(standIn.storageFileUrl('2.mp3'), plain)).status).toBe(404);
});

it('misbehaves when told', async () => {
	await start();
	standIn.store.files.set('b', { size: 1000, breaks: { after: 500, times: 1 } });
	const get = async () =>
		await axios.get<string>(standIn.storageFileUrl('b'), { proxy: false, responseType: 'arraybuffer' });
	await expect(get()).rejects.toThrow();
	expect((await get()).data).toHaveLength(1000);
	standIn.faults.add({ path: /calls/, fault: { kind: 'status', status: 503 } });
	expect((await http.get('/calls')).status).toBe(503);
	standIn.faults.add({ fault: { kind: 'closeBeforeCommit' } });
	await expect(http.get('/calls')).rejects.toThrow();
	expect(standIn.requests.at(-1)?.status).toBe(0);
	standIn.reset();
	expect((await http.get('/calls')).data).toEqual([]);
});
