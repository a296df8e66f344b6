/** The custom CRM, asked over HTTP as CCAI Platform asks it, with the stand-in for Kustomer behind it. */
import { randomBytes } from 'node:crypto';

import axios, { type AxiosRequestConfig } from 'axios';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { ENDPOINTS } from '../../lib/crm-api/endpoints';
import type { EndpointName } from '../../lib/crm-api/request';
import type { WebhookCredential } from '../../lib/webhooks/authentication';
import { CrmApiTrigger } from '../../nodes/CrmApiTrigger/CrmApiTrigger.node';
import {
	AUTHORIZATION,
	startAuthorizationServer,
	type AuthorizationServer,
} from '../../sandbox/authorization-server';
import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { executeWorkflow } from './execute-harness';
import { KUSTOMER, setupFor } from './kustomer-setup';
import {
	outputsOf,
	startWebhookServer,
	webhookField,
	type WebhookRun,
	type WebhookServer,
	type WebhookSetup,
} from './webhook-harness';

const BASIC: WebhookCredential = { method: 'basicAuth', user: 'ccaip', password: 'correct horse battery' };
const AUTHORIZED = {
	authorization: `Basic ${Buffer.from('ccaip:correct horse battery').toString('base64')}`,
};
const { jonas } = SANDBOX.customers;

let standIn: KustomerStandIn;
beforeAll(async () => (standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 })));
afterAll(async () => await standIn.close());
beforeEach(() => standIn.reset());

const open: WebhookServer[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map(async ({ close }) => await close()));
});

function setup(parameters: INodeParameters = {}, credential = BASIC): WebhookSetup {
	return {
		nodeType: new CrmApiTrigger(),
		parameters,
		credentials: {
			contactCenterWebhookApi: { ...credential } as ICredentialDataDecryptedObject,
			kustomerApi: { organization: SANDBOX.organization, apiKey: standIn.apiKey, baseUrl: standIn.url },
		},
	};
}

interface Answer {
	status: number;
	headers: Record<string, unknown>;
	body: IDataObject;
	run: WebhookRun | undefined;
}

const pathOf = (endpoint: EndpointName) => ENDPOINTS.find(({ name }) => name === endpoint)?.path ?? '';

/** Sends one request. @param to the endpoint's path, with an id behind it where there is one */
async function ask(to: string, request: AxiosRequestConfig, node = setup()): Promise<Answer> {
	const server = await startWebhookServer(node);
	open.push(server);
	const { status, headers, data } = await axios.request<IDataObject>({
		method: 'POST',
		url: `${server.url}/${to}`,
		proxy: false,
		maxBodyLength: Infinity,
		validateStatus: () => true,
		...request,
		headers: { ...AUTHORIZED, ...request.headers },
	});
	// What goes on after the answer is over when webhook() has returned.
	while (server.runs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	return { status, headers: headers as Record<string, unknown>, body: data, run: server.runs[0] };
}

const itemOf = ({ run }: Answer) => run?.outputs[0]?.[0]?.json ?? {};

describe('G1: an endpoint', () => {
	it.each(['GET', 'POST', 'PUT', 'PATCH'] as const)('G1: answers %s with an account', async (method) => {
		const parameters = { email: jonas.email };
		const answer = await ask(pathOf('findAccountByQuery'), {
			method,
			...(method === 'GET' ? { params: parameters } : { data: parameters }),
		});
		expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ id: jonas.id })]);
		expect(answer.run).toMatchObject({ started: true });
		expect(itemOf(answer)).toMatchObject({
			endpoint: 'findAccountByQuery',
			method,
			fields: parameters,
			outcome: 'found',
			status: 200,
			customerId: jonas.id,
		});
	});

	it('G1: takes the id from the path, and says 404 when there is none', async () => {
		const found = await ask(`${pathOf('findAccountById')}/${jonas.id}`, { method: 'GET' });
		expect([found.status, found.body.id]).toEqual([200, jonas.id]);
		const none = await ask(`${pathOf('findAccountById')}/5f00000000000000000000ff`, { method: 'GET' });
		expect(none.status).toBe(404);
	});

	it('G1: that does not exist is answered with those that do, and starts nothing', async () => {
		const { status, body, run } = await ask('nothing', { data: {} });
		expect([status, body.error]).toEqual([404, expect.stringContaining(pathOf('createRecord'))]);
		expect(run).toMatchObject({ started: false });
	});

	it.each([
		['a property map', { email: jonas.email }],
		['a container', { account: { email: jonas.email } }],
		['a container with a list', { account: [{ email: jonas.email }] }],
	])('G5: understands %s', async (_, data) => {
		expect((await ask(pathOf('findAccountByQuery'), { data })).body.id).toBe(jonas.id);
	});

	it('G5: puts its answer where the platform looks for it', async () => {
		const node = setup({ settings: { responseLocation: 'result.account' } });
		const { body } = await ask(pathOf('findAccountByQuery'), { data: { email: jonas.email } }, node);
		expect(body).toEqual({ result: { account: expect.objectContaining({ id: jonas.id }) as unknown } });
	});

	it('G1, X12: creates a record by the record rules of the panel, once', async () => {
		const data = {
			contactId: jonas.id,
			subject: 'Call from Jonas',
			sourceType: 'PHONE',
			SESSION_ID: '4711',
			Call_ID: '4711',
		};
		const node = setup({ title: 'Ours: {CALL_ID}' });
		const answers = await Promise.all([
			ask(pathOf('createRecord'), { data }, node),
			ask(pathOf('createRecord'), { data }, node),
		]);
		const [first, second] = answers.map(({ body }) => body.id);
		expect(first).toEqual(expect.stringMatching(/^[0-9a-f]{24}$/));
		expect(second).toBe(first);
		expect(
			[...standIn.store.conversations.values()].filter(({ externalId }) => externalId !== undefined),
		).toHaveLength(1);
	});

	it('G8: refuses what it cannot read, in the execution as in the answer', async () => {
		const answer = await ask(pathOf('createRecord'), {
			data: '{"subject": ',
			headers: { 'content-type': 'application/json' },
		});
		expect([answer.status, answer.body]).toEqual([422, { error: 'The body is not valid JSON.' }]);
		expect(itemOf(answer)).toMatchObject({ outcome: 'refused', reason: 'The body is not valid JSON.' });
	});

	it('G4: answers in time while Kustomer hangs, and finishes afterwards', async () => {
		standIn.faults.add({ times: 3, fault: { kind: 'delay', ms: 1500 } });
		const began = Date.now();
		const answer = await ask(
			pathOf('findAccountByQuery'),
			{ data: { email: jonas.email } },
			setup({ timeout: 1 }),
		);
		expect(answer.status).toBe(400);
		// What was begun is over when webhook() returns, and the item says what became of it.
		expect(itemOf(answer)).toMatchObject({ outcome: 'found', status: 400, customerId: jonas.id });
		expect(Date.now() - began).toBeGreaterThan(1400);
	});
});

