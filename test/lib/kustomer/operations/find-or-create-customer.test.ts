import type { FindOrCreateCustomerInput } from '../../../../lib/kustomer/inputs';
import { NoAnswer } from '../../../../lib/http/http';
import { createKustomerClient } from '../../../../lib/kustomer/client';
import { findOrCreateCustomer } from '../../../../lib/kustomer/operations/find-or-create-customer';
import { InMemoryKustomer } from '../in-memory';
import {
	CUSTOMER_ID,
	Script,
	answer,
	conflict,
	inputFailure,
	kustomerFailure,
	notFound,
	ok,
	unknownAttribute,
} from '../scripted';
import { FakeClock } from '../../http/scripted';

const PHONE = '+49 (0)30 1234567';
const E164 = '+49301234567';
const BY_PLUS = 'GET /v1/customers/phone=%2B49301234567';
const BY_DIGITS = 'GET /v1/customers/phone=49301234567';
const BY_EMAIL = 'GET /v1/customers/email=jane%40example.com';
const CREATE = 'POST /v1/customers';

type Changes = Partial<Omit<FindOrCreateCustomerInput, 'phoneRules'>> & {
	phoneRules?: Partial<FindOrCreateCustomerInput['phoneRules']>;
};

function input({ phoneRules, ...changes }: Changes = {}): FindOrCreateCustomerInput {
	return {
		severalMatches: 'mostRecentlyActive',
		create: {},
		unknownAttributes: 'stop',
		...changes,
		phoneRules: { ownNumbers: [], lookUp: 'automatic', whenUnusable: 'createWithoutPhone', ...phoneRules },
	};
}

const find = (script: Script, changes?: Changes) => findOrCreateCustomer(script.client(), input(changes));

const several = (...customers: Array<[id: string, attributes: Record<string, unknown>]>) =>
	answer(200, { data: customers.map(([id, attributes]) => ({ type: 'customer', id, attributes })) });

