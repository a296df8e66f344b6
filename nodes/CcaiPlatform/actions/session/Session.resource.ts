import type { INodeProperties } from 'n8n-workflow';

import * as getCall from './getCall.operation';
import * as getChat from './getChat.operation';
import * as getMany from './getMany.operation';

export { getCall, getChat, getMany };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['session'] } },
		options: [
			{
				name: 'Get Call',
				value: 'getCall',
				action: 'Get call',
				description: 'Get one call, ready to be logged in Kustomer',
			},
			{
				name: 'Get Chat',
				value: 'getChat',
				action: 'Get chat',
				description: 'Get one chat, ready to be logged in Kustomer',
			},
			{
				name: 'Get Many',
				value: 'getMany',
				action: 'Get many sessions',
				description: 'Get the calls and chats that changed in a period of time',
			},
		],
		default: 'getMany',
	},
	...getCall.description,
	...getChat.description,
	...getMany.description,
];
