/**
 * Looking customers up, and choosing one of several.
 */
import type { KustomerClient } from '../client';
import type { Customer } from '../documents';
import { KustomerError } from '../errors';
import type { FindOrCreateCustomerInput } from '../inputs';
import { Memory } from '../../process/memory';
import { findCustomersBy } from '../resources/customers';
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
