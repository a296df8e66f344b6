import type { INodeProperties } from 'n8n-workflow';

import {
	agentWithEmail,
	getAgent,
	listAllAgents,
} from '../../../../lib/platforms/ccaip/api/resources/agents';
import { requiredLocator } from '../../../../lib/n8n/panel/fields';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { agentLocator } from '../descriptions/agent';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { agentItem } from '../output';

export const option: OperationOption = {
	name: 'Get',
	action: 'Get agent',
	description: 'Get one agent, with the present status',
};

export const description: INodeProperties[] = [agentLocator, simplify, optionsCollection()];

export const execute: ExecuteOperation = async ({ client, parameters, once }) => {
	const { mode, value } = requiredLocator(parameters, 'agent', 'Agent');
	const agent =
		mode === 'email' ? agentWithEmail(await once(listAllAgents), value) : await getAgent(client, value);
	return [agentItem(parameters, agent)];
};
