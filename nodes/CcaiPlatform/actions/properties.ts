import type { INodeProperties } from 'n8n-workflow';

import * as agent from './agent/Agent.resource';
import * as agentStatus from './agentStatus/AgentStatus.resource';
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
			{ name: 'Agent', value: 'agent' },
			{ name: 'Agent Status', value: 'agentStatus' },
			{ name: 'Media', value: 'media' },
			{ name: 'Recording', value: 'recording' },
			{ name: 'Session', value: 'session' },
		],
		default: 'session',
	},
	...agent.description,
	...agentStatus.description,
	...media.description,
	...recording.description,
	...session.description,
];