describe('find or create customer', () => {
	it('C17: a known caller costs one request and is left as it is', async () => {
		const script = new Script(ok.customer({ name: 'Jane' }));
		const result = await find(script, { phone: PHONE, create: { name: 'Someone else' } });
		expect(script.lines).toEqual([BY_PLUS]);
		expect(result).toEqual({
			outcome: 'found',
			customer: { type: 'customer', id: CUSTOMER_ID, attributes: { name: 'Jane' } },
			matchedBy: 'phone',
			phone: '+49301234567',
			number: '+49301234567',
			reason: 'Found by phone number.',
			leftOut: [],
		});
	});

	it('C17: an unknown caller costs two requests and is created with the number', async () => {
		const script = new Script(notFound, ok.customer());
		const result = await find(script, {
			phone: PHONE,
			create: { name: 'Zoë 🎉', tags: ['New'], custom: { vipBool: 'no' } },
		});
		expect(script.lines).toEqual([BY_PLUS, CREATE]);
		expect(script.body(1)).toEqual({
			name: 'Zoë 🎉',
			tags: ['New'],
			phones: [{ phone: '+49301234567' }],
			custom: { vipBool: false },
		});
		expect(result).toMatchObject({ outcome: 'created', phone: '+49301234567', leftOut: [] });
		expect(result.reason).toBe('Created: no customer had this phone number.');
		expect(result.matchedBy).toBeUndefined();
	});

	it('X4: a number that cannot be read is not withheld: it stands as it came in the result and in the name', async () => {
		const script = new Script(ok.customer(), ok.customer(), ok.customer());
		const phone = '030 777 1234';
		const result = await find(script, { phone, create: { name: 'Unknown caller' } });
		expect(script.lines).toEqual([CREATE]);
		expect(script.body(0)).toEqual({ name: 'Unknown caller (030 777 1234)' });
		expect(result).toMatchObject({ outcome: 'created', number: phone, leftOut: ['phone'] });
		expect(result).not.toHaveProperty('withheld');
		expect(result.reason).toContain('no default country is set');
		await find(script, { phone });
		expect(script.body(1)).toEqual({ name: phone });
		const withheld = await find(script, { phone: 'Restricted', anonymousExternalId: 'babelforce:2' });
		expect(withheld).toMatchObject({ outcome: 'created', withheld: true, leftOut: [] });
		expect(withheld).not.toHaveProperty('number');
	});

	it.each([
		['+49 30 2312 5000', '030 123 4567', undefined, '+49301234567'],
		['0049 30 2312 5000', '030 123 4567', undefined, '+49301234567'],
		['+1 212 555 0100', '(222) 333-4444', undefined, '+12223334444'],
		['+49 30 2312 5000', '030 123 4567', 'AT', '+43301234567'],
		['+49 30 2312 5000', '+1 222 333 4444', undefined, '+12223334444'],
	])(
		'X4: called on %s, the number %s with the country %s is %s',
		async (calledNumber, phone, defaultCountry, e164) => {
			const script = new Script(ok.customer());
			const result = await find(script, { calledNumber, phone, phoneRules: { defaultCountry } });
			expect(result).toMatchObject({ outcome: 'found', phone: e164, number: e164, leftOut: [] });
		},
	);

	it.each(['030 2312 5000', 'Support', '+800 1234 5678', '5000', undefined])(
		'X4: a called number such as %s names no country',
		async (calledNumber) => {
			const script = new Script(ok.customer());
			const result = await find(script, { calledNumber, phone: '030 777 1234' });
			expect(result).toMatchObject({ outcome: 'created', leftOut: ['phone'] });
		},
	);

	it('C17: everyForm asks with and without plus before anybody is created', async () => {
		const script = new Script(notFound, notFound, ok.customer());
		const result = await find(script, { phone: PHONE, phoneRules: { lookUp: 'everyForm' } });
		expect(script.lines).toEqual([BY_PLUS, BY_DIGITS, CREATE]);
		expect(result.outcome).toBe('created');
	});

	it('C17: the form that found somebody is asked for first from then on, per credential', async () => {
		const script = new Script(notFound, ok.customer(), ok.customer(), ok.customer());
		const wanted = input({ phone: PHONE, phoneRules: { lookUp: 'everyForm' } });
		await findOrCreateCustomer(script.client(), wanted);
		await find(script, { phone: PHONE });
		await findOrCreateCustomer(script.client({ credentialKey: 'other' }), wanted);
		expect(script.lines).toEqual([BY_PLUS, BY_DIGITS, BY_DIGITS, BY_PLUS]);
	});

	it('X1: a number that is taken in another form is found after the refusal', async () => {
		const script = new Script(notFound, conflict, notFound, ok.customer({ name: 'Jane' }));
		const result = await find(script, { phone: PHONE });
		expect(script.lines).toEqual([BY_PLUS, CREATE, BY_PLUS, BY_DIGITS]);
		expect(result).toMatchObject({ outcome: 'found', matchedBy: 'phone' });
		expect(result.reason).toContain('after Kustomer refused a second customer');
	});

	it('X1: a 400 that says duplicate counts as taken', async () => {
		const script = new Script(
			notFound,
			answer(400, { errors: [{ title: 'duplicate detected' }] }),
			ok.customer(),
		);
		expect((await find(script, { phone: PHONE })).outcome).toBe('found');
	});

	it('X1: what another worker has just written is waited for a moment, then searched for', async () => {
		const rounds = Array.from({ length: 6 }, () => notFound);
		const script = new Script(
			notFound,
			conflict,
			...rounds,
			ok.list({ type: 'customer', id: CUSTOMER_ID, attributes: {} }),
		);
		const result = await find(script, { phone: PHONE });
		expect(result.outcome).toBe('found');
		expect(script.lines.at(-1)).toBe('POST /v1/customers/search');
		expect(script.body(8)).toEqual({
			queryContext: 'customer',
			or: [{ customer_phone: { equals: '+49301234567' } }, { customer_phone: { equals: '49301234567' } }],
		});
		expect(script.clock.sleeps).toHaveLength(2);
	});

	it('X1: when nobody can be found who has the number, the refusal is raised with advice', async () => {
		const rounds = Array.from({ length: 6 }, () => notFound);
		const script = new Script(notFound, conflict, ...rounds, answer(403));
		const error = await kustomerFailure(find(script, { phone: PHONE }));
		expect(error).toMatchObject({ kind: 'conflict', status: 409 });
		expect(error.advice).toContain('no look-up finds by whom');
		expect(error.message + error.advice).not.toContain('1234567');
	});

	it('looks for external id, then phone, then email, and creates with all of them', async () => {
		const script = new Script(notFound, notFound, notFound, ok.customer());
		const result = await find(script, {
			phone: PHONE,
			email: 'Jane@Example.com',
			externalId: 'crm/1',
			create: { phones: [{ phone: '0049 30 1234567', type: 'work' }], emails: [{ email: 'b@x.de' }] },
		});
		expect(script.lines).toEqual(['GET /v1/customers/externalId=crm%2F1', BY_PLUS, BY_EMAIL, CREATE]);
		expect(script.body(3)).toEqual({
			externalId: 'crm/1',
			phones: [{ phone: '+49301234567', type: 'work' }],
			emails: [{ email: 'jane@example.com' }, { email: 'b@x.de' }],
		});
		expect(result.reason).toBe('Created: no customer had this external ID or phone number or email address.');
	});

	it.each([
		['externalId', [ok.customer()], 'external ID'],
		['phone', [notFound, ok.customer()], 'phone number'],
		['email', [notFound, notFound, ok.customer()], 'email address'],
	] as const)('stops at the first match: %s', async (matchedBy, steps, words) => {
		const script = new Script(...steps);
		const result = await find(script, { phone: PHONE, email: 'jane@example.com', externalId: 'x' });
		expect(result).toMatchObject({ outcome: 'found', matchedBy, reason: `Found by ${words}.` });
		expect(script.left).toBe(0);
	});

	describe('several matches', () => {
		const old: [string, Record<string, unknown>] = [
			'a',
			{ createdAt: '2020-01-01T00:00:00Z', lastActivityAt: '2021-01-01T00:00:00Z' },
		];
		const active: [string, Record<string, unknown>] = [
			'b',
			{ createdAt: '2022-01-01T00:00:00Z', lastActivityAt: '2024-01-01T00:00:00Z' },
		];
		const gone: [string, Record<string, unknown>] = [
			'c',
			{ createdAt: '2019-01-01T00:00:00Z', lastActivityAt: '2025-01-01T00:00:00Z', deleted: true },
		];

		it.each([
			['mostRecentlyActive', 'b'],
			['oldest', 'a'],
		] as const)('%s takes one of them, never a deleted one', async (severalMatches, id) => {
			for (const order of [
				[old, active, gone],
				[gone, active, old],
			]) {
				const script = new Script(several(...order));
				const result = await find(script, { phone: PHONE, severalMatches });
				expect(result.customer?.id).toBe(id);
			}
		});

		it('X4: stop says how many there are and what to do', async () => {
			const script = new Script(several(old, active, gone));
			const error = await kustomerFailure(find(script, { phone: PHONE, severalMatches: 'stop' }));
			expect(error).toMatchObject({ kind: 'severalMatches' });
			expect(error.message).toContain('2 customers');
		});

		it('only one that is not deleted is no case of several', async () => {
			const script = new Script(several(gone, old));
			const result = await find(script, { phone: PHONE, severalMatches: 'stop' });
			expect(result.customer?.id).toBe('a');
		});
	});

	describe('numbers that cannot be used', () => {
		it.each([
			['anonymous', 'withheld'],
			['', 'no phone number was given'],
			['112', 'too short'],
			['030 7654321', 'company'],
			['+999 1', 'too short'],
		])('X4: "%s" is skipped without a request when wanted', async (phone, why) => {
			const script = new Script();
			const result = await find(script, {
				phone,
				phoneRules: { whenUnusable: 'skip', defaultCountry: 'DE', ownNumbers: ['+49307654321'] },
			});
			expect(result.outcome).toBe('skipped');
			expect(result.customer).toBeUndefined();
			expect(result.reason).toContain(why);
			expect(script.requests).toHaveLength(0);
		});

		it('X4: stops when wanted, naming the parameter and not the number', async () => {
			const error = await inputFailure(
				find(new Script(), {
					phone: '+49307654321',
					phoneRules: { whenUnusable: 'stop', ownNumbers: ['030 7654321'], defaultCountry: 'DE' },
				}),
			);
			expect(error.parameter).toBe('phone');
			expect(error.message).toBe(
				"The customer cannot be recognized: the number is one of the company's own.",
			);
			expect(error.message + error.advice).not.toContain('7654321');
		});

		it('X4: creates without phone, with the external id of the session, in one request', async () => {
			const script = new Script(answer(201, ok.customer().body));
			const result = await find(script, {
				phone: 'anonymous',
				anonymousExternalId: 'babelforce:1',
				create: { name: 'Anonymous caller' },
			});
			expect(script.lines).toEqual([CREATE]);
			expect(script.body(0)).toEqual({ name: 'Anonymous caller', externalId: 'babelforce:1' });
			expect(result).toMatchObject({ outcome: 'created', leftOut: [] });
			expect(result.phone).toBeUndefined();
			expect(result.reason).toBe('Created without phone number: the caller withheld the number.');
		});

		it('X1: an anonymous caller of a repeated event is found by that external id', async () => {
			const script = new Script(conflict, ok.customer());
			const result = await find(script, { phone: 'anonymous', anonymousExternalId: 'babelforce:1' });
			expect(script.lines).toEqual([CREATE, 'GET /v1/customers/externalId=babelforce%3A1']);
			expect(result).toMatchObject({ outcome: 'found', matchedBy: 'anonymousExternalId' });
		});

		it.each([
			['nothing at all', {}, "'Phone Number', 'Email' and 'External ID'"],
			[
				'nothing, with an id for anonymous callers',
				{ anonymousExternalId: 'babelforce:1' },
				'check the expression',
			],
			['blanks and an address that is none', { phone: '  ', email: 'nobody' }, 'no value that can be used'],
			['a withheld number and no id for such callers', { phone: 'anonymous' }, "'Anonymous Caller ID'"],
			['text without digits', { phone: 'Someone' }, "'Anonymous Caller ID'"],
			['an own number', { phone: '+49307654321' }, "'Anonymous Caller ID'"],
		])('X4: %s makes no customer, and the refusal names the field', async (_, given, words) => {
			const script = new Script();
			const error = await inputFailure(
				find(script, { ...given, create: { name: 'Someone' }, phoneRules: { ownNumbers: ['+49307654321'] } }),
			);
			expect(error.parameter).toBe('phone');
			expect(error.message + error.advice).toContain(words);
			expect(error.message + error.advice).not.toContain('7654321');
			expect(script.requests).toHaveLength(0);
		});

		it('X4: a call of which it is told that it has no number has a customer of its own', async () => {
			const script = new Script(answer(201, ok.customer().body));
			const result = await find(script, { anonymousExternalId: 'babelforce:1', hasNoNumber: true });
			expect(script.body(0)).toEqual({ externalId: 'babelforce:1' });
			expect(result).toMatchObject({ outcome: 'created' });
			expect(result).not.toHaveProperty('withheld');
		});

		it('X6: without any external id a caller whose number cannot be read is created by a request that is not repeated', async () => {
			const script = new Script(answer(500));
			const error = await kustomerFailure(find(script, { phone: '112' }));
			expect(error.kind).toBe('server');
			expect(script.requests).toHaveLength(1);
		});

		it('X4: an email address makes up for it', async () => {
			const script = new Script(notFound, ok.customer());
			const result = await find(script, {
				phone: 'anonymous',
				email: 'jane@example.com',
				phoneRules: { whenUnusable: 'stop' },
			});
			expect(script.lines).toEqual([BY_EMAIL, CREATE]);
			expect(script.body(1)).toEqual({ emails: [{ email: 'jane@example.com' }] });
			expect(result.reason).toBe(
				'Created: no customer had this email address. Without phone number: the caller withheld the number.',
			);
		});
	});

	it('B4: an unknown custom attribute stops, named, or is left out and remembered', async () => {
		const create = { custom: { aStr: 'x', bNum: 1 } };
		const stopped = new Script(notFound, unknownAttribute('aStr'));
		const error = await kustomerFailure(find(stopped, { phone: PHONE, create }));
		expect(error).toMatchObject({ kind: 'unknownAttribute', unknownAttributes: ['aStr'] });
		expect(error.advice).toContain('Klasses > Customer');

		const script = new Script(notFound, unknownAttribute('aStr'), ok.customer(), notFound, ok.customer());
		const wanted = input({ phone: PHONE, create, unknownAttributes: 'leaveOut' });
		expect((await findOrCreateCustomer(script.client(), wanted)).leftOut).toEqual(['aStr']);
		expect(script.body(2).custom).toEqual({ bNum: 1 });
		expect((await findOrCreateCustomer(script.client(), wanted)).leftOut).toEqual(['aStr']);
		expect(script.body(4).custom).toEqual({ bNum: 1 });
		expect(script.left).toBe(0);
	});

	it.each([
		['create.custom.aNum', { create: { custom: { aNum: 'x' } } }],
		['phoneRules.defaultCountry', { phoneRules: { defaultCountry: 'Germany' } }],
	] as const)('B4: what is wrong with %s is said before anything is sent', async (parameter, changes) => {
		const script = new Script();
		const error = await inputFailure(find(script, { phone: PHONE, ...(changes as Changes) }));
		expect(error.parameter).toBe(parameter);
		expect(script.requests).toHaveLength(0);
	});

	it.each([
		['email', { email: 'jo@example..com' }, {}],
		['externalId', { externalId: 'e'.repeat(300) }, {}],
		['name', { create: { name: 'n'.repeat(10_000), locale: 'de' } }, { locale: 'de' }],
		['company', { create: { company: 'Acme' } }, {}],
		['locale', { create: { locale: 'l'.repeat(17) } }, {}],
		['tags', { create: { tags: ['a (b)', 'VIP'] } }, { tags: ['VIP'] }],
		['phones', { create: { phones: [{ phone: 'x' }] } }, {}],
		[
			'emails',
			{ create: { emails: [{ email: 'jo@' }, { email: 'Jo <jo@example.com>' }] } },
			{ emails: [{ email: 'jo@example.com' }] },
		],
	] as const)(
		'C17, X2: a call is not lost for %s that is none: it is left out and named',
		async (name, changes, rest) => {
			const script = new Script(notFound, ok.customer());
			const found = await find(script, { phone: PHONE, ...(changes as Changes) });
			expect(found).toMatchObject({ outcome: 'created', leftOut: [name] });
			expect(script.body(1)).toEqual({ phones: [{ phone: E164 }], ...rest });
		},
	);

	it('C17: an address is unwrapped before it is looked up', async () => {
		const script = new Script(ok.customer());
		await find(script, { email: '<Jo@Example.com>;' });
		expect(script.lines).toEqual(['GET /v1/customers/email=jo%40example.com']);
	});

	it.each([
		['emails[0].email', ['email'], { name: 'Jo', phones: [{ phone: E164 }], custom: { aStr: 'x' } }],
		['name', ['name'], { emails: [{ email: 'jo@x.de' }], phones: [{ phone: E164 }], custom: { aStr: 'x' } }],
		['custom.aStr', ['aStr'], { name: 'Jo', emails: [{ email: 'jo@x.de' }], phones: [{ phone: E164 }] }],
	])(
		'C17, X2: what only Kustomer refuses, named as %s, is left out and named',
		async (parameter, leftOut, body) => {
			const refused = answer(400, {
				errors: [{ status: 400, code: 'badparam', title: 'No', source: { parameter } }],
			});
			const script = new Script(notFound, notFound, refused, ok.customer());
			const create = { name: 'Jo', custom: { aStr: 'x' } };
			expect(await find(script, { phone: PHONE, email: 'jo@x.de', create })).toMatchObject({
				outcome: 'created',
				leftOut,
			});
			expect(script.body(3)).toEqual(body);
		},
	);

	it('C17, X2: where Kustomer does not say what it refuses, the attributes go first, then the rest', async () => {
		const refused = answer(400, { errors: [{ status: 400, code: 'badparam', title: 'No' }] });
		const script = new Script(notFound, refused, refused, ok.customer());
		const create = { name: 'Jo', custom: { aStr: 'x' } };
		expect((await find(script, { phone: PHONE, create })).leftOut.sort()).toEqual(['name', 'phone']);
		expect(script.body(2)).toEqual({ name: 'Jo', phones: [{ phone: E164 }] });
		expect(script.body(3)).toEqual({ custom: { aStr: 'x' } });
		const never = new Script(notFound, ...new Array<typeof refused>(4).fill(refused));
		expect(await kustomerFailure(find(never, { phone: PHONE, create }))).toMatchObject({
			kind: 'badRequest',
		});
	});

	it('says so when Kustomer answers without a customer', async () => {
		const script = new Script(notFound, answer(201, '<html></html>'));
		const error = await kustomerFailure(find(script, { phone: PHONE }));
		expect(error.kind).toBe('unexpectedAnswer');
	});
});

