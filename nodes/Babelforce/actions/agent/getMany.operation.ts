import type { INodeProperties } from 'n8n-workflow';

import { listAgents } from '../../../../lib/platforms/babelforce/api/resources/agents';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import { wantedResults } from '../../../../lib/n8n/panel/fields';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleAgent } from '../output';
import { filters, readFilters } from './filters';

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many agents',
	description: 'Get a list of agents',
};

export const description: INodeProperties[] = [returnAll, limit, filters, simplify, optionsCollection()];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const wanted = readFilters(parameters.get('agentFilters'));
	const agents = await listAgents(client, wanted, wantedResults(parameters));
	return agents.map((agent) => result(parameters, agent, simpleAgent));
};
