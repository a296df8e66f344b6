import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox/kustomer';
import { dataOf, errorOf, listOf, start, useHarness } from './harness';

const harness = useHarness({ rateLimitPerMinute: 0 });

const { jonas, harbourDesk } = SANDBOX.customers;

describe('looking up', () => {
	it('C17: finds a customer by phone, with and without the plus', async () => {
		for (const phone of [jonas.phone, jonas.phone.slice(1)]) {
			const response = await harness.http.get(`/v1/customers/phone=${encodeURIComponent(phone)}`);
			expect(dataOf(response)).toMatchObject({
				type: 'customer',
				id: jonas.id,
				attributes: { name: jonas.name },
			});
		}
	});

	it('finds by exact text only, when told so, and still refuses a second customer with the number', async () => {
		const exact = await start({ phoneLookup: 'exact' });
		expect((await exact.http.get(`/v1/customers/phone=${jonas.phone.slice(1)}`)).status).toBe(404);
		expect((await exact.http.get(`/v1/customers/phone=${encodeURIComponent(jonas.phone)}`)).status).toBe(200);
		const second = await exact.http.post('/v1/customers', { phones: [{ phone: jonas.phone.slice(1) }] });
		expect(second.status).toBe(409);
		await exact.close();
	});

	it('X4: does not find a customer by a shared number', async () => {
		const response = await harness.http.get(
			`/v1/customers/phone=${encodeURIComponent(harbourDesk.sharedPhone)}`,
		);
		expect(response.status).toBe(404);
	});

	it('finds by email in any case and by external id', async () => {
		expect(dataOf(await harness.http.get(`/v1/customers/email=${jonas.email.toUpperCase()}`)).id).toBe(
			jonas.id,
		);
		expect(dataOf(await harness.http.get(`/v1/customers/externalId=${jonas.externalId}`)).id).toBe(jonas.id);
	});

	it.each(['phone', 'email', 'externalId'])(
		'answers the recorded 404 for an unknown %s',
		async (parameter) => {
			const response = await harness.http.get(`/v1/customers/${parameter}=9999`);
			expect(response.status).toBe(404);
			expect(response.data).toEqual({
				errors: [{ status: 404, source: { parameter }, code: 'notfound', title: 'Not Found' }],
			});
		},
	);

	it('takes several ids with commas between and leaves out the unknown ones', async () => {
		const response = await harness.http.get(
			`/v1/customers/${jonas.id},${harbourDesk.id},000000000000000000000000`,
		);
		expect(listOf(response).map(({ id }) => id)).toEqual([jonas.id, harbourDesk.id]);
	});

	it('answers 400 for a malformed id and 404 for an unknown one', async () => {
		expect((await harness.http.get('/v1/customers/nobody')).status).toBe(400);
		expect((await harness.http.get('/v1/customers/000000000000000000000000')).status).toBe(404);
	});

	it('survives a path that is not valid percent-encoding', async () => {
		const response = await harness.http.get('/v1/customers/phone=%E0%A4%A');
		expect(response.status).toBe(400);
	});
});

