import type { INodeProperties } from 'n8n-workflow';

import { createMessage } from '../../../../lib/kustomer/operations/create-message';
import { choiceOf, textOf } from '../../../../lib/n8n/panel/values';
import { channels, customAttributes, direction } from '../../../../lib/n8n/kustomer/fields/fields';
import { conversationLocator, customerLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { chooseId, optionsCollection, unknownAttributes } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleMessage } from '../output';
import { fieldsOf, requiredLocator } from '../../../../lib/n8n/panel/fields';
import { conversationTarget, writingOptions } from '../../../../lib/n8n/kustomer/fields/read';
import { messageFields, messageFieldsOf } from './fields';

export const option: OperationOption = {
	name: 'Create',
	action: 'Create message',
	description: 'Record a call, chat or other message in Kustomer, once per external ID',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Add To',
		name: 'target',
		type: 'options',
		options: [
			{ name: 'Conversation', value: 'conversation', description: 'A conversation that exists' },
			{ name: 'Customer', value: 'customer', description: 'A new conversation of this customer' },
		],
		default: 'conversation',
		description: 'Where the message goes',
	},
	{
		...conversationLocator,
		description: 'The conversation that gets the message',
		displayOptions: { show: { target: ['conversation'] } },
	},
	{
		...customerLocator,
		description: 'The customer who gets a new conversation with this message',
		displayOptions: { show: { target: ['customer'] } },
	},
	{
		displayName: 'Channel',
		name: 'channel',
		type: 'options',
		options: channels,
		default: 'voice',
		description: 'How the message reached your company. Kustomer records the message and delivers nothing.',
	},
	direction,
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. babelforce:7c3f00aa',
		description:
			"The message's ID in your own system, for example the call's ID. It makes creating safe to repeat.",
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'App',
				name: 'app',
				type: 'string',
				default: 'n8n',
				placeholder: 'e.g. babelforce',
				description:
					'Name of the system that the message came through. Keep it the same for all messages of one system.',
			},
			...messageFields,
		],
	},
	customAttributes,
	simplify,
	optionsCollection([chooseId, unknownAttributes]),
];

const CHANNELS = [
	'email',
	'sms',
	'chat',
	'voice',
	'whatsapp',
	'facebook',
	'instagram',
	'twitter-dm',
	'twitter-tweet',
] as const;

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const fields = fieldsOf(parameters.get('additionalFields'));
	const { message, created, leftOut } = await createMessage(client, {
		...messageFieldsOf(fields, parameters.timezone),
		target:
			parameters.get('target') === 'customer'
				? { customerId: requiredLocator(parameters, 'customer', 'Customer').value }
				: conversationTarget(parameters),
		channel: choiceOf(parameters.get('channel'), 'Channel', CHANNELS) ?? 'voice',
		app: textOf(fields.app, 'App') ?? 'n8n',
		direction: choiceOf(parameters.get('direction'), 'Direction', ['in', 'out']),
		externalId: textOf(parameters.get('externalId'), 'External ID'),
		...writingOptions(parameters),
	});
	return result(parameters, { created, leftOut }, message, simpleMessage);
};
