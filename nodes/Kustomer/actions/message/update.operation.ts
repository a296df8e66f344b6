import type { INodeProperties } from 'n8n-workflow';

import { updateMessage } from '../../../../lib/kustomer/operations/update-message';
import { customAttributes } from '../../../../lib/n8n/kustomer/fields/fields';
import { messageLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import {
	chooseId,
	emptyAttributes,
	optionsCollection,
	unknownAttributes,
} from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleMessage } from '../output';
import { fieldsOf, requiredLocator } from '../../../../lib/n8n/panel/fields';
import { writingOptions } from '../../../../lib/n8n/kustomer/fields/read';
import { messageFields, messageFieldsOf } from './fields';

export const option: OperationOption = {
	name: 'Update',
	action: 'Update message',
	description: 'Change fields of a message, for example once the call has ended',
};

export const description: INodeProperties[] = [
	messageLocator,
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Fields to change. Empty fields are left as they are.',
		options: messageFields,
	},
	customAttributes,
	simplify,
	optionsCollection([chooseId, emptyAttributes, unknownAttributes]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const { mode, value } = requiredLocator(parameters, 'message', 'Message');
	const { message, leftOut } = await updateMessage(client, {
		...messageFieldsOf(fieldsOf(parameters.get('updateFields')), parameters.timezone),
		target: mode === 'externalId' ? { externalId: value } : { id: value },
		...writingOptions(parameters),
	});
	return result(parameters, { leftOut }, message, simpleMessage);
};
