import type { INodeProperties } from 'n8n-workflow';

import { ResultForOutput } from '../../../../lib/n8n/run/items';
import { choiceOf, textOf } from '../../../../lib/n8n/panel/values';
import { mapStatus } from '../../../../lib/agent-status/rules/map-status';
import { present } from '../../../../lib/n8n/run/present';
import type { ExecuteOperation, OperationOption } from '../operation';
import { requiredText } from '../../../../lib/n8n/panel/fields';
import { tableFields, tableOf } from './table.fields';

export const option: OperationOption = {
	name: 'Map',
	action: 'Map agent status',
	description: 'Find the status on the other side that a table leads to',
};

export const notForAgents = 'It sorts items by a table.';

export const description: INodeProperties[] = [
	{
		displayName: 'Direction',
		name: 'mapDirection',
		type: 'options',
		options: [
			{
				name: 'Kustomer to Platform',
				value: 'kustomerToPlatform',
				description: 'The status is one of Kustomer',
			},
			{
				name: 'Platform to Kustomer',
				value: 'platformToKustomer',
				description: 'The status is one of the platform',
			},
		],
		default: 'kustomerToPlatform',
		description: 'Which way the table is read',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: '={{ $json.status }}',
		required: true,
		placeholder: 'e.g. Lunch',
		description: 'The status to map: its name, or its ID if the table has IDs',
	},
	{
		displayName: 'Current Status on the Other Side',
		name: 'currentStatus',
		type: 'string',
		default: '',
		placeholder: 'e.g. Available',
		description:
			'The status that the agent has there now. With it, the output says whether anything has to be changed: two statuses that fit the table are left alone.',
	},
	...tableFields,
];

/** The order is public. */
export const outputs = ['Mapped', 'Unmapped'];

/** Items whose status has a row leave by the first output, the others by the second (S9). */
export const execute: ExecuteOperation = async ({ parameters, input }) => {
	const direction =
		choiceOf(parameters.get('mapDirection'), 'Direction', ['kustomerToPlatform', 'platformToKustomer']) ??
		'kustomerToPlatform';
	const mapped = mapStatus({
		direction,
		status: requiredText(parameters, 'status', 'Status'),
		current: textOf(parameters.get('currentStatus'), 'Current Status on the Other Side'),
		...tableOf(parameters),
	});
	return new ResultForOutput({ ...input, mapping: present({ ...mapped }) }, mapped.mapped ? 0 : 1);
};
