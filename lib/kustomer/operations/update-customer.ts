import type { KustomerAnswer, KustomerClient } from '../client';
import type { Customer, Email, Phone } from '../documents';
import { KustomerError } from '../errors';
import { InputError } from '../../http/errors';
import type { CustomerTarget, UpdateCustomerInput, UpdateCustomerResult } from '../inputs';
import { objectIn } from '../resources/answers';
import { findCustomersBy, patchCustomer } from '../resources/customers';
import {
	checkContactCount,
	checkCountry,
	checkEmail,
	checkEmails,
	checkPhone,
	checkPhones,
} from '../validate/contacts';
import { checkCustomerFields, given } from '../validate/customer-fields';
import { checkExternalId, checkId } from '../validate/text';
import { chooseCustomer, findCustomersByPhone } from './customer-matches';
import { accepted, writeWithAttributes } from './unknown-attributes';

/** How often lists are put together anew when somebody else changes the customer meanwhile. */
const MAX_READS = 5;

/**
 * Changes a customer. Fields are set; phones and emails can also be added to, or removed from, those that are there.
 * Requests: one by id; one more to add or remove, or when the customer is named by something else than the id.
 *
 * @throws {InputError}
 * @throws {KustomerError}
 */
export async function updateCustomer(
	client: KustomerClient,
	input: UpdateCustomerInput,
): Promise<UpdateCustomerResult> {
	const country = checkCountry(input.defaultCountry);
	const target = checkCustomerTarget(input.target, country);
	const { body, custom } = checkCustomerFields(input.fields, 'fields', country);
	const lists = checkLists(input, country);

	for (let reads = 1; ; reads += 1) {
		const current = 'id' in target && lists === undefined ? undefined : await read(client, target);
		const id = current?.id ?? ('id' in target ? target.id : '');
		const merged = current === undefined || lists === undefined ? {} : merge(current, lists);
		// Without a list that depends on what was read, a change by somebody else in between does no harm.
		const rev = Object.keys(merged).length === 0 ? undefined : current?.attributes?.rev;
		const fields = given({ ...body, ...merged });
		if (current !== undefined && custom === undefined && Object.keys(fields).length === 0) {
			return { customer: current, leftOut: [] };
		}

		const { answer, refusal, leftOut } = await writeWithAttributes(client, {
			operation: 'customer.update',
			kind: 'customer',
			custom,
			policy: input.unknownAttributes,
			optional: input.refusedValues === 'leaveOut' ? Object.keys(fields) : undefined,
			send: (known, refused) =>
				write(client, id, given({ ...accepted(fields, refused), custom: known }), rev),
		});
		if (answer.status === 404) throw notFound('id');
		if (refusal === undefined) {
			return { customer: objectIn<Customer>('customer.update', answer), leftOut };
		}
		// A conflict is about the revision, which a second read cures, or about a contact point that somebody else has.
		const stale =
			answer.status === 409 && rev !== undefined && reads < MAX_READS && (await revOf(client, id)) !== rev;
		if (!stale) throw refusal;
	}
}

/** Lists to add to and to remove from. */
interface ListChanges {
	addPhones: Phone[];
	removePhones: string[];
	addEmails: Email[];
	removeEmails: string[];
}

function checkLists(input: UpdateCustomerInput, country: string | undefined): ListChanges | undefined {
	const lists: ListChanges = {
		addPhones: checkPhones(input.addPhones, 'addPhones', country) ?? [],
		removePhones: (input.removePhones ?? []).map((phone, index) =>
			checkPhone(phone, `removePhones[${index}]`, country),
		),
		addEmails: checkEmails(input.addEmails, 'addEmails') ?? [],
		removeEmails: (input.removeEmails ?? []).flatMap(
			(email, index) => checkEmail(email, `removeEmails[${index}]`) ?? [],
		),
	};
	const changesPhones = lists.addPhones.length + lists.removePhones.length > 0;
	const changesEmails = lists.addEmails.length + lists.removeEmails.length > 0;
	for (const [list, changes] of [
		['phones', changesPhones],
		['emails', changesEmails],
	] as const) {
		if (!changes || input.fields[list] === undefined) continue;
		throw new InputError(
			`fields.${list}`,
			`The ${list} are replaced and changed at the same time.`,
			'Either replace the list, or add and remove entries.',
		);
	}
	return changesPhones || changesEmails ? lists : undefined;
}

