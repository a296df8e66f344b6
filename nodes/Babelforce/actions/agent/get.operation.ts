import type { INodeProperties } from 'n8n-workflow';

import { simplify } from '../../../../lib/n8n/panel/output-fields';
import { agentLocator } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleAgent } from '../output';
import { agentNamed } from '../read';

export const option: OperationOption = { name: 'Get', action: 'Get agent', description: 'Get one agent' };

export const description: INodeProperties[] = [agentLocator, simplify, optionsCollection()];

export const execute: ExecuteOperation = async (call) =>
	result(call.parameters, await agentNamed(call), simpleAgent);
