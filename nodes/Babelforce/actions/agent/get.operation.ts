import type { INodeProperties } from 'n8n-workflow';

import { getAgent, getAgentBySource } from '../../../../lib/babelforce/resources/agents';
import { showFor } from '../../../Kustomer/actions/descriptions/display';
import { simplify } from '../../../Kustomer/actions/descriptions/output';
import { requiredLocator } from '../../../Kustomer/actions/read';
import { agentLocator } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation } from '../operation';
import { result, simpleAgent } from '../output';

export const description: INodeProperties[] = showFor(
	'agent',
	['get'],
	[agentLocator, simplify, optionsCollection()],
);

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const { mode, value } = requiredLocator(parameters, 'agent', 'Agent');
	const agent = mode === 'sourceId' ? await getAgentBySource(client, value) : await getAgent(client, value);
	return result(parameters, agent, simpleAgent);
};
