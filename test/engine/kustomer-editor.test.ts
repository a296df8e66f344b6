import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import { SESSION_FIELDS } from '../../lib/session-log/rules/session-fields';
import { Kustomer } from '../../nodes/Kustomer/Kustomer.node';
import { SANDBOX } from '../../sandbox/kustomer';
import { credentialTestContext, executeNode, loadOptionsContext } from './execute-harness';
import { editorContext, KUSTOMER, setupFor, useKustomer } from './kustomer-setup';

const { listSearch, loadOptions, resourceMapping, credentialTest } = new Kustomer().methods;

const standIn = useKustomer();

describe('lists of the editor', () => {
	const context = () => editorContext(standIn);

	it('offer customers, the newest first, and search them', async () => {
		const { results } = await listSearch.searchCustomers.call(context());
		expect(results).toHaveLength(standIn.store.customers.size);
		const found = await listSearch.searchCustomers.call(context(), 'Jonas');
		expect(found.results).toEqual([
			{
				name: expect.stringMatching(
					/^Jonas Weber \(jonas\.weber@example\.com, \+493023125456, since \d{4}-\d{2}-\d{2}\)$/,
				),
				value: SANDBOX.customers.jonas.id,
			},
		]);
		const byEmail = await listSearch.searchCustomers.call(context(), 'maria.silva@');
		expect(byEmail.results.map(({ value }) => value)).toEqual([SANDBOX.customers.maria.id]);
	});

	it('X4: tell customers apart who have the same name', async () => {
		const name = 'Unknown caller';
		for (const phones of [[{ phone: '+493012345671' }], [{ phone: '+493012345672' }]]) {
			standIn.store.createCustomer({ name, phones }, SANDBOX.users.ana.id);
		}
		const { results } = await listSearch.searchCustomers.call(context(), name);
		expect(results).toHaveLength(2);
		expect(new Set(results.map((one) => one.name)).size).toBe(2);
	});

	it('offer conversations with their status and when they began', async () => {
		const { results } = await listSearch.searchConversations.call(context());
		expect(results).toHaveLength(standIn.store.conversations.size);
		expect(
			results.every(({ name }) => /\((open|snoozed|done), \d{4}-\d{2}-\d{2} \d{2}:\d{2}\)$/.test(name)),
		).toBe(true);
	});

	it('offer users who are people, by name and email', async () => {
		const { results } = await listSearch.searchUsers.call(context());
		expect(results.map(({ name }) => name)).toEqual([
			'Ana Reis (ana.reis@sandbox.example)',
			'Ben Okafor (ben.okafor@sandbox.example)',
			'Chloé Martin (chloe.martin@sandbox.example)',
			'Duty Desk (duty.desk@sandbox.example)',
		]);
		const found = await listSearch.searchUsers.call(context(), 'OKAFOR');
		expect(found.results.map(({ value }) => value)).toEqual([SANDBOX.users.ben.id]);
	});

	it('offer teams, queues and tags', async () => {
		expect((await listSearch.searchTeams.call(context())).results).toEqual([
			{ name: 'Support', value: SANDBOX.teams.support.id },
			{ name: 'Voice', value: SANDBOX.teams.voice.id },
		]);
		expect((await listSearch.searchQueues.call(context(), 'voice')).results).toEqual([
			{ name: 'Voice Inbound', value: SANDBOX.queues.voice.id },
		]);
		expect((await loadOptions.getTags.call(context())).map(({ name, value }) => [name, value])).toEqual(
			['Billing', 'VIP', 'Voice', 'Voice Inbound - IVR'].map((name) => [name, name]),
		);
	});

	it('B1: offer a tag that does not exist as a new one, in the form that Kustomer takes', async () => {
		const found = async (filter: string) =>
			(await listSearch.searchTags.call(context(), filter)).results.map(({ name, value }) => [name, value]);
		expect(await found('')).toHaveLength(4);
		expect(await found('voice')).toEqual([
			['Voice', 'Voice'],
			['Voice Inbound - IVR', 'Voice Inbound - IVR'],
		]);
		expect(await found('call back (Berlin)')).toEqual([['call back - Berlin (new)', 'call back - Berlin']]);
		expect(await found('🚀')).toEqual([]);
	});

	it('X4: tell apart what has the same name, capital letters aside', async () => {
		const { support } = SANDBOX.teams;
		const team = standIn.store.teams.get(support.id);
		if (team === undefined) throw new Error('There is no team Support.');
		standIn.store.teams.set('0'.repeat(24), { ...team, id: '0'.repeat(24), name: 'SUPPORT' });
		const { results } = await listSearch.searchTeams.call(context());
		expect(results.map(({ name }) => name).sort()).toEqual(
			[`SUPPORT (${'0'.repeat(24)})`, `Support (${support.id})`, 'Voice'].sort(),
		);
	});

	it('X8: name the role that is missing', async () => {
		standIn.faults.add({
			fault: { kind: 'status', status: 403, body: { errors: [{ title: 'Forbidden' }] } },
		});
		await expect(listSearch.searchTeams.call(context())).rejects.toMatchObject({
			message: expect.stringContaining('org.permission.team.read'),
		});
	});
});

