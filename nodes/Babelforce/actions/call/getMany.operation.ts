import type { INodeProperties } from 'n8n-workflow';

import { listCalls } from '../../../../lib/platforms/babelforce/api/resources/calls';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import { wantedResults } from '../../../../lib/n8n/panel/fields';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleCall } from '../output';
import { filters, readFilters } from './filters';

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many calls',
	description: 'Get a list of calls',
};

export const description: INodeProperties[] = [returnAll, limit, filters, simplify, optionsCollection()];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const wanted = readFilters(parameters.get('filters'), parameters.timezone);
	const calls = await listCalls(client, wanted, wantedResults(parameters));
	return calls.map((call) => result(parameters, call, simpleCall));
};
