import type { INodeProperties } from 'n8n-workflow';

import { findUsersByEmail } from '../../../../lib/kustomer/resources/users';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleUser } from '../output';
import { requiredText } from '../../../../lib/n8n/panel/fields';

export const option: OperationOption = {
	name: 'Find',
	action: 'Find user by email',
	description: 'Find a Kustomer user by email address',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'name@email.com',
		description: 'Email address that the user signs in to Kustomer with',
	},
	simplify,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const email = requiredText(parameters, 'email', 'Email');
	const users = await findUsersByEmail(client, email);
	return result(parameters, { found: users.length > 0, matches: users.length, email }, users[0], simpleUser);
};
