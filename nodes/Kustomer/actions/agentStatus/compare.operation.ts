import type { INodeProperties } from 'n8n-workflow';

import { compareAgents } from '../../../../lib/agent-status/compare';
import { ResultForOutput } from '../../../../lib/n8n/run/items';
import { teamByField, teamByOf } from '../../../../lib/n8n/kustomer/team-choice.field';
import { choiceOf } from '../../../../lib/n8n/panel/values';
import { teamEntries } from '../../../../lib/n8n/kustomer/fields/fields';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteTogether, OperationOption } from '../operation';
import { present } from '../../../../lib/n8n/run/present';
import { fieldsOf, flagOf, locatedIds } from '../../../../lib/n8n/panel/fields';
import { tableFields, tableOf } from './table.fields';

export const option: OperationOption = {
	name: 'Compare',
	action: 'Compare agent statuses',
	description:
		'Compare the agents of a platform with Kustomer and say which statuses have to be changed where',
};

export const notForAgents = 'It compares all agents of a platform with Kustomer, and remembers what it saw.';

export const description: INodeProperties[] = [
	{
		displayName:
			'The incoming items are all agents of the platform, as its step gives them. Let a schedule run the workflow every 15 seconds or so; the step remembers what it saw last, in published workflows only.',
		name: 'compareNotice',
		type: 'notice',
		default: '',
	},
	...tableFields,
	{
		displayName: 'Direction',
		name: 'direction',
		type: 'options',
		options: [
			{
				name: 'Both Ways',
				value: 'both',
				description: 'A change on either side appears on the other',
			},
			{
				name: 'Kustomer to Platform',
				value: 'kustomerToPlatform',
				description: 'The platform always follows Kustomer',
			},
			{
				name: 'Platform to Kustomer',
				value: 'platformToKustomer',
				description: 'Kustomer always follows the platform',
			},
		],
		default: 'both',
		description: 'Which side follows which',
	},
	{
		displayName: 'If Both Sides Changed',
		name: 'priority',
		type: 'options',
		options: [
			{
				name: 'Kustomer Overrides',
				value: 'kustomer',
				description: 'Also the status that the agent chose on the platform for after a call',
			},
			{
				name: 'Most Recent Change Wins',
				value: 'mostRecent',
				description: 'The later change counts; Kustomer when it is not known which one is later',
			},
		],
		default: 'mostRecent',
		description: 'Which status counts when the agent changed it on both sides since the last time',
		displayOptions: { show: { direction: ['both'] } },
	},
	{
		...teamEntries,
		description:
			'Only agents who have selected one of these teams in Kustomer for their shift are kept alike. To take every member of a team, set the option Team of an Agent. When empty, all agents who exist on both sides.',
	},
	withoutConcurrency(
		optionsCollection([
			{
				displayName: 'Report Agents Missing on the Platform',
				name: 'reportMissing',
				type: 'boolean',
				default: true,
				description:
					'Whether agents who are signed in to Kustomer but are not among the incoming items are reported. Turn it off when the items are not all agents of the platform.',
			},
			teamByField,
		]),
	),
];

/** All items are looked at together. */
function withoutConcurrency(collection: INodeProperties): INodeProperties {
	const options = (collection.options as INodeProperties[]).filter(({ name }) => name !== 'concurrency');
	return { ...collection, options };
}

/** The order is public. */
export const outputs = ['Change on Platform', 'Change in Kustomer', 'Needs Attention'];

/** No item stands for itself: each is compared with all that is known. */
export const failsAsOne = true;

/** Where n8n keeps the memory, with the node. */
const MEMORY = 'agentStatus';

export const executeTogether: ExecuteTogether = async ({ client, parametersOf, inputs, context }) => {
	const parameters = parametersOf(0);
	const options = fieldsOf(parameters.get('options'));
	const data = context.getWorkflowStaticData('node');
	const compared = await compareAgents(client, {
		items: inputs,
		...tableOf(parameters),
		direction:
			choiceOf(parameters.get('direction'), 'Direction', [
				'both',
				'kustomerToPlatform',
				'platformToKustomer',
			]) ?? 'both',
		priority:
			choiceOf(parameters.get('priority'), 'If Both Sides Changed', ['mostRecent', 'kustomer']) ??
			'mostRecent',
		teams: locatedIds(parameters.get('teams'), 'team', 'Teams'),
		teamBy: teamByOf(options.teamBy),
		reportMissing: flagOf(options.reportMissing, 'Report Agents Missing on the Platform') ?? true,
		memory: data[MEMORY],
	});
	// n8n stores the data whenever it is set: nothing happened, nothing is stored.
	if (data[MEMORY] !== compared.memory) data[MEMORY] = compared.memory;
	return [compared.platform, compared.kustomer, compared.attention].flatMap((entries, output) =>
		entries.map(({ item, value }) => ({ item, result: new ResultForOutput(present({ ...value }), output) })),
	);
};
