import type { INodeProperties } from 'n8n-workflow';

import * as createSessionFields from './createSessionFields.operation';

export { createSessionFields };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['field'] } },
		options: [
			{
				name: 'Create Session Fields',
				value: 'createSessionFields',
				action: 'Create session fields',
				description:
					'Create the custom attributes that sessions fill in Kustomer, once for an organization, safe to repeat',
			},
		],
		default: 'createSessionFields',
	},
	...createSessionFields.description,
];
