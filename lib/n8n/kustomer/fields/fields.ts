import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { TAG_CHARACTERS } from '../../../kustomer/validate/tags';
import { tagLocator, teamLocator, userLocator } from './locators';
import { FIRST_VERSION, LATER_VERSIONS } from './versions';

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
const chosenTags: INodeProperties = {
	displayName: 'Tag Names or IDs',
	displayOptions: FIRST_VERSION,
	name: 'tags',
	type: 'multiOptions',
	default: [],
	allowArbitraryValues: true,
	typeOptions: { loadOptionsMethod: 'getTags' },
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/** Tags that are typed. */
const typedTags: INodeProperties = {
	displayName: 'Other Tags',
	displayOptions: FIRST_VERSION,
	name: 'otherTags',
	type: 'string',
	default: '',
	placeholder: 'e.g. inbound, voicemail',
	description: `Tags to type, separated by commas. Kustomer creates tags that do not exist yet. Allowed: ${TAG_CHARACTERS}, up to 64 characters each.`,
};

/** What makes a conversation visible that should have an agent and has none. */
export const unassignedTag: INodeProperties = {
	displayName: 'Tag if Nobody Is Assigned',
	name: 'unassignedTag',
	type: 'string',
	default: '',
	placeholder: 'e.g. nobody assigned',
	description:
		'Tag for a conversation whose agent cannot be found in Kustomer while no Fallback User is chosen, so that you can search for it. Empty adds none.',
};

/**
 * The tags of something, each chosen from those that exist or typed.
 *
 * @param about what is done with them, as a sentence without its end
 * @returns the field of every version of the node: to stand among the options of a collection
 */
export function tagFields(about: string): INodeProperties[] {
	return [
		{ ...typedTags, description: `${about}. ${typedTags.description}` },
		{
			...locatorList(tagLocator, 'Add Tag'),
			displayName: 'Tags',
			name: 'tags',
			description: `${about}, up to 20. Choose from the list, or type a new one there: Kustomer creates it. Entries that are empty are left out.`,
		},
		{ ...chosenTags, description: `${about}. ${chosenTags.description}` },
	];
}

/**
 * The tag of one row of several, in every version of the node. In the first, one row had many. The names differ: n8n gives a
 * new row the default of the last field of a name, whatever version it is for.
 */
export const tagInRow: INodeProperties[] = [
	{ ...tagLocator, displayOptions: LATER_VERSIONS },
	chosenTags,
	typedTags,
];

/** What a field is called, and what it is for. */
interface FieldWords {
	displayName: string;
	name: string;
	description: string;
}

/** A list of users, each chosen on its own so that long lists can be searched: to stand among the options of a collection. */
export function userFields(words: FieldWords): INodeProperties[] {
	return [
		{ ...fixedList(userLocator, 'User', 'Add User'), ...words },
		{ ...locatorList(userLocator, 'Add User'), ...words },
	];
}

/** The same for teams. */
export function teamFields(words: FieldWords): INodeProperties[] {
	return [
		{ ...fixedList(teamLocator, 'Team', 'Add Team'), ...words },
		{ ...locatorList(teamLocator, 'Add Team'), ...words },
	];
}

/** A list of teams that stands in the panel itself. */
export const teamEntries: INodeProperties = {
	...fixedList(teamLocator, 'Team', 'Add Team'),
	displayOptions: undefined,
	displayName: 'Teams',
	name: 'teams',
	description: 'Up to 10 teams. Entries that are empty are left out.',
};

/**
 * A list of locators with its first row there at once. n8n begins a fixed collection that somebody adds to a collection
 * without rows, and drops it as soon as the next field is added.
 */
function locatorList(locator: INodeProperties, button: string): INodeProperties {
	return {
		...locator,
		required: undefined,
		displayOptions: LATER_VERSIONS,
		typeOptions: { multipleValues: true, multipleValueButtonText: button },
		default: { __rl: true, mode: 'list', value: '' },
	};
}

/** The list as the first version of the node has it. */
function fixedList(locator: INodeProperties, displayName: string, placeholder: string): INodeProperties {
	return {
		displayName,
		name: locator.name,
		type: 'fixedCollection',
		displayOptions: FIRST_VERSION,
		placeholder,
		default: {},
		typeOptions: { multipleValues: true, maxAllowedFields: 10 },
		options: [{ displayName, name: 'entries', values: [locator] }],
	};
}

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
