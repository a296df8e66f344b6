import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { TEST_CALLER } from '../../../../lib/domain/test-call';
import { removeTestCalls } from '../../../../lib/kustomer/operations/remove-test-calls';
import { flagOf } from '../../../../lib/n8n/panel/fields';
import { dryRun, optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Remove',
	action: 'Remove test calls',
	description: 'Delete the conversations of test calls from Kustomer, and their customer, and nothing else',
};

export const notForAgents = 'It is for trying a workflow before real calls come.';

export const description: INodeProperties[] = [
	{
		displayName: `Deletes conversations that were made by test calls, and the customer with the number ${TEST_CALLER} when there is nothing else of them. That number is reserved for fiction: no real caller has it.`,
		name: 'removeTestCallsNotice',
		type: 'notice',
		default: '',
	},
	dryRun,
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) =>
	(await removeTestCalls(client, {
		dryRun: flagOf(parameters.get('dryRun'), 'Dry Run') ?? false,
	})) as unknown as IDataObject;
