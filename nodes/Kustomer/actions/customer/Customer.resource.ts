import type { INodeProperties } from 'n8n-workflow';

import * as create from './create.operation';
import * as findOrCreate from './findOrCreate.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as update from './update.operation';

export { create, findOrCreate, get, getMany, update };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['customer'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create customer',
				description: 'Create a new customer',
			},
			{
				name: 'Find or Create',
				value: 'findOrCreate',
				action: 'Find or create customer',
				description:
					'Find a customer by phone number, email or external ID, and create one when nobody is found',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get customer',
				description: 'Get one customer',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many customers',
				description: 'Get a list of customers, the newest first',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update customer',
				description: 'Change fields of a customer',
			},
		],
		default: 'findOrCreate',
	},
	...create.description,
	...findOrCreate.description,
	...get.description,
	...getMany.description,
	...update.description,
];
