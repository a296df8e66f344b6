import { createCustomer } from '../../../../lib/kustomer/operations/create-customer';
import { updateCustomer } from '../../../../lib/kustomer/operations/update-customer';
import { searchCustomers, listCustomers } from '../../../../lib/kustomer/resources/customers';
import {
	CUSTOMER_ID,
	Script,
	answer,
	conflict,
	inputFailure,
	kustomerFailure,
	notFound,
	object,
	ok,
	unknownAttribute,
} from '../scripted';

const GET = `GET /v1/customers/${CUSTOMER_ID}`;
const PATCH = `PATCH /v1/customers/${CUSTOMER_ID}`;

const update = (script: Script, changes: Partial<Parameters<typeof updateCustomer>[1]> = {}) =>
	updateCustomer(script.client(), {
		target: { id: CUSTOMER_ID },
		fields: {},
		unknownAttributes: 'stop',
		...changes,
	});
const create = (
	script: Script,
	fields: Parameters<typeof createCustomer>[1]['fields'],
	defaultCountry?: string,
) => createCustomer(script.client(), { fields, defaultCountry, unknownAttributes: 'stop' });

describe('create customer', () => {
	it('sends what was given, checked and in Kustomer form, in one request', async () => {
		const script = new Script(answer(201, object('customer', CUSTOMER_ID)));
		const result = await create(
			script,
			{
				name: 'Jane 🎉',
				phones: [{ phone: '030 1234567', type: 'mobile' }],
				emails: [{ email: 'Jane@x.de' }],
				externalId: ' crm-1 ',
				custom: { sinceAt: '2026-01-01' },
			},
			'DE',
		);
		expect(script.lines).toEqual(['POST /v1/customers']);
		expect(script.body(0)).toEqual({
			name: 'Jane 🎉',
			phones: [{ phone: '+49301234567', type: 'mobile' }],
			emails: [{ email: 'jane@x.de' }],
			externalId: 'crm-1',
			custom: { sinceAt: '2026-01-01T00:00:00.000Z' },
		});
		expect(result).toMatchObject({ created: true, leftOut: [] });
	});

	it('X1: with an external id that is taken it gives that customer', async () => {
		const script = new Script(conflict, ok.customer({ name: 'Old' }));
		const result = await create(script, { externalId: 'x' });
		expect(result).toMatchObject({ created: false, customer: { attributes: { name: 'Old' } } });
	});

	it('a taken phone number is an error that says what to do', async () => {
		const script = new Script(conflict);
		const error = await kustomerFailure(create(script, { phones: [{ phone: '+49301234567' }] }));
		expect(error.kind).toBe('conflict');
		expect(error.advice).toContain('Find or Create');
	});
});

