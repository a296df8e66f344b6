import type { KustomerClient } from '../client';
import type { Customer, Email, Phone } from '../documents';
import { KustomerError, isConflict } from '../errors';
import { checked, InputError } from '../../http/errors';
import type { CustomerFields, FindOrCreateCustomerInput, FindOrCreateCustomerResult } from '../inputs';
import { objectIn } from '../resources/answers';
import { findCustomersBy, postCustomer, searchCustomersByContact } from '../resources/customers';
import {
	type PhoneResult,
	type UnusablePhone,
	asItCame,
	countryOf,
	normalizePhone,
	withoutPlus,
} from '../../domain/phone-number';
import { checkContactCount, checkCountry, checkEmail } from '../validate/contacts';
import { type CheckedCustomer, checkCustomerFields, given } from '../validate/customer-fields';
import { checkExternalId } from '../validate/text';
import { eventually } from './create-once';
import { chooseCustomer, findCustomersByPhone, findCustomersBySharedPhone } from './customer-matches';
import { accepted, writeWithAttributes } from './unknown-attributes';

/** What a customer can be recognized by. */
export interface Identity {
	externalId?: string;
	/** E.164. */
	phone?: string;
	email?: string;
}

type MatchedBy = NonNullable<FindOrCreateCustomerResult['matchedBy']>;
export type Match = { customer: Customer; matchedBy: MatchedBy };

/**
 * The customer of a call: found by external id, phone number or email address, in this order, else created (rules
 * C17, X4). A customer who is found is left as it is.
 *
 * Requests with a phone number: one for a known caller, two for an unknown one, and a search where customers share phones. When Kustomer refuses a new customer
 * because somebody has the number, another worker was faster, or the number is kept in another form: it is looked up
 * again, so a race gives one customer.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function findOrCreateCustomer(
	client: KustomerClient,
	input: FindOrCreateCustomerInput,
): Promise<FindOrCreateCustomerResult> {
	const { identity, unusable, shown, fields, leftOut } = check(input);
	const known = Object.keys(identity).length > 0;
	if (!known && unusable !== undefined) {
		if (input.phoneRules.whenUnusable === 'skip') {
			return { outcome: 'skipped', ...shown, reason: `Skipped: ${unusable.reason}.`, leftOut };
		}
		if (input.phoneRules.whenUnusable === 'stop') {
			throw new InputError(
				'phone',
				`The customer cannot be recognized: ${unusable.reason}.`,
				'Choose to create a customer without phone number, or to skip such calls; or give an email address or external ID.',
			);
		}
		refuseNobody(input, unusable, shown.number);
	}

	const match = await findCustomerMatch(client, identity, input);
	if (match === undefined) {
		const made = await create(client, input, identity, unusable, fields);
		return { ...made, ...shown, leftOut: [...new Set([...leftOut, ...made.leftOut])] };
	}
	return {
		outcome: 'found',
		...match,
		...given({ phone: identity.phone }),
		...shown,
		reason: `Found by ${NAMES[match.matchedBy]}.`,
		leftOut,
	};
}

/**
 * Without anything that tells one customer from another, each run would create one more (rule X4).
 *
 * @throws {InputError} unless the caller has no number and an id for such callers is given, or people can read the number
 */
function refuseNobody(
	{ anonymousExternalId, hasNoNumber }: FindOrCreateCustomerInput,
	{ kind, reason }: UnusablePhone,
	number: string | undefined,
): void {
	const hasId = (anonymousExternalId ?? '').trim() !== '';
	if (kind === 'missing' && !(hasId && hasNoNumber === true)) {
		throw new InputError(
			'phone',
			"Nothing identifies the customer: 'Phone Number', 'Email' and 'External ID' have no value that can be used.",
			'Fill one of them in, or check the expression: it gave no value for this item. After the Contact Center Trigger the number is {{ $json.session.endUser.phone }}. For a caller who withheld the number, give the word anonymous.',
		);
	}
	if (hasId || (number !== undefined && kind !== 'ownNumber')) return;
	throw new InputError(
		'phone',
		`Nothing identifies the customer: ${reason}.`,
		"Add 'Anonymous Caller ID' under Options and give it the ID of the call, after the Contact Center Trigger {{ $json.externalId }}; or choose Skip under 'Unusable Phone Number'.",
	);
}

const NAMES: Record<MatchedBy, string> = {
	externalId: 'external ID',
	phone: 'phone number',
	email: 'email address',
	anonymousExternalId: 'the external ID for callers without a number',
};

