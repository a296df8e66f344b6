import type { KustomerClient } from '../../../../lib/kustomer/client';
import type { Customer } from '../../../../lib/kustomer/documents';
import { KustomerError } from '../../../../lib/kustomer/errors';
import type { CustomerTarget } from '../../../../lib/kustomer/inputs';
import { findCustomersBy, getCustomer } from '../../../../lib/kustomer/resources/customers';
import { checkEmail, checkPhone } from '../../../../lib/kustomer/validate/contacts';
import { checkId } from '../../../../lib/kustomer/validate/text';

/**
 * The one customer that is named by an id, an external id, an email address or a phone number in any usual format.
 *
 * @throws {InputError} when the id, address or number cannot be one
 * @throws {KustomerError} of the kind `notFound` or `severalMatches`
 */
export async function readCustomer(
	client: KustomerClient,
	target: CustomerTarget,
	defaultCountry: string | undefined,
): Promise<Customer> {
	if ('id' in target) return await getCustomer(client, checkId(target.id, 'customer', 'The customer ID'));

	const customers = await lookUp(client, target, defaultCountry);
	const [customer] = customers;
	if (customer === undefined) {
		throw new KustomerError({
			kind: 'notFound',
			operation: 'customer.get',
			status: 404,
			message: `Kustomer has no customer with this ${wordFor(target)}.`,
			advice: 'Check the value, or use Find or Create, which creates a customer when there is none.',
		});
	}
	if (customers.length > 1) {
		throw new KustomerError({
			kind: 'severalMatches',
			operation: 'customer.get',
			message: `Kustomer has ${customers.length} customers with this ${wordFor(target)}.`,
			advice: 'Name the customer by ID, or use Find or Create, which can choose one of several.',
		});
	}
	return customer;
}

async function lookUp(
	client: KustomerClient,
	target: Exclude<CustomerTarget, { id: string }>,
	defaultCountry: string | undefined,
): Promise<Customer[]> {
	if ('externalId' in target) return await findCustomersBy(client, 'externalId', target.externalId);
	if ('email' in target) {
		return await findCustomersBy(client, 'email', checkEmail(target.email, 'customer') ?? target.email);
	}
	return await findCustomersBy(client, 'phone', checkPhone(target.phone, 'customer', defaultCountry));
}

function wordFor(target: Exclude<CustomerTarget, { id: string }>): string {
	if ('externalId' in target) return 'external ID';
	return 'email' in target ? 'email address' : 'phone number';
}
