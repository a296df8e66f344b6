import type { INodeProperties } from 'n8n-workflow';

import * as getStatuses from './getStatuses.operation';
import * as set from './set.operation';

export { getStatuses, set };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['agentStatus'] } },
		options: [
			{
				name: 'Get Statuses',
				value: 'getStatuses',
				action: 'Get all agent statuses',
				description: 'Get the list of statuses that agents can have',
			},
			{
				name: 'Set',
				value: 'set',
				action: 'Set agent status',
				description: 'Give agents a status; items with the same status are sent together',
			},
		],
		default: 'set',
	},
	...getStatuses.description,
	...set.description,
];
