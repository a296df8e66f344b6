import type { INodeProperties } from 'n8n-workflow';

import { listPresences } from '../../../../lib/platforms/babelforce/api/resources/presences';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Get Presences',
	action: 'Get all presences',
	description: 'Get the list of presences that agents can have',
};

export const description: INodeProperties[] = [optionsCollection()];

export const execute: ExecuteOperation = async ({ once }) =>
	(await once(listPresences)).map(({ name, label, available, count, isDefault }) => ({
		name,
		label,
		available,
		...(count === undefined ? {} : { count }),
		default: isDefault,
	}));
