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
		displayOptions: { show: { resource: ['call'] } },
		options: [
			{ name: 'Get', value: 'get', action: 'Get call', description: 'Get one call' },
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many calls',
				description: 'Get a list of calls',
			},
		],
		default: 'get',
	},
	...get.description,
	...getMany.description,
];