function check(input: FindOrCreateCustomerInput): {
	identity: Identity;
	/** Why the number does not help, when it does not. */
	unusable: UnusablePhone | undefined;
	shown: Pick<FindOrCreateCustomerResult, 'number' | 'withheld'>;
	fields: CheckedCustomer;
	/** What is no address, id or name, and is done without: the call must not be lost for it. */
	leftOut: string[];
} {
	const leftOut: string[] = [];
	const optional = <T>(name: string, read: () => T): T | undefined => {
		const outcome = checked(read);
		if ('value' in outcome) return outcome.value;
		leftOut.push(name);
		return undefined;
	};
	const defaultCountry = checkCountry(input.phoneRules.defaultCountry, 'phoneRules.defaultCountry');
	const country = defaultCountry ?? countryOf(input.calledNumber);
	const phone = normalizePhone(input.phone, {
		defaultCountry: country,
		ownNumbers: input.phoneRules.ownNumbers,
	});
	const number = phone.kind === 'number' ? phone.e164 : asItCame(input.phone);
	if (phone.kind === 'invalid') leftOut.push('phone');
	const identity = given({
		externalId: optional('externalId', () => checkExternalId(input.externalId)),
		phone: phone.kind === 'number' ? phone.e164 : undefined,
		email: optional('email', () => checkEmail(input.email)),
	}) as Identity;
	const { custom, ...told } = input.create ?? {};
	const plain = { ...told, name: nameWith(told.name, isUnread(phone) ? number : undefined) };
	const usable = Object.fromEntries(
		Object.entries(plain).map(([name, value]) => [
			name,
			usableOf(name, value, (one) => optional(name, () => checkCustomerFields(one, 'create', country))),
		]),
	);
	return {
		identity,
		unusable: phone.kind === 'number' ? undefined : phone,
		// Attributes are a person's mapping: one that does not fit its suffix is refused by name (rule B4).
		fields: checkCustomerFields({ ...usable, ...given({ custom }) }, 'create', country),
		shown: given({ number, withheld: phone.kind === 'withheld' ? true : undefined }),
		leftOut: [...new Set(leftOut)],
	};
}

/** Whether something was told in place of a number that names the caller to people, but not to Kustomer. */
function isUnread({ kind }: PhoneResult): boolean {
	return kind === 'invalid' || kind === 'tooShort';
}

/** The name of a new customer with the number as it came: Kustomer takes it in no other field, and agents need it. */
function nameWith(name: CustomerFields['name'], number: string | undefined): CustomerFields['name'] {
	if (number === undefined) return name;
	const written = typeof name === 'string' ? name.trim() : '';
	if (written === '') return number;
	return written.includes(number) ? written : `${written} (${number})`;
}

/** The value of a field for new customers without what cannot be used; of a list, the entries that can. */
function usableOf(
	name: string,
	value: unknown,
	passes: (fields: CustomerFields) => CheckedCustomer | undefined,
): unknown {
	if (!Array.isArray(value)) return passes({ [name]: value }) === undefined ? undefined : value;
	return value.filter((entry: unknown) => passes({ [name]: [entry] } as CustomerFields) !== undefined);
}

/**
 * The customer of a call, found as {@link findOrCreateCustomer} finds them; undefined when there is none. Creates nobody.
 *
 * @throws {KustomerError} of the kind `severalMatches`, where the policy is to stop
 */
export async function findCustomerBy(
	client: KustomerClient,
	identity: Identity,
	input: MatchingRules,
): Promise<Customer | undefined> {
	const { customer } = (await findCustomerMatch(client, identity, input)) ?? {};
	return customer;
}

/** How a customer is looked for. */
export type MatchingRules = Pick<FindOrCreateCustomerInput, 'severalMatches'> & {
	phoneRules: Pick<FindOrCreateCustomerInput['phoneRules'], 'lookUp'>;
};

/**
 * The customer whom an external id, a phone number or an email address names, in this order; undefined when nobody has one of them.
 *
 * Requests: one for each that is given until somebody is found, and a search where customers share phones.
 *
 * @throws {KustomerError}
 */
export async function findCustomerMatch(
	client: KustomerClient,
	identity: Identity,
	input: MatchingRules,
): Promise<Match | undefined> {
	const forms = input.phoneRules.lookUp === 'everyForm' ? 'every' : 'likeliest';
	return (
		(await matchBy('externalId', identity.externalId, input, (value) =>
			findCustomersBy(client, 'externalId', value),
		)) ??
		(await matchBy('phone', identity.phone, input, (value) => findCustomersByPhone(client, value, forms))) ??
		(await matchBy('email', identity.email, input, (value) => findCustomersBy(client, 'email', value))) ??
		// Before a new customer takes a number that others share: which of them it is, the policy decides.
		(await matchBy('phone', identity.phone, input, (value) => findCustomersBySharedPhone(client, value)))
	);
}

async function matchBy(
	matchedBy: MatchedBy,
	value: string | undefined,
	input: Pick<MatchingRules, 'severalMatches'>,
	look: (value: string) => Promise<Customer[]>,
): Promise<Match | undefined> {
	if (value === undefined) return undefined;
	const customer = chooseCustomer(await look(value), input.severalMatches);
	return customer === undefined ? undefined : { customer, matchedBy };
}

