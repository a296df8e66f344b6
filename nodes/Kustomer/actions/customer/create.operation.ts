import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../../lib/http/errors';
import type { CustomerFields } from '../../../../lib/kustomer/inputs';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { createCustomer } from '../../../../lib/kustomer/operations/create-customer';
import { textOf } from '../../../../lib/n8n/panel/values';
import { customAttributes } from '../../../../lib/n8n/kustomer/fields/fields';
import { optionsCollection, unknownAttributes } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { writingOptions } from '../../../../lib/n8n/kustomer/fields/read';
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
} from '../../../../lib/n8n/kustomer/fields/customer';

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
	const fields = {
		...customerFieldsOf(fieldsOf(parameters.get('additionalFields'))),
		name: textOf(parameters.get('name'), 'Name'),
		phones: phonesOf(parameters.get('phone'), 'Phone Number'),
		emails: emailsOf(parameters.get('email'), 'Email'),
		externalId: textOf(parameters.get('externalId'), 'External ID'),
	};
	refuseNobody(parameters, fields);
	const { customer, created, leftOut } = await createCustomer(client, {
		fields: { ...fields, custom },
		defaultCountry: textOf(options.defaultCountry, 'Default Country'),
		unknownAttributes: policy,
	});
	return result(parameters, { created, leftOut }, customer, simpleCustomer);
};

/** What a customer is recognized by, as the panel shows it. */
const IDENTIFYING = [
	{ name: 'phone', label: 'Phone Number' },
	{ name: 'email', label: 'Email' },
	{ name: 'externalId', label: 'External ID' },
];

/**
 * A customer whom nothing identifies is created with every run once more. A name alone will do where nothing else was meant.
 *
 * @throws {InputError} when nothing is filled in, or an expression for what identifies the customer gave no value
 */
function refuseNobody(parameters: ItemParameters, fields: CustomerFields): void {
	const { phones, emails, externalId, username, sharedPhones, sharedEmails, name } = fields;
	if ([phones, emails, externalId, username, sharedPhones, sharedEmails].some((one) => one !== undefined))
		return;
	const emptied = IDENTIFYING.filter((field) => parameters.varies(field.name));
	if (emptied.length === 0 && name !== undefined) return;
	const labels = (emptied.length === 0 ? IDENTIFYING : emptied).map(({ label }) => `'${label}'`).join(', ');
	throw new InputError(
		emptied[0]?.name ?? 'phone',
		`Nothing identifies the customer: no value in ${labels}.`,
		emptied.length === 0
			? 'Fill in one of these fields, or at least the name.'
			: 'Check the expression: it gave no value for this item. To create a customer with nothing but a name, empty the field.',
	);
}
