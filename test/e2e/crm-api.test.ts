/** CCAI Platform with the custom CRM in a real n8n: the platform's flows, as its settings can make them. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

import axios from 'axios';

import { contentOf } from '../../sandbox/large-files/content';
import {
	AUTHORIZATION,
	startAuthorizationServer,
	type AuthorizationServer,
} from '../../sandbox/authorization-server';
import { SANDBOX, type KustomerStandIn, type KustomerStandInOptions } from '../../sandbox/kustomer';
import { sha256Of, startLargeFiles, type LargeFiles } from '../../sandbox/large-files';
import { CREDENTIAL_NAMES } from '../../sandbox/launcher';
import { CCAIP_AGENTS, CCAIP_WORKFLOWS } from '../../sandbox/launcher/stack';
import { playCcaipScenario } from '../../sandbox/telephony/ccaip';
import {
	CrmApiPlatform,
	crmApiPlatformSettings,
	overHttp,
	PLATFORM_PHONE_FORMATS,
	type CrmApiPlatformSettings,
	type DataFormat,
	type SimulatedSession,
} from '../../sandbox/telephony/crm-api';

import { crmWorkflow, pairwise } from './harness/crm-api';
import { peakGrowth } from './harness/resident-memory';
import { useSandbox } from './harness/sandbox';
import { waitFor } from './harness/wait';

const MIB = 1024 * 1024;
const LONG_MS = 300_000;
const PASSWORD = 'correct horse battery staple';
/** How the platform shows who it is, by the name of the credential in n8n. */
const METHODS = {
	basic: { method: 'basicAuth', user: 'ccaip', password: PASSWORD },
	headers: {
		method: 'header',
		headerName: 'X-Token',
		headerValue: PASSWORD,
		moreHeaders: '{"X-Tenant": "berlin"}',
	},
} as const;

const standInOptions: KustomerStandInOptions = { rateLimitPerMinute: 0 };
let authorization: AuthorizationServer;
let storage: LargeFiles;
beforeAll(async () => {
	[authorization, storage] = await Promise.all([startAuthorizationServer(), startLargeFiles()]);
}, LONG_MS);
afterAll(() => {
	authorization.stop();
	storage.stop();
});

const sandbox = useSandbox({
	standIn: standInOptions,
	workflows: [CCAIP_WORKFLOWS.events],
	// What n8n 2 has by default, and n8n 1 needs for large files.
	env: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' },
});
/** Base URLs of the custom CRM, by how the platform shows who it is. */
const bases: Record<string, string> = {};
const workflowIds: Record<string, string> = {};

async function publishFor(name: string, credential: Record<string, unknown>, parameters = {}): Promise<void> {
	await sandbox.stack.api.saveCredential({ name, type: 'contactCenterWebhookApi', data: credential });
	const { workflow, path } = crmWorkflow(name, name, CREDENTIAL_NAMES.kustomer, parameters);
	const [published] = await sandbox.stack.n8n.publish([workflow]);
	bases[name] = sandbox.stack.n8n.webhookUrl(path);
	workflowIds[name] = published?.id ?? '';
}

beforeAll(async () => {
	const server = { method: 'oAuth2', issuer: authorization.issuer, scope: AUTHORIZATION.scope };
	await publishFor('basic', METHODS.basic);
	await publishFor('headers', METHODS.headers);
	await publishFor('keys', { ...server, checkedBy: 'keys', audience: AUTHORIZATION.audience });
	await publishFor('introspection', {
		...server,
		checkedBy: 'introspection',
		audience: AUTHORIZATION.opaqueAudience,
		ownClient: AUTHORIZATION.own.id,
		ownSecret: AUTHORIZATION.own.secret,
	});
	await publishFor('quick', METHODS.basic, { timeout: 3 });
}, LONG_MS);
beforeEach(() => {
	sandbox.standIn.reset();
	sandbox.standIn.faults.clear();
});

const basicHeader = {
	authorization: `Basic ${Buffer.from(`ccaip:${PASSWORD}`).toString('base64')}`,
};
const AUTHENTICATE: Record<string, CrmApiPlatformSettings['authenticate']> = {
	basic: () => basicHeader,
	quick: () => basicHeader,
	headers: () => ({ 'X-Token': PASSWORD, 'X-Tenant': 'berlin' }),
	keys: async () => ({ authorization: `Bearer ${await authorization.token()}` }),
	introspection: async () => ({
		authorization: `Bearer ${await authorization.token({ resource: AUTHORIZATION.opaqueAudience })}`,
	}),
};