/** The lists after the change; only those that differ from what is there. */
function merge(customer: Customer, lists: ListChanges): { phones?: Phone[]; emails?: Email[] } {
	const phones = changed(customer.attributes?.phones ?? [], lists.addPhones, lists.removePhones, (entry) =>
		// Organizations keep numbers with and without the plus.
		(typeof entry === 'string' ? entry : entry.phone).replace(/\D/g, ''),
	);
	const emails = changed(customer.attributes?.emails ?? [], lists.addEmails, lists.removeEmails, (entry) =>
		(typeof entry === 'string' ? entry : entry.email).toLowerCase(),
	);
	return given({
		phones: phones?.map(({ phone, type, verified }) => given({ phone, type, verified })),
		emails: emails?.map(({ email, type, verified }) => given({ email, type, verified })),
	}) as { phones?: Phone[]; emails?: Email[] };
}

function changed<Entry extends Phone | Email>(
	current: readonly Entry[],
	add: readonly Entry[],
	remove: readonly string[],
	keyOf: (entry: Entry | string) => string,
): Entry[] | undefined {
	const removed = new Set(remove.map(keyOf));
	const kept = current.filter((entry) => !removed.has(keyOf(entry)));
	const there = new Set(kept.map(keyOf));
	const added = add.filter((entry) => !there.has(keyOf(entry)));
	if (added.length === 0 && kept.length === current.length) return undefined;
	const all = [...kept, ...added];
	checkContactCount(all.length, 'phone' in (all[0] ?? {}) ? 'addPhones' : 'addEmails');
	return all;
}

/** Checks a target's form. Pure, so that all input can be checked before anything is sent. */
function checkCustomerTarget(target: CustomerTarget, country: string | undefined): CustomerTarget {
	if ('id' in target) return { id: checkId(target.id, 'target.id', 'The customer ID') };
	if ('phone' in target) return { phone: checkPhone(target.phone, 'target.phone', country) };
	const email = 'email' in target ? checkEmail(target.email, 'target.email') : undefined;
	if (email !== undefined) return { email };
	const externalId =
		'externalId' in target ? checkExternalId(target.externalId, 'target.externalId') : undefined;
	if (externalId !== undefined) return { externalId };
	throw new InputError(
		'email' in target ? 'target.email' : 'target.externalId',
		'It is not said which customer is meant.',
		'Enter the Kustomer ID, external ID, phone number or email address of the customer.',
	);
}

async function read(client: KustomerClient, target: CustomerTarget): Promise<Customer> {
	const customer = chooseCustomer(await look(client, target), 'stop');
	if (customer === undefined) throw notFound(Object.keys(target)[0] ?? 'id');
	return customer;
}

async function look(client: KustomerClient, target: CustomerTarget): Promise<Customer[]> {
	if ('phone' in target) return await findCustomersByPhone(client, target.phone, 'every');
	if ('email' in target) return await findCustomersBy(client, 'email', target.email);
	if ('externalId' in target) return await findCustomersBy(client, 'externalId', target.externalId);
	const answer = await get(client, target.id);
	return answer.status === 404 ? [] : [objectIn<Customer>('customer.get', answer)];
}

async function revOf(client: KustomerClient, id: string): Promise<number | undefined> {
	const answer = await get(client, id);
	return answer.status === 404 ? undefined : objectIn<Customer>('customer.get', answer).attributes?.rev;
}

/** A change of nothing only reads. */
function write(
	client: KustomerClient,
	id: string,
	body: Record<string, unknown>,
	rev: number | undefined,
): Promise<KustomerAnswer> {
	return Object.keys(body).length === 0
		? get(client, id)
		: patchCustomer(client, id, given({ ...body, rev }));
}

function get(client: KustomerClient, id: string): Promise<KustomerAnswer> {
	return client.request({ operation: 'customer.get', method: 'GET', path: ['customers', id], accept: [404] });
}

function notFound(by: string): KustomerError {
	const names: Record<string, string> = { id: 'ID', phone: 'phone number', email: 'email address' };
	return new KustomerError({
		kind: 'notFound',
		status: 404,
		operation: 'customer.get',
		parameter: `target.${by}`,
		message: `Kustomer has no customer with this ${names[by] ?? 'external ID'}.`,
		advice:
			'Check the value. The customer may have been deleted or merged. Find or Create makes a customer when there is none.',
	});
}