describe('update customer', () => {
	it('by id costs one request', async () => {
		const script = new Script(ok.customer());
		await update(script, { fields: { name: 'New', company: null, phones: [{ phone: '+49301234567' }] } });
		expect(script.lines).toEqual([PATCH]);
		expect(script.body(0)).toEqual({ name: 'New', company: null, phones: [{ phone: '+49301234567' }] });
	});

	it('adds and removes phones and emails, keeping the others, with the revision', async () => {
		const script = new Script(
			ok.customer({
				rev: 7,
				phones: [{ phone: '18005551212', type: 'work', verified: true, extra: 1 }, { phone: '+49301111111' }],
				emails: [{ email: 'A@x.de' }],
			}),
			ok.customer(),
		);
		await update(script, {
			addPhones: [{ phone: '+1 800 555 1212' }, { phone: '+49302222222' }],
			removePhones: ['+49 30 1111111'],
			addEmails: [{ email: 'b@x.de' }],
			removeEmails: ['a@x.de'],
		});
		expect(script.lines).toEqual([GET, PATCH]);
		expect(script.body(1)).toEqual({
			rev: 7,
			phones: [{ phone: '18005551212', type: 'work', verified: true }, { phone: '+49302222222' }],
			emails: [{ email: 'b@x.de' }],
		});
	});

	it('writes nothing when the phone is there already', async () => {
		const script = new Script(ok.customer({ phones: [{ phone: '49301234567' }] }));
		await update(script, { addPhones: [{ phone: '+49301234567' }] });
		expect(script.lines).toEqual([GET]);
	});

	it('X1: reads and merges again when somebody else changed the customer meanwhile', async () => {
		const script = new Script(
			ok.customer({ rev: 1, phones: [] }),
			conflict,
			ok.customer({ rev: 2 }),
			ok.customer({ rev: 2, phones: [{ phone: '+49302222222' }] }),
			ok.customer(),
		);
		await update(script, { addPhones: [{ phone: '+49301234567' }] });
		expect(script.lines).toEqual([GET, PATCH, GET, GET, PATCH]);
		expect(script.body(4)).toEqual({
			rev: 2,
			phones: [{ phone: '+49302222222' }, { phone: '+49301234567' }],
		});
	});

	it('a phone number that another customer has is an error, not a reason to try again', async () => {
		const script = new Script(ok.customer({ rev: 1 }), conflict, ok.customer({ rev: 1 }));
		const error = await kustomerFailure(update(script, { addPhones: [{ phone: '+49301234567' }] }));
		expect(error.kind).toBe('conflict');
		expect(script.left).toBe(0);
	});

	it.each([
		[{ externalId: 'a b' }, 'GET /v1/customers/externalId=a%20b'],
		[{ email: 'A@x.de' }, 'GET /v1/customers/email=a%40x.de'],
		[{ phone: '0049 30 1234567' }, 'GET /v1/customers/phone=%2B49301234567'],
	])('finds the customer by %j', async (target, line) => {
		const script = new Script(ok.customer(), ok.customer());
		await update(script, { target, fields: { name: 'x' } });
		expect(script.lines).toEqual([line, PATCH]);
	});

	it('with nothing to write it only reads', async () => {
		const script = new Script(ok.customer(), ok.customer());
		await update(script, { fields: { name: '' } });
		await update(script, { target: { externalId: 'x' } });
		expect(script.lines).toEqual([GET, 'GET /v1/customers/externalId=x']);
	});

	it('says that there is no such customer, or that there are several', async () => {
		const missing = await kustomerFailure(
			update(new Script(notFound), { target: { email: 'a@x.de' }, fields: { name: 'x' } }),
		);
		expect(missing).toMatchObject({ kind: 'notFound', parameter: 'target.email' });
		expect(missing.message).toBe('Kustomer has no customer with this email address.');
		const byId = await kustomerFailure(update(new Script(notFound), { fields: { name: 'x' } }));
		expect(byId.message).toBe('Kustomer has no customer with this ID.');
		const two = answer(200, { data: [object('customer', 'a').data, object('customer', 'b').data] });
		const several = await kustomerFailure(
			update(new Script(two), { target: { email: 'a@x.de' }, fields: { name: 'x' } }),
		);
		expect(several.kind).toBe('severalMatches');
	});

	it('refuses a list that is replaced and changed at once, a bad id, and an eleventh phone', async () => {
		const both = await inputFailure(
			update(new Script(), { fields: { phones: [] }, addPhones: [{ phone: '+49301234567' }] }),
		);
		expect(both.parameter).toBe('fields.phones');
		const id = await inputFailure(update(new Script(), { target: { id: 'x' } }));
		expect(id.parameter).toBe('target.id');
		const nobody = await inputFailure(update(new Script(), { target: { externalId: ' ' } }));
		expect(nobody.message).toBe('It is not said which customer is meant.');
		const ten = Array.from({ length: 10 }, (_, index) => ({ phone: `+4930123456${index}` }));
		const eleven = await inputFailure(
			update(new Script(ok.customer({ phones: ten })), { addPhones: [{ phone: '+49307777777' }] }),
		);
		expect(eleven.parameter).toBe('addPhones');
	});

	it('B4: leaves unknown attributes out when wanted', async () => {
		const script = new Script(unknownAttribute('aStr'), ok.customer());
		const result = await update(script, { fields: { custom: { aStr: 'x' } }, unknownAttributes: 'leaveOut' });
		expect(result.leftOut).toEqual(['aStr']);
		expect(script.lines).toEqual([PATCH, GET]);
	});
});

describe('customers for pickers', () => {
	it.each([
		['jane@x', [{ customer_email: { contains: 'jane@x' } }]],
		[
			'+49 30 123',
			[{ customer_phone: { contains: '4930123' } }, { customer_name: { contains: '+49 30 123' } }],
		],
		['Jane 2', [{ customer_name: { contains: 'Jane 2' } }, { customer_externalId: { equals: 'Jane 2' } }]],
	])('"%s" is searched for by what it looks like', async (text, or) => {
		const script = new Script(ok.list({ id: 'a' }));
		expect(await searchCustomers(script.client(), text)).toHaveLength(1);
		expect(script.lines).toEqual(['POST /v1/customers/search']);
		expect(script.requests[0]?.query).toEqual({ pageSize: '50' });
		expect(script.body(0)).toMatchObject({ queryContext: 'customer', or });
	});

	it('without a text the newest are listed', async () => {
		const script = new Script(ok.list({ id: 'a' }), ok.list());
		await searchCustomers(script.client(), ' ');
		await listCustomers(script.client(), { limit: 5, createdAfter: '2026-01-01T00:00:00.000Z' });
		expect(script.lines).toEqual(['GET /v1/customers', 'GET /v1/customers']);
		expect(script.requests[1]?.query).toEqual({
			sort: '-createdAt',
			'filter[createdAt][gte]': '2026-01-01T00:00:00.000Z',
			pageSize: '5',
		});
	});
});
