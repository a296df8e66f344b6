import type { INodeProperties } from 'n8n-workflow';

import { createConversation } from '../../../../lib/kustomer/operations/create-conversation';
import { choiceOf, locatedOf, textOf } from '../../../../lib/n8n/panel/values';
import {
	conversationName,
	customAttributes,
	direction,
	noteFields,
	priority,
	tagFields,
	teamFields,
	userFields,
} from '../../../../lib/n8n/kustomer/fields/fields';
import { customerLocator, queueLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { chooseId, optionsCollection, unknownAttributes } from '../../../../lib/n8n/kustomer/fields/options';
import { inOrder } from '../../../../lib/n8n/panel/sorting';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleConversation } from '../output';
import { fieldsOf, locatedIds, requiredLocator } from '../../../../lib/n8n/panel/fields';
import { optionalNote, tagsOf, writingOptions } from '../../../../lib/n8n/kustomer/fields/read';
import { conversationFacts } from './facts';
import { priorityOf } from '../../../../lib/n8n/kustomer/fields/conversation';

export const option: OperationOption = {
	name: 'Create',
	action: 'Create conversation',
	description: 'Create a conversation, once per external ID',
};

export const description: INodeProperties[] = [
	{ ...customerLocator, description: 'The customer whose conversation it is' },
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		placeholder: 'e.g. babelforce:7c3f00aa',
		description:
			"The conversation's ID in your own system, for example the call's ID. It makes creating safe to repeat, and later steps find the conversation by it.",
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: inOrder([
			...teamFields({
				displayName: 'Assigned Teams',
				name: 'assignedTeams',
				description: 'Teams that get the conversation, up to 10. Entries that are empty are left out.',
			}),
			...userFields({
				displayName: 'Assigned Users',
				name: 'assignedUsers',
				description: 'Users who get the conversation, up to 10. Entries that are empty are left out.',
			}),
			direction,
			{
				displayName: 'Language',
				name: 'defaultLang',
				type: 'string',
				default: '',
				placeholder: 'e.g. en_us',
				description: 'Language of the conversation',
			},
			conversationName,
			priority,
			queueLocator,
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Done', value: 'done' },
					{ name: 'Open', value: 'open' },
				],
				default: 'open',
				description: 'Kustomer allows a new conversation to be open or done',
			},
			...tagFields('Tags of the conversation'),
		]),
	},
	customAttributes,
	...noteFields,
	simplify,
	optionsCollection([chooseId, unknownAttributes]),
];

export const facts = conversationFacts;

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const fields = fieldsOf(parameters.get('additionalFields'));
	const { conversation, created, note, leftOut } = await createConversation(client, {
		customerId: requiredLocator(parameters, 'customer', 'Customer').value,
		externalId: textOf(parameters.get('externalId'), 'External ID'),
		name: textOf(fields.name, 'Name'),
		status: choiceOf(fields.status, 'Status', ['open', 'done']),
		priority: priorityOf(fields.priority),
		direction: choiceOf(fields.direction, 'Direction', ['in', 'out']),
		tags: tagsOf(fields),
		assignedUsers: someOf(locatedIds(fields.assignedUsers, 'user', 'Assigned Users')),
		assignedTeams: someOf(locatedIds(fields.assignedTeams, 'team', 'Assigned Teams')),
		queueId: locatedOf(fields.queue, 'Queue')?.value,
		defaultLang: textOf(fields.defaultLang, 'Language'),
		note: optionalNote(parameters),
		...writingOptions(parameters),
	});
	return result(parameters, { created, note, leftOut }, conversation, simpleConversation);
};

function someOf(ids: string[]): string[] | undefined {
	return ids.length === 0 ? undefined : ids;
}
