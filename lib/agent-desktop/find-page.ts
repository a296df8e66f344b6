/**
 * The page of Kustomer's web app that an agent wants to see for a call or chat: the conversation, else the customer, else what the
 * web app shows of a search (rules G11, G12, U2, U3). It reads and changes nothing.
 */
import type { KustomerClient } from '../kustomer/client';
import { findCustomerMatch, type MatchingRules } from '../kustomer/operations/find-or-create-customer';
import { findConversation } from '../kustomer/resources/conversations';
import { findCustomer } from '../kustomer/resources/customers';
import { addressOf, pageOf, SEARCH_PATH } from '../kustomer/web-app';
import { InputError } from '../http/errors';
import { openConversationOfQueue, placeOfSession } from '../session-log/queue-conversation';
import { readLookup, type Lookup, type LookupRules, type LookupValues } from './lookup';

export interface FindPageInput extends MatchingRules {
	values: LookupValues;
	rules: LookupRules;
	/** Path on Kustomer's host when nobody is found; the web app's search unless told. See `addressOf` in `web-app.ts`. */
	unknownPath?: string;
}

export interface FindPageResult {
	/** Always on the organization's own host. */
	address: string;
	found: 'conversation' | 'customer' | 'nobody';
	customerId?: string;
	conversationId?: string;
	matchedBy?: 'recordId' | 'sessionId' | 'accountId' | 'externalId' | 'phone' | 'email';
	/** One sentence for the person who reads the execution. Holds no phone number. */
	reason: string;
	/** Names of values that could not be used. */
	leftOut: string[];
}

/** Whose page it is. */
interface Found {
	customerId: string;
	conversationId?: string;
	matchedBy: NonNullable<FindPageResult['matchedBy']>;
}

/**
 * Finds it. Requests: one for each way to find somebody that is told, until one does; for a queue, the customer's conversations
 * and at most five of them.
 *
 * @throws {InputError} when the credential does not tell where agents open Kustomer, or `unknownPath` leads elsewhere
 * @throws {KustomerError}
 */
export async function findPage(client: KustomerClient, input: FindPageInput): Promise<FindPageResult> {
	const { webBaseUrl } = client;
	if (webBaseUrl === undefined) {
		throw new InputError(
			'organization',
			'The Kustomer credential does not tell where agents open Kustomer.',
			'Fill in the organization in the credential: "acme" for https://acme.kustomerapp.com.',
		);
	}
	const lookup = readLookup(input.values, input.rules);
	const { leftOut } = lookup;
	const found = await find(client, lookup, input);
	if (found === undefined) {
		const path = input.unknownPath ?? SEARCH_PATH;
		return {
			address: addressOf(webBaseUrl, path, lookup.words),
			found: 'nobody',
			reason: isTold(lookup)
				? 'Nobody in Kustomer has what the address tells.'
				: 'The address tells nothing by which somebody could be found.',
			leftOut,
		};
	}
	const { customerId, conversationId, matchedBy } = found;
	return {
		address: pageOf(webBaseUrl, found),
		found: conversationId === undefined ? 'customer' : 'conversation',
		customerId,
		...(conversationId === undefined ? {} : { conversationId }),
		matchedBy,
		reason: `Found by ${WORDS[matchedBy]}${conversationId !== undefined && lookup.queues.length > 0 && !isNamed(matchedBy) ? ', with an open conversation of the queue' : ''}.`,
		leftOut,
	};
}

const WORDS: Readonly<Record<Found['matchedBy'], string>> = {
	recordId: 'the ID of the conversation',
	sessionId: 'the session, which is logged there',
	accountId: 'the ID of the customer',
	externalId: 'external ID',
	phone: 'phone number',
	email: 'email address',
};

/** Whether the conversation itself was told, and not looked for. */
function isNamed(matchedBy: Found['matchedBy']): boolean {
	return matchedBy === 'recordId' || matchedBy === 'sessionId';
}

function isTold({ phone, email, externalId, accountId, recordId, session }: Lookup): boolean {
	return [phone, email, externalId, accountId, recordId, session].some((value) => value !== undefined);
}

async function find(
	client: KustomerClient,
	lookup: Lookup,
	input: FindPageInput,
): Promise<Found | undefined> {
	const named = (await byRecord(client, lookup)) ?? (await bySession(client, lookup));
	if (named !== undefined) return named;
	const customer = (await byAccount(client, lookup)) ?? (await byIdentity(client, lookup, input));
	if (customer === undefined || lookup.queues.length === 0) return customer;
	const conversationId = await openConversationOfQueue(client, customer.customerId, {
		names: lookup.queues,
		channels: lookup.channels,
	});
	return conversationId === undefined ? customer : { ...customer, conversationId };
}

async function byRecord(client: KustomerClient, { recordId }: Lookup): Promise<Found | undefined> {
	const conversation = recordId === undefined ? undefined : await findConversation(client, recordId);
	const customerId = conversation?.relationships?.customer?.data?.id;
	if (conversation === undefined || customerId === undefined) return undefined;
	if (conversation.attributes.deleted === true) return undefined;
	return { customerId, conversationId: conversation.id, matchedBy: 'recordId' };
}

async function bySession(client: KustomerClient, { session }: Lookup): Promise<Found | undefined> {
	const place = session === undefined ? undefined : await placeOfSession(client, session);
	return place === undefined ? undefined : { ...place, matchedBy: 'sessionId' };
}

async function byAccount(client: KustomerClient, { accountId }: Lookup): Promise<Found | undefined> {
	const customer = accountId === undefined ? undefined : await findCustomer(client, accountId);
	if (customer === undefined || customer.attributes.deleted === true) return undefined;
	return { customerId: customer.id, matchedBy: 'accountId' };
}

async function byIdentity(
	client: KustomerClient,
	{ externalId, phone, email }: Lookup,
	rules: MatchingRules,
): Promise<Found | undefined> {
	const match = await findCustomerMatch(client, { externalId, phone, email }, rules);
	if (match === undefined || match.matchedBy === 'anonymousExternalId') return undefined;
	return { customerId: match.customer.id, matchedBy: match.matchedBy };
}
