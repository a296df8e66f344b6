import { scripted, type Answer } from './scripted';

const request = { does: 'get call-1', path: ['calls', '1'] };

it('asks the manager API of the tenant, signed in', async () => {
	const { client, sent } = scripted([{ body: { id: 1 }, headers: { total: '1' } }]);
	const answer = await client.get({ ...request, query: { per: 5, page: undefined } });
	expect(answer).toEqual({ body: { id: 1 }, headers: { total: '1' } });
	expect(sent).toEqual([
		{
			url: 'https://acme.uc1.ccaiplatform.com/manager/api/v1/calls/1',
			query: { per: '5' },
			signedIn: true,
			stream: false,
			timeoutMs: 5000,
		},
	]);
});

describe('X6: repeats', () => {
	it.each<[string, Answer]>([
		['429', { status: 429 }],
		['500', { status: 500 }],
		['503', { status: 503 }],
		['a timeout', 'timeout'],
		['a broken connection', 'connection'],
	])('after %s', async (_, failure) => {
		const { client, sent } = scripted([failure, failure, { body: { id: 1 } }]);
		expect((await client.get(request)).body).toEqual({ id: 1 });
		expect(sent).toHaveLength(3);
		expect(client.requestsSent).toBe(3);
	});

	it('as late as the platform says', async () => {
		const { client, waited } = scripted([{ status: 429, headers: { 'retry-after': '7' } }, { body: [] }]);
		await client.get(request);
		expect(waited()).toBeGreaterThanOrEqual(7000);
	});

	it('but does not wait longer than allowed', async () => {
		const { client, sent } = scripted([{ status: 429, headers: { 'retry-after': '90' } }]);
		await expect(client.get(request)).rejects.toMatchObject({ kind: 'rateLimit', retryAfter: 90 });
		expect(sent).toHaveLength(1);
	});

	it('within a bound', async () => {
		const { client, sent, waited } = scripted([{ status: 502 }], { maxWaitMs: 20_000 });
		await expect(client.get(request)).rejects.toMatchObject({ kind: 'server', status: 502 });
		expect(sent.length).toBeGreaterThan(2);
		expect(sent.length).toBeLessThanOrEqual(8);
		expect(waited()).toBeLessThanOrEqual(20_000);
	});

	it.each([400, 401, 403, 404, 410, 422, 302])('never after %i', async (status) => {
		const { client, sent } = scripted([{ status }]);
		await expect(client.get(request)).rejects.toMatchObject({ status });
		expect(sent).toHaveLength(1);
	});
});

describe('errors in words', () => {
	it.each<[Answer, string, RegExp, RegExp]>([
		[{ status: 401 }, 'unauthorized', /did not accept the user "acme" with the token/, /API Credentials/],
		[{ status: 403 }, 'forbidden', /knows the user "acme", but does not allow/, /administrator/],
		[{ status: 404 }, 'notFound', /get call-1: CCAI Platform does not have it/, /numbered apart/],
		[{ status: 400, body: { message: 'per is invalid.' } }, 'badRequest', /\(per is invalid\)/, /fields/],
		['timeout', 'noAnswer', /no answer came in time/, /Timeout/],
		['dns', 'noAnswer', /host was not found/, /subdomain/],
		['tls', 'noAnswer', /secure connection/, /certificate/],
		['blocked', 'noAnswer', /does not allow requests/, /administrator/],
		[{ status: 302 }, 'unexpectedAnswer', /unexpected status 302/, /domain/],
	])('%j', async (answer, kind, message, advice) => {
		const { client } = scripted([answer], { maxWaitMs: 0 });
		const error = await client.get(request).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			kind,
			message: expect.stringMatching(message),
			advice: expect.stringMatching(advice),
		});
	});

	it('repeat no phone numbers and no secrets', async () => {
		const message = 'Number +1 310-555-0123 of jonas@example.com: Bearer abcdefghijklmnop';
		const { client } = scripted([{ status: 422, body: { message } }]);
		const error = await client.get(request).catch((thrown: unknown) => thrown as Error);
		expect(String((error as Error).message)).not.toMatch(/0123|jonas|abcdef/);
	});
});

it('stops when the run is stopped', async () => {
	const stop = new AbortController();
	const { client, sent } = scripted(
		[
			() => {
				stop.abort();
				return { status: 503 };
			},
		],
		{ signal: stop.signal },
	);
	await expect(client.get(request)).rejects.toMatchObject({ kind: 'canceled' });
	expect(sent).toHaveLength(1);
});
