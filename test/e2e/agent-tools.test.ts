/** The operations as tools of n8n's AI Agent (rule X18), with a model that does what the prompt says. */
import axios from 'axios';

import { callRecord, chatRecord } from '../../sandbox/ccai-platform';
import { SANDBOX } from '../../sandbox/kustomer';

import {
	PLATFORM_TOOLS,
	agentWorkflow,
	kustomerTools,
	toolName,
	type AgentTool,
} from './harness/agent-tools';
import { useSandbox } from './harness/sandbox';
import { startScriptedModel, type ScriptedModel } from './harness/scripted-model';

const TEST_TIMEOUT_MS = 120_000;
/** An agent that has to fill in more makes mistakes. */
const MOST_ARGUMENTS = 3;
const CONVERSATION = '5f8a2b7c9d1e4f0099990001';
const MESSAGE = '5f8a2b7c9d1e4f0099990002';

const access: Record<string, unknown> = { apiKey: 'none' };
let model: ScriptedModel;
beforeAll(async () => {
	model = await startScriptedModel();
	access.url = model.url;
});
afterAll(async () => await model.close());

const sandbox = useSandbox({
	workflows: [],
	platforms: true,
	credentials: [{ name: 'Scripted model', type: 'openAiApi', data: access }],
});

const TOOLS = [...kustomerTools(CONVERSATION, MESSAGE), ...PLATFORM_TOOLS];
const FORBIDDEN: AgentTool = {
	node: 'kustomer',
	operation: 'session log',
	parameters: { session: '={{ { source: "generic", id: "1", channel: "voice" } }}' },
	args: {},
	tells: /not there for AI agents/,
};

let address: string;
beforeAll(async () => {
	const { standIn } = sandbox;
	const headers = { authorization: `Bearer ${standIn.apiKey}` };
	const conversation = {
		id: CONVERSATION,
		customer: SANDBOX.customers.jonas.id,
		name: 'Open question',
		status: 'open',
	};
	await axios.post(`${standIn.url}/v1/conversations`, conversation, {
		headers,
	});
	const message = {
		id: MESSAGE,
		channel: 'chat',
		app: 'test',
		direction: 'in',
		externalId: 'm-1',
		preview: 'Hi',
	};
	await axios.post(`${standIn.url}/v1/conversations/${CONVERSATION}/messages`, message, { headers });
	sandbox.stack.platforms?.ccaip.store.add('call', callRecord({ id: 123, updatedAt: Date.now() - 60_000 }));
	sandbox.stack.platforms?.ccaip.store.add('chat', chatRecord({ id: 987, updatedAt: Date.now() - 60_000 }));
	address = await sandbox.publish(agentWorkflow([...TOOLS, FORBIDDEN], 'agent'));
}, TEST_TIMEOUT_MS);

/** What the agent says in the end: what its tool gave. */
async function ask({ args, ...tool }: AgentTool): Promise<string> {
	const { status, data } = await axios.post<{ output?: string }>(
		address,
		{ tool: toolName(tool), args },
		{ validateStatus: () => true },
	);
	if (status !== 200)
		throw new Error(
			`The agent failed: ${(await sandbox.failures()).at(-1) ?? `${status} ${JSON.stringify(data)}`}`,
		);
	return typeof data.output === 'string' ? data.output : JSON.stringify(data);
}

describe('an AI agent in n8n', () => {
	it.each(TOOLS.map((tool) => [toolName(tool), tool] as const))(
		'X18: uses %s, and has few things to fill in, each described',
		async (name, tool) => {
			const told = await ask(tool);
			expect(told).toMatch(tool.tells);
			expect(told).not.toMatch(/^\[\{"error":/);
			const offered = model.offered.get(name);
			expect(offered?.description).toMatch(/^[A-Z].* in (Kustomer|Babelforce|CCAI Platform)$/);
			expect(Object.keys(offered?.properties ?? {}).sort()).toEqual(Object.keys(tool.args).sort());
			expect(Object.keys(tool.args).length).toBeLessThanOrEqual(MOST_ARGUMENTS);
			for (const { description } of Object.values(offered?.properties ?? {}))
				expect(description).toBeTruthy();
		},
		TEST_TIMEOUT_MS,
	);

	it(
		'X18: is told why it has no step that writes many things, and writes nothing',
		async () => {
			const { result, requests } = await sandbox.countRequests(async () => await ask(FORBIDDEN));
			expect(result).toMatch(FORBIDDEN.tells);
			expect(requests).toBe(0);
		},
		TEST_TIMEOUT_MS,
	);
});
