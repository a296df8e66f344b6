import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { byDisplayName, inOrder } from '../../../../lib/n8n/panel/sorting';
import type { KustomerClient } from '../../../../lib/kustomer/client';
import { InputError } from '../../../../lib/http/errors';
import type { FactsOf } from '../../../../lib/n8n/run/execution-data';
import { ResultWithFiles } from '../../../../lib/n8n/run/items';
import type { ItemParameters } from '../../../../lib/n8n/panel/parameters';
import { choiceOf } from '../../../../lib/n8n/panel/values';
import type { LogSessionResult } from '../../../../lib/session-log/inputs';
import { logSession } from '../../../../lib/session-log/log-session';
import {
	DEFAULT_TITLE,
	TITLE_VARIABLES,
	previewTitle,
} from '../../../../lib/session-log/rules/conversation-title';
import { matchingFields, name as customerName, unreadPhoneHint } from '../customer/fields';
import {
	customAttributesNamed,
	priority,
	tagFields,
	teamFields,
	unassignedTag,
} from '../descriptions/fields';
import { queueLocator, userLocator } from '../descriptions/locators';
import { chooseId, dryRun, optionsCollection, unknownAttributes } from '../descriptions/options';
import { sectionHeader } from '../descriptions/section';
import { sessionFieldsStanding } from '../descriptions/session-fields-standing';
import type { ExecuteOperation, OperationOption } from '../operation';
import { fieldsOf } from '../../../../lib/n8n/panel/fields';
import { comments } from './comments.fields';
import { logInputOf } from './log-input';
import { logMails } from './log-mails.field';
import { queueSettings } from './queue-settings.fields';
import { NoSessionError } from './read-session';
import { recordRules } from './record-rules.fields';

const FROM_YOUR_APP =
	'Map the data that your app or website passed along, for example {{ $json.session.customData?.orderNumber }}. What is empty changes nothing.';

export const option: OperationOption = {
	name: 'Log',
	action: 'Log call or chat',
	description:
		'Bring a call or chat into Kustomer, once, whatever event of it arrives: the customer, the conversation by your record rules, and everything that is known',
};

export const notForAgents =
	'It writes a customer, a conversation, notes and a message at once, from what a platform has told.';

/** A record rule, by its name. */
function rule(name: string): INodeProperties {
	const found = recordRules.find((one) => one.name === name);
	if (found === undefined) throw new Error(`There is no record rule ${name}.`);
	return found;
}

/** The record rules that nobody has to decide at first. */
const FURTHER_RULES = [
	'reopenDays',
	'appendOutbound',
	'callbackMinutes',
	'delayUntilConnected',
	'chatMinMessages',
];

/** Says what a rule leaves out, where people would otherwise look for it in Kustomer in vain. */
function leftOutNotice(
	name: string,
	displayName: string,
	show: Record<string, Array<boolean | string>>,
): INodeProperties {
	return { displayName, name, type: 'notice', default: '', displayOptions: { show } };
}

