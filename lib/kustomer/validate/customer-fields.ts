import type { CustomerFields } from '../inputs';
import { checkEmails, checkPhones } from './contacts';
import { checkCustomAttributes } from './custom-attributes';
import { checkTags } from './tags';
import { checkExternalId, checkName, checkOptionalId, checkText } from './text';

/** The body of a request that creates or updates a customer, without custom attributes. */
export interface CheckedCustomer {
	/** Without fields that are not given; null empties a field. */
	body: Record<string, unknown>;
	custom: Record<string, unknown> | undefined;
}

/**
 * Checks the fields of a customer. Undefined and blank texts leave a field as it is, null empties it.
 *
 * @param parameter where the fields stand in the operation's input, for example `create`
 * @param defaultCountry for phone numbers without a country code
 * @throws {InputError}
 */
export function checkCustomerFields(
	fields: CustomerFields,
	parameter: string,
	defaultCountry: string | undefined,
): CheckedCustomer {
	const at = (name: string) => `${parameter}.${name}`;
	const short = (label: string, maxLength: number) => (value: unknown, where: string) =>
		checkText(value, where, { label, maxLength });
	const body = {
		name: orNull(fields.name, at('name'), checkName),
		company: orNull(fields.company, at('company'), (value, where) =>
			checkOptionalId(value, where, 'The company ID'),
		),
		externalId: orNull(fields.externalId, at('externalId'), checkExternalId),
		username: orNull(fields.username, at('username'), short('The user name', 256)),
		locale: orNull(fields.locale, at('locale'), short('The locale', 16)),
		timeZone: orNull(fields.timeZone, at('timeZone'), short('The time zone', 64)),
		phones: checkPhones(fields.phones, at('phones'), defaultCountry),
		sharedPhones: checkPhones(fields.sharedPhones, at('sharedPhones'), defaultCountry),
		emails: checkEmails(fields.emails, at('emails')),
		sharedEmails: checkEmails(fields.sharedEmails, at('sharedEmails')),
		tags: checkTags(fields.tags, at('tags')),
	};
	return { body: given(body), custom: checkCustomAttributes(fields.custom, at('custom')) };
}

/** The entries of an object that are not undefined. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function orNull(
	value: unknown,
	parameter: string,
	check: (value: unknown, parameter: string) => string | undefined,
): string | null | undefined {
	return value === null ? null : check(value, parameter);
}
