import type { INodeProperties } from 'n8n-workflow';

import { getSession } from '../../../../lib/platforms/ccaip/api/resources/sessions';
import { externalIdPrefix, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { sessionItem } from '../output';
import { prefixOf, sessionOf } from '../read';

export const option: OperationOption = {
	name: 'Get Call',
	action: 'Get call',
	description: 'Get one call, ready to be logged in Kustomer',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Call ID',
		name: 'callId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 123 or call-123',
		description: 'The number that CCAI Platform gave the call, with or without "call-" in front',
	},
	optionsCollection([externalIdPrefix]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const call = sessionOf(parameters, 'callId', 'call', 'Call ID');
	return [sessionItem(await getSession(client, call), 'call', prefixOf(parameters))];
};
