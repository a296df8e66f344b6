import type { INodeProperties } from 'n8n-workflow';

import { agentWithEmail, getAgent } from '../../../../lib/platforms/ccaip/api/resources/agents';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { agentLocator } from '../descriptions/agent';
import { showFor } from '../../../../lib/n8n/panel/show-for';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation } from '../operation';
import { agentItem } from '../output';
import { requiredLocator } from '../read';

export const description: INodeProperties[] = showFor(
	'agent',
	['get'],
	[agentLocator, simplify, optionsCollection()],
);

export const execute: ExecuteOperation = async ({ client, parameters, shared }) => {
	const { mode, value } = requiredLocator(parameters, 'agent', 'Agent');
	const agent =
		mode === 'email' ? agentWithEmail(await shared.agents(client), value) : await getAgent(client, value);
	return [agentItem(parameters, agent)];
};
