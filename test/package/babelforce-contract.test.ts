/** The check of babelforce's published document (`npm run check:contract:babelforce`), on a small document of its own. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ContractDocument, type OpenApi } from '../../tools/check-babelforce-contract/document';
import { serveDocument, type MockServer } from '../../tools/check-babelforce-contract/mock-server';

const uuid = { $ref: '#/components/schemas/Uuid' };
const query = (name: string, schema: object, more: object = {}) => ({ name, in: 'query', schema, ...more });
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

const DOCUMENT = {
	paths: {
		'/calls/{id}': {
			get: { operationId: 'getCall', responses: { 200: json({ $ref: '#/components/schemas/Call' }) } },
		},
		'/calls/reporting': {
			get: {
				operationId: 'listCalls',
				parameters: [
					query('parentId', { oneOf: [uuid, { type: 'array', items: uuid }] }),
					query('max', { type: 'integer' }),
					query('open', { type: 'boolean' }, { required: true }),
				],
				responses: { 200: json({ type: 'object' }) },
			},
		},
		'/agents/{id}/status': {
			put: {
				operationId: 'setStatus',
				requestBody: { $ref: '#/components/requestBodies/Status' },
				responses: { 201: {} },
			},
		},
	},
	components: {
		schemas: {
			Uuid: { type: 'string', format: 'uuid' },
			Call: { type: 'object', required: ['id'], properties: { id: uuid } },
		},
		requestBodies: {
			Status: {
				required: true,
				...json({
					type: 'object',
					additionalProperties: false,
					properties: { enabled: { type: 'boolean' } },
				}),
			},
		},
	},
} as unknown as OpenApi;

const ID = 'c1000000-0000-0000-0000-000000000001';
const BARE = ID.replaceAll('-', '');

/** What answers behind the document: a body for each path. */
let service: Server;
let body: unknown;
let mock: MockServer;

beforeEach(async () => {
	service = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	await new Promise<void>((ready) => service.listen(0, '127.0.0.1', ready));
	const { port } = service.address() as AddressInfo;
	mock = await serveDocument(new ContractDocument(DOCUMENT), `http://127.0.0.1:${port}`);
	body = { id: BARE };
});

afterEach(async () => {
	await mock.close();
	service.closeAllConnections();
	service.close();
});

async function ask(path: string, method = 'GET', sent?: unknown): Promise<number> {
	const response = await fetch(`${mock.url}${path}`, {
		method,
		body: sent === undefined ? undefined : JSON.stringify(sent),
	});
	await response.text();
	return response.status;
}

it.each([
	['GET', `/calls/reporting?open=true&max=20&parentId=${ID}`],
	['GET', `/calls/reporting?open=false&parentId=${ID}&parentId=${ID}`],
	['GET', `/calls/${BARE}`],
])('C7: %s %s is taken, and answered by the service behind', async (method, path) => {
	expect(await ask(path, method)).toBe(200);
	expect(mock.violations).toEqual([]);
	expect([...mock.taken.values()]).toEqual([1]);
});

it.each([
	[`/calls/reporting?open=true&parentId=${BARE}`, 'query parentId'],
	[`/calls/reporting?open=true&parentId=${ID},${ID}`, 'query parentId'],
	['/calls/reporting?open=true&max=many', 'query max'],
	['/calls/reporting?open=true&open=true', 'query open'],
	['/calls/reporting', 'query open: is missing'],
	['/calls/reporting?open=true&parent=1', 'query parent: is unknown'],
	['/nothing', 'there is no GET /nothing'],
])('C7: %s is refused, and named (%s)', async (path, problem) => {
	expect(await ask(path)).toBe(422);
	expect(mock.violations).toEqual([expect.stringContaining(problem)]);
	expect(mock.taken.size).toBe(0);
});

it.each([
	[undefined, 'body: is missing'],
	[{ enabled: 'yes' }, 'body/enabled must be boolean'],
	[{ enabled: true, foo: 1 }, 'must NOT have additional properties: foo'],
])('S2: a body such as %j is refused, and named', async (sent, problem) => {
	expect(await ask('/agents/1/status', 'PUT', sent)).toBe(422);
	expect(mock.violations).toEqual([expect.stringContaining(problem)]);
});

it('names answers that the document does not have, and statuses', async () => {
	body = { name: 'no id' };
	await ask(`/calls/${BARE}`);
	await ask('/agents/1/status', 'PUT', { enabled: true });
	expect(mock.violations).toEqual([
		expect.stringContaining("answer must have required property 'id'"),
		expect.stringContaining('answer: status 200 is unknown'),
	]);
});
