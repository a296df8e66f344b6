import type { INodeProperties } from 'n8n-workflow';

import { listAgents } from '../../../../lib/platforms/babelforce/api/resources/agents';
import { showFor } from '../../../../lib/n8n/panel/show-for';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import { wantedResults } from '../../../../lib/n8n/panel/fields';
import { filters, readFilters } from '../agent/filters';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation } from '../operation';
import { agentStatusItem, result } from '../output';

export const description: INodeProperties[] = showFor(
	'agentStatus',
	['getMany'],
	[returnAll, limit, filters, simplify, optionsCollection()],
);

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	// The list holds the states of every agent.
	const wanted = readFilters(parameters.get('agentFilters'));
	const agents = await listAgents(client, wanted, wantedResults(parameters));
	return agents.map((agent) => result(parameters, agent, agentStatusItem));
};
