import type { INodeProperties } from 'n8n-workflow';

import * as agentStatus from './agentStatus/AgentStatus.resource';
import * as conversation from './conversation/Conversation.resource';
import * as customer from './customer/Customer.resource';
import { resources } from './descriptions/resources';
import * as field from './field/Field.resource';
import * as message from './message/Message.resource';
import * as note from './note/Note.resource';
import * as recording from './recording/Recording.resource';
import * as session from './session/Session.resource';
import * as user from './user/User.resource';

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
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: resources,
		default: 'conversation',
	},
	...conversation.description,
	...customer.description,
	...message.description,
	...note.description,
	...recording.description,
	...session.description,
	...field.description,
	...agentStatus.description,
	...user.description,
];
