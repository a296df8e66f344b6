import { createHmac } from 'node:crypto';

import fc from 'fast-check';

import {
	authenticateWebhook,
	checkWebhookCredential,
	type Authentication,
	type ReceivedWebhook,
	type WebhookCredential,
} from '../../../lib/webhooks/authentication';
import { sign } from '../../../lib/webhooks/signed-text';
import { signWebhook } from '../../setup/sign-webhook';

const NOW = 1782296102_000;
const BODY = '{"event":"call.inbound","note":"größer"}';
const BASIC: WebhookCredential = {
	method: 'basicAuth',
	user: 'babelforce',
	password: 'correct horse battery',
};
const HEADER: WebhookCredential = {
	method: 'header',
	headerName: 'X-Webhook-Token',
	headerValue: 'correct horse battery',
};
const HMAC: WebhookCredential = {
	method: 'hmac',
	secret: 'correct horse battery',
	signatureHeader: 'X-Signature',
};
const STAMPED: WebhookCredential = {
	...HMAC,
	timestampHeader: 'X-Timestamp',
	timestampTolerance: 60,
	signedContent: 'timestampDotBody',
};

/** What Node's HTTP server makes of the headers. */
function received(
	headers: Record<string, string>,
	body: string | undefined = BODY,
	method = 'POST',
): ReceivedWebhook {
	return {
		method,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
		rawBody: body === undefined ? undefined : Buffer.from(body, 'utf8'),
	};
}

describe('a caller with another method than that of the credential', () => {
	it.each<[WebhookCredential, WebhookCredential, RegExp]>([
		[HEADER, BASIC, /'X-Webhook-Token' is missing\. The caller sends user and password instead: choose/],
		[HMAC, BASIC, /sends user and password instead/],
		[BASIC, HMAC, /sends a signature instead/],
		[HEADER, HMAC, /sends a signature instead/],
	])('B6: is told apart in the log: %j gets %j', (credential, sent, reason) => {
		expect(reasonOf(authenticateWebhook(received(signWebhook(BODY, sent, NOW)), credential, NOW))).toMatch(
			reason,
		);
	});

	it('B6: a wrong secret of the right method is just that', () => {
		const headers = signWebhook(BODY, { ...BASIC, password: 'another long password' }, NOW);
		expect(reasonOf(authenticateWebhook(received(headers), BASIC, NOW))).not.toContain('instead');
	});
});

function reasonOf(result: Authentication): string {
	expect(result.ok).toBe(false);
	return result.ok ? '' : result.reason;
}