let counter = 4000;

function session(kind: 'call' | 'chat', others: Partial<SimulatedSession> = {}): SimulatedSession {
	counter += 1;
	return {
		kind,
		id: counter,
		customer: {
			phone: `+1212736${counter}`,
			name: `Kim Lee ${counter}`,
			email: `kim.${counter}@example.com`,
		},
		agent: { id: 11, email: SANDBOX.users.ana.email },
		menu: ['Orders', 'Delivery'],
		queueId: 26,
		language: 'en',
		sessionType: kind === 'call' ? 'Voice Inbound (IVR)' : 'Messaging Inbound (Web Chat)',
		direction: 'incoming',
		supportNumber: '+12125550100',
		subject: `${kind} ${counter}`,
		description: 'The customer asks for something.',
		...others,
	};
}

/** The whole of a session, from the first look-up to the rating. */
async function play(platform: CrmApiPlatform, one: SimulatedSession): Promise<void> {
	const open = await platform.open(one);
	await platform.finish(open, { callDuration: 155, holdTime: 20, waitTime: 45 });
	await platform.upload(open, {
		name: `call-${one.id}.mp3`,
		contentType: 'audio/mpeg',
		content: Buffer.concat([Buffer.from('ID3\u0004'), randomBytes(100_000)]),
	});
	await platform.rate(open, 5, 'Great!');
}

/** What Kustomer has of a session: one of everything. */
function expectOnce({ store }: KustomerStandIn, one: SimulatedSession): void {
	const customers = [...store.customers.values()].filter(({ emails }) =>
		emails.some(({ email }) => email === one.customer.email),
	);
	expect(customers).toHaveLength(1);
	expect(customers[0]?.phones.map(({ phone }) => phone)).toEqual([one.customer.phone]);
	const messages = [...store.messages.values()].filter(
		({ externalId }) => externalId === `ccaip:${one.kind}-${one.id}`,
	);
	expect(messages).toHaveLength(1);
	const conversations = [...store.conversations.values()].filter(
		({ customerId }) => customerId === customers[0]?.id,
	);
	expect(conversations).toHaveLength(1);
	const notes = [...store.notes.values()].filter(
		({ conversationId }) => conversationId === conversations[0]?.id,
	);
	const texts = notes.map(({ body }) => body);
	expect(new Set(texts).size).toBe(texts.length);
	expect(texts).toEqual(expect.arrayContaining(['Rating: 5 of 5\nComment: Great!']));
	expect(notes.filter(({ attachments }) => attachments.length > 0)).toHaveLength(1);
}

describe('every setting of the platform', () => {
	const FORMATS: DataFormat[] = [
		{ kind: 'property' },
		{ kind: 'map', container: 'ticket' },
		{ kind: 'array', container: 'ticket' },
	];
	const combinations = pairwise({
		method: ['GET', 'POST', 'PUT', 'PATCH'] as const,
		dataFormat: FORMATS,
		phoneFormat: PLATFORM_PHONE_FORMATS,
		authentication: ['basic', 'headers', 'keys', 'introspection'] as const,
	}).map((one) => ({ ...one, format: one.dataFormat.kind }));

	it.each(combinations)(
		'G1, G2, G3, G5: $method, $format, numbers $phoneFormat, authentication $authentication: a call and a chat, once each',
		async ({ method, dataFormat, phoneFormat, authentication }) => {
			const settings = crmApiPlatformSettings(
				{ method, dataFormat },
				{ phoneFormat, authenticate: AUTHENTICATE[authentication] ?? (() => ({})) },
			);
			const platform = new CrmApiPlatform(settings, overHttp(bases[authentication] ?? ''));
			const both = [session('call'), session('chat')];
			await Promise.all(both.map(async (one) => await play(platform, one)));
			expect(platform.complaints).toEqual([]);
			expect(platform.lost).toEqual([]);
			for (const one of both) expectOnce(sandbox.standIn, one);
		},
		LONG_MS,
	);
});

