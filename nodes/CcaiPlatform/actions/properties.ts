import type { INodeProperties } from 'n8n-workflow';

import * as media from './media/Media.resource';
import * as recording from './recording/Recording.resource';
import * as session from './session/Session.resource';

/** The node's panel. Names of parameters and their values are public: workflows that people saved hold them. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Media', value: 'media' },
			{ name: 'Recording', value: 'recording' },
			{ name: 'Session', value: 'session' },
		],
		default: 'session',
	},
	...media.description,
	...recording.description,
	...session.description,
];
