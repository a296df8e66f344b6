import type { INodeProperties } from 'n8n-workflow';

import { createCustomer } from '../../../../lib/kustomer/operations/create-customer';
import { textOf } from '../../../../lib/n8n/panel/values';
import { customAttributes } from '../descriptions/fields';
import { optionsCollection, unknownAttributes } from '../descriptions/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { writingOptions } from '../read';
import {
	customerFieldsOf,
	defaultCountry,
	email,
	emailsOf,
	externalId,
	furtherFields,
	name,
	phone,
	phonesOf,
} from './fields';

export const option: OperationOption = {
	name: 'Create',
	action: 'Create customer',
	description: 'Create a new customer',
};

export const description: INodeProperties[] = [
	name,
	phone,
	email,
	externalId,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: furtherFields,
	},
	customAttributes,
	simplify,
	optionsCollection([defaultCountry, unknownAttributes]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const options = fieldsOf(parameters.get('options'));
	const { custom, unknownAttributes: policy } = writingOptions(parameters);
	const { customer, created, leftOut } = await createCustomer(client, {
		fields: {
			...customerFieldsOf(fieldsOf(parameters.get('additionalFields'))),
			name: textOf(parameters.get('name'), 'Name'),
			phones: phonesOf(parameters.get('phone'), 'Phone Number'),
			emails: emailsOf(parameters.get('email'), 'Email'),
			externalId: textOf(parameters.get('externalId'), 'External ID'),
			custom,
		},
		defaultCountry: textOf(options.defaultCountry, 'Default Country'),
		unknownAttributes: policy,
	});
	return result(parameters, { created, leftOut }, customer, simpleCustomer);
};
