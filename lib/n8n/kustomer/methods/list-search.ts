/** Fills the lists of resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { byName, toldApart } from '../../panel/sorting';
import type { Conversation, Customer, Tag } from '../../../kustomer/documents';
import { listConversations } from '../../../kustomer/resources/conversations';
import { searchCustomers as searchInKustomer } from '../../../kustomer/resources/customers';
import { listQueues } from '../../../kustomer/resources/queues';
import { listTags } from '../../../kustomer/resources/tags';
import { listTeams } from '../../../kustomer/resources/teams';
import { listUsers } from '../../../kustomer/resources/users';
import { toTag } from '../../../kustomer/validate/tags';
import { askKustomer } from '../ask';
import { timeWords } from '../../../session-log/rules/session-words';

/** Entries that a list shows; to find more, people type. */
const SHOWN = 100;

/** Customers by name, email address or phone number; the newest without a filter. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const customers = await askKustomer(this, (client) => searchInKustomer(client, filter ?? '', SHOWN));
	const zone = this.getTimezone();
	return {
		results: toldApart(
			customers.map((customer) => ({ name: customerLabel(customer, zone), value: customer.id })),
		),
	};
}

/** The newest conversations of the organization, by name, external id or status. */
export async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const zone = this.getTimezone();
	const conversations = await askKustomer(this, (client) => listConversations(client, { limit: SHOWN }));
	return {
		results: matching(
			toldApart(
				conversations.map((conversation) => ({
					name: conversationLabel(conversation, zone),
					value: conversation.id,
				})),
			),
			filter,
		),
	};
}

/** Users who are people, by name or email address. */
export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const users = await askKustomer(this, listUsers);
	const results = users.map(({ id, attributes }) => {
		const name = attributes.displayName ?? attributes.name ?? id;
		return { name: attributes.email === undefined ? name : `${name} (${attributes.email})`, value: id };
	});
	return { results: matching(toldApart(sorted(results)), filter) };
}

/** Teams by name. */
export async function searchTeams(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const teams = await askKustomer(this, listTeams);
	return { results: matching(toldApart(sorted(teams.map(named))), filter) };
}

/** Routing queues by name. */
export async function searchQueues(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const queues = await askKustomer(this, listQueues);
	return { results: matching(toldApart(sorted(queues.map(named))), filter) };
}

/**
 * Tags by name: their names are their values, because Kustomer takes names. A name that no tag has is offered as a new tag,
 * unless Kustomer would refuse it.
 */
export async function searchTags(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const tags = await askKustomer(this, listTags);
	const names = tags.filter(({ attributes }) => attributes.deleted !== true).map(tagName);
	const found = matching(sorted(names.map((name) => ({ name, value: name }))), filter);
	const typed = filter?.trim() ?? '';
	const isKnown = names.some((name) => name.toLowerCase() === typed.toLowerCase());
	// What Kustomer would take instead is offered, too: for "Inbound (IVR)" it is "Inbound - IVR".
	const wanted = typed === '' || isKnown ? '' : toTag(typed);
	return { results: wanted === '' ? found : [...found, { name: `${wanted} (new)`, value: wanted }] };
}

function tagName({ attributes }: Tag): string {
	return attributes.name;
}

function named(object: {
	id: string;
	attributes: { name?: string; displayName?: string };
}): INodeListSearchItems {
	return { name: object.attributes.displayName ?? object.attributes.name ?? object.id, value: object.id };
}

/** What tells customers apart who have the same name: how they are reached, and since when they are there. */
function customerLabel({ id, attributes }: Customer, zone: string): string {
	const name = attributes.displayName ?? attributes.name ?? id;
	const contacts = [attributes.emails?.[0]?.email, attributes.phones?.[0]?.phone].filter(
		(contact) => contact !== undefined && contact !== name,
	);
	return labelled(name, [...contacts, sinceWhen(attributes.createdAt, zone)]);
}

function conversationLabel({ id, attributes }: Conversation, zone: string): string {
	const name = attributes.name ?? attributes.externalId ?? id;
	return labelled(name, [attributes.status, timeWords(attributes.createdAt, zone)]);
}

function sinceWhen(iso: string | undefined, zone: string): string | undefined {
	const day = timeWords(iso, zone)?.slice(0, 'yyyy-MM-dd'.length);
	return day === undefined ? undefined : `since ${day}`;
}

function labelled(name: string, facts: Array<string | undefined>): string {
	const told = facts.filter((fact) => fact !== undefined && fact !== '');
	return told.length === 0 ? name : `${name} (${told.join(', ')})`;
}

function sorted(items: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...items].sort(byName);
}

function matching(items: INodeListSearchItems[], filter: string | undefined): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase() ?? '';
	return wanted === '' ? items : items.filter(({ name }) => name.toLowerCase().includes(wanted));
}
