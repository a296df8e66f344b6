/** The customer of a session: found, created, and filled with what the session tells of them (rules C13, C17 to C19, C22). */
import type { Customer } from '../kustomer/documents';
import type { FindOrCreateCustomerResult } from '../kustomer/inputs';
import { findOrCreateCustomer } from '../kustomer/operations/find-or-create-customer';
import { updateCustomer } from '../kustomer/operations/update-customer';
import { ownValue } from '../domain/record';
import type { SessionRecord } from '../domain/session-record';
import { pendingAttributes } from './attributes';
import { findCustomer } from '../kustomer/resources/customers';
import { moveTo, namesOf } from './late-identity';
import type { Placed } from './put-on-conversation';
import { namedCustomer } from './named-customer';
import { customerAttributes, type PendingWork } from './pending-work';
import type { Run } from './run';
import type { Done, Names } from './stored-session';

export interface SessionCustomer {
	id: string;
	isNew: boolean;
	/** The customer was created for this session and has nothing to be recognized by. */
	anonymous: boolean;
	/** By what they were looked for and found. */
	names: Names;
	/** Id of a customer whom this run had created for the session before it met this one. */
	createdInVain?: string;
	/** As it was found or created. */
	document?: Customer;
}

/**
 * Finds or creates the customer.
 *
 * @returns the customer, or why there is none
 */
export async function customerOf(
	run: Run,
	record: SessionRecord,
): Promise<SessionCustomer | { reason: string }> {
	const { endUser } = record.session;
	const named = await namedCustomer(run, endUser.customerId);
	const names = namesOf(run, record.session);
	if (named !== undefined) {
		return {
			id: named.id,
			isNew: false,
			anonymous: false,
			names: { ...names, by: 'customerId' },
			document: named,
		};
	}
	const { input, externalId } = run;
	const { create, phoneRules, severalMatches } = input.customer;
	const custom = pendingAttributes(customerAttributes(run, { newCustomer: true }, record), run.at, {});
	const found = await findOrCreateCustomer(run.client, {
		phone: endUser.phone,
		calledNumber: record.session.line,
		email: endUser.email,
		externalId: endUser.identifier,
		phoneRules,
		severalMatches,
		anonymousExternalId: externalId,
		hasNoNumber: true,
		create: { ...create, name: create.name ?? endUser.name, custom: custom.values },
		unknownAttributes: input.unknownAttributes,
	});
	if (found.customer === undefined) return { reason: found.reason };
	for (const name of found.leftOut) run.report.leftOut.add(name);
	const isNew = found.outcome === 'created';
	if (isNew) run.report.done.push('customer');
	return {
		id: found.customer.id,
		isNew,
		// An id that leads nowhere identifies nobody.
		anonymous: Object.keys(names).every((kind) => kind === 'customerId'),
		names: { ...names, ...(isNew ? {} : foundBy(found.matchedBy)) },
		document: found.customer,
	};
}

/** Milliseconds before its conversation in which a customer was created for it. */
const JUST_CREATED = 60_000;

/**
 * The customer of the session's conversation: the one who was found or created, unless another worker has opened it for
 * somebody else at the same moment, because an event told less of the customer, or something else. Then the session's customer
 * is theirs, by whom nobody has looked yet with what this event tells. Requests: none, or two for such a customer.
 */
export async function ownerOf(
	run: Run,
	customer: SessionCustomer,
	placed: Pick<Placed, 'conversationId' | 'ownerId' | 'openedAt'>,
): Promise<SessionCustomer> {
	const { ownerId, openedAt, conversationId } = placed;
	if (ownerId === undefined || ownerId === customer.id) return customer;
	const document = await findCustomer(run.client, ownerId);
	const { createdAt, phones, emails, externalId } = document?.attributes ?? {};
	const isNew = Date.parse(createdAt ?? '') >= Date.parse(openedAt ?? '') - JUST_CREATED;
	const isNobody =
		isNew &&
		(phones?.length ?? 0) + (emails?.length ?? 0) === 0 &&
		(externalId === null || externalId === run.externalId);
	if (isNobody && !customer.anonymous) {
		await moveTo(run, customer.id, { customerId: ownerId, conversationId });
		return customer;
	}
	const isInVain = customer.isNew && !customer.anonymous;
	return {
		id: ownerId,
		isNew,
		anonymous: isNobody,
		names: {},
		document,
		...(isInVain ? { createdInVain: customer.id } : {}),
	};
}

/** Writes the customer's attributes, unless the customer was created with them or has them. */
export async function writeCustomer(
	run: Run,
	customer: Pick<SessionCustomer, 'id' | 'isNew' | 'document'>,
	work: PendingWork,
): Promise<Done['customer']> {
	const { values, written, shortened } = work.customer;
	for (const name of shortened) run.report.shortened.add(name);
	const held = customer.document?.attributes.custom ?? {};
	const missing = Object.fromEntries(
		Object.entries(values ?? {}).filter(([name, value]) => ownValue(held, name) !== value),
	);
	if (customer.isNew || Object.keys(missing).length === 0) return written;
	const { leftOut } = await updateCustomer(run.client, {
		target: { id: customer.id },
		fields: { custom: missing },
		unknownAttributes: run.input.unknownAttributes,
		refusedValues: 'leaveOut',
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	if (Object.keys(missing).some((name) => !leftOut.includes(name))) {
		run.report.done.push('custom attributes of the customer');
	}
	return written;
}

/** How a session calls that by which Kustomer has found the customer. */
function foundBy(matchedBy: FindOrCreateCustomerResult['matchedBy']): Pick<Names, 'by'> {
	switch (matchedBy) {
		case 'externalId':
			return { by: 'identifier' };
		case 'phone':
		case 'email':
			return { by: matchedBy };
		default:
			return {};
	}
}
