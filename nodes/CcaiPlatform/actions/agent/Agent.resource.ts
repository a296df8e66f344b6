import type { INodeProperties } from 'n8n-workflow';

import * as get from './get.operation';
import * as getMany from './getMany.operation';

export { get, getMany };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['agent'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get agent',
				description: 'Get one agent, with the present status',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many agents',
				description: 'Get all agents with their statuses, or those whose status changed since a time',
			},
		],
		default: 'getMany',
	},
	...get.description,
	...getMany.description,
];
