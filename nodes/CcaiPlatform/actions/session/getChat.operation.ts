import type { INodeProperties } from 'n8n-workflow';

import { getSession } from '../../../../lib/platforms/ccaip/api/resources/sessions';
import { externalIdPrefix, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { sessionItem } from '../output';
import { prefixOf, sessionOf } from '../read';

export const option: OperationOption = {
	name: 'Get Chat',
	action: 'Get chat',
	description: 'Get one chat, ready to be logged in Kustomer',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Chat ID',
		name: 'chatId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 987 or chat-987',
		description: 'The number that CCAI Platform gave the chat, with or without "chat-" in front',
	},
	optionsCollection([externalIdPrefix]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const chat = sessionOf(parameters, 'chatId', 'chat', 'Chat ID');
	return [sessionItem(await getSession(client, chat), 'chat', prefixOf(parameters))];
};
