/** The customer of a session: found, created, and filled with what the session tells of them (rules C13, C17 to C19, C22). */
import type { Customer } from '../kustomer/documents';
import { findOrCreateCustomer } from '../kustomer/operations/find-or-create-customer';
import { updateCustomer } from '../kustomer/operations/update-customer';
import type { SessionRecord } from '../domain/session-record';
import { pendingAttributes } from './attributes';
import { isIdentified } from './late-identity';
import { namedCustomer } from './named-customer';
import { customerAttributes, type PendingWork } from './pending-work';
import type { Run } from './run';
import type { Done } from './stored-session';

export interface SessionCustomer {
	id: string;
	isNew: boolean;
	/** The customer was created for this session and has nothing to be recognized by. */
	anonymous: boolean;
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
	if (named !== undefined) return { id: named.id, isNew: false, anonymous: false, document: named };
	const { input, externalId } = run;
	const { create, phoneRules, severalMatches } = input.customer;
	const custom = pendingAttributes(customerAttributes(run, { newCustomer: true }, record), run.at, {});
	const found = await findOrCreateCustomer(run.client, {
		phone: endUser.phone,
		email: endUser.email,
		externalId: endUser.identifier,
		phoneRules,
		severalMatches,
		anonymousExternalId: externalId,
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
		anonymous: !isIdentified(run, { ...record.session, endUser: { ...endUser, customerId: undefined } }),
		document: found.customer,
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
		Object.entries(values ?? {}).filter(([name, value]) => held[name] !== value),
	);
	if (customer.isNew || Object.keys(missing).length === 0) return written;
	const { leftOut } = await updateCustomer(run.client, {
		target: { id: customer.id },
		fields: { custom: missing },
		unknownAttributes: run.input.unknownAttributes,
	});
	for (const name of leftOut) run.report.leftOut.add(name);
	if (Object.keys(missing).some((name) => !leftOut.includes(name))) {
		run.report.done.push('custom attributes of the customer');
	}
	return written;
}
