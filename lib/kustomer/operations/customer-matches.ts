/**
 * Looking customers up, and choosing one of several.
 */
import type { KustomerClient } from '../client';
import type { Customer } from '../documents';
import { KustomerError } from '../errors';
import type { FindOrCreateCustomerInput } from '../inputs';
import { Memory } from '../../process/memory';
import {
	findCustomersBy,
	listCustomersWithSharedPhones,
	searchCustomersByContact,
} from '../resources/customers';
import { withoutPlus } from '../../domain/phone-number';

/** The two ways in which organizations keep phone numbers: `+493012345678` and `493012345678`. */
type PhoneForm = 'plus' | 'bare';

/** Which form last found somebody; an organization tends to keep to one. */
const ONE_DAY = 24 * 3_600_000;
const lastForm = new Memory<PhoneForm>(ONE_DAY);

/**
 * Customers with this phone number.
 *
 * @param e164 for example `+493012345678`
 * @param forms `likeliest` asks for the form that last found somebody, at first the one with the plus; `every` goes on
 * to the other one when nobody is found
 */
export async function findCustomersByPhone(
	client: KustomerClient,
	e164: string,
	forms: 'likeliest' | 'every',
): Promise<Customer[]> {
	const first = lastForm.get(client.credentialKey, client.clock.now()) ?? 'plus';
	const order: PhoneForm[] = first === 'plus' ? ['plus', 'bare'] : ['bare', 'plus'];
	for (const form of forms === 'likeliest' ? order.slice(0, 1) : order) {
		const found = await findCustomersBy(client, 'phone', form === 'plus' ? e164 : withoutPlus(e164));
		const there = found.filter((customer) => customer.attributes?.deleted !== true);
		if (there.length > 0) {
			lastForm.set(client.credentialKey, form, client.clock.now());
			return there;
		}
	}
	return [];
}

/** Whether an organization shares phones among customers, for an hour. */
const ONE_HOUR = 3_600_000;
const sharing = new Memory<'none' | 'some'>(ONE_HOUR);

/**
 * Customers who share this phone number with others: the phone of a household or a reception belongs to nobody alone, and the
 * look-up by number does not find them (rule X4).
 *
 * Requests: one search; none for an hour where nobody shares a phone.
 *
 * @param e164 for example `+493012345678`
 */
export async function findCustomersBySharedPhone(client: KustomerClient, e164: string): Promise<Customer[]> {
	const { credentialKey, clock } = client;
	const use = sharing.get(credentialKey, clock.now());
	if (use === 'none') return [];
	if (use === undefined) {
		const all = await listCustomersWithSharedPhones(client);
		const none = all === 'closed' || all?.total === 0;
		sharing.set(credentialKey, none ? 'none' : 'some', clock.now());
		if (none) return [];
		if (all !== undefined && all.total <= all.customers.length) {
			return all.customers.filter((customer) => sharesPhone(customer, e164));
		}
	}
	return await searchCustomersByContact(client, { sharedPhones: [e164, withoutPlus(e164)] });
}

function sharesPhone({ attributes }: Customer, e164: string): boolean {
	const phones = attributes?.sharedPhones ?? [];
	return phones.some(({ phone }) => phone === e164 || phone === withoutPlus(e164));
}

/**
 * One of several customers.
 *
 * @throws {KustomerError} of the kind `severalMatches` when there are several and the policy is to stop
 */
export function chooseCustomer(
	customers: readonly Customer[],
	policy: FindOrCreateCustomerInput['severalMatches'],
): Customer | undefined {
	const [first, ...others] = customers.filter((customer) => customer.attributes?.deleted !== true);
	if (first === undefined || others.length === 0) return first;
	if (policy === 'stop') throw severalMatches(others.length + 1);
	const oldestFirst = [first, ...others].sort(
		(a, b) => time(a, 'createdAt') - time(b, 'createdAt') || a.id.localeCompare(b.id),
	);
	if (policy === 'oldest') return oldestFirst[0];
	// Sorting is stable, so of equally active ones the oldest wins, on every worker.
	return oldestFirst.sort((a, b) => activity(b) - activity(a))[0];
}

function severalMatches(count: number): KustomerError {
	return new KustomerError({
		kind: 'severalMatches',
		operation: 'customer.get',
		message: `Kustomer knows ${count} customers with this phone number, email address or external ID.`,
		advice: 'Merge them in Kustomer, or choose which one to take when there are several matches.',
	});
}

function activity(customer: Customer): number {
	return time(customer, 'lastActivityAt') || time(customer, 'updatedAt') || time(customer, 'createdAt');
}

function time(customer: Customer, field: 'createdAt' | 'updatedAt' | 'lastActivityAt'): number {
	return Date.parse(customer.attributes?.[field] ?? '') || 0;
}
