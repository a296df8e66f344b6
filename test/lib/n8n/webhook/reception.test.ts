import type { IWebhookFunctions } from 'n8n-workflow';

import { answer, receive, Refusal, type Reception } from '../../../../lib/n8n/webhook/reception';
import { forgetEverything } from '../../../../lib/process/forget';
import { checkCredential } from '../../../../lib/n8n/webhook/webhook-credential';
import type { WebhookCredential } from '../../../../lib/webhooks/authentication';
import { signWebhook } from '../../../setup/sign-webhook';

const BODY = '{"from":"+4930901820"}';

interface Sent {
	headers?: Record<string, string>;
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
	contentType?: string;
}

function received(sent: Sent = {}, credential?: WebhookCredential) {
	const logged: string[] = [];
	const answered: { status?: number; body?: unknown; headers: Record<string, string> } = { headers: {} };
	const response = {
		setHeader: (name: string, value: string) => (answered.headers[name] = value),
		status(status: number) {
			answered.status = status;
			return response;
		},
		json: (body: unknown) => (answered.body = body),
	};
	const request = { method: 'POST', headers: {}, rawBody: Buffer.from(BODY), ...sent };
	const context = {
		getMode: () => 'manual',
		getNode: () => ({ name: 'Trigger', credentials: {} }),
		getWorkflow: () => ({ id: '7', name: 'Calls', active: true }),
		getRequestObject: () => request,
		getResponseObject: () => response,
		getCredentials: async () =>
			credential === undefined ? await Promise.reject(new Error('gone')) : await Promise.resolve(credential),
		logger: { warn: (text: string) => logged.push(text) },
	} as unknown as IWebhookFunctions;
	return { context, logged, answered };
}

const start = { webhookResponse: { accepted: true } };
const accept: Reception<string> = { what: 'Event', check: async () => await Promise.resolve('Kustomer') };
const refusing = (refusal: Refusal): Reception<string> => ({
	what: 'Event',
	check: async () => await Promise.resolve(refusal),
});

describe('receive', () => {
	it('hands over what was accepted: the body byte for byte, the time, and who sent it', async () => {
		const { context, logged, answered } = received();
		const use = jest.fn(() => start);
		await expect(receive(context, accept, use)).resolves.toBe(start);
		expect(use.mock.calls).toEqual([
			[
				{
					request: context.getRequestObject(),
					rawBody: Buffer.from(BODY),
					receivedAt: expect.any(Date) as Date,
				},
				'Kustomer',
			],
		]);
		expect([logged, answered]).toEqual([[], { headers: {} }]);
	});

	it('X8: answers a refusal with its status and reason, and logs it without anything that was sent', async () => {
		for (const status of [401, 413, 415, 500, 503] as const) {
			const { context, logged, answered } = received();
			const use = jest.fn(() => start);
			const refusal = new Refusal(status, 'The signature is missing.');
			await expect(receive(context, refusing(refusal), use)).resolves.toEqual({ noWebhookResponse: true });
			expect(answered).toEqual({ status, body: { error: 'The signature is missing.' }, headers: {} });
			expect(logged).toEqual([
				'Event refused: The signature is missing. [workflow: Calls, workflowId: 7, node: Trigger, refused: 1]',
			]);
			forgetEverything();
			expect(use).not.toHaveBeenCalled();
		}
	});

	it('X2, X16: the log says how many were refused, once a minute for each reason and workflow', async () => {
		jest.useFakeTimers();
		try {
			const { context, logged } = received();
			const refuse = async (detail: string) =>
				await receive(context, refusing(new Refusal(401, 'No.', undefined, detail)), () => start);
			for (let times = 0; times < 50; times += 1) await refuse('The header is missing.');
			await refuse('The header is another one.');
			expect(logged).toHaveLength(2);
			jest.advanceTimersByTime(61_000);
			await refuse('The header is missing.');
			expect(logged[2]).toBe(
				'Event refused: The header is missing. [workflow: Calls, workflowId: 7, node: Trigger, refused: 51]',
			);
			jest.advanceTimersByTime(3_600_000);
			await refuse('The header is missing.');
			expect(logged[3]).toContain('refused: 1]');
		} finally {
			jest.useRealTimers();
		}
	});

	it('says how to sign in where there is a way', async () => {
		const { context, answered } = received();
		await receive(context, refusing(new Refusal(401, 'Missing.', 'Basic realm="x"')), () => start);
		expect(answered.headers).toEqual({ 'WWW-Authenticate': 'Basic realm="x"' });
	});

	it('does not read a body that says that it is too large', async () => {
		const readRawBody = jest.fn(async () => await Promise.resolve());
		const headers = { 'content-length': '5000001' };
		const { context, answered } = received({ headers, rawBody: undefined, readRawBody });
		await receive(context, { ...accept, largestBody: 5_000_000 }, () => start);
		expect(answered).toMatchObject({ status: 413, body: { error: 'The event is larger than 5 MB.' } });
		expect(readRawBody).not.toHaveBeenCalled();
	});

	it.each([
		[21, 413],
		[22, undefined],
	])('accepts a body of 22 bytes where %p are allowed: %p', async (largestBody, status) => {
		const { context, answered } = received();
		await receive(context, { ...accept, largestBody }, () => start);
		expect(answered.status).toBe(status);
	});
});