describe('every method', () => {
	const credentials: Array<[string, WebhookCredential]> = [
		['Basic', BASIC],
		['Basic with umlauts', { ...BASIC, user: 'jörg', password: 'pässword mit ümlauten' }],
		['Basic with a colon in the password', { ...BASIC, password: 'a:b:c and some more' }],
		['a header', HEADER],
		['a signature', HMAC],
		['a signature in base64', { ...HMAC, signatureEncoding: 'base64' }],
		['a signature with a prefix', { ...HMAC, signaturePrefix: 'sha256=' }],
		[
			'a signature with a prefix that has a comma',
			{ ...HMAC, signaturePrefix: 'v1,', signatureEncoding: 'base64' },
		],
		['timestamp and body', { ...STAMPED, signedContent: 'timestampBody' }],
		['timestamp, full stop and body', STAMPED],
		['a timestamp beside the signature', { ...STAMPED, signedContent: 'body' }],
	];

	it.each(credentials)('B6: accepts what was signed with %s', (_name, credential) => {
		expect(authenticateWebhook(received(signWebhook(BODY, credential, NOW)), credential, NOW)).toEqual({
			ok: true,
		});
	});

	it.each(credentials)('B6: refuses %s when nothing is presented', (_name, credential) => {
		expect(reasonOf(authenticateWebhook(received({}), credential, NOW))).toContain('missing');
	});

	it.each(credentials)(
		'B6: refuses %s of another secret, and tells nothing of either',
		(_name, credential) => {
			const other: WebhookCredential = {
				...credential,
				password: 'another password',
				headerValue: 'another value',
				secret: 'another secret',
			};
			const reason = reasonOf(authenticateWebhook(received(signWebhook(BODY, other, NOW)), credential, NOW));
			for (const secret of [credential, other].flatMap((of) => [of.password, of.headerValue, of.secret])) {
				if (secret !== undefined) expect(reason).not.toContain(secret);
			}
		},
	);

	it.each([
		['no method', {}],
		['a method that does not exist', { method: 'none' as never }],
		['an empty user', { ...BASIC, user: '' }],
		['an empty password', { ...BASIC, password: '' }],
		['a password of spaces', { ...BASIC, password: '   ' }],
		['an empty header value', { ...HEADER, headerValue: '' }],
		['an empty header name', { ...HEADER, headerName: '' }],
		['a header name with a space', { ...HEADER, headerName: 'X Token' }],
		['an empty secret', { ...HMAC, secret: '' }],
		['an empty signature header', { ...HMAC, signatureHeader: '' }],
		['a signed timestamp without its header', { ...HMAC, signedContent: 'timestampBody' as const }],
	])(
		'B6: a credential with %s refuses everything, even what it would sign itself',
		(_name, credential: WebhookCredential) => {
			const reason = reasonOf(
				authenticateWebhook(received(signWebhook(BODY, credential, NOW)), credential, NOW),
			);
			expect(reason).toContain('not complete');
		},
	);

	it('B6: no header can be made up without the secret', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(BASIC, HEADER, HMAC, STAMPED),
				fc.dictionary(
					fc.constantFrom('authorization', 'x-webhook-token', 'x-signature', 'x-timestamp'),
					fc.oneof(
						fc.string(),
						fc.base64String(),
						fc.string({ unit: fc.constantFrom('0', 'f'), minLength: 64, maxLength: 64 }),
					),
				),
				fc.string(),
				(credential, headers, body) => {
					expect(authenticateWebhook(received(headers, body), credential, NOW).ok).toBe(false);
				},
			),
		);
	});
});

describe('Basic', () => {
	const header = (value: string) => authenticateWebhook(received({ authorization: value }), BASIC, NOW);
	const encoded = Buffer.from(`${BASIC.user}:${BASIC.password}`).toString('base64');

	it('B6: asks for user and password when they are missing or wrong', () => {
		for (const result of [
			header(''),
			header('Bearer x'),
			header(`Basic ${Buffer.from('a:b').toString('base64')}`),
		]) {
			expect(result).toMatchObject({
				ok: false,
				challenge: expect.stringMatching(/^Basic realm=/) as string,
			});
		}
	});

	it('does not care how "Basic" is written', () => {
		expect(header(`basic ${encoded}`)).toEqual({ ok: true });
		expect(header(`BASIC   ${encoded}`)).toEqual({ ok: true });
	});

	it('accepts letters of Latin-1, as some clients write them', () => {
		const credential = { ...BASIC, password: 'pässword-ö-0123456' };
		const latin = Buffer.from(`${BASIC.user}:${credential.password}`, 'latin1').toString('base64');
		expect(authenticateWebhook(received({ authorization: `Basic ${latin}` }), credential, NOW)).toEqual({
			ok: true,
		});
	});

	it('does not take a letter outside Latin-1 for one inside', () => {
		const credential = { ...BASIC, password: 'price in € 0123456' };
		const lossy = Buffer.from(`${BASIC.user}:${credential.password}`, 'latin1').toString('base64');
		expect(authenticateWebhook(received({ authorization: `Basic ${lossy}` }), credential, NOW).ok).toBe(
			false,
		);
	});

	it('works with GET', () => {
		expect(authenticateWebhook(received(signWebhook('', BASIC), '', 'GET'), BASIC, NOW)).toEqual({
			ok: true,
		});
	});
});

