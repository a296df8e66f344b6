import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as findOpen from './findOpen.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as update from './update.operation';

export { create, findOpen, get, getMany, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['conversation'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create conversation',
				description: 'Create a conversation, once per external ID',
			},
			{
				name: 'Find Open',
				value: 'findOpen',
				action: 'Find open conversation',
				description: "Find a customer's most recently active open conversation",
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get conversation',
				description: 'Get one conversation',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many conversations',
				description: 'Get a list of conversations of one customer or of all',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update conversation',
				description: 'Change a conversation: assign an agent, add a note, change tags and other fields',
			},
		],
		default: 'create',
	},
	...create.description,
	...findOpen.description,
	...get.description,
	...getMany.description,
	...update.description,
];
