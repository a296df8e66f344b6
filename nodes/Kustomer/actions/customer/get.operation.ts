import type { INodeProperties } from 'n8n-workflow';

import { textOf } from '../../../../lib/n8n/panel/values';
import { customerFinder } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCustomer } from '../output';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { customerTarget } from '../read';
import { defaultCountry } from './fields';
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
