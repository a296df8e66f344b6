import type { INodeProperties } from 'n8n-workflow';

import { TAG_CHARACTERS } from '../../../kustomer/validate/tags';

/**
 * Kustomer's object ids: https://developer.kustomer.com/docs/concepts/json-api-format
 * Empty passes: whether something has to be chosen is the parameter's own matter.
 */
const OBJECT_ID = '^\\s*([0-9a-fA-F]{24})?\\s*$';

const byId = (what: string) => ({
	displayName: 'By ID',
	name: 'id',
	type: 'string' as const,
	placeholder: 'e.g. 5f8a2b7c9d1e4f0012345678',
	hint: `Kustomer's ID of the ${what}: 24 characters, 0 to 9 and a to f`,
	validation: [
		{
			type: 'regex',
			properties: { regex: OBJECT_ID, errorMessage: 'A Kustomer ID has 24 characters, 0 to 9 and a to f' },
		},
	],
});

const byExternalId = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string' as const,
	placeholder: 'e.g. babelforce:7c3f00aa',
	hint: 'For a call, {{ $json.externalId }} of the trigger. Else the ID with which it was created',
};

const fromList = (searchListMethod: string) => ({
	displayName: 'From List',
	name: 'list',
	type: 'list' as const,
	typeOptions: { searchListMethod, searchable: true },
});

/** Picks one customer: from the list, or by Kustomer's ID. */
export const customerLocator: INodeProperties = {
	displayName: 'Customer',
	name: 'customer',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The customer to work with',
	modes: [fromList('searchCustomers'), byId('customer')],
};

/** Picks one customer by any of the values that Kustomer finds a customer by. */
export const customerFinder: INodeProperties = {
	...customerLocator,
	description: 'The customer to get',
	modes: [
		fromList('searchCustomers'),
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. nathan@example.com',
		},
		byExternalId,
		byId('customer'),
		{
			displayName: 'By Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +4930901820',
			hint: 'With the country code',
		},
	],
};

/** Picks one conversation: from the list, by the external id it was created with, or by Kustomer's ID. */
export const conversationLocator: INodeProperties = {
	displayName: 'Conversation',
	name: 'conversation',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The conversation to work with. For calls, choose External ID: no earlier step has to remember the Kustomer ID.',
	modes: [fromList('searchConversations'), byExternalId, byId('conversation')],
};

/** Picks one message by external id or Kustomer's ID. Messages have no list worth searching. */
export const messageLocator: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'resourceLocator',
	default: { mode: 'externalId', value: '' },
	required: true,
	description: 'The message to change',
	modes: [byExternalId, byId('message')],
};

/** Picks one Kustomer user. */
export const userLocator: INodeProperties = {
	displayName: 'User',
	name: 'user',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'A Kustomer user',
	modes: [fromList('searchUsers'), byId('user')],
};

/** Picks one agent: from the list, or by the address or the ID that Kustomer has for the user. */
export const agentLocator: INodeProperties = {
	displayName: 'Agent',
	name: 'agent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'A Kustomer user',
	modes: [
		fromList('searchUsers'),
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. nathan@example.com',
			hint: 'The address that the agent signs in to Kustomer with',
		},
		byId('user'),
	],
};

/** Picks one team. */
export const teamLocator: INodeProperties = {
	displayName: 'Team',
	name: 'team',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'A Kustomer team',
	modes: [fromList('searchTeams'), byId('team')],
};

/** Picks one tag by its name: one that exists, or a new one. */
export const tagLocator: INodeProperties = {
	displayName: 'Tag',
	name: 'tag',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'A tag. Choose from the list, or type a new one there: Kustomer creates it.',
	modes: [
		fromList('searchTags'),
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. inbound, voicemail',
			hint: `Several are separated by commas. Kustomer creates tags that do not exist yet. Allowed: ${TAG_CHARACTERS.replace('<', '&lt;').replace('>', '&gt;')}.`,
		},
	],
};

/** Picks one routing queue. */
export const queueLocator: INodeProperties = {
	displayName: 'Queue',
	name: 'queue',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The routing queue that the conversation goes to',
	modes: [fromList('searchQueues'), byId('queue')],
};