describe('G2: who may ask', () => {
	const account = { data: { email: jonas.email } };

	it('G2: nobody without the right user and password; nothing starts, and the body is not read', async () => {
		for (const authorization of ['', 'Basic d3Jvbmc6d3Jvbmc=', 'Bearer abc']) {
			const { status, headers, run } = await ask(pathOf('findAccountByQuery'), {
				...account,
				headers: { authorization },
			});
			expect(status).toBe(401);
			expect(headers['www-authenticate']).toMatch(/^Basic /);
			expect(run).toEqual({ started: false, outputs: [] });
		}
	});

	it('G2: every header of the credential has to fit', async () => {
		const node = setup(
			{},
			{
				method: 'header',
				headerName: 'X-Token',
				headerValue: 'first secret value',
				moreHeaders: '{"X-Tenant": "berlin", "X-Key": "second secret value"}',
			},
		);
		const headers = { 'x-token': 'first secret value', 'x-tenant': 'berlin', 'x-key': 'second secret value' };
		expect((await ask(pathOf('findAccountByQuery'), { ...account, headers }, node)).status).toBe(200);
		for (const name of Object.keys(headers)) {
			const { status, run } = await ask(
				pathOf('findAccountByQuery'),
				{ ...account, headers: { ...headers, [name]: 'wrong' } },
				node,
			);
			expect(status).toBe(401);
			expect(run).toMatchObject({ started: false });
		}
	});

	describe('with OAuth 2.0', () => {
		let authorization: AuthorizationServer;
		beforeAll(async () => (authorization = await startAuthorizationServer()));
		afterAll(() => authorization.stop());

		it('G2: a token of the authorization server is needed', async () => {
			const credential: WebhookCredential = {
				method: 'oAuth2',
				issuer: authorization.issuer,
				audience: AUTHORIZATION.audience,
				client: AUTHORIZATION.platform.id,
				scope: AUTHORIZATION.scope,
				checkedBy: 'keys',
			};
			const withToken = (token: string) => ({ ...account, headers: { authorization: `Bearer ${token}` } });
			const good = await ask(
				pathOf('findAccountByQuery'),
				withToken(await authorization.token()),
				setup({}, credential),
			);
			expect(good.status).toBe(200);
			const stranger = await authorization.token({ client: AUTHORIZATION.stranger });
			const bad = await ask(pathOf('findAccountByQuery'), withToken(stranger), setup({}, credential));
			expect(bad.status).toBe(401);
			expect(bad.headers['www-authenticate']).toContain('invalid_token');
			expect(bad.run).toMatchObject({ started: false });
		});

		it('G2: without the server nobody is believed, and nothing starts', async () => {
			const credential: WebhookCredential = {
				method: 'oAuth2',
				issuer: 'http://127.0.0.1:9',
				audience: 'n8n',
				checkedBy: 'keys',
			};
			const { status, run } = await ask(
				pathOf('findAccountByQuery'),
				{ ...account, headers: { authorization: 'Bearer a.b.c' } },
				setup({}, credential),
			);
			expect(status).toBe(503);
			expect(run).toMatchObject({ started: false });
		});
	});
});

