import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { TAG_CHARACTERS } from '../../../../lib/kustomer/validate/tags';
import { teamLocator, userLocator } from './locators';

/** Which mapper of custom attributes it is, when it is not that of the resource. */
interface AttributeMapper {
	name: string;
	/** One of the node's methods for resource mappers. */
	method: string;
}

const OF_THE_RESOURCE: AttributeMapper = { name: 'customAttributes', method: 'getCustomAttributes' };

/** Custom attributes, offered and typed by what the organization has defined in Kustomer. */
export function customAttributesNamed(
	displayName: string,
	description: string,
	{ name, method }: AttributeMapper = OF_THE_RESOURCE,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceMapper',
		default: { mappingMode: 'defineBelow', value: null },
		noDataExpression: true,
		description,
		typeOptions: {
			loadOptionsDependsOn: ['resource'],
			resourceMapper: {
				resourceMapperMethod: method,
				mode: 'add',
				// What the panel shows in place of the display name.
				valuesLabel: displayName,
				fieldWords: { singular: 'attribute', plural: 'attributes' },
				addAllFields: false,
				supportAutoMap: false,
			},
		},
	};
}

export const customAttributes = customAttributesNamed(
	'Custom Attributes',
	'Custom attributes to set. The list shows what your organization has defined in Kustomer.',
);

/** Picks from the tags that exist. Workflows may carry tags that the list does not have. */
export const tagPicker: INodeProperties = {
	displayName: 'Tag Names or IDs',
	name: 'tags',
	type: 'multiOptions',
	default: [],
	allowArbitraryValues: true,
	typeOptions: { loadOptionsMethod: 'getTags' },
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Tags that are typed. Kustomer makes tags that do not exist yet. */
export const typedTags: INodeProperties = {
	displayName: 'Other Tags',
	name: 'otherTags',
	type: 'string',
	default: '',
	placeholder: 'e.g. inbound, voicemail',
	description: `Tags to type, separated by commas. Kustomer creates tags that do not exist yet. Allowed: ${TAG_CHARACTERS}, up to 64 characters each.`,
};

/** A list of users, each chosen on its own so that long lists can be searched. */
export const assignedUsers: INodeProperties = {
	displayName: 'Assigned Users',
	name: 'assignedUsers',
	type: 'fixedCollection',
	placeholder: 'Add User',
	default: {},
	typeOptions: { multipleValues: true, maxAllowedFields: 10 },
	description: 'Users who get the conversation, up to 10. Entries that are empty are left out.',
	options: [{ displayName: 'User', name: 'entries', values: [userLocator] }],
};

/** A list of teams, each chosen on its own so that long lists can be searched. */
export const teamEntries: INodeProperties = {
	displayName: 'Teams',
	name: 'teams',
	type: 'fixedCollection',
	placeholder: 'Add Team',
	default: {},
	typeOptions: { multipleValues: true, maxAllowedFields: 10 },
	description: 'Up to 10 teams. Entries that are empty are left out.',
	options: [{ displayName: 'Team', name: 'entries', values: [teamLocator] }],
};

/** Text of a note and the key that names it. */
export const noteFields: INodeProperties[] = [
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Call answered after 12 seconds',
		description: 'Internal note to add to the conversation. Empty adds none.',
	},
	{
		displayName: 'Note Key',
		name: 'noteKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. bridged',
		description:
			'Names what the note is about, so that it is written only once: running the step again with the same key changes nothing. Without a key every run adds a note.',
	},
];

export const priority: INodeProperties = {
	displayName: 'Priority',
	name: 'priority',
	type: 'options',
	options: [
		{ name: '1 (Lowest)', value: 1 },
		{ name: '2', value: 2 },
		{ name: '3', value: 3 },
		{ name: '4', value: 4 },
		{ name: '5 (Highest)', value: 5 },
	],
	default: 3,
	description: 'How urgent the conversation is',
};

export const direction: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Inbound', value: 'in' },
		{ name: 'Outbound', value: 'out' },
	],
	default: 'in',
	description: 'Whether the customer or your company started it',
};

export const conversationName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Call from +4930901820',
	description: 'Title of the conversation, up to 256 characters',
};

/** Channels of messages, as Kustomer knows them. */
export const channels: INodePropertyOptions[] = [
	{ name: 'Chat', value: 'chat' },
	{ name: 'Email', value: 'email' },
	{ name: 'Facebook', value: 'facebook' },
	{ name: 'Instagram', value: 'instagram' },
	{ name: 'SMS', value: 'sms' },
	{ name: 'Twitter Direct Message', value: 'twitter-dm' },
	{ name: 'Twitter Tweet', value: 'twitter-tweet' },
	{ name: 'Voice', value: 'voice' },
	{ name: 'WhatsApp', value: 'whatsapp' },
];
