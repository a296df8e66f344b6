/** A step for every operation of the Kustomer node, filled in as a person would, for the pictures in docs/. */
import { SANDBOX } from '../../../sandbox/kustomer';
import type { WorkflowFile } from '../../../sandbox/launcher/workflows';

const { customers, users, teams, queues, statuses } = SANDBOX;

/** One step of a node, with what its panel has to show. */
export interface Example {
	/** Resource and operation. */
	operation: string;
	/** Fields that the panel must show. */
	fields: string[];
	parameters: Record<string, unknown>;
}

const chosen = ({ id, name }: { id: string; name: string }) => ({
	__rl: true,
	mode: 'list',
	value: id,
	cachedResultName: name,
});
/** A tag from the list, and one that is typed. */
const picked = (tag: string) => ({ __rl: true, mode: 'list', value: tag, cachedResultName: tag });
const named = (tag: string) => ({ __rl: true, mode: 'name', value: tag });
const byExternalId = (value: string) => ({ __rl: true, mode: 'externalId', value });

const CALL = 'babelforce:7c3f00aa';

/** The conversation attributes of the stand-in, of which these are in use. */
function attributes(used: Record<string, string>): Record<string, unknown> {
	const types = {
		callDurationNum: ['Call duration (s)', 'number'],
		callIdStr: ['Call ID', 'string'],
		callStartedAt: ['Call started', 'dateTime'],
		calledNumberStr: ['Called number', 'string'],
		recordingUrl: ['Recording', 'string'],
		vipBool: ['VIP', 'boolean'],
	};
	return {
		mappingMode: 'defineBelow',
		value: used,
		matchingColumns: [],
		schema: Object.entries(types).map(([id, [displayName, type]]) => ({
			id,
			displayName,
			type,
			required: false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			removed: !(id in used),
		})),
		attemptToConvertTypes: false,
		convertFieldsToString: false,
	};
}

/** A table of agent statuses. */
const STATUS_TABLE = {
	rows: [
		{ kustomerStatus: 'Available', platformStatus: 'Available' },
		{ kustomerStatus: 'Lunch', platformStatus: 'Break' },
		{ kustomerStatus: 'Email', platformStatus: 'Unavailable' },
	],
};

