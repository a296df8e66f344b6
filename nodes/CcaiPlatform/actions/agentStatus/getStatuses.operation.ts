import type { INodeProperties } from 'n8n-workflow';

import { listUserStatuses } from '../../../../lib/platforms/ccaip/api/resources/user-statuses';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Get Statuses',
	action: 'Get all agent statuses',
	description: 'Get the list of statuses that agents can have',
};

export const description: INodeProperties[] = [optionsCollection()];

export const execute: ExecuteOperation = async ({ client }) =>
	(await listUserStatuses(client)).map(({ id, name, color, isSystem }) => ({
		id,
		name,
		color,
		system: isSystem,
	}));
