import type { INodeProperties } from 'n8n-workflow';

import { getCall } from '../../../../lib/platforms/babelforce/api/resources/calls';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { requiredText } from '../../../../lib/n8n/panel/fields';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCall } from '../output';

export const option: OperationOption = { name: 'Get', action: 'Get call', description: 'Get one call' };

export const description: INodeProperties[] = [
	{
		displayName: 'Call ID',
		name: 'callId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b',
		description: 'The ID of the call to get, with or without hyphens',
	},
	simplify,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) =>
	result(parameters, await getCall(client, requiredText(parameters, 'callId', 'Call ID')), simpleCall);
