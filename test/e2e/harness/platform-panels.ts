/** A step for every operation of the platforms' nodes, filled in as a person would. */
import { BABELFORCE } from '../../../sandbox/babelforce';
import { SANDBOX } from '../../../sandbox/kustomer';

import type { Example } from './panels';

const { calls } = BABELFORCE;

/** By the ID of a call, with the choice behind it. */
const ofCall = (value: string) => ({ __rl: true, mode: 'call', value });

const byEmail = { __rl: true, mode: 'email', value: SANDBOX.users.ana.email };

export const BABELFORCE_EXAMPLES: Example[] = [
	{
		operation: 'call get',
		fields: ['Call ID', 'Simplify', 'Options'],
		parameters: { callId: calls.answered },
	},
	{
		operation: 'call getMany',
		fields: ['Return All', 'Limit', 'Filters'],
		parameters: { limit: 20 },
	},
	{
		operation: 'call start',
		fields: ['Agent', 'Phone Number', 'Kustomer Conversation ID', 'Options'],
		parameters: {
			agent: byEmail,
			callTo: '+49 30 901820',
			conversationId: '={{ $json.conversationId }}',
			options: { outboundNumber: '+1 202 555 0100' },
		},
	},
	{
		operation: 'recording download',
		fields: ['Recording', 'Put Output File in Field', 'Options', 'If There Is None Yet'],
		parameters: { recording: ofCall(calls.answered), options: { whenMissing: 'goOn' } },
	},
	{
		operation: 'recording get',
		fields: ['Recording', 'Simplify', 'Options'],
		parameters: { recording: ofCall(calls.answered) },
	},
	{
		operation: 'recording getWhenReady',
		fields: [
			'Session',
			'External ID',
			'First Wait (Minutes)',
			'Longest Wait (Minutes)',
			'Wait if None Is Listed',
		],
		parameters: { options: { waitIfNoneListed: false } },
	},
	{
		operation: 'agent get',
		fields: ['Agent', 'Simplify', 'Options'],
		parameters: { agent: { __rl: true, mode: 'sourceId', value: SANDBOX.users.ana.id } },
	},
	{
		operation: 'agent getMany',
		fields: ['Return All', 'Limit', 'Filters', 'Line Status'],
		parameters: { limit: 20, agentFilters: { enabled: true, state: 'available' } },
	},
	{
		operation: 'agentStatus set',
		fields: ['Agent', 'Presence Name or ID', 'Options', 'Account'],
		parameters: { agent: byEmail, presence: 'busy', options: { account: 'leave' } },
	},
	{ operation: 'agentStatus get', fields: ['Agent', 'Options'], parameters: { agent: byEmail } },
	{
		operation: 'agentStatus getMany',
		fields: ['Return All', 'Limit', 'Options'],
		parameters: { limit: 20 },
	},
	{ operation: 'agentStatus getPresences', fields: ['Options'], parameters: {} },
	{ operation: 'agentStatus enable', fields: ['Agent', 'Options'], parameters: { agent: byEmail } },
	{ operation: 'agentStatus disable', fields: ['Agent', 'Options'], parameters: { agent: byEmail } },
];

export const CCAI_PLATFORM_EXAMPLES: Example[] = [
	{ operation: 'session getCall', fields: ['Call ID', 'Options'], parameters: { callId: 'call-123' } },
	{ operation: 'session getChat', fields: ['Chat ID', 'Options'], parameters: { chatId: 'chat-987' } },
	{
		operation: 'session getMany',
		fields: ['Sessions', 'Updated From', 'Return All', 'Options', 'Order'],
		parameters: { sessions: 'both', returnAll: true, options: { order: 'oldestFirst' } },
	},
	{
		operation: 'call start',
		fields: ['Agent Email', 'Phone Number', 'Kustomer Conversation ID', 'Options'],
		parameters: {
			callAgentEmail: '={{ $json.agentEmail }}',
			callTo: '={{ $json.phone }}',
			conversationId: '={{ $json.conversationId }}',
			options: { outboundNumber: '+1 202 555 0100' },
		},
	},
	{
		operation: 'recording download',
		fields: ['From', 'Call ID', 'Put Output File in Field', 'If There Is No Recording'],
		parameters: { callId: 'call-123', options: { whenMissing: 'goOn' } },
	},
	{
		operation: 'recording getWhenReady',
		fields: [
			'Session',
			'External ID',
			'First Wait (Minutes)',
			'Give Up After (Hours)',
			'Every Call Is Recorded',
		],
		parameters: { options: { isExpected: true } },
	},
	{
		operation: 'media download',
		fields: ['Session ID', 'Media', 'Put Output File in Field'],
		parameters: { sessionId: 'chat-987' },
	},
	{ operation: 'agent get', fields: ['Agent', 'Simplify', 'Options'], parameters: { agent: byEmail } },
	{
		operation: 'agent getMany',
		fields: ['Status Updated From', 'Return All', 'Options'],
		parameters: { returnAll: true },
	},
	{ operation: 'agentStatus getStatuses', fields: ['Options'], parameters: {} },
	{
		operation: 'agentStatus set',
		fields: ['Agent', 'Status Name or ID', 'Options'],
		parameters: { agent: byEmail, status: '0' },
	},
	{
		operation: 'storageFile getFolders',
		fields: ['Storage', 'Bucket', 'Base Path', 'Folders', 'API Address'],
		parameters: { storage: 'googleCloud', bucket: 'acme-recordings', basePath: 'ujet' },
	},
	{
		operation: 'storageFile chooseFiles',
		fields: [
			'Store',
			'Public URL',
			'Write Transcripts as Notes',
			'External ID Prefix',
			'Look Back (Days)',
			'Files per Run',
			'Unchanged For (Seconds)',
			'First Retry After (Minutes)',
			'Give Up After (Hours)',
			'Folders',
			'Data Table',
		],
		parameters: { store: 'both', publicUrl: 'https://files.example.com/ujet' },
	},
	{ operation: 'storageFile read', fields: ['Input Binary Field'], parameters: {} },
	{ operation: 'storageFile noteResults', fields: ['File', 'Data Table Name'], parameters: {} },
];
