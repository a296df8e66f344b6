import type { INodeProperties } from 'n8n-workflow';

import { LINE_STATUSES } from '../../../../lib/platforms/babelforce/api/documents';
import type { AgentFilters } from '../../../../lib/platforms/babelforce/api/resources/agents';
import { choiceOf, listOf, textOf } from '../../../../lib/n8n/panel/values';
import { fieldsOf, flagOf } from '../../../../lib/n8n/panel/fields';

/** What an agent has to fit to be in the list. */
export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'agentFilters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Enabled',
			name: 'enabled',
			type: 'boolean',
			default: true,
			description: 'Whether the agent is enabled',
		},
		{
			displayName: 'Groups',
			name: 'groups',
			type: 'string',
			default: '',
			description: 'Only agents of one of these groups, by name, separated by commas',
		},
		{
			displayName: 'Line Status',
			name: 'state',
			type: 'options',
			options: [
				{ name: 'Available', value: 'available' },
				{ name: 'Busy', value: 'busy' },
				{ name: 'Declined', value: 'declined' },
				{ name: 'In Call', value: 'in-call' },
				{ name: 'Ringing', value: 'ringing' },
				{ name: 'Selected', value: 'selected' },
				{ name: 'Unreachable', value: 'unreachable' },
				{ name: 'Wrap-Up', value: 'wrap-up' },
			],
			default: 'available',
			description: 'What the line of the agent does at the moment',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Only agents of this name',
		},
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			default: '',
			description: 'Only agents with this number',
		},
		{
			displayName: 'Search',
			name: 'text',
			type: 'string',
			default: '',
			description: 'Part of a name, a group, a number, an email address or a source ID',
		},
		{
			displayName: 'Source ID',
			name: 'sourceId',
			type: 'string',
			default: '',
			description: 'For agents that babelforce synchronizes from Kustomer: the Kustomer user ID',
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			description: 'Only agents with one of these tags, separated by commas',
		},
	],
};

/** Reads what people filled into {@link filters}. */
export function readFilters(value: unknown): AgentFilters {
	const fields = fieldsOf(value);
	return {
		text: textOf(fields.text, 'Search'),
		enabled: flagOf(fields.enabled, 'Enabled'),
		name: textOf(fields.name, 'Name'),
		number: textOf(fields.number, 'Number'),
		sourceId: textOf(fields.sourceId, 'Source ID'),
		state: choiceOf(fields.state, 'Line Status', LINE_STATUSES),
		groups: listOf(fields.groups, 'Groups'),
		tags: listOf(fields.tags, 'Tags'),
	};
}
