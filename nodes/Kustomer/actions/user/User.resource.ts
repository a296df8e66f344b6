import type { INodeProperties } from 'n8n-workflow';

import * as find from './find.operation';

export { find };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		options: [
			{
				name: 'Find',
				value: 'find',
				action: 'Find user by email',
				description: 'Find a Kustomer user by email address',
			},
		],
		default: 'find',
	},
	...find.description,
];