describe('header', () => {
	it('B6: refuses a value that only begins or ends the same', () => {
		for (const value of ['correct horse batter', 'correct horse battery!', 'Correct horse battery']) {
			expect(authenticateWebhook(received({ 'X-Webhook-Token': value }), HEADER, NOW).ok).toBe(false);
		}
	});

	it('compares the bytes of letters outside ASCII, which Node reads as Latin-1', () => {
		const credential = { ...HEADER, headerValue: 'schlüssel-0123456789' };
		const asNodeReadsIt = Buffer.from(credential.headerValue, 'utf8').toString('latin1');
		expect(authenticateWebhook(received({ 'X-Webhook-Token': asNodeReadsIt }), credential, NOW)).toEqual({
			ok: true,
		});
	});

	it('refuses two values where one is expected', () => {
		const webhook = received({});
		webhook.headers['x-webhook-token'] = ['correct horse battery', 'x'];
		expect(authenticateWebhook(webhook, HEADER, NOW).ok).toBe(false);
	});
});

describe('several headers', () => {
	const credential: WebhookCredential = {
		...HEADER,
		moreHeaders: '{"X-Tenant": "berlin", "X-Key": "second secret"}',
	};
	const headers = {
		[(HEADER.headerName ?? '').toLowerCase()]: HEADER.headerValue,
		'x-tenant': 'berlin',
		'x-key': 'second secret',
	};
	const check = (changed: Record<string, string | undefined>) =>
		authenticateWebhook({ method: 'GET', headers: { ...headers, ...changed } }, credential);

	it('G2: have to fit, every one of them', () => {
		expect(check({})).toEqual({ ok: true });
		for (const name of Object.keys(headers)) {
			expect(check({ [name]: 'wrong' }).ok).toBe(false);
			expect(check({ [name]: undefined }).ok).toBe(false);
		}
	});

	it('G2: that cannot be read let nobody in', () => {
		for (const moreHeaders of [
			'X-Tenant: berlin',
			'["a"]',
			'{"X-Tenant": ""}',
			'{"a b": "c"}',
			'{"a": 1}',
			'{',
		]) {
			const broken = { ...credential, moreHeaders };
			expect(authenticateWebhook({ method: 'GET', headers }, broken).ok).toBe(false);
			expect(checkWebhookCredential(broken).missing).toEqual([
				expect.stringContaining("'Further Headers' is not a JSON object") as string,
			]);
		}
	});

	it('G2: a token is never accepted without the authorization server', () => {
		const token: WebhookCredential = {
			method: 'oAuth2',
			issuer: 'https://login.example.com',
			audience: 'n8n',
		};
		const webhook = { method: 'GET', headers: { authorization: 'Bearer a.b.c' } };
		expect(authenticateWebhook(webhook, token).ok).toBe(false);
	});
});

