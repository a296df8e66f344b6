import type { INodeProperties } from 'n8n-workflow';

import { resourceProperties } from '../../../lib/n8n/panel/resource-properties';
import { resources } from './router';

/** The node's panel. Names of parameters and their values are public: workflows that people saved hold them. */
export const properties: INodeProperties[] = resourceProperties(
	[
		{ name: 'Agent', value: 'agent' },
		{ name: 'Agent Status', value: 'agentStatus' },
		{ name: 'Call', value: 'call' },
		{ name: 'Media', value: 'media' },
		{ name: 'Recording', value: 'recording' },
		{ name: 'Session', value: 'session' },
		{ name: 'Storage File', value: 'storageFile' },
	],
	'session',
	resources,
);
