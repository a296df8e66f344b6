/** Removes what test calls have left in Kustomer, and nothing else. */
import { isTestCall, TEST_CALLER } from '../../domain/test-call';
import type { KustomerClient } from '../client';
import { type PlannedRequest, dryRun } from '../dry-run';
import { deleteConversation, listCustomerConversations } from '../resources/conversations';
import { deleteCustomer, findCustomersBy } from '../resources/customers';

export interface RemoveTestCallsResult {
	/** How many were deleted; with dry run, would be. */
	conversations: number;
	customers: number;
	/** Customers with the test's number who stay, because they have other conversations. */
	customersKept: number;
	/** With dry run: what would have been sent. */
	planned?: PlannedRequest[];
}

/**
 * Deletes the conversations of test calls, and their customer when there is nothing else of them. Only customers with the
 * test's number are looked at, which nobody has, and only conversations whose external id is that of a test call are deleted.
 *
 * Requests: one to find the customer, one for each 100 conversations, one for each thing that is deleted.
 *
 * @throws {KustomerError} also when the key may not delete
 */
export async function removeTestCalls(
	client: KustomerClient,
	input: { dryRun: boolean },
): Promise<RemoveTestCallsResult> {
	const dry = input.dryRun ? dryRun(client) : undefined;
	const result: RemoveTestCallsResult = { conversations: 0, customers: 0, customersKept: 0 };
	for (const { id } of await findCustomersBy(client, 'phone', TEST_CALLER)) {
		const conversations = await listCustomerConversations(client, id);
		const tests = conversations.filter(({ attributes }) => isTestCall(attributes.externalId));
		for (const test of tests) {
			await deleteConversation(dry?.client ?? client, test.id);
			result.conversations += 1;
		}
		if (tests.length < conversations.length) {
			result.customersKept += 1;
			continue;
		}
		await deleteCustomer(dry?.client ?? client, id);
		result.customers += 1;
	}
	return dry === undefined ? result : { ...result, planned: dry.planned };
}
