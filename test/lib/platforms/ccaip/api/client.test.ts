import { scripted, type Answer } from './scripted';

const request = { operation: 'get call-1', path: ['calls', '1'] };

it('asks the manager API of the tenant, signed in', async () => {
	const { client, sent } = scripted([{ body: { id: 1 }, headers: { total: '1' } }]);
	const answer = await client.get({ ...request, query: { per: 5, page: undefined } });
	expect(answer).toEqual({ status: 200, body: { id: 1 }, headers: { total: '1' } });
	expect(sent).toEqual([
		{
			method: 'GET',
			url: 'https://acme.uc1.ccaiplatform.com/manager/api/v1/calls/1',
			query: { per: '5' },
			signedIn: true,
			stream: false,
			timeoutMs: 5000,
		},
	]);
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