async function create(
	client: KustomerClient,
	input: FindOrCreateCustomerInput,
	identity: Identity,
	unusable: UnusablePhone | undefined,
	fields: CheckedCustomer,
): Promise<FindOrCreateCustomerResult> {
	const known = Object.keys(identity).length > 0;
	const anonymousId = known ? undefined : checkExternalId(input.anonymousExternalId, 'anonymousExternalId');
	const givenId = fields.body.externalId;
	const externalId =
		identity.externalId ?? (typeof givenId === 'string' ? givenId : undefined) ?? anonymousId;
	const body = given({
		...fields.body,
		externalId: externalId ?? givenId,
		phones: withPhone(fields.body.phones as Phone[] | undefined, identity.phone),
		emails: withEmail(fields.body.emails as Email[] | undefined, identity.email),
	});

	const { answer, refusal, leftOut } = await writeWithAttributes(client, {
		operation: 'customer.create',
		kind: 'customer',
		custom: fields.custom,
		policy: input.unknownAttributes,
		optional: Object.keys(body),
		// Contact points and external ids belong to one customer: a second attempt conflicts with the first.
		send: (custom, refused) =>
			postCustomer(client, given({ ...accepted(body, refused), custom }), externalId !== undefined || known),
	});

	if (refusal === undefined) {
		return {
			outcome: 'created',
			customer: objectIn<Customer>('customer.create', answer),
			...given({ phone: identity.phone }),
			reason: reasonForCreating(identity, unusable),
			leftOut,
		};
	}
	if (!isConflict(refusal)) throw refusal;
	const match = await findAgain(client, identity, externalId, anonymousId, input);
	if (match === undefined) throw taken(refusal);
	// When an answer was lost on the way, the conflict is most likely with our own first attempt.
	const ours = answer.mayHaveRunBefore;
	return {
		outcome: ours ? 'created' : 'found',
		...match,
		...given({ phone: identity.phone }),
		reason: ours
			? reasonForCreating(identity, unusable)
			: `Found by ${NAMES[match.matchedBy]}, after Kustomer refused a second customer with it.`,
		leftOut: ours ? leftOut : [],
	};
}

/** Everything that can find who has the contact point, in every form; the search comes last, because it may lag. */
async function findAgain(
	client: KustomerClient,
	identity: Identity,
	externalId: string | undefined,
	anonymousId: string | undefined,
	input: FindOrCreateCustomerInput,
): Promise<Match | undefined> {
	const byId: MatchedBy =
		externalId !== undefined && externalId === anonymousId ? 'anonymousExternalId' : 'externalId';
	const found = await eventually(
		client,
		async () =>
			(await matchBy('phone', identity.phone, input, (value) =>
				findCustomersByPhone(client, value, 'every'),
			)) ??
			(await matchBy('email', identity.email, input, (value) => findCustomersBy(client, 'email', value))) ??
			(await matchBy(byId, externalId, input, (value) => findCustomersBy(client, 'externalId', value))),
	);
	if (found !== undefined) return found;
	const { phone, email } = identity;
	const phones = phone === undefined ? undefined : [phone, withoutPlus(phone)];
	return await matchBy(phone === undefined ? 'email' : 'phone', phone ?? email, input, () =>
		searchCustomersByContact(client, { phones, email }),
	);
}

function taken(refusal: KustomerError): KustomerError {
	return new KustomerError({
		...refusal,
		unknownAttributes: [],
		message: refusal.message,
		advice:
			'Kustomer says that a phone number, email address or external ID of the new customer is taken, but no look-up finds by whom. It may belong to a deleted customer, or to one of the further phones and emails under the fields for new customers.',
	});
}

function withPhone(phones: Phone[] | undefined, phone: string | undefined): Phone[] | undefined {
	if (phone === undefined) return phones;
	const all = [...(phones ?? [])];
	if (!all.some((one) => one.phone === phone)) all.unshift({ phone });
	checkContactCount(all.length, 'create.phones');
	return all;
}

function withEmail(emails: Email[] | undefined, email: string | undefined): Email[] | undefined {
	if (email === undefined) return emails;
	const all = [...(emails ?? [])];
	if (!all.some((one) => one.email === email)) all.unshift({ email });
	checkContactCount(all.length, 'create.emails');
	return all;
}

function reasonForCreating(identity: Identity, unusable: UnusablePhone | undefined): string {
	const asked = (['externalId', 'phone', 'email'] as const)
		.filter((key) => identity[key] !== undefined)
		.map((key) => NAMES[key]);
	const without =
		unusable === undefined || unusable.kind === 'missing' ? '' : ` Without phone number: ${unusable.reason}.`;
	if (asked.length === 0) {
		return `Created without phone number: ${unusable?.reason ?? 'no phone number was given'}.`;
	}
	return `Created: no customer had this ${asked.join(' or ')}.${without}`;
}
