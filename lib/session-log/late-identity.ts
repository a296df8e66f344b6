/**
 * A session that was logged before anybody knew whose it was: its customer was created with nothing to recognize them by.
 * When a later event names the end user, that customer gets the name, number and identifier; and when Kustomer knows
 * somebody with them already, the conversation moves there (rules C17, C18).
 */
import { KustomerError, isConflict } from '../kustomer/errors';
import { findOrCreateCustomer } from '../kustomer/operations/find-or-create-customer';
import { updateCustomer } from '../kustomer/operations/update-customer';
import { patchConversation } from '../kustomer/resources/conversations';
import { isKustomerId } from '../domain/kustomer-id';
import type { Session } from '../domain/session';
import { namedCustomer } from './named-customer';
import { phoneOf, type Run } from './run';

/** Whether something is known by which the customer can be recognized. */
export function isIdentified(run: Run, session: Session): boolean {
	const { customerId, identifier, email } = session.endUser;
	return (
		(customerId !== undefined && isKustomerId(customerId)) ||
		identifier !== undefined ||
		email !== undefined ||
		phoneOf(run, session) !== undefined
	);
}

/**
 * Gives the session to the customer whom it turned out to belong to.
 * Requests: one for a customer who is new, about four for one whom Kustomer knows.
 *
 * @param at the customer who was created for the session, and the session's conversation
 * @returns id of the customer to whom the conversation belongs now
 * @throws {KustomerError}
 */
export async function identifyCustomer(
	run: Run,
	session: Session,
	at: { customerId: string; conversationId: string },
): Promise<string> {
	const { customerId, identifier, email, name } = session.endUser;
	const named = await namedCustomer(run, customerId);
	if (named !== undefined) return await moveTo(run, named.id, at);

	const phone = phoneOf(run, session);
	const { create, phoneRules, severalMatches } = run.input.customer;
	const { unknownAttributes } = run.input;
	const isNew = await updateCustomer(run.client, {
		target: { id: at.customerId },
		fields: {
			name: create.name ?? name,
			externalId: identifier,
			phones: phone === undefined ? undefined : [{ phone }],
			emails: email === undefined ? undefined : [{ email }],
		},
		defaultCountry: phoneRules.defaultCountry,
		unknownAttributes,
	}).then(() => true, falseWhenTaken);
	if (isNew) {
		run.report.done.push('customer recognized');
		return at.customerId;
	}
	const { customer } = await findOrCreateCustomer(run.client, {
		phone: session.endUser.phone,
		email,
		externalId: identifier,
		phoneRules,
		severalMatches,
		create,
		unknownAttributes,
	});
	return customer === undefined ? at.customerId : await moveTo(run, customer.id, at);
}

/** That somebody else has the number or identifier is an answer; any other failure stays one. */
function falseWhenTaken(error: unknown): false | Promise<never> {
	return error instanceof KustomerError && isConflict(error) ? false : Promise.reject(error);
}

async function moveTo(
	{ client, report }: Run,
	customerId: string,
	at: { customerId: string; conversationId: string },
): Promise<string> {
	if (customerId === at.customerId) return customerId;
	// Kustomer wants the customer alone, without other fields.
	const answer = await patchConversation(client, at.conversationId, { customer: customerId });
	if (answer.status >= 300) throw client.errorFor('conversation.update', answer);
	report.done.push('conversation moved to the customer');
	return customerId;
}