describe('G9: a file', () => {
	async function record(): Promise<string> {
		const { body } = await ask(pathOf('createRecord'), {
			data: { contactId: jonas.id, subject: 'Call', sourceType: 'PHONE', Call_ID: '4712' },
		});
		return String(body.id);
	}

	it('G9: arrives in Kustomer by multipart and by base64, and the item has it', async () => {
		const id = await record();
		const bytes = randomBytes(200_000);
		const form = new FormData();
		form.set('id', id);
		form.set('file', new Blob([bytes], { type: 'audio/mpeg' }), 'call-4712.mp3');
		const byForm = await ask(pathOf('uploadFile'), { data: form });
		expect([byForm.status < 300, byForm.body]).toEqual([
			true,
			expect.objectContaining({ id: expect.anything() as unknown }),
		]);
		expect(byForm.run?.outputs[0]?.[0]?.binary?.file).toMatchObject({
			fileName: 'call-4712.mp3',
			mimeType: 'audio/mpeg',
		});
		const again = await ask(`${pathOf('uploadFile')}/${id}`, {
			data: { file: bytes.toString('base64'), filename: 'call-4712.mp3', contentType: 'audio/mpeg' },
		});
		// The same file at the same place is there already.
		expect(again.body.id).toBe(byForm.body.id);
	});

	it('G9: that is too large is refused with 413, and one where none belongs with 422', async () => {
		const node = setup({ settings: { largestFile: 1 } });
		const data = { id: 'x', file: randomBytes(1_100_000).toString('base64') };
		expect((await ask(pathOf('uploadFile'), { data }, node)).status).toBe(413);
		expect((await ask(pathOf('addComment'), { data }, node)).status).toBe(422);
	});
});

describe('the endpoints that the steps answer', () => {
	const parameters: INodeParameters = { ownEndpoints: ['addComment', 'findRecord'] };

	it('G1: have an output each, behind the one for what was answered', async () => {
		expect(outputsOf(setup(parameters)).map(({ displayName }) => displayName)).toEqual([
			'Answered',
			ENDPOINTS.find(({ name }) => name === 'findRecord')?.label,
			ENDPOINTS.find(({ name }) => name === 'addComment')?.label,
		]);
		expect(webhookField(setup(parameters), 'POST', 'responseMode')).toBe('responseNode');
		expect(webhookField(setup(), 'POST', 'responseMode')).toBe('onReceived');
		const { run } = await ask(
			pathOf('addComment'),
			{ data: { id: '1', comment: 'Hello' } },
			setup(parameters),
		);
		expect(run?.outputs.map((items) => items.length)).toEqual([0, 0, 1]);
		expect(run?.outputs[2]?.[0]?.json).toMatchObject({
			endpoint: 'addComment',
			fields: { id: '1', comment: 'Hello' },
		});
	});

	it.each([
		[
			{ answerWith: 'account', answerId: '7', accountName: 'Kim', options: { responseLocation: 'data' } },
			200,
			{ data: { id: '7', name: 'Kim' } },
		],
		[
			{ answerWith: 'record', answerId: '8', contactId: '7' },
			200,
			{ id: '8', status: 'open', contactId: '7' },
		],
		[
			{ answerWith: 'file', answerId: '9', fileUrl: 'https://example.com/9' },
			200,
			{ id: '9', url: 'https://example.com/9' },
		],
		[{ answerWith: 'done' }, 200, {}],
		[{ answerWith: 'notFound', answerReason: 'Nobody' }, 404, { error: 'Nobody' }],
		[{ answerWith: 'refused' }, 422, {}],
		[{ answerWith: 'retry' }, 400, {}],
	] as Array<[INodeParameters, number, IDataObject]>)(
		'G1, G8: are answered by the step Custom CRM Request: Answer: %j',
		async (fields, statusCode, body) => {
			const responses: unknown[] = [];
			const run = await executeWorkflow({
				...setupFor(standIn),
				workflow: {
					nodes: [
						{
							id: '1',
							name: 'Answer',
							type: KUSTOMER,
							typeVersion: 1.1,
							position: [0, 0],
							parameters: { resource: 'crmRequest', operation: 'answer', ...fields },
							credentials: { kustomerApi: { id: '1', name: 'Kustomer' } },
						},
					],
					connections: {},
				},
				start: 'Answer',
				items: [{ json: { endpoint: 'findRecord' } }],
				onResponse: (response) => responses.push(response),
			});
			expect(run.error).toBeUndefined();
			expect(responses).toEqual([expect.objectContaining({ statusCode, body })]);
			expect(run.outputOf('Answer')[0]?.[0]?.json).toMatchObject({
				endpoint: 'findRecord',
				status: statusCode,
			});
		},
	);
});