it(
	'G2: wrong credentials are answered with 401, and leave no execution',
	async () => {
		await sandbox.settled();
		const newest = async () => (await sandbox.stack.n8n.executions())[0]?.id;
		const before = await newest();
		for (const [name, headers] of [
			['basic', {}],
			['basic', { authorization: 'Basic d3Jvbmc6d3Jvbmc=' }],
			['headers', { 'X-Token': PASSWORD }],
			[
				'keys',
				{
					authorization: `Bearer ${await authorization.token({ client: AUTHORIZATION.stranger, scope: 'other' })}`,
				},
			],
			['introspection', { authorization: 'Bearer invented' }],
		] as const) {
			const { status, headers: answered } = await axios.post(
				`${bases[name]}/find-account`,
				{ email: SANDBOX.customers.jonas.email },
				{ headers, proxy: false, validateStatus: () => true },
			);
			expect([401, 403]).toContain(status);
			if (name !== 'headers') expect(answered['www-authenticate']).toMatch(/^(Basic|Bearer) /);
		}
		expect(await newest()).toBe(before);
	},
	LONG_MS,
);

it(
	'X1: session events and this API tell of the same call: one session',
	async () => {
		const played = await playCcaipScenario({
			scenario: 'inboundCall',
			receiver: sandbox.stack.ccaip,
			agents: CCAIP_AGENTS,
			customer: { phone: '+12127369001' },
		});
		const [id = ''] = played.sessionIds;
		const platform = new CrmApiPlatform(
			crmApiPlatformSettings({}, { authenticate: () => basicHeader }),
			overHttp(bases.basic ?? ''),
		);
		const one = session('call', {
			id: Number(id.replace(/\D/g, '')),
			customer: { phone: '+12127369001', name: 'Kim Lee' },
		});
		await play(platform, one);
		await sandbox.settled();
		expect(platform.complaints).toEqual([]);
		const { store } = sandbox.standIn;
		const messages = [...store.messages.values()].filter(({ externalId }) => externalId === `ccaip:${id}`);
		expect(messages).toHaveLength(1);
		const customers = [...store.customers.values()].filter(({ phones }) =>
			phones.some(({ phone }) => phone === '+12127369001'),
		);
		expect(customers).toHaveLength(1);
		expect(
			[...store.conversations.values()].filter(({ customerId }) => customerId === customers[0]?.id),
		).toHaveLength(1);
	},
	LONG_MS,
);

it(
	'G1: an endpoint that the steps answer gets their answer, and the others that of the node',
	async () => {
		const { workflow, path } = crmWorkflow('steps', 'basic', CREDENTIAL_NAMES.kustomer, {
			ownEndpoints: ['findAccountByQuery'],
		});
		workflow.nodes.push({
			id: '00000000-0000-4000-8000-00000000c001',
			name: 'Answer',
			type: 'n8n-nodes-kustomer.kustomer',
			typeVersion: 1.1,
			position: [200, 0],
			parameters: {
				resource: 'crmRequest',
				operation: 'answer',
				answerWith: 'account',
				answerId: 'own-1',
				accountName: '={{ $json.fields.email }}',
			},
			credentials: { kustomerApi: { name: CREDENTIAL_NAMES.kustomer } },
		});
		workflow.connections = {
			'Custom CRM': { main: [[], [{ node: 'Answer', type: 'main', index: 0 }]] },
		};
		const [published] = await sandbox.stack.n8n.publish([workflow]);
		const base = sandbox.stack.n8n.webhookUrl(path);
		const ask = async (endpoint: string, data: object) =>
			await axios.post<unknown>(`${base}/${endpoint}`, data, {
				headers: basicHeader,
				proxy: false,
				validateStatus: () => true,
			});
		const own = await ask('find-account', { email: 'own@example.com' });
		expect(await sandbox.failures(published?.id)).toEqual([]);
		expect([own.status, own.data]).toEqual([200, { id: 'own-1', name: 'own@example.com' }]);
		const { jonas } = SANDBOX.customers;
		const byNode = await ask(`account/${jonas.id}`, {});
		expect([byNode.status, byNode.data]).toEqual([200, expect.objectContaining({ id: jonas.id })]);
	},
	LONG_MS,
);

