/** Tokens of OAuth 2.0: of a real authorization server, and made by hand for what a good server never gives out. */
import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';

import axios from 'axios';
import { exportJWK, SignJWT, type JWTPayload } from 'jose';

import {
	checkToken,
	type AskServer,
	type OAuth2Settings,
	type ServerRequest,
} from '../../../lib/webhooks/oauth2';
import {
	AUTHORIZATION,
	startAuthorizationServer,
	type AuthorizationServer,
} from '../../../sandbox/authorization-server';

const ISSUER = 'https://login.example.com/realms/support';
const SETTINGS: OAuth2Settings = { issuer: ISSUER, audience: 'n8n', checkedBy: 'keys' };
const NOW = Date.parse('2026-11-30T12:00:00Z');
const SECONDS = NOW / 1000;

const first = generateKeyPairSync('rsa', { modulusLength: 2048 });
const second = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A server that can be changed: what it answers by address, and what it was asked. */
class Server {
	readonly asked: ServerRequest[] = [];

	keys: Array<Record<string, unknown>> = [];

	isUp = true;

	description: Record<string, unknown> = {
		issuer: ISSUER,
		jwks_uri: `${ISSUER}/keys`,
		introspection_endpoint: `${ISSUER}/introspect`,
	};

	told: (token: string) => Record<string, unknown> = () => ({ active: false });

	readonly ask: AskServer = async (request) => {
		this.asked.push(request);
		if (!this.isUp) throw new Error('connect ECONNREFUSED');
		if (request.url.endsWith('/openid-configuration')) return { status: 200, body: this.description };
		if (request.url.endsWith('/keys')) return { status: 200, body: { keys: this.keys } };
		if (request.url.endsWith('/introspect')) {
			return { status: 200, body: this.told(new URLSearchParams(request.body).get('token') ?? '') };
		}
		return { status: 404, body: 'Not Found' };
	};

	async publish(key: KeyObject, kid: string): Promise<void> {
		this.keys = [...this.keys, { ...(await exportJWK(key)), kid, use: 'sig', alg: 'RS256' }];
	}
}

async function signed(
	claims: JWTPayload = {},
	{ key = first.privateKey, kid = 'first', alg = 'RS256' } = {},
): Promise<string> {
	return await new SignJWT({ iss: ISSUER, aud: 'n8n', exp: SECONDS + 60, ...claims })
		.setProtectedHeader({ alg, kid })
		.sign(key);
}

let server: Server;
beforeEach(async () => {
	server = new Server();
	await server.publish(first.publicKey, 'first');
});

