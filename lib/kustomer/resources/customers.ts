/**
 * Customers: https://developer.kustomer.com/api/core-resources/create-customer
 */
import type { KustomerAnswer, KustomerClient, LookUpSegment } from '../client';
import type { Customer } from '../documents';
import { isPhoneLike } from '../../domain/phone-number';
import { lookUp, readOne } from './answers';

/** @throws {KustomerError} of the kind `notFound` when there is none */
export function getCustomer(client: KustomerClient, id: string): Promise<Customer> {
	return readOne<Customer>(client, 'customer.get', ['customers', id]);
}

/** The customer with this Kustomer id, or undefined. */
export async function findCustomer(client: KustomerClient, id: string): Promise<Customer | undefined> {
	const [found] = await lookUp<Customer>(client, 'customer.get', ['customers', id]);
	return found;
}

/**
 * Customers that have this phone number, email address or external id: none, one, or, if the organization's data
 * allows it, several. A value is looked up exactly as given; what Kustomer normalizes is not documented.
 */
export function findCustomersBy(
	client: KustomerClient,
	field: LookUpSegment['field'],
	value: string,
): Promise<Customer[]> {
	return lookUp<Customer>(client, 'customer.get', ['customers', { field, value }]);
}

/** Which customers to list. */
export interface CustomerListOptions {
	limit?: number;
	/** ISO 8601. */
	createdAfter?: string;
	/** ISO 8601. */
	updatedAfter?: string;
}

/** Customers, newest first. */
export function listCustomers(
	client: KustomerClient,
	options: CustomerListOptions = {},
): Promise<Customer[]> {
	return client.list<Customer>({
		operation: 'customer.list',
		path: ['customers'],
		query: {
			sort: '-createdAt',
			'filter[createdAt][gte]': options.createdAfter,
			'filter[updatedAt][gte]': options.updatedAfter,
		},
		limit: options.limit,
	});
}

/**
 * Customers whose name contains the text, or, when it looks like one, who have this email address or phone number.
 * For pickers: counts against the search limit of 100 a minute.
 * https://developer.kustomer.com/docs/concepts/search
 */
export function searchCustomers(client: KustomerClient, text: string, limit = 50): Promise<Customer[]> {
	const wanted = text.trim();
	if (wanted === '') return listCustomers(client, { limit });
	return client.list<Customer>({
		operation: 'customer.search',
		method: 'POST',
		path: ['customers', 'search'],
		body: {
			queryContext: 'customer',
			or: searchCriteria(wanted),
			sort: [{ customer_updated_at: 'desc' }],
		},
		limit,
		maxPages: 1,
	});
}

/** Customers who have one of these contact points, by search: the last resort, because the index may lag behind. */
export async function searchCustomersByContact(
	client: KustomerClient,
	contact: { phones?: readonly string[]; sharedPhones?: readonly string[]; email?: string },
): Promise<Customer[]> {
	const criteria = [
		...(contact.phones ?? []).map((phone) => ({ customer_phone: { equals: phone } })),
		...(contact.sharedPhones ?? []).map((phone) => ({ customer_shared_phone: { equals: phone } })),
		...(contact.email === undefined ? [] : [{ customer_email: { equals: contact.email } }]),
	];
	if (criteria.length === 0) return [];
	const answer = await client.request<{ data?: Customer[] } | undefined>({
		operation: 'customer.search',
		method: 'POST',
		path: ['customers', 'search'],
		query: { pageSize: 10 },
		body: { queryContext: 'customer', or: criteria },
		repeatable: true,
		// A key without the search role, or an index that is down, only means that this way is closed.
		accept: [400, 401, 403, 404],
	});
	return answer.status === 200 && Array.isArray(answer.body?.data) ? answer.body.data : [];
}

/** Customers in one page of a search. */
const SEARCH_PAGE = 500;

/**
 * Customers who share a phone with others, at most one page, and how many there are. Kustomer finds by number only those who
 * have it for themselves: https://developer.kustomer.com/api/core-resources/get-customer-by-phone-number
 *
 * @returns `closed` for a key without the search role, undefined when Kustomer does not understand the question
 */
export async function listCustomersWithSharedPhones(
	client: KustomerClient,
): Promise<{ customers: Customer[]; total: number } | 'closed' | undefined> {
	const answer = await client.request<{ data?: Customer[]; meta?: { total?: number } } | undefined>({
		operation: 'customer.search',
		method: 'POST',
		path: ['customers', 'search'],
		query: { pageSize: SEARCH_PAGE },
		body: { queryContext: 'customer', not: [{ customer_shared_phone: { not_set: '' } }] },
		repeatable: true,
		accept: [400, 401, 403, 404],
	});
	if (answer.status === 401 || answer.status === 403) return 'closed';
	const customers = answer.body?.data;
	if (answer.status !== 200 || !Array.isArray(customers)) return undefined;
	const isWhole = customers.length < SEARCH_PAGE;
	return { customers, total: isWhole ? customers.length : (answer.body?.meta?.total ?? SEARCH_PAGE + 1) };
}

/** Sends a create request. 400 and 409 are returned, because callers have their own answer to them. */
export function postCustomer(
	client: KustomerClient,
	body: Record<string, unknown>,
	repeatable: boolean,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'customer.create',
		method: 'POST',
		path: ['customers'],
		body,
		repeatable,
		accept: [400, 409],
	});
}

/** Sends a partial update. 400, 404 and 409 are returned, because callers have their own answer to them. */
export function patchCustomer(
	client: KustomerClient,
	id: string,
	body: Record<string, unknown>,
): Promise<KustomerAnswer> {
	return client.request({
		operation: 'customer.update',
		method: 'PATCH',
		path: ['customers', id],
		body,
		accept: [400, 404, 409],
	});
}

/** Deletes one for good. One that is gone already is no failure. */
export async function deleteCustomer(client: KustomerClient, id: string): Promise<void> {
	await client.request({
		operation: 'customer.delete',
		method: 'DELETE',
		path: ['customers', id],
		accept: [404],
	});
}

function searchCriteria(text: string): Array<Record<string, unknown>> {
	if (text.includes('@')) return [{ customer_email: { contains: text } }];
	const digits = text.replace(/\D/g, '');
	if (isPhoneLike(text)) {
		return [{ customer_phone: { contains: digits } }, { customer_name: { contains: text } }];
	}
	return [{ customer_name: { contains: text } }, { customer_externalId: { equals: text } }];
}
