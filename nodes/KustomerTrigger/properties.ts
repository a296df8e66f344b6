import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { teamByField } from '../../lib/n8n/kustomer/team-choice.field';
import { eventOptions } from './outputs';
import { SHORTEST_INTERVAL, USUAL_INTERVAL } from './settings';

const DOCS = 'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/kustomer-trigger.md';

const forEvents: IDisplayOptions = { show: { triggerOn: ['events'] } };
const forStatuses: IDisplayOptions = { show: { triggerOn: ['agentStatus'] } };

/** The node's panel. Names of parameters and their values are public: workflows that people saved hold them. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{ name: 'API Key', value: 'apiKey' },
			{ name: 'OAuth2', value: 'oAuth2' },
		],
		default: 'apiKey',
		description: 'How n8n signs in to Kustomer',
	},
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Kustomer Events',
				value: 'events',
				description: 'Something was created or updated. Kustomer sends it at once.',
			},
			{
				name: 'Agent Status Changed',
				value: 'agentStatus',
				description:
					'An agent has another status, has signed in or has gone offline. n8n looks at regular intervals.',
			},
		],
		default: 'events',
		description: 'What starts the workflow',
	},
	{
		displayName: `Publishing the workflow creates an outbound webhook in Kustomer; unpublishing deletes it. An organization has five of them, so let one trigger receive several events. <a href="${DOCS}#outbound-webhooks" target="_blank">More about it</a>.`,
		name: 'noticeEvents',
		type: 'notice',
		default: '',
		displayOptions: forEvents,
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: eventOptions(),
		default: ['conversation.create', 'conversation.update'],
		displayOptions: forEvents,
		description: 'Events that start the workflow',
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		displayOptions: forEvents,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Interval',
		name: 'interval',
		type: 'number',
		typeOptions: { minValue: SHORTEST_INTERVAL },
		default: USUAL_INTERVAL,
		displayOptions: forStatuses,
		description:
			'Seconds between two looks at the statuses, at least 5. Each look costs one Kustomer request per 100 agents who are signed in.',
	},
	{
		displayName: 'Team Names or IDs',
		name: 'teams',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getTeams' },
		default: [],
		displayOptions: forStatuses,
		description:
			'Only agents who have selected one of these teams for their shift. To take every member of a team, set the option Team of an Agent. Empty means all agents. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Accept Pushes',
		name: 'acceptPushes',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		// It decides over a credential. n8n hides every field that stands among the `show` conditions of such a field.
		displayOptions: { hide: { triggerOn: ['events'] } },
		description:
			'Whether a workflow of Kustomer can call the URL of this node, so that it looks at once instead of at the next interval',
	},
	{
		displayName: `Let a Kustomer workflow send a POST request to the production URL of this node whenever an agent's status changes. <a href="${DOCS}#pushes" target="_blank">Step by step</a>.`,
		name: 'noticePushes',
		type: 'notice',
		default: '',
		displayOptions: { show: { triggerOn: ['agentStatus'], acceptPushes: [true] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: forEvents,
		options: [
			{
				displayName: 'Changed To',
				name: 'changedTo',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Value',
				default: {},
				description:
					'Only events with which a field gets one of these values, for example status done. One match is enough.',
				options: [
					{
						displayName: 'Values',
						name: 'rows',
						values: [
							{
								displayName: 'Field',
								name: 'field',
								type: 'string',
								default: '',
								placeholder: 'e.g. status',
								description:
									"Name of the field as in the item's changes; custom attributes as custom.orderNum",
							},
							{
								displayName: 'Value',
								name: 'value',
								type: 'string',
								default: '',
								placeholder: 'e.g. done',
								description: 'Upper and lower case count the same',
							},
						],
					},
				],
			},
			{
				displayName: 'Ignore Own Changes',
				name: 'ignoreOwnChanges',
				type: 'boolean',
				default: false,
				description:
					"Whether to ignore changes that were made with this node's own Kustomer credential. Prevents a workflow from starting itself.",
			},
			{
				displayName: 'Include Raw Event',
				name: 'includeRaw',
				type: 'boolean',
				default: false,
				description: "Whether to add the event as Kustomer has sent it, in the field 'raw'",
			},
			{
				displayName: 'Only When Changed',
				name: 'changedFields',
				type: 'string',
				default: '',
				placeholder: 'e.g. status, assignedUsers, custom.orderNum',
				description:
					'Only updates in which one of these fields has changed, separated by commas. New objects always count.',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: forStatuses,
		options: [
			{
				displayName: 'Emit at Start',
				name: 'emitAtStart',
				type: 'boolean',
				default: false,
				description:
					'Whether the first look after each publishing reports the present status of every agent, instead of only changes',
			},
			{
				displayName: 'Remember Last Look',
				name: 'keepMemory',
				type: 'boolean',
				default: true,
				description:
					'Whether n8n keeps the last look, so that after a restart you hear of what changed meanwhile. Turn it off when another node of the workflow keeps data of its own there.',
			},
			teamByField,
		],
	},
];