describe('signature', () => {
	const hex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
	const check = (headers: Record<string, string>, credential = HMAC, body: string | undefined = BODY) =>
		authenticateWebhook(received(headers, body), credential, NOW);

	it('B6: signs the body as other implementations of HMAC SHA-256 do', () => {
		expect(signWebhook(BODY, HMAC)).toEqual({ 'X-Signature': hex('correct horse battery', BODY) });
		expect(signWebhook(BODY, STAMPED, NOW)).toEqual({
			'X-Signature': hex('correct horse battery', `1782296102.${BODY}`),
			'X-Timestamp': '1782296102',
		});
	});

	it('B6: refuses a body that was changed on its way', () => {
		expect(reasonOf(check(signWebhook(BODY, HMAC), HMAC, `${BODY} `))).toContain('does not fit');
	});

	it('B6: accepts the second secret while the first is being replaced', () => {
		const rotating = { ...HMAC, secret: 'the old secret 123', secondSecret: 'the new secret 123' };
		expect(check(signWebhook(BODY, { ...HMAC, secret: 'the old secret 123' }), rotating)).toEqual({
			ok: true,
		});
		expect(check(signWebhook(BODY, { ...HMAC, secret: 'the new secret 123' }), rotating)).toEqual({
			ok: true,
		});
		expect(check(signWebhook(BODY, { ...HMAC, secret: '' }), rotating).ok).toBe(false);
		expect(check({ 'X-Signature': hex('', BODY) }, { ...HMAC, secondSecret: '' }).ok).toBe(false);
	});

	const right = hex('correct horse battery', BODY);
	const wrong = hex('wrong', BODY);
	it.each([
		['upper case', right.toUpperCase()],
		['its name', `sha256=${right}`],
		['the right one first', `primary=${right} secondary=${wrong}`],
		['the right one last', `primary=${wrong} secondary=${right}`],
		['commas', `t=1782296102,v0=${wrong},v1=${right}`],
		['semicolons', `a=${wrong}; b=${right}`],
		['no names', `${wrong}, ${right}`],
	])('B6: finds the signature in a header with %s', (_name, value) => {
		expect(check({ 'X-Signature': value })).toEqual({ ok: true });
	});

	it.each([
		['half of it', right.slice(0, 32)],
		['twice', right + right],
		['other encoding', Buffer.from(right, 'hex').toString('base64')],
		['only wrong ones', `primary=${wrong} secondary=${wrong}`],
		['thousands of wrong ones', `${wrong} `.repeat(5000) + right],
		['words', 'let me in'],
	])('B6: refuses a header with %s', (_name, value) => {
		expect(check({ 'X-Signature': value }).ok).toBe(false);
	});

	it('reads base64 with the alphabet of URLs too', () => {
		const credential: WebhookCredential = { ...HMAC, signatureEncoding: 'base64' };
		const url = createHmac('sha256', 'correct horse battery').update(BODY).digest('base64url');
		expect(check({ 'X-Signature': url }, credential)).toEqual({ ok: true });
	});

	it('U1: accepts the signatures of CCAI Platform: Base64 of timestamp and body, of either secret', () => {
		const ccaip: WebhookCredential = {
			...HMAC,
			signatureEncoding: 'base64',
			signedContent: 'timestampBody',
			timestampHeader: 'X-Signature-Timestamp',
			secondSecret: 'the second secret 123',
		};
		const timestamp = String(Math.floor(NOW / 1000));
		const sign = (secret: string) =>
			createHmac('sha256', secret).update(timestamp).update(BODY).digest('base64');
		const headers = (value: string) => ({ 'X-Signature': value, 'X-Signature-Timestamp': timestamp });
		const unknown = sign('somebody else');
		for (const secret of ['correct horse battery', 'the second secret 123']) {
			expect(check(headers(`primary=${sign(secret)}`), ccaip)).toEqual({ ok: true });
			expect(check(headers(`primary=${unknown} secondary=${sign(secret)}`), ccaip)).toEqual({ ok: true });
		}
		expect(check(headers(`primary=${unknown} secondary=${unknown}`), ccaip).ok).toBe(false);
	});

	it('B6: refuses GET and says to use POST', () => {
		const headers = signWebhook('', HMAC);
		const reason = reasonOf(authenticateWebhook(received(headers, '', 'GET'), HMAC, NOW));
		expect(reason).toContain('POST');
	});

	it('B6: refuses an empty body, and a body whose bytes are gone', () => {
		expect(reasonOf(check(signWebhook('', HMAC), HMAC, ''))).toContain('empty');
		const webhook = { ...received(signWebhook(BODY, HMAC)), rawBody: undefined };
		expect(reasonOf(authenticateWebhook(webhook, HMAC, NOW))).toContain('multipart');
	});

	it.each([
		['now', 0, true],
		['at the old end of the window', 60, true],
		['past it', 62, false],
		['at the new end of the window', -60, true],
		['beyond it', -62, false],
	])('X1: a replay window: sent %s', (_name, secondsAgo, ok) => {
		const headers = signWebhook(BODY, STAMPED, NOW - secondsAgo * 1000);
		const result = check(headers, STAMPED);
		expect(result.ok).toBe(ok);
		if (!ok) expect(reasonOf(result)).toContain('60 seconds');
	});

	it('X1: an old webhook with a new timestamp does not fit its signature', () => {
		const headers = signWebhook(BODY, STAMPED, NOW - 3600_000);
		expect(reasonOf(check({ ...headers, 'X-Timestamp': '1782296102' }, STAMPED))).toContain('does not fit');
	});

	it.each(['1782296102000', '2026-06-24T10:15:02Z'])('reads the timestamp %s', (timestamp) => {
		const headers = {
			'X-Signature': hex('correct horse battery', `${timestamp}.${BODY}`),
			'X-Timestamp': timestamp,
		};
		expect(check(headers, STAMPED)).toEqual({ ok: true });
	});

	it.each(['soon', '1e9', ''])('refuses the timestamp "%s"', (timestamp) => {
		const headers = {
			'X-Signature': hex('correct horse battery', `${timestamp}.${BODY}`),
			'X-Timestamp': timestamp,
		};
		expect(reasonOf(check(headers, STAMPED))).toContain('X-Timestamp');
	});

	it.each([undefined, Number.NaN, 0, -5])(
		'X1: a tolerance of %s is taken for 300 seconds',
		(timestampTolerance) => {
			const credential = { ...STAMPED, timestampTolerance };
			expect(check(signWebhook(BODY, STAMPED, NOW - 299_000), credential).ok).toBe(true);
			expect(check(signWebhook(BODY, STAMPED, NOW - 302_000), credential).ok).toBe(false);
		},
	);
});

