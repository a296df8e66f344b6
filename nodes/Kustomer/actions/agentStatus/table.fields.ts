import type { INodeProperties } from 'n8n-workflow';

import type { TableRow } from '../../../../lib/agent-status/rules/mapping';
import { textOf } from '../../../../lib/n8n/panel/values';
import { PLATFORM_APIS } from '../../../../lib/n8n/platform-apis';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { credentialChoice } from '../descriptions/credential-choice';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';

/** Platforms whose statuses can be offered, by the credential that they are asked with. */
const LISTED = PLATFORM_APIS.map(({ credentialType }) => credentialType);

/**
 * Which platform it is, for both operations with a table. Named like the choice of a credential elsewhere in the node,
 * because n8n shows a credential by the value of one parameter.
 */
export const platform = credentialChoice(
	'agentStatus',
	{
		displayName: 'Platform',
		name: 'sourceAuthentication',
		type: 'options',
		noDataExpression: true,
		options: [
			...PLATFORM_APIS.map(({ platform: { label }, credentialType, uses }) => ({
				name: label,
				value: credentialType,
				description: uses.statuses,
			})),
			{ name: 'Other', value: 'none', description: 'Statuses are typed' },
		],
		default: 'none',
		description:
			'Where the statuses in the right column of the table come from. The credential is used to list them, for nothing else.',
	},
	{ operation: ['get', 'set'] },
);

/** A status of the platform: chosen from the list, or typed for other platforms. */
function platformStatus(name: string, displayName: string, description: string): INodeProperties[] {
	return [
		{
			displayName: `${displayName} Name or ID`,
			name,
			type: 'options',
			allowArbitraryValues: true,
			typeOptions: {
				loadOptionsMethod: 'getPlatformStatuses',
				loadOptionsDependsOn: ['sourceAuthentication'],
			},
			default: '',
			description:
				'The status on the platform; its name is understood, too. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			displayOptions: { show: { '/sourceAuthentication': LISTED } },
		},
		{
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder: 'e.g. Break',
			description: `${description}. Its name or ID; capital letters and spaces do not matter.`,
			displayOptions: { show: { '/sourceAuthentication': ['none'] } },
		},
	];
}

/** The table (S1) and what counts for everything that is not in it. */
export const tableFields: INodeProperties[] = [
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'fixedCollection',
		placeholder: 'Add Row',
		default: {},
		typeOptions: { multipleValues: true, sortable: true },
		description:
			'Which platform status belongs to which Kustomer status. Several Kustomer statuses may lead to one platform status; in the other direction the first row counts.',
		options: [
			{
				displayName: 'Row',
				name: 'rows',
				values: [
					{
						displayName: 'Kustomer Status Name or ID',
						name: 'kustomerStatus',
						type: 'options',
						allowArbitraryValues: true,
						typeOptions: { loadOptionsMethod: 'getMappableStatuses' },
						default: '',
						description:
							'A status of your organization; its name is understood, too. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					...platformStatus('platformStatus', 'Platform Status', 'The status on the platform'),
				],
			},
		],
	},
	...platformStatus(
		'otherStatuses',
		'All Other Statuses',
		'Platform status for Kustomer statuses without a row. Empty changes nothing for them and reports them',
	),
];

/**
 * The table as it is for one item.
 *
 * @throws {InputError} when a status is no text
 */
export function tableOf(parameters: ItemParameters): { table: TableRow[]; fallback: string | undefined } {
	const { rows } = fieldsOf(parameters.get('statuses'));
	return {
		table: (Array.isArray(rows) ? rows : []).map((row: unknown) => {
			const { kustomerStatus, platformStatus: status } = fieldsOf(row);
			return {
				kustomer: textOf(kustomerStatus, 'Kustomer Status') ?? '',
				platform: textOf(status, 'Platform Status') ?? '',
			};
		}),
		fallback: textOf(parameters.get('otherStatuses'), 'All Other Statuses'),
	};
}
