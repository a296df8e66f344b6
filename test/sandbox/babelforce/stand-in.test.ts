import { createHash } from 'node:crypto';

import { BABELFORCE, contentOf, startBabelforceStandIn } from '../../../sandbox/babelforce';
import { useStandIn } from '../../setup/stand-in';
import { words } from '../../setup/words';

const { calls, recordings, users } = BABELFORCE;
const { manager } = users;

const standIn = useStandIn(() => startBabelforceStandIn());

const PAIR = { 'X-Auth-Access-Id': manager.accessId, 'X-Auth-Access-Token': manager.accessToken };

/** What answers carry that the tests look at. */
interface Body {
	success: boolean;
	item: { file: { id: string; size: number } };
	items: Array<{ dateCreated: string }>;
	pagination: unknown;
}

async function get(path: string, headers: Record<string, string> = PAIR) {
	const response = await fetch(`${standIn.url}${path}`, { headers, redirect: 'manual' });
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		body: (text === '' ? undefined : JSON.parse(text)) as Body,
	};
}

async function signIn(form: Record<string, string>) {
	const response = await fetch(`${standIn.url}/oauth/token`, {
		method: 'POST',
		body: new URLSearchParams({ grant_type: 'password', ...form }),
	});
	return { status: response.status, body: (await response.json()) as Record<string, string> };
}

describe('access', () => {
	it.each([
		['nothing', {}, 401],
		['a wrong pair', { ...PAIR, 'X-Auth-Access-Token': 'x' }, 401],
		['a wrong token', { Authorization: 'Bearer x' }, 401],
		['a wrong token beside a good pair', { ...PAIR, Authorization: 'Bearer x' }, 401],
		[
			'a user without rights',
			{ 'X-Auth-Access-Id': users.agentOnly.accessId, 'X-Auth-Access-Token': users.agentOnly.accessToken },
			403,
		],
		['the pair', PAIR, 200],
	])('%s: %i', async (_, headers, status) => {
		const answer = await get('/api/v2/agents', headers as Record<string, string>);
		expect(answer.status).toBe(status);
		if (status !== 200) expect(answer.body).toEqual({ success: false, message: expect.any(String) });
	});

	it('gives a token for user and password, which works until it ends', async () => {
		const { status, body } = await signIn({ username: manager.user, password: manager.password });
		expect(status).toBe(200);
		expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
		const headers = { Authorization: `Bearer ${body.access_token}` };
		expect((await get('/api/v2/agents', headers)).status).toBe(200);
		standIn.endTokens();
		expect((await get('/api/v2/agents', headers)).status).toBe(401);
	});

	it.each([
		[{ username: manager.user, password: 'x' }, 'invalid_grant'],
		[
			{ username: manager.user, password: manager.password, grant_type: 'client_credentials' },
			'unsupported_grant_type',
		],
		[{ username: manager.user, password: manager.password, secret: 'x' }, 'invalid_request'],
	])('refuses to sign in with %j', async (form, error) => {
		expect(await signIn(form as Record<string, string>)).toMatchObject({ status: 400, body: { error } });
	});

	it('forgets the old password', async () => {
		standIn.setPassword(manager.user, 'new');
		expect((await signIn({ username: manager.user, password: manager.password })).status).toBe(400);
		expect((await signIn({ username: manager.user, password: 'new' })).status).toBe(200);
	});
});

describe('strictness', () => {
	it.each(
		words(`
		/api/v2/calls/reporting?foo=1 /api/v2/calls/reporting?state=ended
		/api/v2/calls/reporting?time.start=yesterday /api/v2/calls/reporting?sessionId=1
		/api/v2/calls/reporting?page=0 /api/v2/calls/reporting?page=1&page=2
		/api/v2/calls/reporting?parentId=c1000000000000000000000000000001
		/api/v2/calls/reporting?constructor=1 /api/v2/recordings?callId=1 /api/v2/agents?enabled=yes
	`),
	)('%s: 400', async (path) => {
		expect((await get(path)).status).toBe(400);
	});

	it.each([
		`/api/v2/calls/c1000000-0000-0000-0000-000000000001`,
		'/api/v2/calls/unknown',
		'/api/v2/recordings/unknown',
		'/api/v2/files/unknown/download',
		'/api/v2/agents/unknown',
		'/api/v2/nothing',
	])('%s: 404', async (path) => {
		expect((await get(path)).status).toBe(404);
	});

	it('takes filters in both ways of writing', async () => {
		for (const name of ['state', 'filters.state']) {
			const { body } = await get(`/api/v2/calls/reporting?${name}=no-answer`);
			expect(body).toMatchObject({ items: [{ id: calls.missed }], success: true });
		}
	});
});

describe('answers', () => {
	it('pages, newest first, and grants no more than a hundred', async () => {
		for (let count = 0; count < 120; count += 1) standIn.addCall({});
		const { body } = await get('/api/v2/calls/reporting?max=1000&page=2');
		expect(body.pagination).toEqual({ pages: 2, total: 126, current: 2, max: 100, maxResults: 100 });
		expect(body.items).toHaveLength(26);
		const first = await get('/api/v2/calls/reporting');
		expect(first.body.items).toHaveLength(20);
		const dates = first.body.items.map((call) => call.dateCreated);
		expect(dates).toEqual([...dates].sort().reverse());
	});

	it('lead to the storage, on another host, where the link works without credential until it ends', async () => {
		const { body } = await get(`/api/v2/recordings/${recordings.answered}`);
		const { file } = body.item;
		const { status, headers } = await get(`/api/v2/files/${file.id}/download`);
		const link = headers.get('location') ?? '';
		expect(status).toBe(302);
		expect(link).toMatch(new RegExp(`^${standIn.storageUrl}/`));
		expect(new URL(link).hostname).not.toBe(new URL(standIn.url).hostname);

		const response = await fetch(link);
		const content = Buffer.from(await response.arrayBuffer());
		const made = createHash('sha256');
		for (const piece of contentOf(file.size)) made.update(piece);
		expect(createHash('sha256').update(content).digest('hex')).toBe(made.digest('hex'));
		expect(response.headers.get('content-length')).toBe(String(BABELFORCE.recordingBytes));

		expect((await fetch(link, { headers: { authorization: 'Bearer x' } })).status).toBe(400);
		expect((await fetch(`${link}x`)).status).toBe(403);
		expect(standIn.storageRequests.map(({ status: one }) => one)).toEqual([200, 400, 403]);
	});

	it('links end', async () => {
		const short = await startBabelforceStandIn({ linkLifeMs: -1 });
		const call = short.calls.get(calls.answered);
		const status = (await fetch(call?.recordings?.[0]?.url ?? '')).status;
		await short.close();
		expect(status).toBe(403);
	});

	it.each([0, 10, 44, 45, 65_580, 65_581, 1_000_003])('content of %i bytes has %i bytes', (size) => {
		let bytes = 0;
		for (const piece of contentOf(size)) bytes += piece.length;
		expect(bytes).toBe(size);
	});
});
