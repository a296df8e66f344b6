/** Customers, with everything that only one of them may have. The last layer: all of the organization. */
import { conflict, notFound } from '../errors';
import {
	CUSTOMER_FIELDS,
	EMPTY_CUSTOMER,
	EMPTY_CUSTOMER_FIELDS,
	checkRev,
	keysOf,
	mergeCustom,
	rest,
	textOf,
	type Body,
} from '../fields';
import type { Custom, CustomerRecord, ExternalIdEntry } from '../records';
import { checkCustom } from '../schemas/custom';
import { Messages } from './messages';

export class KustomerStore extends Messages {
	/** @throws 400 and 409 as the API answers them */
	createCustomer(body: Body, by: string, own: { id?: string } = {}): CustomerRecord {
		const now = new Date().toISOString();
		const createdAt = textOf(body.createdAt) ?? now;
		const customer: CustomerRecord = {
			...EMPTY_CUSTOMER(),
			id: own.id ?? this.newId(),
			createdAt,
			updatedAt: createdAt,
			modifiedAt: createdAt,
			createdBy: by,
			modifiedBy: by,
			rev: 1,
			lastActivityAt: textOf(body.lastActivityAt) ?? createdAt,
		};
		this.writeCustomer(customer, body);
		this.customers.set(customer.id, customer);
		this.tell({ type: 'customer', id: customer.id, customerId: customer.id });
		return customer;
	}

	/** @param replace empties what the body does not name */
	updateCustomer(id: string, body: Body, by: string, replace = false): CustomerRecord {
		const customer = this.customers.get(id);
		if (customer === undefined) throw notFound('id');
		checkRev(customer, body);
		const base = replace ? { ...customer, ...EMPTY_CUSTOMER_FIELDS() } : { ...customer };
		const { lastActivityAt } = body;
		this.writeCustomer(base, body, customer);
		Object.assign(customer, base);
		if (typeof lastActivityAt === 'string') customer.lastActivityAt = lastActivityAt;
		this.edited(customer, by);
		this.tell({ type: 'customer', id, customerId: id });
		return customer;
	}

	/** assumes: delete-cascades */
	deleteCustomer(id: string): void {
		const customer = this.customers.get(id);
		if (customer === undefined) throw notFound('id');
		for (const conversationId of [...customer.conversationIds]) this.deleteConversation(conversationId);
		this.releaseCustomer(customer);
		this.customers.delete(id);
		this.tell({ type: 'customer', id, customerId: id });
	}

	/**
	 * Applies a body to a customer that is not in the store yet, or to a copy of one that is.
	 * Checks come first: nothing in the store has changed when it throws.
	 */
	private writeCustomer(customer: CustomerRecord, body: Body, before?: CustomerRecord): void {
		checkCustom(body.custom as Custom | undefined, this.definitions.customer);
		const lists = ['phones', 'sharedPhones', 'whatsapps', 'emails', 'sharedEmails', 'socials'] as const;
		for (const name of lists) if (body[name] !== undefined) Object.assign(customer, { [name]: body[name] });
		if (body.name !== undefined) customer.name = textOf(body.name) ?? null;
		this.writeCustomerExternalIds(customer, body);

		// assumes: conflict-is-409
		const keys = keysOf(customer);
		for (const [index, parameter, values] of [
			[this.phones, 'phones', keys.phones],
			[this.whatsapps, 'whatsapps', keys.whatsapps],
			[this.emails, 'emails', keys.emails],
			[this.socials, 'socials', keys.socials],
			[this.customerExternalIds, 'externalIds', keys.externalIds],
		] as const) {
			if (index.takenBy(values, customer.id) !== undefined) {
				throw conflict(parameter, `${parameter}: another customer has this value`);
			}
		}

		if (body.tags !== undefined) customer.tags = this.tagIds(body.tags as string[]);
		customer.custom = mergeCustom(customer.custom, body.custom as Custom | undefined);
		customer.other = { ...customer.other, ...rest(body, CUSTOMER_FIELDS) };

		if (before !== undefined) this.releaseCustomer(before);
		this.phones.assign(customer.id, keys.phones);
		this.whatsapps.assign(customer.id, keys.whatsapps);
		this.emails.assign(customer.id, keys.emails);
		this.socials.assign(customer.id, keys.socials);
		this.customerExternalIds.assign(customer.id, keys.externalIds);
	}

	/** assumes: external-ids-mirror */
	private writeCustomerExternalIds(customer: CustomerRecord, body: Body): void {
		if (body.externalIds !== undefined) {
			customer.externalIds = body.externalIds as ExternalIdEntry[];
			customer.externalId = customer.externalIds[0]?.externalId ?? null;
		}
		if (body.externalId === undefined) return;
		const externalId = textOf(body.externalId) ?? null;
		const others = customer.externalIds.filter(
			(entry) => entry.externalId !== externalId && entry.externalId !== customer.externalId,
		);
		customer.externalIds = externalId === null ? others : [{ externalId, verified: true }, ...others];
		customer.externalId = customer.externalIds[0]?.externalId ?? null;
	}

	private releaseCustomer(customer: CustomerRecord): void {
		const keys = keysOf(customer);
		this.phones.release(customer.id, keys.phones);
		this.whatsapps.release(customer.id, keys.whatsapps);
		this.emails.release(customer.id, keys.emails);
		this.socials.release(customer.id, keys.socials);
		this.customerExternalIds.release(customer.id, keys.externalIds);
	}
}