describe('custom attributes in the editor', () => {
	it('B4: are those of the organization, typed by their suffix', async () => {
		standIn.store.defineAttributes('conversation', {
			reasonStr: { displayName: 'Reason', enumeration: ['Invoice', 'Delivery'] },
		});
		const context = editorContext(standIn, { resource: 'conversation', operation: 'create' });
		const { fields } = await resourceMapping.getCustomAttributes.call(context);
		expect(Object.fromEntries(fields.map(({ id, type }) => [id, type]))).toEqual({
			callIdStr: 'string',
			calledNumberStr: 'string',
			callStartedAt: 'dateTime',
			callDurationNum: 'number',
			vipBool: 'boolean',
			recordingUrl: 'string',
			reasonStr: 'options',
		});
		expect(fields.find(({ id }) => id === 'reasonStr')?.options).toEqual([
			{ name: 'Invoice', value: 'Invoice' },
			{ name: 'Delivery', value: 'Delivery' },
		]);
	});

	it.each(['customer', 'message'])('are those of the resource %s', async (resource) => {
		const context = editorContext(standIn, { resource });
		const { fields } = await resourceMapping.getCustomAttributes.call(context);
		const kind = resource as 'customer' | 'message';
		expect(fields.map(({ id }) => id).sort()).toEqual([...standIn.store.definitions[kind].keys()].sort());
	});

	it('say so when none are defined, because n8n shows nothing then', async () => {
		standIn.store.definitions.message.clear();
		const context = editorContext(standIn, { resource: 'message' });
		expect(await resourceMapping.getCustomAttributes.call(context)).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('No custom attributes are defined'),
		});
	});

	it('are asked for without a word of failure while no credential is chosen', async () => {
		const { nodeTypes } = setupFor(standIn);
		const context = loadOptionsContext({
			nodeTypes,
			type: KUSTOMER,
			parameters: { resource: 'conversation' },
		});
		const { fields, emptyFieldsNotice } = await resourceMapping.getCustomAttributes.call(context);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toMatch(/once a Kustomer credential is chosen above/);
		expect(emptyFieldsNotice).not.toMatch(/could not|does not|fail|error/i);
		expect(standIn.requests).toEqual([]);
	});

	it('X8: say why they cannot be loaded, and leave a mapping that exists alone', async () => {
		const refuse = () =>
			standIn.faults.add({
				fault: { kind: 'status', status: 403, body: { errors: [{ title: 'Forbidden' }] } },
			});
		refuse();
		const empty = editorContext(standIn, { resource: 'conversation' });
		expect(await resourceMapping.getCustomAttributes.call(empty)).toEqual({
			fields: [],
			emptyFieldsNotice: expect.stringContaining('org.permission.metadata.read'),
		});

		refuse();
		const schema = [{ id: 'callIdStr', displayName: 'Call ID', type: 'string' }];
		const mapped = editorContext(standIn, { resource: 'conversation', customAttributes: { schema } });
		await expect(resourceMapping.getCustomAttributes.call(mapped)).rejects.toMatchObject({
			message: expect.stringContaining('org.permission.metadata.read'),
		});
	});
});

