import type { INodeProperties } from 'n8n-workflow';

import { withStatus } from '../../../../lib/platforms/babelforce/agent-hold';
import { getAgentStatus } from '../../../../lib/platforms/babelforce/api/resources/agent-statuses';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { agentLocator } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { agentStatusItem, result } from '../output';
import { agentNamed } from '../read';

export const option: OperationOption = {
	name: 'Get',
	action: 'Get agent status',
	description: 'Get what one agent is doing: presence, line and account',
};

export const description: INodeProperties[] = [agentLocator, simplify, optionsCollection()];

export const execute: ExecuteOperation = async (call) => {
	const agent = await agentNamed(call);
	return result(
		call.parameters,
		withStatus(agent, await getAgentStatus(call.client, agent.id)),
		agentStatusItem,
	);
};