const check = async (token: string | undefined, settings = SETTINGS, now = NOW) =>
	await checkToken(token === undefined ? undefined : `Bearer ${token}`, settings, server.ask, now);

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('G2: a signed token', () => {
	it('G2: of the right server, for the right recipient, is accepted', async () => {
		expect(await check(await signed())).toEqual({ ok: true });
		expect(await check(await signed({ iss: `${ISSUER}/` }))).toEqual({ ok: true });
		expect(await check(await signed({ aud: ['wiki', 'n8n'] }))).toEqual({ ok: true });
	});

	it.each([
		['that has expired', { exp: SECONDS - 61 }, 'expired'],
		['that never expires', { exp: undefined }, "claim 'exp'"],
		['that is not valid yet', { nbf: SECONDS + 120 }, "claim 'nbf'"],
		['for somebody else', { aud: 'wiki' }, 'another audience'],
		['for nobody', { aud: undefined }, 'another audience'],
		['of another server', { iss: 'https://evil.example.com' }, "claim 'iss'"],
	])('G2: %s is refused', async (_, claims, says) => {
		expect(await check(await signed(claims as JWTPayload))).toMatchObject({
			ok: false,
			status: 401,
			reason: expect.stringContaining(says) as unknown,
			challenge: expect.stringContaining('invalid_token') as unknown,
		});
	});

	it('G2: without a signature, or signed with what everybody knows, is refused', async () => {
		const claims = base64({ iss: ISSUER, aud: 'n8n', exp: SECONDS + 60 });
		const none = `${base64({ alg: 'none' })}.${claims}.`;
		const pem = first.publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const content = `${base64({ alg: 'HS256', kid: 'first' })}.${claims}`;
		const confused = `${content}.${createHmac('sha256', pem).update(content).digest('base64url')}`;
		for (const token of [none, confused]) {
			expect(await check(token)).toMatchObject({ ok: false, status: 401 });
		}
		// Also where the server publishes a shared secret among its keys.
		server.keys.push({
			kty: 'oct',
			k: Buffer.from('secret').toString('base64url'),
			kid: 'shared',
			alg: 'HS256',
		});
		const withShared = `${base64({ alg: 'HS256', kid: 'shared' })}.${claims}`;
		const shared = `${withShared}.${createHmac('sha256', 'secret').update(withShared).digest('base64url')}`;
		expect(await check(shared)).toMatchObject({ ok: false, status: 401 });
	});

	it('G2: signed with another key, changed, or no token at all is refused', async () => {
		const other = await signed({}, { key: second.privateKey });
		const good = await signed();
		const changed = good.replace(
			/\.[^.]+\./,
			`.${base64({ iss: ISSUER, aud: 'n8n', exp: SECONDS + 9999 })}.`,
		);
		for (const token of [other, changed, 'hello', `${'a'.repeat(20_000)}`, undefined]) {
			expect(await check(token)).toMatchObject({ ok: false, status: 401 });
		}
		expect(await checkToken('Basic abc', SETTINGS, server.ask, NOW)).toMatchObject({ status: 401 });
	});

	it('G2: needs the scopes and the client that were asked for', async () => {
		const settings = { ...SETTINGS, scope: 'crm write', client: 'ccaip' };
		expect(await check(await signed({ scope: 'write crm', client_id: 'ccaip' }), settings)).toEqual({
			ok: true,
		});
		expect(await check(await signed({ scp: ['write', 'crm'], azp: 'ccaip' }), settings)).toEqual({
			ok: true,
		});
		expect(await check(await signed({ scope: 'crm', client_id: 'ccaip' }), settings)).toMatchObject({
			status: 403,
			challenge: expect.stringContaining('insufficient_scope') as unknown,
		});
		expect(await check(await signed({ scope: 'crm write', client_id: 'wiki' }), settings)).toMatchObject({
			status: 401,
		});
	});
});

describe('G2: the keys of the server', () => {
	it('G2: are read once for many requests at the same time, and again after ten minutes', async () => {
		const token = await signed({ exp: SECONDS + 9999 });
		await Promise.all([1, 2, 3, 4].map(async () => await check(token)));
		expect(server.asked.map(({ url }) => url)).toEqual([
			`${ISSUER}/.well-known/openid-configuration`,
			`${ISSUER}/keys`,
		]);
		await check(token, SETTINGS, NOW + 11 * 60_000);
		expect(server.asked).toHaveLength(3);
	});

	it('G2: are read again for a new key, and not for every unknown one', async () => {
		await check(await signed());
		await server.publish(second.publicKey, 'second');
		const token = await signed({}, { key: second.privateKey, kid: 'second' });
		expect(await check(token, SETTINGS, NOW + 31_000)).toEqual({ ok: true });
		const asked = server.asked.length;
		for (const kid of ['a', 'b', 'c']) {
			const made = await signed({}, { kid });
			expect(await check(made, SETTINGS, NOW + 40_000)).toMatchObject({ status: 401 });
		}
		expect(server.asked).toHaveLength(asked);
	});

	it('G2: hold while the server is down; without any, 503 and no question more for a moment', async () => {
		const token = await signed({ exp: SECONDS + 9999 });
		server.isUp = false;
		expect(await check(token)).toMatchObject({ ok: false, status: 503 });
		const asked = server.asked.length;
		expect(await check(token)).toMatchObject({ ok: false, status: 503 });
		expect(server.asked).toHaveLength(asked);
		server.isUp = true;
		expect(await check(token, SETTINGS, NOW + 6_000)).toEqual({ ok: true });
		server.isUp = false;
		expect(await check(token, SETTINGS, NOW + 20 * 60_000)).toEqual({ ok: true });
	});

	it('G2: of a server that calls itself otherwise, or is asked without encryption, are not taken', async () => {
		server.description = { ...server.description, issuer: 'https://evil.example.com' };
		expect(await check(await signed())).toMatchObject({
			status: 503,
			reason: expect.stringContaining('another issuer') as unknown,
		});
		const plain = { ...SETTINGS, issuer: 'http://login.example.com' };
		expect(await check(await signed(), plain)).toMatchObject({
			status: 503,
			reason: expect.stringContaining('https://') as unknown,
		});
		expect(server.asked.every(({ url }) => url.startsWith('https://'))).toBe(true);
	});
});

