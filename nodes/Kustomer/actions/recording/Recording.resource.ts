import type { INodeProperties } from 'n8n-workflow';

import * as upload from './upload.operation';

export { upload };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['recording'] } },
		options: [
			{
				name: 'Upload',
				value: 'upload',
				action: 'Upload recording',
				description:
					'Store a recording, transcript, photo or other file of a session in Kustomer, once, however large',
			},
		],
		default: 'upload',
	},
	...upload.description,
];