describe('creating', () => {
	it('answers 201 with the computed fields', async () => {
		const response = await harness.http.post('/v1/customers', {
			externalId: 'new-1',
			phones: [{ phone: '+12125550187', type: 'mobile' }],
			tags: ['Walk-in'],
		});
		expect(response.status).toBe(201);
		const { attributes, relationships, links, id } = dataOf(response);
		expect(id).toMatch(/^[0-9a-f]{24}$/);
		expect(links.self).toBe(`/v1/customers/${id}`);
		expect(attributes).toMatchObject({
			displayName: '+12125550187',
			externalId: 'new-1',
			externalIds: [{ externalId: 'new-1' }],
			phones: [{ phone: '+12125550187', type: 'mobile' }],
			conversationCounts: { all: 0 },
			progressiveStatus: null,
			rev: 1,
		});
		expect(harness.standIn.store.tagNames(attributes.tags)).toEqual(['Walk-in']);
		expect(relationships.createdBy?.data?.id).toBe(SANDBOX.users.machine.id);
	});

	it.each([
		['phones', { phones: [{ phone: jonas.phone }] }],
		['phones', { phones: [{ phone: jonas.phone.slice(1) }] }],
		['emails', { emails: [{ email: jonas.email.toUpperCase() }] }],
		['externalIds', { externalId: jonas.externalId }],
		['externalIds', { externalIds: [{ externalId: jonas.externalId }] }],
	])('refuses a second customer with the same %s', async (parameter, body) => {
		const before = harness.standIn.store.customers.size;
		const response = await harness.http.post('/v1/customers', { name: 'a', ...body });
		expect(response.status).toBe(409);
		expect(errorOf(response)).toMatchObject({ status: 409, source: { parameter } });
		expect(harness.standIn.store.customers.size).toBe(before);
	});

	it('lets two customers share a number', async () => {
		const response = await harness.http.post('/v1/customers', { sharedPhones: [{ phone: jonas.phone }] });
		expect(response.status).toBe(201);
	});

	it('X1: of two equal creates at once one gets 201 and the other 409', async () => {
		const body = { phones: [{ phone: SANDBOX.unknownCaller }] };
		const responses = await Promise.all(
			Array.from({ length: 8 }, () => harness.http.post('/v1/customers', body)),
		);
		expect(responses.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
	});

	it.each([
		['an unknown property', { displayName: 'a' }, 'displayName'],
		['a long name', { name: 'a'.repeat(257) }, 'name'],
		['a number that is none', { phones: [{ phone: 'anonymous' }] }, 'phone'],
		['a number with blanks', { phones: [{ phone: '+49 30 23125' }] }, 'phone'],
		['an email that is none', { emails: [{ email: 'nobody' }] }, 'email'],
		[
			'eleven phones',
			{ phones: Array.from({ length: 11 }, (_, n) => ({ phone: `+121255500${n + 10}` })) },
			'phones',
		],
		['the same phone twice', { phones: [{ phone: '+12125550111' }, { phone: '+12125550111' }] }, 'phones'],
		['an unknown kind of phone', { phones: [{ phone: '+12125550111', type: 'car' }] }, 'type'],
		['a tag with a parenthesis', { tags: ['Voice (IVR)'] }, 'tags'],
		['a long locale', { locale: 'a'.repeat(17) }, 'locale'],
		['a list as body', [], 'body'],
	])('refuses %s', async (_name, body, parameter) => {
		const response = await harness.http.post('/v1/customers', body);
		expect(response.status).toBe(400);
		expect(errorOf(response)).toMatchObject({ status: 400, code: 'badparam', source: { parameter } });
	});
});

describe('updating', () => {
	it('merges custom attributes by key and removes one with null', async () => {
		const http = harness.http;
		await http.patch(`/v1/customers/${jonas.id}`, { custom: { customUserIdStr: 'u-1' } });
		const merged = dataOf(await http.patch(`/v1/customers/${jonas.id}`, { name: 'J. Weber' }));
		expect(merged.attributes.custom).toEqual({ loyaltyNum: 1280, customUserIdStr: 'u-1' });
		const cleared = dataOf(await http.patch(`/v1/customers/${jonas.id}`, { custom: { loyaltyNum: null } }));
		expect(cleared.attributes.custom).toEqual({ customUserIdStr: 'u-1' });
	});

	it('replaces lists as wholes and frees the values that are gone', async () => {
		await harness.http.put(`/v1/customers/${jonas.id}`, { phones: [{ phone: '+12125550150' }] });
		expect((await harness.http.get(`/v1/customers/phone=${jonas.phone.slice(1)}`)).status).toBe(404);
		const other = await harness.http.post('/v1/customers', { phones: [{ phone: jonas.phone }] });
		expect(other.status).toBe(201);
		const back = await harness.http.patch(`/v1/customers/${jonas.id}`, { phones: [{ phone: jonas.phone }] });
		expect(back.status).toBe(409);
		const { attributes } = dataOf(await harness.http.get(`/v1/customers/${jonas.id}`));
		expect(attributes.phones).toMatchObject([{ phone: '+12125550150' }]);
	});

	it('PUT keeps what is not named, and empties it with replace=true', async () => {
		const kept = dataOf(await harness.http.put(`/v1/customers/${jonas.id}`, { locale: 'de' }));
		expect(kept.attributes.name).toBe(jonas.name);
		const replaced = dataOf(
			await harness.http.put(`/v1/customers/${jonas.id}?replace=true`, { name: 'Only this' }),
		);
		expect(replaced.attributes).toMatchObject({ name: 'Only this', phones: [], emails: [], custom: {} });
		expect((await harness.http.get(`/v1/customers/externalId=${jonas.externalId}`)).status).toBe(404);
	});

	it('refuses a stale rev and moves rev and times on', async () => {
		const before = dataOf(await harness.http.get(`/v1/customers/${jonas.id}`)).attributes;
		const { rev } = before;
		const changed = await harness.http.patch(`/v1/customers/${jonas.id}`, { name: 'First', rev });
		expect(dataOf(changed).attributes.rev).toBe(rev + 1);
		expect(String(dataOf(changed).attributes.modifiedAt) > String(before.modifiedAt)).toBe(true);
		const stale = await harness.http.patch(`/v1/customers/${jonas.id}`, { name: 'Second', rev });
		expect(stale.status).toBe(409);
		expect(errorOf(stale).source?.parameter).toBe('rev');
		expect(harness.standIn.store.customers.get(jonas.id)?.name).toBe('First');
	});

	it('DELETE takes the conversations along', async () => {
		const { id } = dataOf(await harness.http.post('/v1/conversations', { customer: jonas.id }));
		expect((await harness.http.delete(`/v1/customers/${jonas.id}`)).status).toBe(204);
		expect((await harness.http.get(`/v1/customers/${jonas.id}`)).status).toBe(404);
		expect((await harness.http.get(`/v1/conversations/${id}`)).status).toBe(404);
	});
});

describe('listing and searching', () => {
	it('pages with relative links and totals', async () => {
		const seen: string[] = [];
		let path: string | null = '/v1/customers?pageSize=2';
		for (let page = 1; path !== null && page < 9; page += 1) {
			const response: AxiosResponse<unknown> = await harness.http.get(path);
			const { meta, links } = response.data as { meta: object; links: { next: string | null } };
			expect(meta).toEqual({ pageSize: 2, page, total: 5, totalPages: 3 });
			seen.push(...listOf(response).map(({ id }) => id));
			path = links.next;
			if (path !== null) expect(path).toMatch(/^\/v1\/customers\?/);
		}
		expect(seen).toEqual([...harness.standIn.store.customers.keys()]);
	});

	it.each(['pageSize=101', 'pageSize=0', 'page=0', 'page=one', 'page=1.5'])('refuses %s', async (query) => {
		expect((await harness.http.get(`/v1/customers?${query}`)).status).toBe(400);
	});

	it('sorts and filters by time of creation', async () => {
		const newest = listOf(await harness.http.get('/v1/customers?sort=-createdAt'));
		expect(newest[0]?.id).toBe(SANDBOX.customers.priya.id);
		const since = new Date(Date.now() - 100 * 86_400_000).toISOString();
		const recent = listOf(await harness.http.get(`/v1/customers?filter[createdAt][gte]=${since}`));
		expect(recent.map(({ id }) => id)).toEqual([SANDBOX.customers.priya.id]);
		expect((await harness.http.get('/v1/customers?sort=shoe')).status).toBe(400);
		expect((await harness.http.get('/v1/customers?filter[createdAt][near]=2026')).status).toBe(400);
	});

	const search = (body: object, query = '') =>
		harness.http.post(`/v1/customers/search${query}`, { queryContext: 'customer', ...body });

	it.each([
		['equals', { customer_phone: { equals: jonas.phone } }, [jonas.id]],
		[
			'contains',
			{ customer_name: { contains: 'harbour' } },
			[harbourDesk.id, SANDBOX.customers.harbourOffice.id],
		],
		['in', { customer_email: { in: [jonas.email, 'x@example.com'] } }, [jonas.id]],
		[
			'not_set',
			{ customer_externalId: { not_set: '' } },
			[harbourDesk.id, SANDBOX.customers.harbourOffice.id],
		],
		['gte', { customer_custom_loyaltyNum: { gte: 1000 } }, [jonas.id]],
		['lte', { customer_custom_loyaltyNum: { lte: 1000 } }, [SANDBOX.customers.maria.id]],
		['a conversation’s attribute', { conversation_status: { equals: 'done' } }, [SANDBOX.customers.maria.id]],
	])('searches with %s', async (_name, criterion, ids) => {
		const response = await search({ and: [criterion] });
		expect(response.status).toBe(200);
		expect(listOf(response).map(({ id }) => id)).toEqual(ids);
	});

	it('X4: searching finds every customer of a shared number', async () => {
		const response = await search({ or: [{ customer_shared_phone: { equals: harbourDesk.sharedPhone } }] });
		expect((response.data as { meta: { total: number } }).meta.total).toBe(2);
	});

	it('sorts, negates, and answers ids only', async () => {
		const response = await search(
			{ not: [{ customer_name: { contains: 'Harbour' } }], sort: [{ customer_name: 'desc' }] },
			'?idsOnly=true',
		);
		expect(response.data).toMatchObject({
			meta: { total: 3, totalPages: 1 },
			data: [
				{ type: 'customer', id: SANDBOX.customers.priya.id },
				{ type: 'customer', id: SANDBOX.customers.maria.id },
				{ type: 'customer', id: jonas.id },
			],
		});
	});

	it.each([
		['an unknown attribute', { and: [{ customer_shoe: { equals: 1 } }] }],
		['an undocumented operator', { and: [{ customer_name: { gt: 'a' } }] }],
		['an unknown context', { queryContext: 'shoe' }],
		['an unknown property', { limit: 3 }],
		['a sort that is not documented', { sort: { customer_email: 'asc' } }],
	])('search refuses %s', async (_name, body) => {
		expect((await search(body)).status).toBe(400);
	});
});
