import type { INodeProperties } from 'n8n-workflow';

import { resourceProperties } from '../../../lib/n8n/panel/resource-properties';
import { resourceOptions } from './descriptions/resource-options';
import { resources } from './router';

/** The node's panel. Names of parameters and their values are public: workflows that people saved hold them. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{ name: 'API Key', value: 'apiKey' },
			{ name: 'OAuth2', value: 'oAuth2' },
		],
		default: 'apiKey',
		description: 'How n8n signs in to Kustomer',
	},
	...resourceProperties(resourceOptions, 'conversation', resources),
];
