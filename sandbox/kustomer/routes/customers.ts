import { badParameter, notFound } from '../errors';
import type { CustomerRecord } from '../records';
import { checkCustomer } from '../schemas/customer';
import { hasFormat } from '../schemas/validate';
import { bodyOf, found, gone, idOf, idsOf, made, type Call, type Endpoint } from './endpoint';
import { pageOf } from './paging';

function lookUp(call: Call, parameter: string, customer: CustomerRecord | undefined) {
	if (customer === undefined) throw notFound(parameter);
	return found(call.documents.customer(customer));
}

function update(call: Call, replace: boolean) {
	const id = idOf(call);
	checkCustomer(call.body);
	const customer = call.store.updateCustomer(id, bodyOf(call), call.userId, replace);
	return found(call.documents.customer(customer));
}

export const endpoints: Endpoint[] = [
	{
		method: 'post',
		path: '/customers',
		access: 'customerCreate',
		handle: (call) => {
			checkCustomer(call.body);
			return made(call.documents.customer(call.store.createCustomer(bodyOf(call), call.userId)));
		},
	},
	{
		method: 'get',
		path: '/customers',
		access: 'customerRead',
		handle: (call) =>
			pageOf(call, sorted(call, filtered(call)), (customer) => call.documents.customer(customer), {
				totals: true,
				defaultSize: 30,
			}),
	},
	{
		method: 'get',
		path: '/customers/phone=:value',
		access: 'customerRead',
		handle: (call) => lookUp(call, 'phone', call.store.customerByPhone(call.params.value ?? '')),
	},
	{
		method: 'get',
		path: '/customers/email=:value',
		access: 'customerRead',
		handle: (call) => lookUp(call, 'email', call.store.customerByEmail(call.params.value ?? '')),
	},
	{
		method: 'get',
		path: '/customers/externalId=:value',
		access: 'customerRead',
		handle: (call) => lookUp(call, 'externalId', call.store.customerByExternalId(call.params.value ?? '')),
	},
	{
		method: 'get',
		path: '/customers/:id',
		access: 'customerRead',
		handle: (call) => {
			const ids = idsOf(call);
			const customers = ids.flatMap((id) => call.store.customers.get(id) ?? []);
			if (ids.length > 1) return found(customers.map((customer) => call.documents.customer(customer)));
			return lookUp(call, 'id', customers[0]);
		},
	},
	{
		method: 'put',
		path: '/customers/:id',
		access: 'customerUpdate',
		handle: (call) => update(call, call.query.replace === 'true'),
	},
	{
		method: 'patch',
		path: '/customers/:id',
		access: 'customerUpdate',
		handle: (call) => update(call, false),
	},
	{
		method: 'delete',
		path: '/customers/:id',
		access: 'customerDelete',
		handle: (call) => {
			call.store.deleteCustomer(idOf(call));
			return gone;
		},
	},
];

type Dated = 'createdAt' | 'updatedAt' | 'modifiedAt';
const DATED: readonly string[] = ['createdAt', 'updatedAt', 'modifiedAt'];

const COMPARE: Record<string, (value: string, limit: string) => boolean> = {
	gt: (value, limit) => value > limit,
	gte: (value, limit) => value >= limit,
	lt: (value, limit) => value < limit,
	lte: (value, limit) => value <= limit,
};

/** `filter[createdAt][gte]=2026-01-01T00:00:00Z`. assumes: customer-filters */
function filtered(call: Call): CustomerRecord[] {
	let customers = [...call.store.customers.values()];
	for (const [name, given] of Object.entries(call.query)) {
		const parts = /^filter\[(\w+)\]\[(\w+)\]$/.exec(name);
		if (parts === null) continue;
		const [, attribute = '', operator = ''] = parts;
		const compare = COMPARE[operator];
		if (!DATED.includes(attribute) || compare === undefined || !hasFormat('date-time', given)) {
			throw badParameter(name, 'Unknown filter');
		}
		const limit = new Date(given).toISOString();
		customers = customers.filter((customer) => compare(customer[attribute as Dated], limit));
	}
	return customers;
}

function sorted(call: Call, customers: CustomerRecord[]): CustomerRecord[] {
	const { sort } = call.query;
	if (sort === undefined) return customers;
	const attribute = sort.replace(/^-/, '');
	if (!DATED.includes(attribute)) throw badParameter('sort', `Not one of: ${DATED.join(', ')}`);
	const key = attribute as Dated;
	customers.sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));
	return sort.startsWith('-') ? customers.reverse() : customers;
}
