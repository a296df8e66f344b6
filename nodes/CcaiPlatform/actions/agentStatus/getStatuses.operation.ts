import type { INodeProperties } from 'n8n-workflow';

import { listUserStatuses } from '../../../../lib/platforms/ccaip/api/resources/user-statuses';
import { showFor } from '../../../../lib/n8n/panel/show-for';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation } from '../operation';

export const description: INodeProperties[] = showFor('agentStatus', ['getStatuses'], [optionsCollection()]);

export const execute: ExecuteOperation = async ({ client }) =>
	(await listUserStatuses(client)).map(({ id, name, color, isSystem }) => ({
		id,
		name,
		color,
		system: isSystem,
	}));
