/**
 * A language model that does what it is told: a stand-in for OpenAI's chat API on loopback, for n8n's AI Agent. A prompt is
 * the JSON of one {@link ToolCall}; the model calls that tool and then says what the tool gave, word by word.
 * https://platform.openai.com/docs/api-reference/chat
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the prompt asks the model to do. */
export interface ToolCall {
	tool: string;
	args: Record<string, unknown>;
}

/** A tool as the agent offers it to the model. */
export interface OfferedTool {
	name: string;
	description: string;
	/** What the model has to fill in: JSON schema of each argument. */
	properties: Record<string, { type?: string; description?: string }>;
	required: string[];
}

export interface ScriptedModel {
	/** For the base URL of n8n's credential. */
	url: string;
	/** The tools of the last request, by name. */
	offered: Map<string, OfferedTool>;
	close(): Promise<void>;
}

interface Message {
	role: string;
	content?: unknown;
}

interface ChatRequest {
	model: string;
	stream?: boolean;
	messages: Message[];
	tools?: Array<{
		function: {
			name: string;
			description?: string;
			parameters?: Partial<Pick<OfferedTool, 'properties' | 'required'>>;
		};
	}>;
}

/** Starts the model on a free port. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	const offered = new Map<string, OfferedTool>();
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			if (!request.url?.endsWith('/chat/completions')) {
				send(response, { object: 'list', data: [{ id: 'scripted', object: 'model' }] });
				return;
			}
			const chat = JSON.parse(body) as ChatRequest;
			offered.clear();
			for (const { function: one } of chat.tools ?? []) {
				const { name, description = '', parameters } = one;
				const { properties = {}, required = [] } = parameters ?? {};
				offered.set(name, { name, description, properties, required });
			}
			answer(response, chat);
		});
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		offered,
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}

function answer(response: ServerResponse, { model, stream, messages }: ChatRequest): void {
	const last = messages.at(-1);
	const message =
		last?.role === 'tool'
			? { role: 'assistant', content: textOf(last.content) }
			: { role: 'assistant', content: null, tool_calls: [callOf(textOf(last?.content))] };
	const whole = {
		id: 'chatcmpl-1',
		created: 1,
		model,
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
	const finish_reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
	if (stream !== true) {
		send(response, { ...whole, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }] });
		return;
	}
	const chunk = (delta: object, reason: string | null) =>
		`data: ${JSON.stringify({ ...whole, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
	const delta =
		'tool_calls' in message
			? { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })) }
			: message;
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	response.end(`${chunk(delta, null)}${chunk({}, finish_reason)}data: [DONE]\n\n`);
}

/** The prompt as a call of a tool. n8n may put words of its own in front of it. */
function callOf(prompt: string): object {
	const { tool, args } = JSON.parse(prompt.slice(prompt.indexOf('{'))) as ToolCall;
	return {
		id: `call_${tool}`.slice(0, 40),
		type: 'function',
		function: { name: tool, arguments: JSON.stringify(args) },
	};
}

function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	const parts = Array.isArray(content) ? (content as Array<{ text?: string }>) : [];
	return parts.map(({ text = '' }) => text).join('');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, body: object): void {
	response.writeHead(200, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}
