import { SANDBOX } from '../../../sandbox/kustomer';
import { KNOWN, UNKNOWN_PHONE, useWorld, writes } from '../session-log/world';
import { ask, crmSettings } from './crm-world';

const world = useWorld();
const MARIA = SANDBOX.customers.maria;

const american = crmSettings({
	customer: {
		phoneRules: {
			defaultCountry: undefined,
			ownNumbers: [...SANDBOX.ownNumbers],
			lookUp: 'automatic',
			whenUnusable: 'createWithoutPhone',
		},
	},
});
const customers = () => [...world.standIn.store.customers.values()];

describe('finding an account', () => {
	it('G1: by phone, email, identifier or ID answers the account in the documented shape, and writes nothing', async () => {
		const worker = world.worker();
		const mark = world.mark;
		const expected = { id: KNOWN.id, name: KNOWN.name, phone: KNOWN.phone, email: KNOWN.email };
		const requests: Array<Record<string, string>> = [
			{ phone: KNOWN.phone },
			{ EMAIL: KNOWN.email.toUpperCase() },
			{ SDK_IDENTIFIER: KNOWN.externalId },
			{ id: KNOWN.id },
			{ account_id: KNOWN.id },
		];
		for (const fields of requests) {
			const { status, body, item } = await ask(worker, 'findAccountByQuery', fields);
			expect({ fields, status, body }).toEqual({ fields, status: 200, body: expected });
			expect(item).toMatchObject({ endpoint: 'findAccountByQuery', outcome: 'found', customerId: KNOWN.id });
		}
		expect(writes(world.requestsSince(mark))).toEqual([]);
	});

	it('G1: by ID answers 404 for an unknown ID, one of another system and none, so that the platform goes on with the query', async () => {
		const worker = world.worker();
		expect((await ask(worker, 'findAccountById', { id: KNOWN.id })).body).toMatchObject({ id: KNOWN.id });
		for (const fields of [{ id: '5f0c1a2b3d4e5f6071829304' }, { id: '123' }, {}]) {
			expect(await ask(worker, 'findAccountById', fields as Record<string, string>)).toMatchObject({
				status: 404,
				item: { outcome: 'notFound' },
			});
		}
	});

	it('G1: a deleted customer is none', async () => {
		world.standIn.store.deleteCustomer(KNOWN.id);
		expect((await ask(world.worker(), 'findAccountById', { id: KNOWN.id })).status).toBe(404);
	});

	it('G1: nobody is found by a withheld number, a number of the company, or nothing', async () => {
		const worker = world.worker();
		for (const fields of [
			{ phone: 'anonymous' },
			{ phone: SANDBOX.ownNumbers[0] ?? '' },
			{},
			{ phone: UNKNOWN_PHONE },
		]) {
			expect((await ask(worker, 'findAccountByQuery', fields as Record<string, string>)).status).toBe(404);
		}
	});

	it.each([
		[`(Phone:equals:${KNOWN.phone}) or (Email:equals:nobody@example.com)`, KNOWN.id],
		[`(Id:equals:5f0c1a2b3d4e5f6071829304) or (Email:equals:${MARIA.email})`, MARIA.id],
		[`(Phone:equals:${KNOWN.phone}) and (Email:equals:${KNOWN.email})`, KNOWN.id],
		[`(Phone:equals:${KNOWN.phone}) and (Email:equals:${MARIA.email})`, undefined],
		[`${UNKNOWN_PHONE} or ${MARIA.email}`, MARIA.id],
		[`(Phone:equals:{PHONE_NUMBER}) or (Email:equals:${MARIA.email})`, MARIA.id],
	])('G7: by conditions: %s', async (query, id) => {
		for (const name of ['query', 'phone', 'criteria']) {
			const answer = await ask(world.worker(), 'findAccountByQuery', { [name]: query });
			expect(answer.body.id).toBe(id);
			expect(answer.status).toBe(id === undefined ? 404 : 200);
		}
	});

	it('G7: conditions that cannot be read are refused with parameter and position', async () => {
		const answer = await ask(world.worker(), 'findAccountByQuery', { query: '(Phone:equals:+1222' });
		expect(answer).toMatchObject({
			status: 422,
			body: {
				error: "The parameter 'query' cannot be read as conditions: A bracket is not closed (character 1).",
			},
		});
	});

	it('G8: several customers with one number, where the policy is to stop, are a conflict that no repetition cures', async () => {
		const { sharedPhone: phone } = SANDBOX.customers.harbourDesk;
		const using = crmSettings({ customer: { severalMatches: 'stop' } });
		const answer = await ask(world.worker(), 'findAccountByQuery', { phone }, { using });
		expect(answer.status).toBe(409);
	});
});