describe('find or create customer, many at once', () => {
	const clientOf = (kustomer: InMemoryKustomer) =>
		createKustomerClient({ send: kustomer.send, clock: new FakeClock(), credentialKey: 'key' });

	it.each([
		['a phone number', input({ phone: PHONE })],
		['an email address', input({ email: 'jane@example.com' })],
		['an external id', input({ externalId: 'x' })],
		['an anonymous caller', input({ phone: 'anonymous', anonymousExternalId: 'babelforce:1' })],
	])('X1: ten workers with %s make one customer', async (_what, wanted) => {
		const kustomer = new InMemoryKustomer();
		const results = await Promise.all(
			Array.from({ length: 10 }, () => findOrCreateCustomer(clientOf(kustomer), wanted)),
		);
		expect(kustomer.customers).toHaveLength(1);
		expect(new Set(results.map(({ customer }) => customer?.id)).size).toBe(1);
		expect(results.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
	});

	it.each(['before', 'after'] as const)(
		'X1: a connection that breaks %s the customer was written makes one customer',
		async (moment) => {
			const kustomer = new InMemoryKustomer();
			let broken = false;
			kustomer.trouble = (when, { method }) => {
				if (broken || when !== moment || method !== 'POST') return undefined;
				broken = true;
				return new NoAnswer('connection');
			};
			const result = await findOrCreateCustomer(clientOf(kustomer), input({ phone: PHONE }));
			expect(kustomer.customers).toHaveLength(1);
			expect(result.outcome).toBe('created');
			expect(result.customer?.id).toBe(kustomer.customers[0]?.id);
		},
	);
});
