import { SANDBOX, startKustomerStandIn, type KustomerStandIn } from '../../sandbox/kustomer';
import { locator, mapped, only, run } from './kustomer-setup';

const EXTERNAL_ID = 'babelforce:9';

let standIn: KustomerStandIn;
let conversationId: string;
beforeAll(async () => {
	standIn = await startKustomerStandIn({ rateLimitPerMinute: 0 });
});
beforeEach(async () => {
	standIn.reset();
	const created = await run(standIn, 'conversation.create', {
		customer: locator('id', SANDBOX.customers.jonas.id),
		externalId: EXTERNAL_ID,
	});
	conversationId = String(only(created).id);
});
afterAll(async () => await standIn.close());

describe('note: create', () => {
	it('C20: writes a note once per key', async () => {
		const parameters = {
			conversation: locator('externalId', EXTERNAL_ID),
			note: 'Phone number: +12125550187',
			noteKey: 'phone-number',
		};
		const first = only(await run(standIn, 'note.create', parameters));
		expect(first).toMatchObject({ created: true, body: 'Phone number: +12125550187', conversationId });
		const second = only(await run(standIn, 'note.create', parameters));
		expect(second).toMatchObject({ created: false, id: first.id });
		expect(standIn.store.notesOf(conversationId)).toHaveLength(1);
	});

	it('adds a note on every run without a key', async () => {
		const parameters = { conversation: locator('id', conversationId), note: 'Again' };
		await run(standIn, 'note.create', parameters);
		await run(standIn, 'note.create', parameters);
		expect(standIn.store.notesOf(conversationId)).toHaveLength(2);
	});

	it('refuses an empty note before anything is sent', async () => {
		standIn.requests.length = 0;
		const { error } = await run(standIn, 'note.create', {
			conversation: locator('id', conversationId),
			note: '={{ $json.missing }}',
		});
		expect(error?.message).toBe("'Note' is empty.");
		expect(standIn.requests).toHaveLength(0);
	});
});

describe('message: create and update', () => {
	const parameters = {
		conversation: locator('externalId', EXTERNAL_ID),
		channel: 'voice',
		direction: 'in',
		externalId: EXTERNAL_ID,
		additionalFields: {
			app: 'babelforce',
			subject: 'Inbound call',
			preview: 'Call',
			sentAt: '2026-01-31T09:30:00Z',
			meta: '{"recording": {"id": 1}}',
		},
		customAttributes: mapped({ queueNameStr: 'Sales' }),
	};

	it('records a call once per external id', async () => {
		const first = only(await run(standIn, 'message.create', parameters));
		expect(first).toMatchObject({
			created: true,
			conversationId,
			channel: 'voice',
			app: 'babelforce',
			sentAt: '2026-01-31T09:30:00.000Z',
			meta: { recording: { id: 1 } },
			custom: { queueNameStr: 'Sales' },
		});
		expect(only(await run(standIn, 'message.create', parameters))).toMatchObject({
			created: false,
			id: first.id,
		});
		expect(standIn.store.messagesOf(conversationId)).toHaveLength(1);
	});

	it('adds to a customer, where Kustomer opens a conversation', async () => {
		const result = only(
			await run(standIn, 'message.create', {
				...parameters,
				externalId: 'other:1',
				target: 'customer',
				customer: locator('id', SANDBOX.customers.maria.id),
			}),
		);
		expect(result).toMatchObject({ created: true, customerId: SANDBOX.customers.maria.id });
	});

	it('changes a message found by external id', async () => {
		await run(standIn, 'message.create', parameters);
		const result = only(
			await run(standIn, 'message.update', {
				message: locator('externalId', EXTERNAL_ID),
				updateFields: { preview: 'Call, 42 s', subject: '' },
				customAttributes: mapped({ callDurationNum: 42 }),
			}),
		);
		expect(result).toMatchObject({
			preview: 'Call, 42 s',
			subject: 'Inbound call',
			custom: { queueNameStr: 'Sales', callDurationNum: 42 },
		});
	});

	it('says that the details are no JSON', async () => {
		const { error } = await run(standIn, 'message.update', {
			message: locator('externalId', EXTERNAL_ID),
			updateFields: { meta: '{broken' },
		});
		expect(error?.message).toBe("'Details (JSON)' is not valid JSON.");
	});
});

describe('user: find', () => {
	it('finds a user by email, whatever the letters', async () => {
		const result = only(await run(standIn, 'user.find', { email: 'ANA.reis@sandbox.example' }));
		expect(result).toMatchObject({ found: true, id: SANDBOX.users.ana.id, name: SANDBOX.users.ana.name });
	});

	it('gives one item when nobody has the address', async () => {
		const result = only(await run(standIn, 'user.find', { email: 'nobody@sandbox.example' }));
		expect(result).toEqual({ found: false, matches: 0, email: 'nobody@sandbox.example' });
	});
});
