import type { INodeProperties } from 'n8n-workflow';

import { listAgents } from '../../../../lib/platforms/ccaip/api/resources/agents';
import { timeOf } from '../../../../lib/n8n/panel/values';
import { limit, returnAll, simplify } from '../../../../lib/n8n/panel/output-fields';
import { countOf, optionOf, wantedResults } from '../../../../lib/n8n/panel/fields';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { agentItem } from '../output';

const DEFAULT_PAGES = 100;

export const option: OperationOption = {
	name: 'Get Many',
	action: 'Get many agents',
	description: 'Get all agents with their statuses, or those whose status changed since a time',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Status Updated From',
		name: 'statusUpdatedFrom',
		type: 'dateTime',
		default: '',
		description:
			'Only agents whose status changed at this time or later. When empty, all agents, also those who never had a status.',
	},
	returnAll,
	limit,
	simplify,
	optionsCollection([
		{
			displayName: 'Pages at Most',
			name: 'maxPages',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 10_000 },
			default: DEFAULT_PAGES,
			description:
				'How many pages of 100 agents may be read. When there are more, the item fails, so that none is missing unnoticed.',
		},
	]),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const agents = await listAgents(client, {
		statusUpdatedFrom: timeOf(
			parameters.get('statusUpdatedFrom'),
			'Status Updated From',
			parameters.timezone,
		),
		limit: wantedResults(parameters),
		maxPages: countOf(optionOf(parameters, 'maxPages'), 'Pages at Most') ?? DEFAULT_PAGES,
	});
	return agents.map((agent) => agentItem(parameters, agent));
};