describe('G2: a token that only the server understands', () => {
	const settings: OAuth2Settings = {
		...SETTINGS,
		checkedBy: 'introspection',
		ownClient: 'n8n:1',
		ownSecret: 'own secret',
	};

	it('G2: is accepted on the word of the server, which is believed for half a minute', async () => {
		server.told = (token) => ({ active: token === 'good', aud: 'n8n', exp: SECONDS + 3600 });
		expect(await check('good', settings)).toEqual({ ok: true });
		expect(await check('good', settings, NOW + 20_000)).toEqual({ ok: true });
		expect(server.asked.filter(({ url }) => url.endsWith('/introspect'))).toHaveLength(1);
		expect(server.asked.at(-1)?.headers.Authorization).toBe(
			`Basic ${Buffer.from('n8n%3A1:own+secret').toString('base64')}`,
		);
		server.told = () => ({ active: false });
		expect(await check('good', settings, NOW + 31_000)).toMatchObject({ status: 401 });
	});

	it('G2: is refused when it is not active, expired, or for somebody else', async () => {
		expect(await check('bad', settings)).toMatchObject({ status: 401 });
		server.told = () => ({ active: true, aud: 'n8n', exp: SECONDS - 61 });
		expect(await check('old', settings)).toMatchObject({ status: 401 });
		server.told = () => ({ active: true, aud: 'wiki' });
		expect(await check('other', settings)).toMatchObject({ status: 401 });
		server.isUp = false;
		expect(await check('new', settings)).toMatchObject({ status: 503 });
	});
});

describe('G2: a real authorization server', () => {
	let real: AuthorizationServer;
	beforeAll(async () => (real = await startAuthorizationServer()));
	afterAll(() => real.stop());

	const ask: AskServer = async ({ method, url, headers, body }) => {
		const { status, data } = await axios.request<unknown>({
			method,
			url,
			headers,
			data: body,
			proxy: false,
			validateStatus: () => true,
		});
		return { status, body: data };
	};
	const checkReal = async (token: string, settings: Partial<OAuth2Settings>) =>
		await checkToken(
			`Bearer ${token}`,
			{ issuer: real.issuer, checkedBy: 'keys', scope: AUTHORIZATION.scope, ...settings },
			ask,
			Date.now(),
		);

	it('G2: its signed tokens are checked with its keys', async () => {
		const settings = { audience: AUTHORIZATION.audience, client: AUTHORIZATION.platform.id };
		expect(await checkReal(await real.token(), settings)).toEqual({ ok: true });
		const stranger = await real.token({ client: AUTHORIZATION.stranger });
		expect(await checkReal(stranger, settings)).toMatchObject({ status: 401 });
		const other = await real.token({ scope: 'other' });
		expect(await checkReal(other, settings)).toMatchObject({ status: 403 });
	});

	it('G2: it is asked about its other tokens', async () => {
		const settings: Partial<OAuth2Settings> = {
			checkedBy: 'introspection',
			audience: AUTHORIZATION.opaqueAudience,
			ownClient: AUTHORIZATION.own.id,
			ownSecret: AUTHORIZATION.own.secret,
		};
		const token = await real.token({ resource: AUTHORIZATION.opaqueAudience });
		expect(await checkReal(token, settings)).toEqual({ ok: true });
		expect(await checkReal('invented', settings)).toMatchObject({ status: 401 });
		const unknown = await real.token({ resource: AUTHORIZATION.opaqueAudience });
		expect(await checkReal(unknown, { ...settings, ownSecret: 'wrong' })).toMatchObject({
			status: 503,
			reason: expect.stringContaining('Own Client Secret') as unknown,
		});
	});
});