describe('creating an account', () => {
	it('G1: creates the customer with everything that is told', async () => {
		const answer = await ask(world.worker(), 'createAccount', {
			name: 'Kim Lee',
			phone: UNKNOWN_PHONE,
			email: 'Kim@Example.com',
			SDK_IDENTIFIER: 'user-8812',
		});
		expect(answer).toMatchObject({
			status: 201,
			body: { name: 'Kim Lee', phone: UNKNOWN_PHONE, email: 'kim@example.com' },
			item: { outcome: 'created' },
		});
		expect(world.standIn.store.customers.get(answer.body.id as string)).toMatchObject({
			externalId: 'user-8812',
		});
	});

	it('G8: twice, one after the other and at the same time, on several workers, gives one customer', async () => {
		const before = customers().length;
		const fields = { name: 'Kim', phone: UNKNOWN_PHONE, email: 'kim@example.com' };
		const [one, other] = [world.worker('one'), world.worker('other')];
		const answers = await Promise.all(
			[one, one, other, other].map((worker) => ask(worker, 'createAccount', fields)),
		);
		answers.push(await ask(one, 'createAccount', fields));
		expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
		expect(answers.at(-1)?.status).toBe(200);
		expect(customers()).toHaveLength(before + 1);
	});

	it('G6: a last name of -- is none, and what app and website say fills the gaps', async () => {
		const worker = world.worker();
		const named = await ask(worker, 'createAccount', {
			FIRST_NAME: 'Kim',
			LAST_NAME: '--',
			EMAIL: 'kim@example.com',
		});
		expect(named.body.name).toBe('Kim');
		const joined = await ask(worker, 'createAccount', { name: 'Lee --', email: 'lee@example.com' });
		expect(joined.body.name).toBe('Lee');
		const fromApp = await ask(worker, 'createAccount', {
			NAME: '{NAME}',
			SDK_NAME: 'Jo',
			SDK_EMAIL: 'jo@example.com',
		});
		expect(fromApp.body).toMatchObject({ name: 'Jo', email: 'jo@example.com' });
	});

	it('G6: a custom user ID that is only the left side of the address does not make one customer of two', async () => {
		const worker = world.worker();
		const one = await ask(worker, 'createAccount', {
			CUSTOM_USER_ID: 'test.user3',
			EMAIL: 'test.user3@one.example',
		});
		const two = await ask(worker, 'createAccount', {
			CUSTOM_USER_ID: 'test.user3',
			EMAIL: 'test.user3@two.example',
		});
		expect(one.body.id).not.toBe(two.body.id);
		const own = await ask(worker, 'createAccount', { CUSTOM_USER_ID: 'u-1', EMAIL: 'someone@one.example' });
		expect(world.standIn.store.customers.get(own.body.id as string)).toMatchObject({ externalId: 'u-1' });
	});

	it('G8: a request that names nobody is refused with the parameters that are missing', async () => {
		const answer = await ask(world.worker(), 'createAccount', { name: 'Kim', email: 'no address' });
		expect(answer).toMatchObject({
			status: 422,
			body: { error: "The parameter 'email' is not one email address." },
		});
		expect((await ask(world.worker(), 'createAccount', { name: 'Kim' })).body.error).toContain(
			"'phone', 'email' or 'identifier'",
		);
	});

	it.each(['anonymous', '110', SANDBOX.ownNumbers[0] ?? ''])(
		'X4: a number that identifies nobody, and no session, is refused: %s',
		async (phone) => {
			const before = customers().length;
			const answer = await ask(world.worker(), 'createAccount', { phone, name: 'Kim' });
			expect(answer.status).toBe(422);
			expect(answer.body.error).toContain("'callId'");
			expect(JSON.stringify(answer)).not.toContain(phone);
			expect(customers()).toHaveLength(before);
		},
	);

	it('X4: a caller who withholds the number is one customer per call', async () => {
		const worker = world.worker();
		const fields = { phone: 'anonymous', Call_ID: '77' };
		const one = await ask(worker, 'createAccount', fields);
		const again = await ask(world.worker('other'), 'createAccount', fields);
		expect(one.status).toBe(201);
		expect(again.body.id).toBe(one.body.id);
	});
});

describe('phone number formats', () => {
	const e164 = '+12223334444';
	const forms = [
		'+1 222 333 4444',
		'*222*333*4444',
		'%222%333%4444',
		e164,
		'2223334444',
		'(222) 333-4444',
		'12223334444',
	];

	it('G3: whatever format creates and searches, it is one customer', async () => {
		for (const creates of forms) {
			world.reset();
			const worker = world.worker();
			const before = customers().length;
			const created = await ask(
				worker,
				'createAccount',
				{ phone: creates, name: 'Kim' },
				{ using: american },
			);
			expect({ creates, phone: created.body.phone }).toEqual({ creates, phone: e164 });
			for (const searches of forms) {
				const found = await ask(
					worker,
					'findAccountByQuery',
					{ PHONE_NUMBER: searches },
					{ using: american },
				);
				expect({ creates, searches, id: found.body.id }).toEqual({ creates, searches, id: created.body.id });
				const again = await ask(worker, 'createAccount', { phone: searches }, { using: american });
				expect(again.body.id).toBe(created.body.id);
			}
			expect(customers()).toHaveLength(before + 1);
		}
	}, 60_000);

	it('G3: with a default country, the search means a number of that country, without its trunk zero', async () => {
		const worker = world.worker();
		const found = await ask(worker, 'findAccountByQuery', { phone: '*30*2312*5456' });
		expect(found.body.id).toBe(KNOWN.id);
	});

	it('G3: a customer who is kept without the plus is found', async () => {
		const worker = world.worker();
		world.standIn.store.updateCustomer(
			KNOWN.id,
			{ phones: [{ phone: KNOWN.phone.slice(1) }] },
			SANDBOX.users.ana.id,
		);
		const again = await ask(worker, 'createAccount', { phone: KNOWN.phone });
		expect(again.body.id).toBe(KNOWN.id);
	});
});