export const description: INodeProperties[] = [
	dryRun,
	{
		displayName: 'Session',
		name: 'session',
		type: 'json',
		default: '={{ $json.session }}',
		required: true,
		description:
			'What is known of the call or chat, as the Contact Center Trigger gives it, or the metadata that CCAI Platform writes: content of the file, or text of the email. Every event of the session may go through this step, in any order and more than once.',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '={{ $json.externalId }}',
		placeholder: 'e.g. babelforce:7c3f00aa',
		description:
			"The session's name in Kustomer, by which it is found again. When empty, it is made from the session: the platform's name and the session's ID.",
	},
	sectionHeader('What Becomes of a Call or Chat', 'firstQuestionsHeader'),
	rule('appendToOpen'),
	rule('recordAbandonedCalls'),
	leftOutNotice('abandonedCallsNotice', 'Calls that end before an agent answers leave nothing in Kustomer.', {
		recordAbandonedCalls: [false],
	}),
	rule('recordAbandonedChats'),
	rule('abandonedChatMinMessages'),
	leftOutNotice(
		'abandonedChatsNotice',
		'Chats that end before an agent answers leave nothing in Kustomer. Choose All to have a conversation for each of them.',
		{ recordAbandonedChats: ['none'] },
	),
	{
		displayName: 'Title',
		name: 'title',
		type: 'string',
		default: DEFAULT_TITLE,
		placeholder: `e.g. ${DEFAULT_TITLE}`,
		hint: `Variables: ${TITLE_VARIABLES.map(({ name }) => `{${name}}`).join(', ')}. The default gives, for example: ${previewTitle(DEFAULT_TITLE)}`,
		description:
			'Title of a new conversation. Variables in braces are filled from the session; those without a value are left out.',
	},
	{
		displayName: 'Assign Agent',
		name: 'assignAgent',
		type: 'options',
		options: [
			{
				name: 'Never',
				value: 'never',
				description: 'People or routing in Kustomer assign the conversation',
			},
			{
				name: 'When Assigned',
				value: 'assigned',
				description:
					'As soon as an agent has accepted, or calls the customer, and again after a transfer. Who only rings is not assigned.',
			},
			{
				name: 'When Connected',
				value: 'connected',
				description: 'Once the agent and the customer are connected, and again after a transfer',
			},
		],
		default: 'assigned',
		description: "When the conversation is assigned to the session's agent",
	},
	{
		...userLocator,
		displayName: 'Fallback User',
		name: 'fallbackAgent',
		description:
			'Who gets the conversation when the agent cannot be found in Kustomer. Empty leaves the assignment as it is.',
		hint: 'Empty leaves such a conversation unassigned',
		displayOptions: { show: { assignAgent: ['assigned', 'connected'] } },
	},
	{ ...unassignedTag, displayOptions: { show: { assignAgent: ['assigned', 'connected'] } } },
	sectionHeader('More Record Rules', 'recordRulesHeader'),
	...FURTHER_RULES.map(rule),
	queueSettings,
	sectionHeader('More About the Conversation', 'conversationHeader'),
	{
		displayName: 'Session Type Tag',
		name: 'sessionTypeTag',
		type: 'boolean',
		default: true,
		hint: 'For example "Voice Inbound - IVR"',
		description:
			'Whether to tag the conversation with the type of the session, for example "Voice Inbound - IVR"',
	},
	{
		displayName: 'Platform Tag',
		name: 'platformTag',
		type: 'string',
		default: '',
		placeholder: 'e.g. UJET',
		hint: 'Empty adds none',
		description: 'Tag for every conversation that this step creates. Empty adds none.',
	},
	comments,
	{
		displayName: 'Session Fields',
		name: 'sessionFields',
		type: 'boolean',
		default: true,
		hint: 'Queue, duration, waiting time and the like, in fields of your organization',
		description:
			'Whether to fill the session fields: of the message, such as Queue Name and Call Duration, of a new conversation, such as Call ID and Language, and of the customer. Fields that your organization does not have are left out and listed. Session Field: Create Session Fields creates them.',
	},
	{ ...sessionFieldsStanding, displayOptions: { show: { sessionFields: [true] } } },
	{
		displayName: 'Conversation Fields',
		name: 'conversationFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: inOrder([
			...teamFields({
				displayName: 'Assigned Teams',
				name: 'assignedTeams',
				description: 'Teams that get a new conversation, up to 10. Entries that are empty are left out.',
			}),
			priority,
			{ ...queueLocator, description: 'The routing queue that a new conversation goes to' },
			...tagFields('Further tags of a new conversation'),
		]),
	},
	customAttributesNamed(
		'Conversation Attributes',
		`Custom attributes of the conversation. ${FROM_YOUR_APP}`,
		{ name: 'conversationAttributes', method: 'getConversationAttributes' },
	),
	sectionHeader('More About the Customer', 'customerHeader'),
	{
		displayName: 'Customer',
		name: 'customerSettings',
		type: 'collection',
		placeholder: 'Add Setting',
		default: {},
		options: [
			...matchingFields,
			{
				displayName: 'Assignee Attribute',
				name: 'assigneeAttribute',
				type: 'string' as const,
				default: '',
				placeholder: 'e.g. assignedAgentStr',
				description:
					'Custom attribute of a new customer that gets the name of the agent, because Kustomer has no assignee for customers. When empty, the session field Assigned Agent (assignedAgentStr).',
			},
			{
				displayName: 'Create Without Conversation',
				name: 'createUnrecorded',
				type: 'boolean' as const,
				default: false,
				description:
					'Whether to create the customer also when the record rules give a call or chat from outside no conversation, for example one that was abandoned. Off, a customer is created with the first conversation.',
			},
			{
				...customerName,
				displayName: 'Name When Created',
				description: 'Name of a new customer. When empty, the name that the platform knows.',
			},
		].sort(byDisplayName),
	},
	customAttributesNamed(
		'Customer Attributes',
		`Custom attributes of the customer, new or not. ${FROM_YOUR_APP}`,
		{ name: 'customerAttributes', method: 'getCustomerAttributes' },
	),
	optionsCollection([
		{
			displayName: 'Agent Email',
			name: 'agentEmail',
			type: 'string',
			default: '',
			placeholder: 'name@email.com',
			description: "The agent's email address in Kustomer, when it differs from what the session says",
		},
		{
			...userLocator,
			displayName: 'Agent User',
			name: 'agent',
			description:
				"The agent's Kustomer user, when the platform does not send it. Without it, the session's sourceId and then the email are tried.",
		},
		chooseId,
		{
			displayName: 'External ID Prefix',
			name: 'externalIdPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. berlin-',
			description:
				'Text in front of an external ID that is made from the session, because External ID is empty. Use the same as in the Contact Center Trigger.',
		},
		logMails,
		{
			displayName: 'Observed At',
			name: 'observedAt',
			type: 'dateTime',
			default: '',
			description:
				"When the session was as this item says. Older news never overwrites newer. When empty, the item's occurredAt, else its receivedAt.",
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Berlin',
			description: "Time zone of times in the title and in comments. When empty, the workflow's.",
		},
		{ ...unknownAttributes, default: 'leaveOut' },
		{
			displayName: 'Unreadable Session',
			name: 'unreadableSession',
			type: 'options',
			options: [
				{
					name: 'Report',
					value: 'report',
					description:
						"The item comes out with the reason. Its outcome is 'none' when there is no JSON at all, else 'unreadable'.",
				},
				{ name: 'Stop', value: 'stop', description: 'The run fails when all items were tried' },
			],
			default: 'stop',
			description: "What to do with an item whose 'Session' cannot be read, for example some other email",
		},
	]),
];

