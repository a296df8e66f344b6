/** Every operation that an AI agent may have as a tool, set up as the page about agents says, with what a model fills in. */
import { BABELFORCE } from '../../../sandbox/babelforce';
import { SANDBOX } from '../../../sandbox/kustomer';
import { CREDENTIAL_NAMES, type WorkflowFile } from '../../../sandbox/launcher';

const { customers, users, statuses } = SANDBOX;

/** One tool. */
export interface AgentTool {
	/** The node that it is made of. */
	node: 'kustomer' | 'babelforce' | 'ccaiPlatform';
	/** Resource and operation. */
	operation: string;
	/** What the person sets; {@link fill} stands for what the model fills in. */
	parameters: Record<string, unknown>;
	/** What the model fills in here, by the name of the argument. Its names have to be those of {@link fill}. */
	args: Record<string, unknown>;
	/** Part of what the agent is told. */
	tells: RegExp;
}

/** What n8n writes into a field that the model fills in. */
export const fill = (name: string, description: string) =>
	`={{ $fromAI('${name}', '${description}', 'string') }}`;

const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const theCustomer = by('id', fill('customerId', 'ID of the customer in Kustomer'));
const theConversation = by('id', fill('conversationId', 'ID of the conversation in Kustomer'));
const theAgent = by('email', fill('email', 'Email address of the agent'));
const ana = { email: users.ana.email };
const jonas = { customerId: customers.jonas.id };

/** Of a conversation that exists. */
export const kustomerTools = (conversationId: string, messageId: string): AgentTool[] => {
	const tool = (
		operation: string,
		parameters: AgentTool['parameters'],
		args: AgentTool['args'],
		tells: RegExp,
	): AgentTool => ({ node: 'kustomer', operation, parameters, args, tells });
	return [
		tool(
			'customer get',
			{ customer: by('phone', fill('phone', 'Number with country code')) },
			{ phone: customers.jonas.phone },
			new RegExp(customers.jonas.id),
		),
		tool(
			'customer getMany',
			{ limit: 5, filters: { search: fill('text', 'Part of a name, email address or number') } },
			{ text: 'Weber' },
			/Jonas/,
		),
		tool(
			'customer findOrCreate',
			{ phone: fill('phone', 'Number with country code'), createFields: { name: fill('name', 'Full name') } },
			{ phone: '+12125550143', name: 'Kim Lee' },
			/"outcome":"created"/,
		),
		tool(
			'customer create',
			{ name: fill('name', 'Full name'), email: fill('email', 'Email address') },
			{ name: 'Lou Reis', email: 'lou@example.com' },
			/Lou Reis/,
		),
		tool(
			'customer update',
			{ customer: theCustomer, updateFields: { name: fill('name', 'New full name') } },
			{ ...jonas, name: 'Jonas A. Weber' },
			/Jonas A\. Weber/,
		),
		tool(
			'conversation create',
			{
				customer: theCustomer,
				externalId: fill('reference', 'ID of the chat, the same each time'),
				additionalFields: { name: fill('title', 'Title, a few words') },
			},
			{ ...jonas, reference: 'chat-1', title: 'Wants a refund' },
			/Wants a refund/,
		),
		tool('conversation findOpen', { customer: theCustomer }, jonas, /"found":/),
		tool(
			'conversation get',
			{ conversation: theConversation },
			{ conversationId },
			new RegExp(conversationId),
		),
		tool('conversation getMany', { customer: theCustomer, limit: 5 }, jonas, new RegExp(conversationId)),
		tool(
			'conversation update',
			{ conversation: theConversation, note: fill('note', 'What happened, one sentence') },
			{ conversationId, note: 'Asked for a call back.' },
			/"note":"added"/,
		),
		tool(
			'note create',
			{ conversation: theConversation, note: fill('note', 'What happened, one sentence') },
			{ conversationId, note: 'Called back.' },
			/"created":true/,
		),
		tool(
			'message create',
			{
				target: 'conversation',
				conversation: theConversation,
				channel: 'chat',
				direction: 'in',
				externalId: fill('reference', 'ID of the message'),
				additionalFields: { preview: fill('text', 'What was written') },
			},
			{ conversationId, reference: 'm-2', text: 'Hello' },
			/Hello/,
		),
		tool(
			'message update',
			{
				message: by('id', fill('messageId', 'ID of the message in Kustomer')),
				updateFields: { preview: fill('text', 'What was written') },
			},
			{ messageId, text: 'Hello again' },
			/Hello again/,
		),
		tool('user find', { email: fill('email', 'Email address of the user') }, ana, new RegExp(users.ana.id)),
		tool('agentStatus get', { agents: 'one', agent: theAgent }, ana, new RegExp(users.ana.id)),
		tool(
			'agentStatus set',
			{ agent: theAgent, status: statuses.lunch.id, options: { whenImpossible: 'goOn' } },
			ana,
			/"outcome":/,
		),
	];
};

