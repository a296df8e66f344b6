import type { INodeProperties } from 'n8n-workflow';

import {
	setAgentEnabled,
	withKnownStatus,
} from '../../../../lib/platforms/babelforce/api/resources/agent-statuses';
import { agentLocator } from '../descriptions/locators';
import { duringCalls, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { outcomeItem } from '../output';
import { agentNamed, setsDuringCalls } from '../read';

export const option: OperationOption = {
	name: 'Disable',
	action: 'Disable agent',
	description: 'Disable the account of an agent',
};

export const description: INodeProperties[] = [agentLocator, optionsCollection([duringCalls])];

export const execute: ExecuteOperation = async (call) => {
	const agent = await withKnownStatus(call.client, await agentNamed(call));
	const wish = { enabled: false, duringCalls: setsDuringCalls(call) };
	return outcomeItem(await setAgentEnabled(call.client, agent, wish));
};
