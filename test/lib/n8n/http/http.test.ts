import { NodeApiError, type IAllExecuteFunctions, type IHttpRequestOptions, type INode } from 'n8n-workflow';

import { NoAnswer, type HttpRequest } from '../../../../lib/http/http';
import { createSendHttp, readFailure, reasonOf } from '../../../../lib/n8n/http/http';

const node = {
	id: '1',
	name: 'Kustomer',
	type: 'x',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;

const request: HttpRequest = {
	method: 'POST',
	path: '/v1/conversations/1/tags',
	query: { replace: 'false' },
	body: ['VIP'],
	timeoutMs: 1234,
};

/** A request helper that gives, or throws, one thing after the other. */
function sendingWith(answers: unknown[], renewable = false) {
	const sent: IHttpRequestOptions[] = [];
	const seen: unknown[] = [];
	const context = {
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions, additional: unknown) {
				sent.push(options);
				seen.push(additional);
				const answer = answers.shift();
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
	} as unknown as IAllExecuteFunctions;
	const send = createSendHttp({
		context,
		credentialType: 'kustomerApi',
		baseUrl: 'https://acme.api.kustomerapp.com',
		credential: { id: '7', name: 'Key', data: { apiKey: 'secret' } },
		renewable,
	});
	return { send, sent, seen };
}

const answer = (statusCode: number, body: unknown = {}) => ({ statusCode, body, headers: { 'x-id': '1' } });

describe('createSendHttp', () => {
	it("sends through n8n's helper with the decrypted credential, and takes every status as an answer", async () => {
		const { send, sent, seen } = sendingWith([answer(429, { errors: [] })]);
		await expect(send(request)).resolves.toEqual({
			status: 429,
			headers: { 'x-id': '1' },
			body: { errors: [] },
		});
		expect(sent[0]).toMatchObject({
			method: 'POST',
			url: 'https://acme.api.kustomerapp.com/v1/conversations/1/tags',
			qs: { replace: 'false' },
			body: ['VIP'],
			timeout: 1234,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		expect(seen[0]).toEqual({
			credentialsDecrypted: { id: '7', name: 'Key', type: 'kustomerApi', data: { apiKey: 'secret' } },
		});
	});

	it('X6: gives up a request that never ends, so that what waits behind it goes on', async () => {
		const never = new Promise(() => undefined);
		const { send } = sendingWith([never]);
		// The timer that ends it keeps no process alive; this one does.
		const patience = setTimeout(() => undefined, 10_000);
		await expect(send({ ...request, timeoutMs: 50 })).rejects.toMatchObject({ reason: 'timeout' });
		clearTimeout(patience);
	});

	it('gives no body where there was none', async () => {
		const { send } = sendingWith([answer(204, '')]);
		expect((await send(request)).body).toBeUndefined();
	});

	it('sends once more after a 401 when the token can be renewed, so that n8n sees the error and renews it', async () => {
		const { send, sent } = sendingWith([answer(401), answer(200, { data: 1 })], true);
		expect((await send(request)).status).toBe(200);
		expect(sent.map((options) => options.ignoreHttpStatusErrors)).toEqual([true, false]);
	});

	it('does not send a second time when the token cannot be renewed', async () => {
		const { send, sent } = sendingWith([answer(401)]);
		expect((await send(request)).status).toBe(401);
		expect(sent).toHaveLength(1);
	});

	it('reads the answer out of the error that n8n makes of it', async () => {
		const refused = new NodeApiError(node, { message: 'Forbidden' }, { httpCode: '403' });
		refused.context.data = { errors: [{ title: 'Forbidden' }] };
		const { send } = sendingWith([answer(401), refused], true);
		await expect(send(request)).resolves.toMatchObject({
			status: 403,
			body: { errors: [{ title: 'Forbidden' }] },
		});
	});
});

describe('reasonOf', () => {
	it.each([
		[{ code: 'ENOTFOUND' }, 'dns'],
		[{ cause: { code: 'EAI_AGAIN' } }, 'dns'],
		[{ httpCode: 'ECONNREFUSED' }, 'connection'],
		[{ cause: { code: 'ECONNRESET' } }, 'connection'],
		[{ message: 'socket hang up' }, 'connection'],
		[{ cause: { code: 'HPE_HEADER_OVERFLOW' } }, 'connection'],
		[{ cause: { code: 'ECONNABORTED' } }, 'timeout'],
		[{ code: 'ETIMEDOUT' }, 'timeout'],
		[{ cause: { code: 'SELF_SIGNED_CERT_IN_CHAIN' } }, 'tls'],
		[{ cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } }, 'tls'],
		[{ code: 'CERT_HAS_EXPIRED' }, 'tls'],
		[{ cause: { name: 'SsrfBlockedIpError' } }, 'blocked'],
		[{ message: 'The request was blocked because it resolves to a restricted IP address' }, 'blocked'],
		[{ message: 'Domain not allowed: This credential is restricted' }, undefined],
		[{ message: 'Something else' }, undefined],
		['a text', undefined],
		[undefined, undefined],
	])('reads %j as %s', (error, reason) => {
		expect(reasonOf(error)).toBe(reason);
	});

	it('ends when causes go round in circles', () => {
		const error: { cause?: unknown } = {};
		error.cause = error;
		expect(reasonOf(error)).toBeUndefined();
	});
});

describe('readFailure', () => {
	it('passes on what has nothing to do with the network', async () => {
		const error = new Error('OAuth credentials not connected');
		await expect(readFailure(error)).rejects.toBe(error);
	});

	it('keeps the cause of a missing answer for the log', async () => {
		const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		await expect(readFailure(error)).rejects.toMatchObject({ reason: 'connection', cause: error });
		await expect(readFailure(error)).rejects.toBeInstanceOf(NoAnswer);
	});
});
