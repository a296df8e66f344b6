import type { INodeProperties } from 'n8n-workflow';

import { findOpenConversation } from '../../../../lib/kustomer/operations/find-open-conversation';
import { numberOf, textOf } from '../../../../lib/n8n/panel/values';
import { channels } from '../../../../lib/n8n/kustomer/fields/fields';
import { customerLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleConversation } from '../output';
import { fieldsOf, requiredLocator } from '../../../../lib/n8n/panel/fields';

export const option: OperationOption = {
	name: 'Find Open',
	action: 'Find open conversation',
	description: "Find a customer's most recently active open conversation",
};

export const description: INodeProperties[] = [
	{ ...customerLocator, description: 'The customer whose open conversation is wanted' },
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Active Within (Hours)',
				name: 'maxAgeHours',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 24,
				description: 'Only conversations in which something happened during the last so many hours',
			},
			{
				displayName: 'Channel',
				name: 'channel',
				type: 'options',
				options: channels,
				default: 'voice',
				description: 'Only conversations with a message of this channel',
			},
			{
				displayName: 'Custom Attribute Name',
				name: 'attributeName',
				type: 'string',
				default: '',
				placeholder: 'e.g. menuSelectionStr',
				description: 'Only conversations with the value below in this custom attribute',
			},
			{
				displayName: 'Custom Attribute Value',
				name: 'attributeValue',
				type: 'string',
				default: '',
				placeholder: 'e.g. Billing / Invoice',
				description: 'The value that the custom attribute must have',
			},
			{
				displayName: 'External ID Begins With',
				name: 'externalIdPrefix',
				type: 'string',
				default: '',
				placeholder: 'e.g. babelforce:',
				description: 'Only conversations whose external ID begins like this',
			},
			{
				displayName: 'Tag',
				name: 'tag',
				type: 'string',
				default: '',
				placeholder: 'e.g. Voice Inbound',
				description: 'Only conversations that have this tag',
			},
		],
	},
	simplify,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const filters = fieldsOf(parameters.get('filters'));
	const attribute = textOf(filters.attributeName, 'Custom Attribute Name');
	const { conversation, matches, reason } = await findOpenConversation(client, {
		customerId: requiredLocator(parameters, 'customer', 'Customer').value,
		channel: textOf(filters.channel, 'Channel'),
		tag: textOf(filters.tag, 'Tag'),
		externalIdPrefix: textOf(filters.externalIdPrefix, 'External ID Begins With'),
		maxAgeHours: numberOf(filters.maxAgeHours, 'Active Within (Hours)'),
		attribute: attribute === undefined ? undefined : { name: attribute, value: filters.attributeValue },
	});
	return result(
		parameters,
		{ found: conversation !== undefined, matches, reason },
		conversation,
		simpleConversation,
	);
};