describe('answer', () => {
	it('writes status and body, and leaves nothing to n8n', () => {
		const { context, answered } = received();
		expect(answer(context, 202, { accepted: true })).toEqual({ noWebhookResponse: true });
		expect(answered).toMatchObject({ status: 202, body: { accepted: true } });
	});
});

describe('checkCredential', () => {
	const credential: WebhookCredential = {
		method: 'basicAuth',
		user: 'platform',
		password: 'a long password indeed',
	};
	const push: Reception<undefined> = { what: 'Push', check: checkCredential };

	it('accepts who presents what the credential says', async () => {
		const { Authorization = '' } = signWebhook(BODY, credential);
		const { context, answered } = received({ headers: { authorization: Authorization } }, credential);
		await expect(receive(context, push, () => start)).resolves.toBe(start);
		expect(answered.status).toBeUndefined();
	});

	it('answers 401 with a challenge to others, and never says what was expected', async () => {
		const { context, answered, logged } = received({}, credential);
		await receive(context, push, () => start);
		expect(answered).toMatchObject({
			status: 401,
			headers: { 'WWW-Authenticate': expect.stringContaining('Basic realm=') as string },
		});
		expect(JSON.stringify([answered, logged])).not.toContain(credential.password);
	});

	it('X16: tells others nothing of what the credential asks for; the log does', async () => {
		const secret = 'a-long-secret-value';
		const credentials: WebhookCredential[] = [
			{ method: 'header', headerName: 'X-Own-Name', headerValue: secret },
			{ method: 'header', headerName: '', headerValue: secret },
			{ method: 'hmac', secret, signatureHeader: 'X-Own-Name', timestampHeader: 'X-Own-Time' },
			{ method: 'hmac', secret, signatureHeader: 'X-Own-Name' },
		];
		const answers = new Set<string>();
		for (const [index, given] of credentials.entries()) {
			const presented: Array<Record<string, string>> = [
				{},
				{ 'x-own-name': 'guess' },
				{ 'x-own-name': 'guess', 'x-own-time': '1' },
			];
			for (const headers of presented) {
				const { context, answered, logged } = received({ headers }, given);
				await receive(context, push, () => start);
				expect(answered.status).toBe(401);
				answers.add(JSON.stringify(answered.body));
				expect(logged.join()).toMatch(/X-Own-|Header Name|signature/);
				forgetEverything();
				expect([index, ...logged].join()).not.toContain(secret);
			}
		}
		expect([...answers]).toEqual([expect.not.stringMatching(/X-Own|header|signature|timestamp|password/i)]);
	});

	it('answers 500 when n8n cannot give the credential', async () => {
		const { context, answered } = received();
		await receive(context, push, () => start);
		expect(answered).toMatchObject({
			status: 500,
			body: { error: 'The webhook credential of this node could not be read in n8n.' },
		});
	});
});
