import type { KustomerClient } from '../client';
import type { Customer } from '../documents';
import { isConflict } from '../errors';
import type { CreateCustomerInput, CustomerResult } from '../inputs';
import { objectIn } from '../resources/answers';
import { findCustomersBy, postCustomer } from '../resources/customers';
import { checkCountry } from '../validate/contacts';
import { checkCustomerFields, given } from '../validate/customer-fields';
import { eventually } from './create-once';
import { chooseCustomer } from './customer-matches';
import { writeWithAttributes } from './unknown-attributes';

/**
 * Creates a customer; with an external id only once (rule X1). Requests: one.
 *
 * @throws {InputError}
 * @throws {KustomerError} of the kind `conflict` when another customer has one of the contact points
 */
export async function createCustomer(
	client: KustomerClient,
	input: CreateCustomerInput,
): Promise<CustomerResult> {
	const { body, custom } = checkCustomerFields(input.fields, 'fields', checkCountry(input.defaultCountry));
	const externalId = typeof body.externalId === 'string' ? body.externalId : undefined;
	const { answer, refusal, leftOut } = await writeWithAttributes(client, {
		operation: 'customer.create',
		kind: 'customer',
		custom,
		policy: input.unknownAttributes,
		send: (known) => postCustomer(client, given({ ...body, custom: known }), externalId !== undefined),
	});
	if (refusal === undefined) {
		return { customer: objectIn<Customer>('customer.create', answer), created: true, leftOut };
	}
	if (!isConflict(refusal) || externalId === undefined) throw refusal;
	const customer = await eventually(client, async () =>
		chooseCustomer(await findCustomersBy(client, 'externalId', externalId), 'oldest'),
	);
	if (customer === undefined) throw refusal;
	return { customer, created: answer.mayHaveRunBefore, leftOut };
}
