import type { INodeProperties } from 'n8n-workflow';

import { textOf } from '../../../../lib/n8n/panel/values';
import { customerFinder } from '../../../../lib/n8n/kustomer/fields/locators';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { customerTarget } from '../../../../lib/n8n/kustomer/fields/read';
import { defaultCountry } from '../../../../lib/n8n/kustomer/fields/customer';
import { readCustomer } from './read-customer';

export const option: OperationOption = {
	name: 'Get',
	action: 'Get customer',
	description: 'Get one customer',
};

export const description: INodeProperties[] = [customerFinder, simplify, optionsCollection([defaultCountry])];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const options = fieldsOf(parameters.get('options'));
	const country = textOf(options.defaultCountry, 'Default Country');
	const customer = await readCustomer(client, customerTarget(parameters), country);
	return result(parameters, {}, customer, simpleCustomer);
};
