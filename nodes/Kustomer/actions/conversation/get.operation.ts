import type { INodeProperties } from 'n8n-workflow';

import { conversationLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleConversation } from '../output';
import { conversationTarget } from '../../../../lib/n8n/kustomer/fields/read';
import { readConversation } from './read-conversation';

export const option: OperationOption = {
	name: 'Get',
	action: 'Get conversation',
	description: 'Get one conversation',
};

export const description: INodeProperties[] = [
	{ ...conversationLocator, description: 'The conversation to get' },
	simplify,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const conversation = await readConversation(client, conversationTarget(parameters));
	return result(parameters, {}, conversation, simpleConversation);
};
