import type { INodeProperties } from 'n8n-workflow';

import * as log from './log.operation';

export { log };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['session'] } },
		options: [
			{
				name: 'Log',
				value: 'log',
				action: 'Log session',
				description:
					'Bring a call or chat into Kustomer, once, whatever event of it arrives: the customer, the conversation by your record rules, and everything that is known',
			},
		],
		default: 'log',
	},
	...log.description,
];
