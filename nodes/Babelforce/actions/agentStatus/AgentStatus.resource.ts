import type { INodeProperties } from 'n8n-workflow';

import * as disable from './disable.operation';
import * as enable from './enable.operation';
import * as get from './get.operation';
import * as getMany from './getMany.operation';
import * as getPresences from './getPresences.operation';
import * as set from './set.operation';

export { disable, enable, get, getMany, getPresences, set };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['agentStatus'] } },
		options: [
			{
				name: 'Disable',
				value: 'disable',
				action: 'Disable agent',
				description: 'Disable the account of an agent',
			},
			{
				name: 'Enable',
				value: 'enable',
				action: 'Enable agent',
				description: 'Enable the account of an agent',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get agent status',
				description: 'Get what one agent is doing: presence, line and account',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many agent statuses',
				description: 'Get what all agents are doing, in one request for each 100',
			},
			{
				name: 'Get Presences',
				value: 'getPresences',
				action: 'Get all presences',
				description: 'Get the list of presences that agents can have',
			},
			{
				name: 'Set',
				value: 'set',
				action: 'Set agent status',
				description: 'Give an agent a presence, unless the agent is on a call',
			},
		],
		default: 'getMany',
	},
	...get.description,
	...getMany.description,
	...getPresences.description,
	...set.description,
	...enable.description,
	...disable.description,
];
