import type { INodeProperties } from 'n8n-workflow';

import {
	listConversations,
	listCustomerConversations,
} from '../../../../lib/kustomer/resources/conversations';
import { locatedOf } from '../../../../lib/n8n/panel/values';
import { customerLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleConversation } from '../output';
import { wantedResults } from '../../../../lib/n8n/panel/fields';

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'Get a list of conversations of one customer or of all',
};

export const description: INodeProperties[] = [
	{
		...customerLocator,
		required: false,
		description: 'Only conversations of this customer. Empty lists those of the whole organization.',
	},
	returnAll,
	limit,
	simplify,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const limit = wantedResults(parameters);
	const customer = locatedOf(parameters.get('customer'), 'Customer');
	const conversations =
		customer === undefined
			? await listConversations(client, { limit })
			: await listCustomerConversations(client, customer.value, { limit });
	return conversations.map((conversation) => result(parameters, {}, conversation, simpleConversation));
};
