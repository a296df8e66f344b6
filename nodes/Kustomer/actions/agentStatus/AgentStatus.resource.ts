import type { INodeProperties } from 'n8n-workflow';

import * as compare from './compare.operation';
import * as get from './get.operation';
import * as map from './map.operation';
import * as set from './set.operation';
import { platform } from './table.fields';

export { compare, get, map, set };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['agentStatus'] } },
		options: [
			{
				name: 'Compare',
				value: 'compare',
				action: 'Compare agent statuses',
				description:
					'Compare the agents of a platform with Kustomer and say which statuses have to be changed where',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get agent status',
				description: 'Get the status that an agent, or every agent, has in Kustomer now',
			},
			{
				name: 'Map',
				value: 'map',
				action: 'Map agent status',
				description: 'Find the status on the other side that a table leads to',
			},
			{
				name: 'Set',
				value: 'set',
				action: 'Set agent status',
				description: 'Give an agent who is signed in to Kustomer another status',
			},
		],
		default: 'get',
	},
	platform,
	...compare.description,
	...get.description,
	...map.description,
	...set.description,
];
