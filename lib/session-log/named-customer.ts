import type { Customer } from '../kustomer/documents';
import { findCustomer } from '../kustomer/resources/customers';
import { isKustomerId } from '../domain/kustomer-id';
import type { Run } from './run';

/**
 * The customer whom the platform names by Kustomer's id. One that is deleted or merged is none: the number or the identifier
 * leads to the right one then. Requests: one, when an id is named.
 */
export async function namedCustomer({ client }: Run, id: string | undefined): Promise<Customer | undefined> {
	if (id === undefined || !isKustomerId(id)) return undefined;
	const customer = await findCustomer(client, id.toLowerCase());
	return customer?.attributes.deleted === true ? undefined : customer;
}
