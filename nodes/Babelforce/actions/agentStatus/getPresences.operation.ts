import type { INodeProperties } from 'n8n-workflow';

import { showFor } from '../../../../lib/n8n/panel/show-for';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation } from '../operation';

export const description: INodeProperties[] = showFor('agentStatus', ['getPresences'], [optionsCollection()]);

export const execute: ExecuteOperation = async ({ presences }) =>
	(await presences()).map(({ name, label, available, count, isDefault }) => ({
		name,
		label,
		available,
		...(count === undefined ? {} : { count }),
		default: isDefault,
	}));
