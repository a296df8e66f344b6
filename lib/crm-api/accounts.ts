/** Accounts: finding and creating Kustomer customers (rules G1, G3, G7). */
import type { Customer } from '../kustomer/documents';
import {
	findCustomerBy,
	findOrCreateCustomer,
	type Identity,
} from '../kustomer/operations/find-or-create-customer';
import { findCustomer } from '../kustomer/resources/customers';
import { emailOf } from '../domain/email-address';
import { isKustomerId } from '../domain/kustomer-id';
import { countryOf, withoutPlus } from '../domain/phone-number';
import { inTurn } from '../process/turns';
import { Fields, known } from '../platforms/fields';
import { accountBody } from './answers';
import { namesOf, type ParameterName } from './parameters';
import { readPhone } from './phone-format';
import { parseQuery, QueryError, type Alternatives, type Condition } from './query';
import { emailOfCustomer, identifierOf, lineOf, nameOf, phoneOf } from './variables';
import { leftOutOf, missing, Refusal, type Answered, type Work } from './work';

/** Find an account by ID: 404 makes the platform go on with the query. Requests: one. */
export async function findAccountById(work: Work): Promise<Answered> {
	const { client, told } = work;
	const id = told.id ?? told.contactId;
	const customer = id === undefined ? undefined : await accountWithId(client, id);
	if (customer !== undefined) return found(work, customer, 'Found by its ID.');
	const why =
		id === undefined ? missing(work.unread, ['id', 'contactId']) : 'Kustomer has no customer with this ID.';
	return notFound(work, why);
}

/** Find an account by phone, email, identifier, internal id, or conditions with all of them. Creates nobody. */
export async function findAccountByQuery(work: Work): Promise<Answered> {
	const query = queryIn(work);
	const customer = query === undefined ? await accountOf(work) : await accountBy(work, query);
	if (customer !== undefined) return found(work, customer, 'Found.');
	return notFound(work, 'Kustomer has no customer with this phone number, email address or identifier.');
}

/** Create an account: a customer who is there already is found, so nobody is doubled. */
export async function createAccount(work: Work): Promise<Answered> {
	const { client, settings, told, named } = work;
	const { phoneRules, severalMatches, create } = settings.log.customer;
	const phone = phoneOf(told, countryOfRequest(work));
	const [email, identifier] = [emailOfCustomer(told), identifierOf(told)];
	if (phone === undefined && email === undefined && identifier === undefined && named === undefined) {
		throw new Refusal(422, missing(work.unread, ['phone', 'email', 'identifier']));
	}
	const reading = readPhone(phone, {
		defaultCountry: countryOfRequest(work),
		ownNumbers: phoneRules.ownNumbers,
	});
	const isNobody = reading.kind !== 'number' && reading.kind !== 'invalid';
	if (isNobody && email === undefined && identifier === undefined && named === undefined) {
		throw new Refusal(
			422,
			`Nothing identifies the customer: ${reading.reason}. Add the parameter 'callId' with the value {Call_ID}, so that such a caller gets an account of the call.`,
		);
	}
	const turn = [identifier, phone, email, named?.externalId].find((one) => one !== undefined) ?? '';
	const { customer, outcome, reason, leftOut } = await inTurn(
		`${client.credentialKey}\naccount\n${turn}`,
		() =>
			findOrCreateCustomer(client, {
				phone,
				calledNumber: lineOf(told),
				email,
				externalId: identifier,
				phoneRules,
				severalMatches,
				anonymousExternalId: named?.externalId,
				hasNoNumber: named !== undefined,
				create: { ...create, name: create.name ?? nameOf(told) },
				unknownAttributes: settings.log.unknownAttributes,
			}),
	);
	if (customer === undefined) throw new Refusal(422, reason);
	return {
		status: outcome === 'created' ? 201 : 200,
		body: accountBody(customer),
		item: { outcome, reason, customerId: customer.id, ...leftOutOf(work, leftOut) },
	};
}

/** The customer whom a request is about, by everything that it says of them; undefined when there is none. */
export async function accountOf(work: Work): Promise<Customer | undefined> {
	const { client, settings, told } = work;
	const id = told.contactId ?? (work.request.endpoint === 'findAccountByQuery' ? told.id : undefined);
	const byId = id === undefined ? undefined : await accountWithId(client, id);
	if (byId !== undefined) return byId;
	const identity = identityOf(work);
	if (Object.keys(identity).length === 0) return undefined;
	return await findCustomerBy(client, identity, settings.log.customer);
}

