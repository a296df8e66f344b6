import type { INodeProperties } from 'n8n-workflow';

import type { RecordSettings } from '../../session-log/rules/record-settings';
import { choiceOf } from '../panel/values';
import { amountOf, flagOf, type Fields } from '../panel/fields';

/**
 * The record rules (rules C3, C4, C9, D1 to D6), in the order of CCAI Platform's own page; the panel has those first that everybody decides. Their defaults are those of
 * `DEFAULT_RECORD_SETTINGS`.
 */
export const recordRules: INodeProperties[] = [
	{
		displayName: 'Append to Open Conversation',
		name: 'appendToOpen',
		type: 'boolean',
		default: true,
		hint: 'Off, every call and chat gets a conversation of its own',
		description:
			"Whether to append a call or chat to the customer's latest open conversation of the same menu selection and channel. Off, every session gets a conversation of its own. Voicemails always get one.",
	},
	{
		displayName: 'Reopen Closed (Days)',
		name: 'reopenDays',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		hint: '0 never opens a conversation again',
		description:
			'Append also to a conversation that was set to done within so many days, which opens it again. 0 is off.',
		displayOptions: { show: { appendToOpen: [true] } },
	},
	{
		displayName: 'Append Outbound Calls',
		name: 'appendOutbound',
		type: 'boolean',
		default: true,
		hint: 'Off, an outbound call gets a conversation of its own unless it is a call back',
		description:
			"Whether to append an outbound call to the customer's most recent conversation when that is open, whatever its queue",
	},
	{
		displayName: 'Call Back Within (Minutes)',
		name: 'callbackMinutes',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		hint: 'An agent who calls back within this time goes on in the conversation of the call before. 0 is off.',
		description:
			'When an agent calls a customer with whom the same agent spoke less than so many minutes ago, the call is a call back: it goes to the open conversation of that call, whatever Append Outbound Calls says. With 0, only a call back that the platform itself names as one goes there.',
	},
	{
		displayName: 'Delay Until Connected',
		name: 'delayUntilConnected',
		type: 'boolean',
		default: false,
		hint: 'Off, the conversation is there as soon as an agent is assigned',
		description:
			'Whether a call waits until an agent and the customer are connected. Off, its conversation is created once an agent is assigned, some seconds earlier. Chats always wait until they are connected.',
	},
	{
		displayName: 'Minimum Chat Messages',
		name: 'chatMinMessages',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		hint: 'Messages of the customer in an answered chat before it gets a conversation. 0 does not wait.',
		description:
			"How many messages the customer must have written before a chat that an agent has answered gets a conversation. 0 does not wait. CCAI Platform's session events show no messages: its chat webhooks, its agent adapter and its metadata do. Without one of these, an answered chat gets its conversation when it is over. In the Contact Center Trigger, tick the event 'Chat Message'.",
	},
	{
		displayName: 'Record Abandoned Calls',
		name: 'recordAbandonedCalls',
		type: 'boolean',
		default: true,
		hint: 'Calls that end before an agent answers',
		description:
			'Whether to record calls that end before an agent answers, so that you can see who gave up waiting',
	},
	{
		displayName: 'Record Abandoned Chats',
		name: 'recordAbandonedChats',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'Whatever the customer wrote' },
			{
				name: 'From a Number of Messages',
				value: 'minMessages',
				description: 'Only chats in which the customer has written enough messages',
			},
			{ name: 'None', value: 'none' },
		],
		default: 'none',
		hint: 'Chats that end before an agent answers',
		description:
			'Which chats that end before an agent answers are recorded, also when they rang at one. Minimum Chat Messages is not asked for them.',
	},
	{
		displayName: 'Minimum if Abandoned',
		name: 'abandonedChatMinMessages',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1,
		hint: 'Messages of the customer in an abandoned chat before it gets a conversation',
		description: 'How many messages the customer must have written before an abandoned chat is recorded',
		displayOptions: { show: { recordAbandonedChats: ['minMessages'] } },
	},
];

/**
 * The record rules that are set.
 *
 * @param fields by the names of {@link recordRules}; what is absent or empty is left out of the result
 * @throws {InputError}
 */
export function recordRulesOf(fields: Fields): Partial<RecordSettings> {
	const rules: { [Name in keyof RecordSettings]: RecordSettings[Name] | undefined } = {
		append: flagOf(fields.appendToOpen, 'Append to Open Conversation'),
		reopenDays: amountOf(fields.reopenDays, 'Reopen Closed (Days)'),
		appendOutbound: flagOf(fields.appendOutbound, 'Append Outbound Calls'),
		callbackMinutes: amountOf(fields.callbackMinutes, 'Call Back Within (Minutes)'),
		delayUntilConnected: flagOf(fields.delayUntilConnected, 'Delay Until Connected'),
		chatMinMessages: amountOf(fields.chatMinMessages, 'Minimum Chat Messages'),
		abandonedCalls: flagOf(fields.recordAbandonedCalls, 'Record Abandoned Calls'),
		abandonedChats: choiceOf(fields.recordAbandonedChats, 'Record Abandoned Chats', [
			'none',
			'all',
			'minMessages',
		]),
		abandonedChatMinMessages: amountOf(fields.abandonedChatMinMessages, 'Minimum if Abandoned'),
	};
	return Object.fromEntries(
		Object.entries(rules).filter(([, value]) => value !== undefined),
	) as Partial<RecordSettings>;
}
