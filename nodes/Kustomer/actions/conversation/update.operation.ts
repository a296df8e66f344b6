import type { INodeProperties } from 'n8n-workflow';

import type { KustomerClient } from '../../../../lib/kustomer/client';
import type {
	AssignmentChange,
	ResolvedAgent,
	UpdateConversationInput,
} from '../../../../lib/kustomer/inputs';
import { resolveAgent } from '../../../../lib/kustomer/operations/resolve-agent';
import { KustomerError } from '../../../../lib/kustomer/errors';
import { updateConversation } from '../../../../lib/kustomer/operations/update-conversation';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf, locatedOf, textOf, timeOf } from '../../../../lib/n8n/panel/values';
import {
	conversationName,
	customAttributes,
	direction,
	noteFields,
	priority,
	tagInRow,
	teamFields,
	unassignedTag,
} from '../../../../lib/n8n/kustomer/fields/fields';
import { conversationLocator, queueLocator, userLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import {
	chooseId,
	emptyAttributes,
	notFound,
	optionsCollection,
	unknownAttributes,
} from '../../../../lib/n8n/kustomer/fields/options';
import { simplify } from '../../../../lib/n8n/panel/output-fields';
import type { ExecuteOperation, OperationOption } from '../operation';
import { result, simpleConversation } from '../output';
import { fieldsOf, locatedIds, type Fields } from '../../../../lib/n8n/panel/fields';
import {
	conversationTarget,
	optionalNote,
	tagsOf,
	writingOptions,
} from '../../../../lib/n8n/kustomer/fields/read';
import { conversationFacts } from './facts';
import { priorityOf } from '../../../../lib/n8n/kustomer/fields/conversation';

export const option: OperationOption = {
	name: 'Update',
	action: 'Update or assign conversation',
	description: 'Change a conversation: assign an agent, add a note, change tags and other fields',
};

export const description: INodeProperties[] = [
	{
		...conversationLocator,
		description:
			'The conversation to change. For calls, choose External ID: no earlier step has to remember the Kustomer ID.',
	},
	{
		displayName: 'Agent',
		name: 'agentChange',
		type: 'options',
		options: [
			{ name: 'Add Agent', value: 'add', description: 'Keep who is assigned and add the agent' },
			{
				name: 'Assign Agent',
				value: 'replace',
				description: 'Assign the agent instead of whoever is assigned',
			},
			{ name: 'Leave as It Is', value: 'keep' },
			{ name: 'Remove Agent', value: 'remove', description: 'Take the conversation from the agent' },
			{ name: 'Unassign Everyone', value: 'unassign', description: 'Take the conversation from all users' },
		],
		default: 'keep',
		description: 'How the users who are assigned to the conversation change',
	},
	{
		...userLocator,
		displayName: 'Agent User',
		name: 'agent',
		description:
			"The agent's Kustomer user, tried first. The shipped workflows take it from the event. May be empty when Agent Email is set.",
		displayOptions: { show: { agentChange: ['add', 'replace', 'remove'] } },
	},
	{
		displayName: 'Agent Email',
		name: 'agentEmail',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		description: "The agent's email address, tried when Agent User is empty or unknown",
		displayOptions: { show: { agentChange: ['add', 'replace', 'remove'] } },
	},
	{
		...userLocator,
		displayName: 'Fallback User',
		name: 'fallbackAgent',
		description:
			'Who gets the conversation when the agent cannot be found in Kustomer. Empty leaves the assignment as it is.',
		hint: 'Choose somebody, so that no conversation stays with nobody',
		displayOptions: { show: { agentChange: ['add', 'replace'] } },
	},
	{ ...unassignedTag, displayOptions: { show: { agentChange: ['add', 'replace'] } } },
	{
		displayName: 'Tag Changes',
		name: 'tagChanges',
		type: 'fixedCollection',
		placeholder: 'Add Tag Change',
		default: {},
		typeOptions: { multipleValues: true },
		description: 'Tags to add, remove or overwrite',
		options: [
			{
				displayName: 'Change',
				name: 'changes',
				values: [
					{
						displayName: 'Change',
						name: 'mode',
						type: 'options',
						options: [
							{ name: 'Add', value: 'add' },
							{ name: 'Overwrite All', value: 'replace' },
							{ name: 'Remove', value: 'remove' },
						],
						default: 'add',
						description: 'What to do with these tags',
					},
					...tagInRow,
				],
			},
		],
	},
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Fields to change. Empty fields are left as they are.',
		options: [
			direction,
			{ ...conversationName, description: 'New title, up to 256 characters. Empty leaves it as it is.' },
			priority,
			queueLocator,
			{
				displayName: 'Snooze Until',
				name: 'snoozeUntil',
				type: 'dateTime',
				default: '',
				description: 'When a snoozed conversation opens again. Needed with the status Snoozed.',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: [
					{ name: 'Done', value: 'done' },
					{ name: 'Open', value: 'open' },
					{ name: 'Snoozed', value: 'snoozed' },
				],
				default: 'open',
				description: 'New status',
			},
			{
				displayName: 'Team Change',
				name: 'teamChange',
				type: 'options',
				options: [
					{ name: 'Add Teams', value: 'add' },
					{
						name: 'Assign Teams',
						value: 'replace',
						description: 'Assign the teams instead of those that are assigned',
					},
					{ name: 'Remove Teams', value: 'remove' },
					{ name: 'Unassign All Teams', value: 'unassign' },
				],
				default: 'replace',
				description: 'How the teams that are assigned change. Choose the teams under Teams.',
			},
			...teamFields({
				displayName: 'Teams',
				name: 'teams',
				description: 'Teams to assign, add or remove, up to 10. Entries that are empty are left out.',
			}),
		],
	},
	customAttributes,
	...noteFields,
	simplify,
	optionsCollection([chooseId, emptyAttributes, notFound, unknownAttributes]),
];

