import type { INodeProperties } from 'n8n-workflow';

import { byDisplayName } from '../../../../lib/n8n/panel/sorting';
import { updateCustomer } from '../../../../lib/kustomer/operations/update-customer';
import { listOf, textOf } from '../../../../lib/n8n/panel/values';
import { customAttributes } from '../../../../lib/n8n/kustomer/fields/fields';
import { customerFinder } from '../../../../lib/n8n/kustomer/fields/locators';
import {
	emptyAttributes,
	optionsCollection,
	unknownAttributes,
} from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { customerTarget, writingOptions } from '../../../../lib/n8n/kustomer/fields/read';
import {
	customerFieldsOf,
	defaultCountry,
	emailsOf,
	externalId,
	furtherFields,
	name,
	phonesOf,
} from '../../../../lib/n8n/kustomer/fields/customer';

export const option: OperationOption = {
	name: 'Update',
	action: 'Update customer',
	description: 'Change fields of a customer',
};

export const description: INodeProperties[] = [
	{ ...customerFinder, description: 'The customer to change' },
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Fields to change. Empty fields are left as they are.',
		options: [
			...furtherFields,
			{
				displayName: 'Add Emails',
				name: 'addEmails',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. nathan@example.com',
				description: 'Email addresses to add to those that Kustomer holds, separated by commas',
			},
			{
				displayName: 'Add Phone Numbers',
				name: 'addPhones',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. +49 30 901820',
				description: 'Phone numbers to add to those that Kustomer holds, separated by commas',
			},
			{
				displayName: 'Remove Emails',
				name: 'removeEmails',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. nathan@example.com',
				description: 'Email addresses to remove, separated by commas',
			},
			{
				displayName: 'Remove Phone Numbers',
				name: 'removePhones',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. +49 30 901820',
				description: 'Phone numbers to remove, separated by commas',
			},
			{
				displayName: 'Emails',
				name: 'emails',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. nathan@example.com',
				description:
					'All email addresses of the customer, separated by commas. They replace those that Kustomer holds.',
			},
			externalId,
			name,
			{
				displayName: 'Phone Numbers',
				name: 'phones',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. +49 30 901820',
				description:
					'All phone numbers of the customer, separated by commas. They replace those that Kustomer holds.',
			},
		].sort(byDisplayName),
	},
	customAttributes,
	simplify,
	optionsCollection([defaultCountry, emptyAttributes, unknownAttributes]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const options = fieldsOf(parameters.get('options'));
	const fields = fieldsOf(parameters.get('updateFields'));
	const { custom, unknownAttributes: policy } = writingOptions(parameters);
	const { customer, leftOut } = await updateCustomer(client, {
		target: customerTarget(parameters),
		fields: {
			...customerFieldsOf(fields),
			externalId: textOf(fields.externalId, 'External ID'),
			phones: phonesOf(fields.phones, 'Phone Numbers'),
			emails: emailsOf(fields.emails, 'Emails'),
			custom,
		},
		addPhones: phonesOf(fields.addPhones, 'Add Phone Numbers'),
		removePhones: listOf(fields.removePhones, 'Remove Phone Numbers'),
		addEmails: emailsOf(fields.addEmails, 'Add Emails'),
		removeEmails: listOf(fields.removeEmails, 'Remove Emails'),
		defaultCountry: textOf(options.defaultCountry, 'Default Country'),
		unknownAttributes: policy,
	});
	return result(parameters, { leftOut }, customer, simpleCustomer);
};
