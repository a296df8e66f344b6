import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	getAgentStatus,
	getAllAgentStatuses,
	type AgentStatusReport,
} from '../../../../lib/kustomer/operations/get-agent-status';
import { choiceOf } from '../../../../lib/n8n/panel/values';
import { agentLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { present } from '../../../../lib/n8n/run/present';
import { flagOf } from '../../../../lib/n8n/panel/fields';
import { agentTarget } from './agent';

export const option: OperationOption = {
	name: 'Get',
	action: 'Get agent status',
	description: 'Get the status that an agent, or every agent, has in Kustomer now',
};

export const description: INodeProperties[] = [
	{
		displayName: 'Agents',
		name: 'agents',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'All',
				value: 'all',
				description: 'One item for each agent. Takes one request per 100 agents who are signed in.',
			},
			{ name: 'One', value: 'one', description: 'The agent that you name' },
		],
		default: 'one',
		description: 'Whose status to get',
	},
	{
		...agentLocator,
		description: 'The agent whose status to get',
		displayOptions: { show: { agents: ['one'] } },
	},
	{
		displayName: 'Signed-In Agents Only',
		name: 'signedInOnly',
		type: 'boolean',
		default: false,
		description: 'Whether to leave out agents who are offline',
		displayOptions: { show: { agents: ['all'] } },
	},
	optionsCollection(),
];

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const agents = choiceOf(parameters.get('agents'), 'Agents', ['one', 'all']);
	if (agents !== 'all') return outputOf(await getAgentStatus(client, agentTarget(parameters)));

	const signedInOnly = flagOf(parameters.get('signedInOnly'), 'Signed-In Agents Only') ?? false;
	const reports = await getAllAgentStatuses(client);
	return reports.filter(({ signedIn }) => signedIn || !signedInOnly).map(outputOf);
};

function outputOf(report: AgentStatusReport): IDataObject {
	return present({ ...report });
}
