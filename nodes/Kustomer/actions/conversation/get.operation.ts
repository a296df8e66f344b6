import type { INodeProperties } from 'n8n-workflow';

import { showFor } from '../../../../lib/n8n/panel/show-for';
import { conversationLocator } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation } from '../operation';
import { result, simpleConversation } from '../output';
import { conversationTarget } from '../read';
import { readConversation } from './read-conversation';

export const description: INodeProperties[] = showFor(
	'conversation',
	['get'],
	[{ ...conversationLocator, description: 'The conversation to get' }, simplify, optionsCollection()],
);

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const conversation = await readConversation(client, conversationTarget(parameters));
	return result(parameters, {}, conversation, simpleConversation);
};
