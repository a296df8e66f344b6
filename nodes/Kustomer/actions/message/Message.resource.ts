import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as update from './update.operation';

export { create, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['message'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create message',
				description: 'Record a call, chat or other message in Kustomer, once per external ID',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update message',
				description: 'Change fields of a message, for example once the call has ended',
			},
		],
		default: 'create',
	},
	...create.description,
	...update.description,
];
