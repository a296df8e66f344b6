import type { INodeProperties } from 'n8n-workflow';

import { listAgents } from '../../../../lib/platforms/babelforce/api/resources/agents';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import { wantedResults } from '../../../../lib/n8n/panel/fields';
import { filters, readFilters } from '../agent/filters';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { agentStatusItem, result } from '../output';

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many agent statuses',
	description: 'Get what all agents are doing, in one request for each 100',
};

export const description: INodeProperties[] = [returnAll, limit, filters, simplify, optionsCollection()];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	// The list holds the states of every agent.
	const wanted = readFilters(parameters.get('agentFilters'));
	const agents = await listAgents(client, wanted, wantedResults(parameters));
	return agents.map((agent) => result(parameters, agent, agentStatusItem));
};