describe('the look at a credential', () => {
	it('finds nothing wrong with complete ones', () => {
		for (const credential of [BASIC, HEADER, HMAC, STAMPED]) {
			expect(checkWebhookCredential(credential)).toEqual({ missing: [], warnings: [] });
		}
	});

	it('names what is missing', () => {
		expect(checkWebhookCredential({ ...HMAC, secret: ' ', signatureHeader: 'X:Y' }).missing).toEqual([
			"'Secret' is empty.",
			"'Signature Header' is not a header name. Use letters, digits and hyphens only.",
		]);
		expect(checkWebhookCredential({ ...BASIC, user: 'a:b' }).missing).toEqual([
			"'User' must not contain a colon (:).",
		]);
	});

	it('warns of short secrets and of timestamps that are not signed', () => {
		expect(checkWebhookCredential({ ...BASIC, password: 'short' }).warnings).toEqual([
			"'Password' is short. Use at least 16 random characters.",
		]);
		expect(checkWebhookCredential({ ...HMAC, secondSecret: 'short' }).warnings).toHaveLength(1);
		expect(checkWebhookCredential({ ...HMAC, secret: 'correct horse battery\n' }).warnings[0]).toContain(
			'space',
		);
		expect(checkWebhookCredential({ ...STAMPED, signedContent: 'body' }).warnings[0]).toContain('not signed');
	});
});

describe('a signed token', () => {
	const TOKEN: WebhookCredential = { method: 'signedToken', secret: 'correct horse battery' };
	const bearer = (secret: string, endsAt = NOW + 60_000) => ({
		authorization: `Bearer ${sign('desktop', {}, endsAt, secret)}`,
	});
	const checkAt = (headers: Record<string, string>, credential: WebhookCredential) =>
		authenticateWebhook(received(headers), credential, NOW);

	it('U7: is accepted as long as it has not ended', () => {
		expect(checkAt(bearer('correct horse battery'), TOKEN)).toEqual({ ok: true });
		expect(reasonOf(checkAt(bearer('correct horse battery', NOW - 1), TOKEN))).toContain('has ended');
		expect(reasonOf(checkAt(bearer('another secret, long enough'), TOKEN))).toContain('not signed');
	});

	it('U7: is not accepted from a secret that anybody can guess, and the credential says so', () => {
		const guessable = { ...TOKEN, secondSecret: 'x' };
		expect(checkAt(bearer('x'), guessable).ok).toBe(false);
		expect(checkWebhookCredential(guessable).missing).toEqual([
			"'Second Secret' is too short to sign tokens with: it takes 16 characters.",
		]);
		expect(checkWebhookCredential(TOKEN)).toEqual({ missing: [], warnings: [] });
	});
});
