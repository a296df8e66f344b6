import type { INodeProperties } from 'n8n-workflow';

import * as agent from './agent/Agent.resource';
import * as agentStatus from './agentStatus/AgentStatus.resource';
import * as call from './call/Call.resource';
import * as recording from './recording/Recording.resource';

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
			{ name: 'Call', value: 'call' },
			{ name: 'Recording', value: 'recording' },
		],
		default: 'call',
	},
	...call.description,
	...recording.description,
	...agent.description,
	...agentStatus.description,
];
