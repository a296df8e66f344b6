import { SANDBOX } from '../../sandbox/kustomer';
import { itemsOf } from './execute-harness';
import { locator, mapped, only, run, useKustomer } from './kustomer-setup';

const { jonas, maria, priya } = SANDBOX.customers;

const standIn = useKustomer();

describe('customer: find or create', () => {
	const find = 'customer.findOrCreate';

	it('C17: finds a known caller by phone number with one request', async () => {
		const result = only(await run(standIn, find, { phone: jonas.phone }));
		expect(result).toMatchObject({ outcome: 'found', matchedBy: 'phone', id: jonas.id, name: jonas.name });
		expect(result.leftOut).toEqual([]);
		expect(standIn.requests).toHaveLength(1);
	});

	it.each(['+49 (30) 2312-5456', '030 / 23125456', '0049 30 23125456', '493023125456'])(
		'C17: understands the number written as %s',
		async (phone) => {
			const result = only(await run(standIn, find, { phone, options: { defaultCountry: 'DE' } }));
			expect(result).toMatchObject({ outcome: 'found', id: jonas.id });
		},
	);

	it('C17: creates an unknown caller with the fields for new customers', async () => {
		const result = only(
			await run(standIn, find, {
				phone: SANDBOX.unknownCaller,
				createFields: {
					name: 'New caller',
					tags: ['VIP'],
					otherTags: 'Callback, VIP',
					timeZone: 'Europe/Berlin',
				},
				customAttributes: mapped({ loyaltyNum: '12', customUserIdStr: 77 }),
			}),
		);
		expect(result).toMatchObject({
			outcome: 'created',
			name: 'New caller',
			phone: SANDBOX.unknownCaller,
			timeZone: 'Europe/Berlin',
			custom: { loyaltyNum: 12, customUserIdStr: '77' },
		});
		const stored = standIn.store.customers.get(String(result.id));
		expect(standIn.store.tagNames(stored?.tags ?? [])).toEqual(['VIP', 'Callback']);
	});

	it('X4: a number that cannot be read is shown as it came, with a warning over the output', async () => {
		const phone = '030 777 1234';
		const create = { phone, createFields: { name: 'Unknown caller' } };
		const result = await run(standIn, find, create);
		const item = only(result);
		expect(item).toMatchObject({
			callerNumber: phone,
			leftOut: ['phone'],
			name: `Unknown caller (${phone})`,
		});
		expect(item).not.toHaveProperty('callerPhone');
		expect(item).not.toHaveProperty('callerWithheld');
		const hints = (step: typeof result) => step.run.data.resultData.runData.Node?.at(-1)?.hints ?? [];
		const [warning] = hints(result);
		expect(warning).toMatchObject({ type: 'warning' });
		expect(warning?.message).toContain('Default Country');
		const read = await run(standIn, find, { ...create, options: { calledNumber: '+49 30 2312 5000' } });
		expect(only(read)).toMatchObject({
			callerPhone: '+49307771234',
			callerNumber: '+49307771234',
			leftOut: [],
		});
		expect(hints(read)).toEqual([]);
	});

	it('C17: leaves a known customer as they are', async () => {
		await run(standIn, find, { phone: jonas.phone, createFields: { name: 'Somebody else' } });
		expect(standIn.store.customers.get(jonas.id)?.name).toBe(jonas.name);
	});

	it('finds by email and by external id', async () => {
		const byEmail = only(await run(standIn, find, { email: maria.email.toUpperCase() }));
		expect(byEmail).toMatchObject({ outcome: 'found', matchedBy: 'email', id: maria.id });
		const byExternalId = only(await run(standIn, find, { externalId: priya.externalId }));
		expect(byExternalId).toMatchObject({ outcome: 'found', matchedBy: 'externalId', id: priya.id });
	});

	it.each([
		['an expression that gives nothing', '={{ $json.session.phon }}', 'Nothing identifies the customer'],
		['an expression that is not closed', '={{ $json.session.phon', 'is not closed'],
		['nothing', '', 'Nothing identifies the customer'],
	])('X4: %s in the number makes no customer', async (_, phone, words) => {
		const before = standIn.store.customers.size;
		const session = { id: '1', source: 'babelforce', endUser: { phone: jonas.phone } };
		const { error } = await run(
			standIn,
			find,
			{ phone, createFields: { name: 'Someone' }, options: { anonymousExternalId: 'babelforce:1' } },
			{ items: itemsOf({ session }) },
		);
		expect(error?.message).toContain(words);
		expect(error?.description).toContain('{{ $json.session.');
		expect(standIn.store.customers.size).toBe(before);
	});

	it('X4: a session without a number is no mistake', async () => {
		const session = { id: '1', source: 'babelforce', endUser: {} };
		const parameters = {
			phone: '={{ $json.session.endUser.phone }}',
			options: { anonymousExternalId: 'babelforce:no-number' },
		};
		const result = only(await run(standIn, find, parameters, { items: itemsOf({ session }) }));
		expect(result).toMatchObject({ outcome: 'created', externalId: 'babelforce:no-number' });
	});

	it.each([[''], ['🚀'], ['9'.repeat(10_000)]])(
		'X4: a session whose number holds none, %j, has a customer without one, under the ID of the call',
		async (phone) => {
			const parameters = {
				phone: '={{ $json.session.endUser.phone }}',
				createFields: { name: 'Unknown caller' },
				options: { anonymousExternalId: '={{ $json.externalId }}' },
			};
			const items = itemsOf({ externalId: 'babelforce:odd', session: { endUser: { phone } } });
			const result = only(await run(standIn, find, parameters, { items }));
			expect(result).toMatchObject({ outcome: 'created', externalId: 'babelforce:odd' });
			expect(result).not.toHaveProperty('callerWithheld');
		},
	);

	it.each([['anonymous'], ['+49 30 2312 5000'], ['110']])(
		'X4: never matches the unusable number "%s" and creates one customer per call',
		async (phone) => {
			const parameters = {
				phone,
				options: { ownNumbers: SANDBOX.ownNumbers.join('\n'), anonymousExternalId: 'babelforce:77' },
			};
			const first = only(await run(standIn, find, parameters));
			const second = only(await run(standIn, find, parameters));
			expect(first.outcome).toBe('created');
			expect(second).toMatchObject({ outcome: 'found', id: first.id });
			expect(standIn.store.customers.get(String(first.id))?.phones).toEqual([]);
		},
	);

	it('X4: skips an unusable number when told to', async () => {
		const result = only(await run(standIn, find, { phone: 'anonymous', options: { whenUnusable: 'skip' } }));
		expect(result.outcome).toBe('skipped');
		expect(result.id).toBeUndefined();
		expect(standIn.requests).toHaveLength(0);
	});

	it('X4: stops at an unusable number when told to, without repeating it', async () => {
		const { error } = await run(standIn, find, { phone: '110', options: { whenUnusable: 'stop' } });
		expect(error?.message).toMatch(/number is too short/);
		expect(`${error?.message} ${error?.description}`).not.toContain('110');
	});

	it('C20: gives the number in international form for the note, whoever was found', async () => {
		const result = only(
			await run(standIn, find, {
				phone: '030 23125999',
				email: jonas.email,
				options: { defaultCountry: 'DE' },
			}),
		);
		expect(result).toMatchObject({ id: jonas.id, callerPhone: '+493023125999', phone: jonas.phone });
	});

	it('gives what Kustomer answered when Simplify is off', async () => {
		const result = only(await run(standIn, find, { phone: jonas.phone, simplify: false }));
		expect(result).toMatchObject({
			outcome: 'found',
			customer: { type: 'customer', id: jonas.id, attributes: { displayName: jonas.name } },
		});
	});

	it('lists custom attributes that are unknown and were left out', async () => {
		const result = only(
			await run(standIn, find, {
				phone: SANDBOX.unknownCaller,
				customAttributes: mapped({ nobodyKnowsStr: 'x', loyaltyNum: 1 }),
				options: { unknownAttributes: 'leaveOut' },
			}),
		);
		expect(result).toMatchObject({
			outcome: 'created',
			leftOut: ['nobodyKnowsStr'],
			custom: { loyaltyNum: 1 },
		});
	});
});