export const facts = conversationFacts;

export const execute: ExecuteOperation = async ({ client, parameters, input }) => {
	const target = conversationTarget(parameters);
	const fields = fieldsOf(parameters.get('updateFields'));
	const agent = await agentChange(client, parameters);
	const goOn =
		choiceOf(fieldsOf(parameters.get('options')).notFound, 'If It Does Not Exist', ['stop', 'goOn']) ===
		'goOn';
	const update = updateConversation(client, {
		target,
		name: textOf(fields.name, 'Name'),
		status: choiceOf(fields.status, 'Status', ['open', 'snoozed', 'done']),
		snoozeUntil: timeOf(fields.snoozeUntil, 'Snooze Until', parameters.timezone),
		priority: priorityOf(fields.priority),
		direction: choiceOf(fields.direction, 'Direction', ['in', 'out']),
		users: agent.change,
		teams: teamChange(fields),
		tags: withTag(tagChanges(parameters.get('tagChanges')), agent.tag),
		queueId: locatedOf(fields.queue, 'Queue')?.value,
		note: optionalNote(parameters),
		...writingOptions(parameters),
	});
	const updated = await (goOn ? update.catch(absentWhenNotFound) : update);
	// The item keeps what it brought, so that the steps that create the conversation have it at hand.
	if (updated === undefined) return { ...input, found: false };
	const { conversation, note, leftOut } = updated;
	return result(
		parameters,
		{ found: true, note, leftOut, agent: agent.found },
		conversation,
		simpleConversation,
	);
};

/** A conversation that does not exist is an outcome; any other failure stays one. */
function absentWhenNotFound(error: unknown): undefined | Promise<never> {
	return error instanceof KustomerError && error.kind === 'notFound' ? undefined : Promise.reject(error);
}

interface AgentChange {
	change?: AssignmentChange;
	/** Who was found, and how; absent when nobody was looked for. */
	found?: ResolvedAgent;
	/** What marks the conversation when nobody was found. */
	tag?: string;
}

async function agentChange(client: KustomerClient, parameters: ItemParameters): Promise<AgentChange> {
	const mode = choiceOf(parameters.get('agentChange'), 'Agent', [
		'keep',
		'replace',
		'add',
		'remove',
		'unassign',
	]);
	if (mode === undefined || mode === 'keep') return {};
	if (mode === 'unassign') return { change: { mode: 'replace', ids: [] } };

	const found = await resolveAgent(client, {
		userId: locatedOf(parameters.get('agent'), 'Agent User')?.value,
		email: textOf(parameters.get('agentEmail'), 'Agent Email'),
		fallbackUserId:
			mode === 'remove' ? undefined : locatedOf(parameters.get('fallbackAgent'), 'Fallback User')?.value,
	});
	if (found.userId !== undefined) return { found, change: { mode, ids: [found.userId] } };
	const tag =
		mode === 'remove' ? undefined : textOf(parameters.get('unassignedTag'), 'Tag if Nobody Is Assigned');
	return { found, tag };
}

/** Also when all tags are overwritten, the mark is among them. */
function withTag(
	change: UpdateConversationInput['tags'],
	tag: string | undefined,
): UpdateConversationInput['tags'] {
	if (tag === undefined) return change;
	return change?.replace === undefined
		? { ...change, add: [...(change?.add ?? []), tag] }
		: { ...change, replace: [...change.replace, tag] };
}

function teamChange(fields: Fields): AssignmentChange | undefined {
	const ids = locatedIds(fields.teams, 'team', 'Teams');
	const mode =
		choiceOf(fields.teamChange, 'Team Change', ['replace', 'add', 'remove', 'unassign']) ?? 'replace';
	if (mode === 'unassign') return { mode: 'replace', ids: [] };
	// No team in any entry means that an expression had none to give, not that all teams shall go.
	return ids.length === 0 ? undefined : { mode, ids };
}

function tagChanges(value: unknown): UpdateConversationInput['tags'] {
	const { changes } = fieldsOf(value);
	const rows = (Array.isArray(changes) ? changes : []).map(fieldsOf);
	const tagsWith = (mode: string) => {
		const tags = rows.filter((row) => (row.mode ?? 'add') === mode).flatMap((row) => tagsOf(row) ?? []);
		return tags.length === 0 ? undefined : [...new Set(tags)];
	};
	const tags = { replace: tagsWith('replace'), add: tagsWith('add'), remove: tagsWith('remove') };
	return Object.values(tags).every((list) => list === undefined) ? undefined : tags;
}