async function accountWithId(client: Work['client'], id: string): Promise<Customer | undefined> {
	const customer = await findCustomer(client, id);
	return customer?.attributes.deleted === true ? undefined : customer;
}

/** ISO 3166-1 alpha-2 country of numbers without a country code: the one that is set, else that of the company's line. */
export function countryOfRequest({ settings, told }: Work): string | undefined {
	return settings.log.customer.phoneRules.defaultCountry ?? countryOf(lineOf(told));
}

/** The customer's number as E.164; undefined for one that identifies nobody, such as the company's own (rule X4). */
export function e164Of(work: Work, written: string | undefined): string | undefined {
	const { ownNumbers } = work.settings.log.customer.phoneRules;
	const phone = readPhone(written, { defaultCountry: countryOfRequest(work), ownNumbers });
	return phone.kind === 'number' ? phone.e164 : undefined;
}

function identityOf(work: Work): Identity {
	const { told } = work;
	return known({
		externalId: identifierOf(told),
		phone: e164Of(work, phoneOf(told, countryOfRequest(work))),
		email: emailOfCustomer(told),
	});
}

/** Parameters in which administrators put several values. */
const WITH_CONDITIONS: readonly ParameterName[] = [
	'query',
	'phone',
	'email',
	'identifier',
	'contactId',
	'id',
];
/** What the functions write: a word between values, or a condition in brackets. */
const CONDITIONS = /\s(?:or|and)[\s(]|^\s{0,100}\([\p{L}\w .-]{1,100}:/iu;

/**
 * The conditions of a request, whatever parameter they stand in.
 *
 * @throws {Refusal} that names the parameter and the position
 */
function queryIn({ request }: Work): Alternatives | undefined {
	const sent = new Fields(request.fields);
	for (const name of WITH_CONDITIONS) {
		const written = sent.value(...namesOf(name));
		if (typeof written !== 'string' || !(name === 'query' || CONDITIONS.test(written.slice(0, 1000))))
			continue;
		return conditionsIn(name, written);
	}
	return undefined;
}

function conditionsIn(name: ParameterName, written: string): Alternatives {
	let failure: unknown;
	try {
		return parseQuery(written);
	} catch (error) {
		failure = error;
	}
	if (!(failure instanceof QueryError)) throw failure;
	throw new Refusal(422, `The parameter '${name}' cannot be read as conditions: ${failure.message}.`);
}

async function accountBy(work: Work, query: Alternatives): Promise<Customer | undefined> {
	for (const conditions of query) {
		const [first, ...others] = conditions.map((one) => readCondition(work, one));
		// What identifies nobody, such as a withheld number, fits nobody.
		if (first === undefined || others.includes(undefined)) continue;
		const customer = await accountWith(work, first);
		if (customer !== undefined && others.every((one) => one !== undefined && fits(customer, one)))
			return customer;
	}
	return undefined;
}

/** The condition with its value as Kustomer has it; undefined for one that identifies nobody. */
function readCondition(work: Work, { key, value }: Condition): Condition | undefined {
	const read = {
		contactId: () => (isKustomerId(value) ? value.toLowerCase() : undefined),
		phone: () => e164Of(work, value),
		email: () => emailOf(value),
		identifier: () => value,
	}[key]();
	return read === undefined ? undefined : { key, value: read };
}

async function accountWith(
	{ client, settings }: Work,
	{ key, value }: Condition,
): Promise<Customer | undefined> {
	if (key === 'contactId') return await accountWithId(client, value);
	return await findCustomerBy(
		client,
		{ [key === 'identifier' ? 'externalId' : key]: value },
		settings.log.customer,
	);
}

function fits({ id, attributes }: Customer, { key, value }: Condition): boolean {
	const {
		phones = [],
		sharedPhones = [],
		emails = [],
		sharedEmails = [],
		externalId,
		externalIds = [],
	} = attributes;
	switch (key) {
		case 'contactId':
			return id === value;
		case 'phone':
			return [...phones, ...sharedPhones].some(({ phone }) => withoutPlus(phone) === withoutPlus(value));
		case 'email':
			return [...emails, ...sharedEmails].some(({ email }) => email.toLowerCase() === value);
		case 'identifier':
			return externalId === value || externalIds.some((one) => one.externalId === value);
	}
}

function found(work: Work, customer: Customer, reason: string): Answered {
	return {
		status: 200,
		body: accountBody(customer),
		item: { outcome: 'found', reason, customerId: customer.id, ...leftOutOf(work) },
	};
}

function notFound(work: Work, reason: string): Answered {
	return { status: 404, body: { error: reason }, item: { outcome: 'notFound', reason, ...leftOutOf(work) } };
}
