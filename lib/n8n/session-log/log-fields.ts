/**
 * What a person sets about logging a session: the same fields, with the same words, wherever sessions are logged (rule X12).
 * {@link logSettingsOf} in `log-settings.ts` reads them.
 */
import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_TITLE, TITLE_VARIABLES, previewTitle } from '../../session-log/rules/conversation-title';
import { matchingFields, name as customerName } from '../kustomer/fields/customer';
import {
	customAttributesNamed,
	priority,
	tagFields,
	teamFields,
	unassignedTag,
} from '../kustomer/fields/fields';
import { queueLocator, userLocator } from '../kustomer/fields/locators';
import { unknownAttributes as whatBecomesOfUnknown } from '../kustomer/fields/options';
import { sessionFieldsStanding } from '../kustomer/fields/session-fields-standing.field';
import { sectionHeader } from '../panel/section';
import { byDisplayName, inOrder } from '../panel/sorting';
import { comments } from './comments.fields';
import { queueSettings } from './queue-settings.fields';
import { recordRules } from './record-rules.fields';

const FROM_YOUR_APP =
	'Map the data that your app or website passed along, for example {{ $json.session.customData?.orderNumber }}. What is empty changes nothing.';

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

/** What everybody decides: when a call or chat gets a conversation, what that is called, and whose it is. */
export const firstQuestions: INodeProperties[] = [
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
		description: 'Who gets the conversation when the agent cannot be found in Kustomer',
		hint: 'Empty: a new conversation stays with nobody, and one that somebody has stays with them',
		displayOptions: { show: { assignAgent: ['assigned', 'connected'] } },
	},
	{ ...unassignedTag, displayOptions: { show: { assignAgent: ['assigned', 'connected'] } } },
];

/** What nobody has to decide at first. */
export const furtherQuestions: INodeProperties[] = [
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
					'Custom attribute of a new customer that gets the name of the agent: Kustomer can assign conversations, but not customers. When empty, the session field Assigned Agent (assignedAgentStr).',
			},
			{
				displayName: 'Create Without Conversation',
				name: 'createUnrecorded',
				type: 'boolean' as const,
				default: false,
				description:
					'Whether a caller becomes a customer even when the call or chat gets no conversation, for example because it was abandoned. Off, a customer is created with the first conversation.',
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
];

/** Among the options. */
export const agentEmail: INodeProperties = {
	displayName: 'Agent Email',
	name: 'agentEmail',
	type: 'string',
	default: '',
	placeholder: 'name@email.com',
	description: "The agent's email address in Kustomer, when it differs from what the session says",
};

/** Among the options. */
export const agentUser: INodeProperties = {
	...userLocator,
	displayName: 'Agent User',
	name: 'agent',
	description:
		"The agent's Kustomer user, when the platform does not tell it. When empty: the user whom the platform names, else the one with the agent's email address.",
};

/** Among the options. */
export const externalIdPrefix: INodeProperties = {
	displayName: 'External ID Prefix',
	name: 'externalIdPrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. berlin-',
	description:
		'Text in front of an external ID that is made from the session, because External ID is empty. Use the same as in the Contact Center Trigger.',
};

/** Among the options. */
export const timeZone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Europe/Berlin',
	description:
		'Time zone of the times in titles and comments. When empty, that of the workflow, which its settings hold.',
};

/** Among the options: sessions are logged also when an attribute is not known. */
export const unknownAttributes: INodeProperties = { ...whatBecomesOfUnknown, default: 'leaveOut' };
