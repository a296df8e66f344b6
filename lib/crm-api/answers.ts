/** The shapes of the answers, as the platform reads them (rule G1). */
import type { Conversation, Customer } from '../kustomer/documents';
import type { KustomerClient } from '../kustomer/client';
import { findCustomer } from '../kustomer/resources/customers';
import { known } from '../platforms/fields';
import type { AnswerBody } from './request';

/** An account: the Kustomer customer. What Kustomer does not know is left out. */
export function accountBody({ id, attributes }: Customer): AnswerBody {
	const { name, displayName, phones, sharedPhones, emails, sharedEmails } = attributes;
	return known({
		id,
		name: textOr(name) ?? textOr(displayName),
		phone: textOr((phones?.[0] ?? sharedPhones?.[0])?.phone),
		email: textOr((emails?.[0] ?? sharedEmails?.[0])?.email),
	});
}

/**
 * A record: the Kustomer conversation. Snoozed ones count as open.
 *
 * @param phone the customer's number, E.164
 */
export function recordBody({ id, attributes, relationships }: Conversation, phone?: string): AnswerBody {
	return known({
		id,
		subject: textOr(attributes.name),
		status: attributes.status === 'done' ? 'closed' : 'open',
		contactId: relationships?.customer?.data?.id,
		phone,
	});
}

/** The same, with the number of its customer. Requests: one where the number is not known. */
export async function recordWithPhone(
	client: KustomerClient,
	conversation: Conversation,
	phone: string | undefined,
): Promise<AnswerBody> {
	const body = recordBody(conversation, phone);
	if (phone !== undefined || body.contactId === undefined) return body;
	const customer = await findCustomer(client, body.contactId);
	return customer === undefined ? body : known({ ...body, phone: accountBody(customer).phone });
}

function textOr(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
