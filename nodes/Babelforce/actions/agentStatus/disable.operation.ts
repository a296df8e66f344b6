import type { INodeProperties } from 'n8n-workflow';

import { agentLocator } from '../descriptions/locators';
import { duringCalls, optionsCollection } from '../descriptions/options';
import type { OperationOption } from '../operation';
import { settingEnabled } from './set-enabled';

export const option: OperationOption = {
	name: 'Disable',
	action: 'Disable agent',
	description: 'Disable the account of an agent',
};

export const description: INodeProperties[] = [agentLocator, optionsCollection([duringCalls])];

export const execute = settingEnabled(false);