export const hint = unreadPhoneHint;

export const facts: FactsOf = ({ externalId, outcome, rule: decided, conversationId, agent, planned }) => ({
	session: externalId,
	outcome: planned === undefined ? outcome : 'dryRun',
	rule: decided,
	conversation: conversationId,
	assignedTo: fieldsOf(agent).userId,
});

export const repeatable = true;

/** Files of the item go along, so that a later step can add them to the session. */
export const execute: ExecuteOperation = async ({ client, parameters, input, context }) => {
	const json = await logged(client, parameters, input);
	const files = context.getInputData()[parameters.itemIndex]?.binary;
	return files === undefined ? json : new ResultWithFiles(json, files);
};

async function logged(
	client: KustomerClient,
	parameters: ItemParameters,
	input: IDataObject,
): Promise<IDataObject> {
	const unreadable = choiceOf(fieldsOf(parameters.get('options')).unreadableSession, 'Unreadable Session', [
		'report',
		'stop',
	]);
	try {
		const { event } = input;
		const told = itemOf(await logSession(client, logInputOf(parameters, input)));
		return typeof event === 'string' ? { ...told, event } : told;
	} catch (error) {
		const isAboutSession = error instanceof InputError && error.parameter.toLowerCase() === 'session';
		if (unreadable !== 'report' || !isAboutSession) return await Promise.reject(error);
		return {
			outcome: error instanceof NoSessionError ? 'none' : 'unreadable',
			reason: error.message,
		};
	}
}

/** In the order in which people read them. */
const FIELDS = [
	'outcome',
	'rule',
	'reason',
	'externalId',
	'conversationId',
	'customerId',
	'messageId',
	'customer',
	'agent',
	'done',
	'alreadyDone',
	'leftOut',
	'shortened',
	'requests',
	'planned',
	'session',
] as const satisfies ReadonlyArray<keyof LogSessionResult>;

/** Every field that a later step may use, without those that say nothing. */
function itemOf(logged: LogSessionResult): IDataObject {
	return Object.fromEntries(
		FIELDS.flatMap((name) => (logged[name] === undefined ? [] : [[name, logged[name]]])),
	) as IDataObject;
}
