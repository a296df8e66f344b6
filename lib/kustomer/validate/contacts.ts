/**
 * Contact points of customers.
 */
import { emailOf } from '../../domain/email-address';
import { countryCode, normalizePhone } from '../../domain/phone-number';
import type { Email, Phone } from '../documents';
import { InputError } from '../../http/errors';
import { checkChoice } from './text';

/** Most entries in each list of contact points. */
export const MAX_CONTACTS = 10;

/**
 * An email address, in lower case, so that one address does not make two customers. Blank becomes undefined.
 *
 * @throws {InputError} when it has not the form of one
 */
export function checkEmail(value: unknown, parameter = 'email'): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const email = emailOf(value);
	if (email !== undefined) return email;
	throw new InputError(
		parameter,
		'The email address has not the form of one.',
		'Write one address like name@example.com, or leave it empty.',
	);
}

/**
 * A country for phone numbers without a country code.
 *
 * @throws {InputError} when it is not the two-letter code of a country
 */
export function checkCountry(value: unknown, parameter = 'defaultCountry'): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const code = typeof value === 'string' ? countryCode(value) : undefined;
	if (code !== undefined) return code;
	throw new InputError(
		parameter,
		'The default country is not a country code.',
		'Use the two letters of the country, for example US, DE or BR.',
	);
}

/**
 * A phone number in E.164.
 *
 * @throws {InputError} when it cannot be one; the message does not repeat the number
 */
export function checkPhone(value: unknown, parameter: string, defaultCountry: string | undefined): string {
	const result = normalizePhone(value, { defaultCountry });
	if (result.kind === 'number') return result.e164;
	throw new InputError(
		parameter,
		`The phone number cannot be used: ${result.reason}.`,
		'Write it with its country code, for example +49 30 1234567, or set the default country.',
	);
}

/** A customer's phones, each number once, in E.164. */
export function checkPhones(
	values: readonly Phone[] | undefined,
	parameter: string,
	defaultCountry: string | undefined,
): Phone[] | undefined {
	return checkContacts(values, parameter, 'phone', (entry, where) => {
		const type = checkChoice(
			entry.type,
			['mobile', 'home', 'work', 'fax', 'other'],
			`${where}.type`,
			'The type',
		);
		const phone: Phone = { phone: checkPhone(entry.phone, `${where}.phone`, defaultCountry) };
		if (type !== undefined) phone.type = type;
		if (typeof entry.verified === 'boolean') phone.verified = entry.verified;
		return phone;
	});
}

/** A customer's email addresses, each once. */
export function checkEmails(values: readonly Email[] | undefined, parameter: string): Email[] | undefined {
	return checkContacts(values, parameter, 'email', (entry, where) => {
		const type = checkChoice(entry.type, ['home', 'work', 'other'], `${where}.type`, 'The type');
		const address = checkEmail(entry.email, `${where}.email`);
		if (address === undefined) return undefined;
		const email: Email = { email: address };
		if (type !== undefined) email.type = type;
		if (typeof entry.verified === 'boolean') email.verified = entry.verified;
		return email;
	});
}

/** Refuses a list of contact points that is longer than Kustomer takes. */
export function checkContactCount(count: number, parameter: string): void {
	if (count <= MAX_CONTACTS) return;
	throw new InputError(
		parameter,
		`There are ${count} entries; Kustomer takes at most ${MAX_CONTACTS} for one customer.`,
		'Remove entries that are out of date.',
	);
}

function checkContacts<Entry extends object, Key extends keyof Entry & string>(
	values: readonly Entry[] | undefined,
	parameter: string,
	key: Key,
	check: (entry: Entry, where: string) => Entry | undefined,
): Entry[] | undefined {
	if (values === undefined || values === null) return undefined;
	if (!Array.isArray(values)) {
		throw new InputError(
			parameter,
			`The list of ${key}s is not a list.`,
			`Give a list of entries, each with "${key}".`,
		);
	}
	const distinct = new Map<unknown, Entry>();
	values.forEach((value: unknown, index) => {
		if (value === undefined || value === null || value === '') return;
		const entry = (typeof value === 'object' ? value : { [key]: value }) as Entry;
		const checked = check(entry, `${parameter}[${index}]`);
		if (checked !== undefined && !distinct.has(checked[key])) distinct.set(checked[key], checked);
	});
	checkContactCount(distinct.size, parameter);
	return [...distinct.values()];
}