export const EXAMPLES: Example[] = [
	{
		operation: 'session readMail',
		fields: ['Allowed Senders', 'Mail Server', 'Options'],
		parameters: { mailServer: 'mx.google.com' },
	},
	{
		operation: 'session log',
		fields: [
			'Session',
			'External ID',
			'Append to Open Conversation',
			'Record Abandoned Chats',
			'Title',
			'Assign Agent',
			'Fallback User',
			'Comments',
			'Session Fields',
			'Conversation Attributes',
			'Dry Run',
		],
		parameters: {
			fallbackAgent: chosen(users.duty),
			platformTag: 'UJET',
			reopenDays: 3,
			recordAbandonedChats: 'minMessages',
			abandonedChatMinMessages: 2,
			queueSettings: {
				entries: [
					{
						queue: 'Support / VIP',
						settings: {
							tags: [named('VIP')],
							logMails: false,
							fallbackAgent: chosen(users.duty),
							assignedTeams: [chosen(teams.voice)],
						},
					},
				],
			},
			conversationFields: { assignedTeams: [chosen(teams.voice)], priority: 3 },
			customerSettings: { defaultCountry: 'US', ownNumbers: '+1 212 555 0100' },
			conversationAttributes: attributes({ callIdStr: '={{ $json.session.customData?.orderNumber }}' }),
		},
	},
	{
		operation: 'agentLink getPage',
		fields: ['Link Key', 'Phone Number', 'Account ID', 'Menu Path', 'Channel', 'Options'],
		parameters: {
			phone: '={{ $json.query.ANI }}',
			menuPath: '={{ $json.query.MENU_PATH }}',
			sessionChannel: '={{ $json.query.CHANNEL }}',
			options: { defaultCountry: 'US', unknownPath: '/app/search?q={search}' },
		},
	},
	{
		operation: 'agentLink createCallLink',
		fields: ['Conversation', 'Link Address', 'Agent Email', 'Phone Number', 'Valid for (Hours)'],
		parameters: {
			conversation: byExternalId(CALL),
			linkAddress: 'https://n8n.example.com/webhook/click-to-call',
		},
	},
	{
		operation: 'agentLink useCallLink',
		fields: ['Link', 'Start the Call', 'Options'],
		parameters: { startCall: "={{ $json.body?.start === 'yes' }}" },
	},
	{
		operation: 'agentLink createToken',
		fields: ['Valid for (Minutes)', 'Options'],
		parameters: {},
	},
	{
		operation: 'field createSessionFields',
		fields: ['Session Fields in Kustomer', 'Dry Run', 'Options'],
		parameters: {},
	},
	{
		operation: 'testCall getEvents',
		fields: ['Platform', 'Agent Email', 'Options'],
		parameters: { platform: 'ccaip', testAgentEmail: 'ana@example.com' },
	},
	{
		operation: 'testCall remove',
		fields: ['Dry Run', 'Options'],
		parameters: {},
	},
	{
		operation: 'crmRequest answer',
		fields: ['Answer With', 'Answer ID', 'Account Name', 'Answer Email', 'Answer Phone', 'Options'],
		parameters: { answerWith: 'account', answerId: '={{ $json.id }}', accountName: 'Nathan Drake' },
	},
	{
		operation: 'customer findOrCreate',
		fields: ['Phone Number', 'Email', 'External ID', 'Fields When Created', 'Simplify', 'Options'],
		parameters: {
			phone: '+1 212 555 0187',
			createFields: { name: 'Unknown caller', tags: [named('phone')] },
			options: {
				anonymousExternalId: CALL,
				defaultCountry: 'US',
				ownNumbers: '+1 212 555 0100, +1 212 555 0101',
				severalMatches: 'mostRecentlyActive',
				whenUnusable: 'createWithoutPhone',
			},
		},
	},
	{
		operation: 'customer create',
		fields: ['Name', 'Phone Number', 'Email', 'External ID', 'Additional Fields'],
		parameters: {
			name: 'Nathan Drake',
			phone: '+1 212 555 0187',
			email: 'nathan@example.com',
			externalId: 'shop-10234',
			additionalFields: { locale: 'en_US', tags: [picked('VIP')], timeZone: 'America/New_York' },
		},
	},
	{
		operation: 'customer get',
		fields: ['Customer'],
		parameters: { customer: { __rl: true, mode: 'phone', value: '+442079460123' } },
	},
	{
		operation: 'customer getMany',
		fields: ['Return All', 'Limit', 'Filters'],
		parameters: { limit: 20, filters: { search: 'Weber' } },
	},
	{
		operation: 'customer update',
		fields: ['Customer', 'Update Fields'],
		parameters: {
			customer: chosen(customers.jonas),
			updateFields: { addPhones: '+1 212 555 0188', name: 'Jonas Weber', tags: [picked('VIP')] },
			options: { emptyAttributes: 'leave' },
		},
	},
	{
		operation: 'conversation create',
		fields: ['Customer', 'External ID', 'Additional Fields', 'Note', 'Note Key'],
		parameters: {
			customer: chosen(customers.jonas),
			externalId: CALL,
			additionalFields: {
				assignedTeams: [chosen(teams.voice)],
				assignedUsers: [chosen(users.ana)],
				direction: 'in',
				name: 'Call from +493023125456',
				priority: 3,
				queue: chosen(queues.voice),
				status: 'open',
				tags: [picked('Voice'), named('inbound call')],
			},
			customAttributes: attributes({ callIdStr: '7c3f00aa', calledNumberStr: '+493023125000' }),
			note: 'Phone number: +493023125456',
			noteKey: 'phone-number',
			options: { unknownAttributes: 'leaveOut' },
		},
	},
	{
		operation: 'conversation findOpen',
		fields: ['Customer', 'Filters'],
		parameters: {
			customer: chosen(customers.jonas),
			filters: { maxAgeHours: 24, channel: 'voice', externalIdPrefix: 'babelforce:', tag: 'Voice' },
		},
	},
	{
		operation: 'conversation get',
		fields: ['Conversation'],
		parameters: { conversation: byExternalId(CALL) },
	},
	{
		operation: 'conversation getMany',
		fields: ['Customer', 'Return All', 'Limit'],
		parameters: { customer: chosen(customers.jonas), limit: 20 },
	},
	{
		operation: 'conversation update',
		fields: ['Conversation', 'Agent', 'Agent User', 'Agent Email', 'Fallback User', 'Tag Changes', 'Note'],
		parameters: {
			conversation: byExternalId(CALL),
			agentChange: 'replace',
			agent: chosen(users.ana),
			agentEmail: users.ana.email,
			fallbackAgent: chosen(users.duty),
			tagChanges: { changes: [{ mode: 'add', tag: picked('VIP') }] },
			updateFields: {
				priority: 4,
				status: 'open',
				teamChange: 'replace',
				teams: [chosen(teams.support)],
			},
			note: 'Call answered after 12 seconds',
			noteKey: 'bridged',
			options: { notFound: 'goOn' },
		},
	},
	{
		operation: 'note create',
		fields: ['Conversation', 'Note', 'Note Key'],
		parameters: {
			conversation: byExternalId(CALL),
			note: 'The customer asked for a call back on Monday.',
			noteKey: 'call-back',
		},
	},
	{
		operation: 'message create',
		fields: ['Add To', 'Conversation', 'Channel', 'Direction', 'External ID', 'Additional Fields'],
		parameters: {
			target: 'conversation',
			conversation: byExternalId(CALL),
			channel: 'voice',
			direction: 'in',
			externalId: CALL,
			additionalFields: { app: 'babelforce', preview: 'Inbound call, 3 minutes', status: 'received' },
		},
	},
	{
		operation: 'message update',
		fields: ['Message', 'Update Fields'],
		parameters: {
			message: byExternalId(CALL),
			updateFields: { preview: 'Inbound call, 3 minutes', subject: 'Inbound call' },
		},
	},
	{
		operation: 'agentStatus compare',
		fields: [
			'Platform',
			'Statuses',
			'All Other Statuses',
			'Direction',
			'If Both Sides Changed',
			'Teams',
			'Options',
		],
		parameters: {
			statuses: STATUS_TABLE,
			priority: 'kustomer',
			teams: { entries: [{ team: chosen(teams.voice) }] },
			options: { teamBy: 'member' },
		},
	},
	{
		operation: 'agentStatus map',
		fields: ['Direction', 'Status', 'Current Status on the Other Side', 'Platform', 'Statuses'],
		parameters: { status: 'Lunch', currentStatus: 'Available', statuses: STATUS_TABLE },
	},
	{
		operation: 'agentStatus get',
		fields: ['Agents', 'Agent'],
		parameters: { agents: 'one', agent: chosen(users.ana) },
	},
	{
		operation: 'agentStatus set',
		fields: ['Agent', 'Status Name or ID', 'Dry Run'],
		parameters: {
			agent: { __rl: true, mode: 'email', value: users.ana.email },
			status: statuses.lunch.id,
			options: { onlyIfStatus: 'Available', whenImpossible: 'goOn' },
		},
	},
	{ operation: 'user find', fields: ['Email'], parameters: { email: users.ana.email } },
	{
		operation: 'recording upload',
		fields: [
			'Belongs To',
			'Session External ID',
			'Source',
			'URL',
			'Authentication for the URL',
			'Servers That Get the Credential',
			'Store',
			'Add To',
			'Note',
		],
		parameters: {
			externalId: CALL,
			source: 'url',
			url: 'https://services.babelforce.com/api/v2/files/d1/download',
			sourceAuthentication: 'babelforceApi',
			credentialHosts: 'services.babelforce.com',
			options: { duration: 185 },
		},
	},
];

/** A workflow that holds all steps of one node, four a row, each named by its resource and operation. */
export function exampleWorkflow(node: string, examples: readonly Example[]): WorkflowFile {
	return {
		name: `Every operation of ${node}`,
		connections: {},
		nodes: examples.map(({ operation, parameters }, index) => ({
			id: `example-${index}`,
			name: operation,
			type: `n8n-nodes-kustomer.${node}`,
			typeVersion: node === 'kustomer' ? 1.1 : 1,
			position: [(index % 4) * 300, Math.floor(index / 4) * 200],
			parameters: {
				resource: operation.split(' ')[0] ?? '',
				operation: operation.split(' ')[1] ?? '',
				...parameters,
			},
		})),
	};
}