describe('while Kustomer is in trouble', () => {
	const FAULTS = {
		'429 for three seconds': { fault: { kind: 'rateLimitFor', ms: 3000 } },
		'500 again and again': { times: 12, fault: { kind: 'status', status: 500 } },
		'hanging for five seconds': { times: 6, fault: { kind: 'delay', ms: 5000 } },
	} as const;

	it.each(Object.keys(FAULTS) as Array<keyof typeof FAULTS>)(
		'G4, G8: %s: every answer is in time, and after the repetitions there is one of everything',
		async (name) => {
			const settings = crmApiPlatformSettings({}, { authenticate: () => basicHeader, timeoutSeconds: 3 });
			const platform = new CrmApiPlatform(settings, overHttp(bases.quick ?? ''), {
				pause: async () => await new Promise((next) => setTimeout(next, 1000)),
			});
			sandbox.standIn.faults.add({ ...FAULTS[name] });
			const one = session('call');
			await play(platform, one);
			await sandbox.settled();
			expect(platform.complaints).toEqual([]);
			expect(platform.lost).toEqual([]);
			expect(platform.sent.some(({ reply }) => reply.status === 400)).toBe(true);
			expectOnce(sandbox.standIn, one);
		},
		LONG_MS,
	);
});

describe('G9: large files', () => {
	let recordId: string;
	beforeEach(async () => {
		standInOptions.storageUrl = storage.uploadUrl;
		await storage.reset();
		const { jonas } = SANDBOX.customers;
		recordId = sandbox.standIn.store.createConversation(
			jonas.id,
			{ name: 'Call', status: 'open' },
			SANDBOX.users.ana.id,
		).id;
	});
	afterEach(() => (standInOptions.storageUrl = undefined));

	async function* multipart(bytes: number, name: string): AsyncGenerator<Uint8Array> {
		yield Buffer.from(
			`--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: audio/mpeg\r\n\r\n`,
		);
		yield* contentOf(bytes);
		yield Buffer.from('\r\n--b--\r\n');
	}

	async function* inBase64(bytes: number, name: string): AsyncGenerator<Uint8Array> {
		yield Buffer.from(`{"filename": "${name}", "contentType": "audio/mpeg", "file": "`);
		let rest = Buffer.alloc(0);
		for (const piece of contentOf(bytes)) {
			const all = Buffer.concat([rest, piece]);
			const whole = all.length - (all.length % 3);
			rest = all.subarray(whole);
			yield Buffer.from(all.subarray(0, whole).toString('base64'));
		}
		yield Buffer.from(`${rest.toString('base64')}"}`);
	}

	/** Sends, again while the answer says that it goes on, and returns the last answer. */
	async function upload(body: () => AsyncGenerator<Uint8Array>, contentType: string): Promise<number> {
		const deadline = Date.now() + LONG_MS / 2;
		for (;;) {
			const response = await fetch(`${bases.basic}/upload-file/${recordId}`, {
				method: 'POST',
				headers: { ...basicHeader, 'content-type': contentType },
				body: Readable.toWeb(Readable.from(body())) as unknown as BodyInit,
				duplex: 'half',
			} as RequestInit);
			await response.arrayBuffer();
			if (response.status !== 400 || Date.now() > deadline) return response.status;
			await new Promise((next) => setTimeout(next, 1000));
		}
	}

	async function expectSmallGrowth(what: string, bytes: number, send: (name: string) => Promise<number>) {
		// What n8n loads with the first file.
		await send('first.mp3');
		await sandbox.settled();
		await storage.reset();
		let status = 0;
		const growth = await peakGrowth(sandbox.stack.n8n.server.pid, async () => {
			status = await send('second.mp3');
			await sandbox.settled();
		});
		process.stdout.write(`${what}: n8n grew by ${growth.toFixed(0)} MiB (limit: 64)\n`);
		expect([200, 201]).toContain(status);
		expect(growth).toBeLessThan(64);
		const { uploads } = await waitFor('the file', async () => {
			const report = await storage.report();
			return report.uploads.length > 0 && report;
		});
		expect(uploads[0]).toMatchObject({ bytes, sha256: sha256Of(bytes) });
	}

	it(
		'G9, X5: 100 MiB by multipart go through n8n in constant memory',
		async () => {
			const bytes = 100 * MIB;
			await expectSmallGrowth('100 MiB by multipart', bytes, async (name) =>
				upload(() => multipart(bytes, name), 'multipart/form-data; boundary=b'),
			);
		},
		LONG_MS,
	);

	it(
		'G9, X5: 25 MiB in base64 as well, although n8n itself would take 16 MB only',
		async () => {
			const bytes = 25 * MIB;
			await expectSmallGrowth('25 MiB in base64', bytes, async (name) =>
				upload(() => inBase64(bytes, name), 'application/json'),
			);
		},
		LONG_MS,
	);
});