describe('C22: the line about session fields in the panel', () => {
	const line = async (context: ReturnType<typeof editorContext>) => {
		const [option, ...others] = await loadOptions.getSessionFieldsStanding.call(context);
		// Its value is the field's default, so it is shown as chosen and nothing is saved.
		expect(others).toEqual([]);
		expect(option?.value).toBe('');
		return option;
	};

	it('says how many do not exist yet, and which, without writing anything', async () => {
		const option = await line(editorContext(standIn, { resource: 'session', operation: 'log' }));
		expect(option?.name).toMatch(/^\d+ of 17 session fields do not exist yet$/);
		expect(option?.description).toMatch(/Missing: .*CSAT Rating \(message\)/);
		expect(standIn.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
	});

	it('says that all exist once they were created', async () => {
		for (const kind of ['message', 'conversation', 'customer'] as const) {
			const fields = SESSION_FIELDS.filter((field) => field.kind === kind);
			standIn.store.defineAttributes(
				kind,
				Object.fromEntries(fields.map(({ name, displayName }) => [name, { displayName }])),
			);
		}
		expect((await line(editorContext(standIn)))?.name).toBe('All 17 session fields exist');
	});

	it('X8: is no failure when the key may not look, and names the role', async () => {
		standIn.faults.add({ path: /metadata/, times: 9, fault: { kind: 'status', status: 403 } });
		const option = await line(editorContext(standIn));
		expect(option?.name).toBe('Could not be looked up with this credential');
		expect(option?.description).toContain('org.permission.metadata.read');
	});
});

describe('credential test', () => {
	const test = async (data: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult> =>
		await credentialTest.testKustomerApi.call(credentialTestContext(), {
			id: '1',
			name: 'Kustomer',
			type: 'kustomerApi',
			data: { organization: 'sandbox', apiKey: standIn.apiKey, baseUrl: standIn.url, ...data },
		});

	it('X8: accepts any valid key, whatever its roles', async () => {
		for (const { token } of [SANDBOX.keys.full, SANDBOX.keys.noNotes]) {
			expect(await test({ apiKey: token })).toMatchObject({ status: 'OK' });
		}
		expect(standIn.requests.map(({ path }) => path)).toEqual(['/v1/users/current', '/v1/users/current']);
	});

	it('accepts a key that was pasted with blanks and the word Bearer', async () => {
		expect(await test({ apiKey: `  Bearer ${standIn.apiKey}\n` })).toMatchObject({ status: 'OK' });
	});

	it('X9: a wrong key, a wrong region and a host that does not answer give three different messages', async () => {
		const wrongKey = await test({ apiKey: 'no-such-key' });
		const wrongRegion = await test({ apiKey: SANDBOX.keys.wrongRegion.token });
		const noServer = createServer();
		await new Promise<void>((resolve) => noServer.listen(0, '127.0.0.1', resolve));
		const { port } = noServer.address() as AddressInfo;
		await new Promise((resolve) => noServer.close(resolve));
		const unreachable = await test({ baseUrl: `http://127.0.0.1:${port}` });

		expect(wrongKey).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^Connection failed: Kustomer did not accept the API key/),
		});
		expect(wrongRegion).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^Connection failed: the API key is of the wrong region.*EU.*prod2/),
		});
		expect(unreachable).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(
				/^Connection failed: the connection to Kustomer was refused.*base URL.* n8n has asked http:\/\/127\.0\.0\.1:\d+\.$/,
			),
		});
		for (const { message } of [wrongKey, wrongRegion, unreachable]) {
			expect(message).not.toMatch(/no-such-key|sandbox-key/);
		}
	});

	it('X9: says that the host of the organization was not found', async () => {
		const result = await test({ baseUrl: 'https://kustomer.invalid' });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/was not found.*[Oo]rganization|organization/),
		});
	});

	it('says what is missing before it asks anybody', async () => {
		expect((await test({ apiKey: ' ' })).message).toMatch(/API key is empty/);
		expect((await test({ baseUrl: '', organization: 'not a name' })).message).toMatch(/organization name/);
		expect((await test({ baseUrl: 'http://api.kustomerapp.com' })).message).toMatch(/not encrypted/);
		expect(standIn.requests).toHaveLength(0);
	});

	it('says that something else than Kustomer answers', async () => {
		standIn.faults.add({ times: 9, fault: { kind: 'status', status: 200, body: '<html>Welcome</html>' } });
		expect(await test({})).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/another service|proxy/),
		});
	});
});

describe('OAuth2', () => {
	let tokens: Server;
	let asked: string[];
	let tokenUrl: string;
	beforeAll(async () => {
		tokens = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => {
				asked.push(body);
				response.setHeader('content-type', 'application/json');
				response.end(
					JSON.stringify({ access_token: SANDBOX.keys.full.token, token_type: 'Bearer', expires_in: 60 }),
				);
			});
		});
		await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
		tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/oauth/token`;
	});
	beforeEach(() => (asked = []));
	afterAll(async () => {
		tokens.closeAllConnections();
		await new Promise((resolve) => tokens.close(resolve));
	});

	const runWith = async (oauthTokenData?: ICredentialDataDecryptedObject) =>
		await executeNode({
			...setupFor(standIn),
			credentials: {
				kustomerOAuth2Api: {
					organization: 'sandbox',
					baseUrl: standIn.url,
					grantType: 'pkce',
					clientId: 'client',
					clientSecret: 'secret',
					accessTokenUrl: tokenUrl,
					authentication: 'body',
					...(oauthTokenData === undefined ? {} : { oauthTokenData }),
				} as ICredentialDataDecryptedObject,
			},
			type: KUSTOMER,
			parameters: {
				authentication: 'oAuth2',
				resource: 'customer',
				operation: 'findOrCreate',
				phone: SANDBOX.customers.jonas.phone,
			},
		});

	it('signs in with the token', async () => {
		const result = await runWith({ access_token: SANDBOX.keys.full.token, token_type: 'Bearer' } as never);
		expect(result.items[0]?.json).toMatchObject({ outcome: 'found', id: SANDBOX.customers.jonas.id });
		expect(asked).toEqual([]);
	});

	it('renews a token that has ended, stores it and goes on', async () => {
		const result = await runWith({
			access_token: SANDBOX.keys.expired.token,
			refresh_token: 'again',
			token_type: 'Bearer',
		} as never);
		expect(result.items[0]?.json).toMatchObject({ outcome: 'found', id: SANDBOX.customers.jonas.id });
		expect(asked).toHaveLength(1);
		expect(asked[0]).toContain('grant_type=refresh_token');
		expect(result.storedCredentials.kustomerOAuth2Api?.oauthTokenData).toMatchObject({
			access_token: SANDBOX.keys.full.token,
		});
	});

	it('says that the credential is not connected', async () => {
		const { error } = await runWith();
		expect(error?.message).toBe('The Kustomer OAuth2 credential is not connected');
		expect(standIn.requests).toHaveLength(0);
	});
});