describe('customer: create, get, update', () => {
	it('X4: creates nobody whom nothing identifies, because an expression gave nothing or nothing is filled in', async () => {
		const before = standIn.store.customers.size;
		const create = async (parameters: Parameters<typeof run>[2]) =>
			await run(standIn, 'customer.create', parameters, { items: itemsOf({ session: {} }) });
		const mistyped = await create({ name: 'Someone', phone: '={{ $json.session.phon }}' });
		expect(mistyped.error?.message).toBe("Nothing identifies the customer: no value in 'Phone Number'.");
		expect(mistyped.error?.description).toContain('Check the expression');
		const empty = await create({});
		expect(empty.error?.message).toContain("'Phone Number', 'Email', 'External ID'");
		expect(standIn.store.customers.size).toBe(before);
		expect(only(await create({ name: 'Only a name' }))).toMatchObject({ created: true });
	});

	it('creates with every field', async () => {
		const result = only(
			await run(standIn, 'customer.create', {
				name: 'Ada 🚀',
				phone: '030 23125999',
				email: 'ada@example.com',
				externalId: 'shop-1',
				additionalFields: {
					locale: 'de_DE',
					timeZone: 'Europe/Berlin',
					username: 'ada',
					sharedPhones: '+12125550142',
					sharedEmails: 'office@example.com, desk@example.com',
				},
				customAttributes: mapped({ loyaltyNum: 3 }),
				options: { defaultCountry: 'DE' },
			}),
		);
		expect(result).toMatchObject({
			created: true,
			name: 'Ada 🚀',
			phone: '+493023125999',
			email: 'ada@example.com',
			externalId: 'shop-1',
			username: 'ada',
			sharedPhones: ['+12125550142'],
			sharedEmails: ['office@example.com', 'desk@example.com'],
			custom: { loyaltyNum: 3 },
		});
	});

	it.each([
		['id', jonas.id],
		['phone', jonas.phone],
		['email', jonas.email],
		['externalId', jonas.externalId],
	])('gets a customer by %s', async (mode, value) => {
		expect(only(await run(standIn, 'customer.get', { customer: locator(mode, value) }))).toMatchObject({
			id: jonas.id,
			name: jonas.name,
		});
	});

	it('says that a customer does not exist, and by what it was looked for', async () => {
		const { error } = await run(standIn, 'customer.get', {
			customer: locator('email', 'nobody@example.com'),
		});
		expect(error).toMatchObject({
			message: 'Kustomer has no customer with this email address.',
			httpCode: '404',
		});
	});

	it('gets many, with a limit and with a search', async () => {
		const limited = await run(standIn, 'customer.getMany', { limit: 2 });
		expect(limited.items).toHaveLength(2);
		expect(limited.items.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		const all = await run(standIn, 'customer.getMany', { returnAll: true });
		expect(all.items).toHaveLength(standIn.store.customers.size);
		const found = await run(standIn, 'customer.getMany', { filters: { search: 'Maria' } });
		expect(found.items.map((item) => item.json.id)).toEqual([maria.id]);
	});

	it('changes the named fields only and adds a phone number', async () => {
		const result = only(
			await run(standIn, 'customer.update', {
				customer: locator('id', jonas.id),
				updateFields: { name: 'Jonas W.', username: '', addPhones: '+12125550199' },
				customAttributes: mapped({ loyaltyNum: 5, customUserIdStr: '' }),
			}),
		);
		expect(result).toMatchObject({
			name: 'Jonas W.',
			phones: [jonas.phone, '+12125550199'],
			email: jonas.email,
			custom: { loyaltyNum: 5 },
		});
	});

	it('clears a custom attribute only when told to', async () => {
		const update = { customer: locator('id', jonas.id), customAttributes: mapped({ loyaltyNum: '' }) };
		await run(standIn, 'customer.update', { ...update, updateFields: { name: 'J' } });
		expect(standIn.store.customers.get(jonas.id)?.custom).toEqual({ loyaltyNum: 1280 });
		await run(standIn, 'customer.update', { ...update, options: { emptyAttributes: 'clear' } });
		expect(standIn.store.customers.get(jonas.id)?.custom).toEqual({});
	});
});

it('reads expressions anew for every item', async () => {
	const result = await run(
		standIn,
		'customer.findOrCreate',
		{ phone: '={{ $json.phone }}', createFields: { name: '={{ $json.name }}' } },
		{
			items: itemsOf(
				{ phone: jonas.phone },
				{ phone: '+12125550001', name: 'One' },
				{ phone: '+12125550002', name: 'Two' },
			),
		},
	);
	expect(result.items.map(({ json }) => [json.outcome, json.name])).toEqual([
		['found', jonas.name],
		['created', 'One'],
		['created', 'Two'],
	]);
});