/** Of the platforms. */
export const PLATFORM_TOOLS: AgentTool[] = [
	{
		node: 'babelforce',
		operation: 'call get',
		parameters: { callId: fill('callId', 'ID of the call') },
		args: { callId: BABELFORCE.calls.answered },
		tells: new RegExp(BABELFORCE.calls.answered.replaceAll('-', '')),
	},
	{ node: 'babelforce', operation: 'call getMany', parameters: { limit: 3 }, args: {}, tells: /"id":/ },
	{ node: 'babelforce', operation: 'agent get', parameters: { agent: theAgent }, args: ana, tells: /Ana/ },
	{ node: 'babelforce', operation: 'agent getMany', parameters: { limit: 3 }, args: {}, tells: /"id":/ },
	{
		node: 'babelforce',
		operation: 'agentStatus get',
		parameters: { agent: theAgent },
		args: ana,
		tells: /"presence":"/,
	},
	{
		node: 'babelforce',
		operation: 'agentStatus getMany',
		parameters: { limit: 3 },
		args: {},
		tells: /"presence":"/,
	},
	{ node: 'babelforce', operation: 'agentStatus getPresences', parameters: {}, args: {}, tells: /"name":/ },
	{
		node: 'babelforce',
		operation: 'agentStatus set',
		parameters: { agent: theAgent, presence: 'busy' },
		args: ana,
		tells: /"id":|"outcome":/,
	},
	{
		node: 'babelforce',
		operation: 'agentStatus disable',
		parameters: { agent: theAgent },
		args: ana,
		tells: /"enabled":false/,
	},
	{
		node: 'babelforce',
		operation: 'agentStatus enable',
		parameters: { agent: theAgent },
		args: ana,
		tells: /"enabled":true/,
	},
	{
		node: 'ccaiPlatform',
		operation: 'session getCall',
		parameters: { callId: fill('callId', 'Number of the call') },
		args: { callId: '123' },
		tells: /"id":"call-123"/,
	},
	{
		node: 'ccaiPlatform',
		operation: 'session getChat',
		parameters: { chatId: fill('chatId', 'Number of the chat') },
		args: { chatId: '987' },
		tells: /"id":"chat-987"/,
	},
	{
		node: 'ccaiPlatform',
		operation: 'session getMany',
		parameters: { sessions: 'both', limit: 2 },
		args: {},
		tells: /"externalId":/,
	},
	{ node: 'ccaiPlatform', operation: 'agent get', parameters: { agent: theAgent }, args: ana, tells: /Ana/ },
	{ node: 'ccaiPlatform', operation: 'agent getMany', parameters: { limit: 3 }, args: {}, tells: /"id":/ },
	{
		node: 'ccaiPlatform',
		operation: 'agentStatus getStatuses',
		parameters: {},
		args: {},
		tells: /Available/,
	},
	{
		node: 'ccaiPlatform',
		operation: 'agentStatus set',
		parameters: { agent: theAgent, status: 'Break' },
		args: ana,
		tells: /"outcome":|"status":/,
	},
];

/** n8n does not say of the variants for agents which credentials they ask for, so the workflow names them. */
const CREDENTIALS = {
	kustomer: { kustomerApi: { name: CREDENTIAL_NAMES.kustomer } },
	babelforce: { babelforceApi: { name: CREDENTIAL_NAMES.babelforce } },
	ccaiPlatform: { ccaiPlatformApi: { name: CREDENTIAL_NAMES.ccaiPlatform } },
};

/** The name under which a model sees a tool: that of its step. */
export const toolName = ({ node, operation }: Pick<AgentTool, 'node' | 'operation'>) =>
	`${node}_${operation.replace(' ', '_')}`;

/** A workflow with a webhook that takes a prompt, and an agent with these tools. */
export function agentWorkflow(
	tools: ReadonlyArray<Omit<AgentTool, 'args' | 'tells'>>,
	path: string,
): WorkflowFile {
	const step = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: Record<string, unknown>,
		index = 0,
	) => ({
		id: `${path}-${name}`,
		name,
		type,
		typeVersion,
		position: [(index % 8) * 200, 200 + Math.floor(index / 8) * 200] as [number, number],
		parameters,
	});
	const connected = (type: string) => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	return {
		name: `Agent with tools: ${path}`,
		// In the older order n8n goes on with the agent before its tools have run.
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				...step('Prompt', 'n8n-nodes-base.webhook', 2, {
					httpMethod: 'POST',
					path,
					responseMode: 'responseNode',
				}),
				webhookId: path,
			},
			step(
				'Agent',
				'@n8n/n8n-nodes-langchain.agent',
				3,
				{
					promptType: 'define',
					text: '={{ JSON.stringify($json.body) }}',
					options: { enableStreaming: false, maxIterations: 3 },
				},
				1,
			),
			step('Answer', 'n8n-nodes-base.respondToWebhook', 1.1, { respondWith: 'firstIncomingItem' }, 3),
			step(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.2,
				{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				2,
			),
			...tools.map(({ node, operation, parameters }, index) => ({
				...step(
					toolName({ node, operation }),
					`n8n-nodes-kustomer.${node}Tool`,
					1,
					{
						descriptionType: 'auto',
						resource: operation.split(' ')[0] ?? '',
						operation: operation.split(' ')[1] ?? '',
						...parameters,
					},
					index + 8,
				),
				credentials: CREDENTIALS[node],
			})),
		],
		connections: {
			Prompt: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Agent: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] },
			Model: connected('ai_languageModel'),
			...Object.fromEntries(tools.map((tool) => [toolName(tool), connected('ai_tool')])),
		},
	} as WorkflowFile;
}
