import type { INodeProperties } from 'n8n-workflow';

import * as download from './download.operation';
import * as get from './get.operation';

export { download, get };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['recording'] } },
		options: [
			{
				name: 'Download',
				value: 'download',
				action: 'Download recording',
				description: 'Get the audio of a recording as a file',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get recording',
				description: 'Get what babelforce knows of a recording, and whether it can be downloaded',
			},
		],
		default: 'download',
	},
	...download.description,
	...get.description,
];
