import type { INodeProperties } from 'n8n-workflow';

import { showFor } from '../../../../lib/n8n/panel/show-for';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { agentLocator } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation } from '../operation';
import { result, simpleAgent } from '../output';
import { agentNamed } from '../read';

export const description: INodeProperties[] = showFor(
	'agent',
	['get'],
	[agentLocator, simplify, optionsCollection()],
);

export const execute: ExecuteOperation = async (call) =>
	result(call.parameters, await agentNamed(call), simpleAgent);
