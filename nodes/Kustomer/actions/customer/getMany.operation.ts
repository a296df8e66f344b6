import type { INodeProperties } from 'n8n-workflow';

import { listCustomers, searchCustomers } from '../../../../lib/kustomer/resources/customers';
import { textOf, timeOf } from '../../../../lib/n8n/panel/values';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf, wantedResults } from '../../../../lib/n8n/panel/fields';

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many customers',
	description: 'Get a list of customers, the newest first',
};

export const description: INodeProperties[] = [
	returnAll,
	limit,
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options: [
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
				description: 'Only customers that were created at this time or later',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. Nathan',
				description:
					'Only customers with this text in their name, email address or phone number. Kustomer allows 100 searches a minute.',
			},
			{
				displayName: 'Updated After',
				name: 'updatedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only customers that were changed at this time or later',
			},
		],
	},
	simplify,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const filters = fieldsOf(parameters.get('filters'));
	const limit = wantedResults(parameters);
	const search = textOf(filters.search, 'Search');
	const customers =
		search === undefined
			? await listCustomers(client, {
					limit,
					createdAfter: timeOf(filters.createdAfter, 'Created After', parameters.timezone),
					updatedAfter: timeOf(filters.updatedAfter, 'Updated After', parameters.timezone),
				})
			: await searchCustomers(client, search, limit);
	return customers.map((customer) => result(parameters, {}, customer, simpleCustomer));
};
