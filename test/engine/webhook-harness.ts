import { randomUUID } from 'node:crypto';
/**
 * Calls a trigger node's webhook over HTTP as n8n does: real requests, bodies read as n8n's server reads them, n8n-core's
 * own WebhookContext and HookContext, and n8n's rules for who writes the answer. Only routing and the database are missing.
 */
import 'reflect-metadata';

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse as parseForm } from 'node:querystring';
import { gunzipSync } from 'node:zlib';

import express from 'express';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeHelpers,
	type Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeExecutionData,
	type INodeOutputConfiguration,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { readAll, runDataOf, workflowOf } from './trigger-workflow';

// Refused webhooks are logged; the tests look at the answers instead.
process.env.N8N_LOG_LEVEL = 'silent';

export interface WebhookSetup {
	nodeType: INodeType;
	parameters?: INodeParameters;
	/** Decrypted data of the node's credentials by type. A type that is absent cannot be decrypted. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
}

/** One call of `webhook()`: what n8n would make of its result. */
export interface WebhookRun {
	/** True when n8n would start an execution. */
	started: boolean;
	/** Items by output. */
	outputs: INodeExecutionData[][];
	/** Thrown out of `webhook()`: n8n answers 500 and starts an execution that fails. */
	thrown?: unknown;
}

export interface WebhookServer {
	url: string;
	/** One for each call of `webhook()`, in the order in which they finished. */
	runs: WebhookRun[];
	close(): Promise<void>;
}

type ParsedRequest = express.Request & {
	contentType?: string;
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** Parts of the address in front of what a node has as variables: `/webhook/contact-center`. */
const PATH_PARTS = 3;

const credentialIds = new WeakMap<object, string>();

/** One id for one set of credentials, as n8n's database gives it: it stays when the data in it changes. */
function credentialId(credentials: object): string {
	const id = credentialIds.get(credentials) ?? randomUUID();
	credentialIds.set(credentials, id);
	return id;
}

/** The node in a workflow of its own, with its parameters completed by their defaults as n8n does it. */
export function triggerWorkflow({ nodeType, parameters = {}, credentials = {} }: WebhookSetup): {
	workflow: Workflow;
	node: INode;
} {
	const named = Object.keys(credentials).map((type) => [type, { id: credentialId(credentials), name: type }]);
	return workflowOf(
		nodeType,
		{ typeVersion: versionOf({ nodeType }), parameters, credentials: Object.fromEntries(named) },
		{ id: 'harness' },
	);
}

/** The outputs that the editor draws on the node. */
export function outputsOf(setup: WebhookSetup): Array<INodeOutputConfiguration> {
	const { workflow, node } = triggerWorkflow(setup);
	return NodeHelpers.getNodeOutputs(workflow, node, setup.nodeType.description).map((output) =>
		typeof output === 'string' ? { type: output } : output,
	);
}

/** A field of a webhook's description for this node, for example `responseMode`. */
export function webhookField(setup: WebhookSetup, method: 'GET' | 'POST', field: string): unknown {
	const { workflow, node } = triggerWorkflow(setup);
	return workflow.expression.getSimpleParameterValue(
		node,
		descriptionOf(setup, method)[field],
		'internal',
		{},
	);
}

/** Calls one of the node's methods for publishing and unpublishing. */
export async function callWebhookMethod(
	setup: WebhookSetup,
	method: Method,
	name: 'checkExists' | 'create' | 'delete',
	activation: WorkflowActivateMode = 'activate',
): Promise<boolean | undefined> {
	const { workflow, node } = triggerWorkflow(setup);
	const webhook = webhookData(setup, method);
	const context = new HookContext(workflow, node, additionalData(setup), 'trigger', activation, webhook);
	return await setup.nodeType.webhookMethods?.[webhook.webhookDescription.name]?.[name].call(context);
}

/** Listens on a free port and hands every request to the node. */
export async function startWebhookServer(setup: WebhookSetup): Promise<WebhookServer> {
	const runs: WebhookRun[] = [];
	const app = express();
	app.disable('x-powered-by');
	app.use((request: express.Request, response: express.Response) => {
		void answer(setup, request, response, runs);
	});
	const server = createServer(app);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook/contact-center`,
		runs,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((closed) => server.close(() => closed()));
		},
	};
}

async function answer(
	setup: WebhookSetup,
	request: ParsedRequest,
	response: express.Response,
	runs: WebhookRun[],
): Promise<void> {
	const isParsed = await parseBody(request, isLeftUnread(setup)).then(
		() => true,
		() => false,
	);
	if (!isParsed) {
		response.status(422).json({ message: 'Failed to parse request body' });
		return;
	}
	const { workflow, node } = triggerWorkflow(setup);
	// What n8n's routing finds out of the path: the parts that the node's path has as variables.
	const parts = request.path.split('/').slice(PATH_PARTS);
	request.params = Object.fromEntries(
		parts.map((part, index) => [`part${index + 1}`, decodeURIComponent(part)]),
	);
	const webhook = webhookData(setup, request.method as Method, Object.keys(request.params).length);
	const data: IWorkflowExecuteAdditionalData = {
		...additionalData(setup),
		httpRequest: request,
		httpResponse: response,
	};
	const context = new WebhookContext(workflow, node, data, 'webhook', webhook, [], null);
	const result = await (
		setup.nodeType.webhook?.call(context) ?? Promise.reject(new Error('No webhook'))
	).then(
		(value): IWebhookResponseData | { thrown: unknown } => value,
		(thrown: unknown) => ({ thrown }),
	);
	if ('thrown' in result) {
		runs.push({ started: true, outputs: [], thrown: result.thrown });
		response.status(500).json({ message: 'Workflow Webhook Error: Workflow could not be started!' });
		return;
	}
	const outputs = (result.workflowData ?? []).map((items) => items ?? []);
	runs.push({ started: result.workflowData !== undefined, outputs });
	if (result.noWebhookResponse) return;
	if (result.workflowData !== undefined && webhookField(setup, 'POST', 'responseMode') === 'lastNode') {
		response.json({ answeredBy: 'the last node' });
		return;
	}
	response.json(result.webhookResponse ?? { message: 'Workflow was started' });
}

const PARSABLE = /^(?:application\/json|text\/plain|application\/x-www-form-urlencoded)/;

/** n8n leaves the body to a node of version 1 that has this among its options. */
function isLeftUnread(setup: WebhookSetup): boolean {
	const { options } = triggerWorkflow(setup).node.parameters;
	return versionOf(setup) === 1 && (options as INodeParameters | undefined)?.binaryData === true;
}

function versionOf({ nodeType }: WebhookSetup): number {
	return [nodeType.description.version].flat().at(-1) ?? 1;
}

/** Reads the body as n8n's webhook server does for a node of version 2: forms of text only, the rest is left unread. */
async function parseBody(request: ParsedRequest, isUnread: boolean): Promise<void> {
	request.contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
	request.readRawBody = async () => {
		request.rawBody ??= await readWhole(request);
	};
	if (isUnread) return;
	if (request.contentType?.startsWith('multipart/')) {
		const headers = { 'content-type': request.headers['content-type'] ?? '' };
		const form = await new Response(new Uint8Array(await readWhole(request)), { headers }).formData();
		request.body = { data: Object.fromEntries(form), files: {} };
		return;
	}
	if (!PARSABLE.test(request.contentType ?? '')) return;
	await request.readRawBody();
	const raw = request.rawBody ?? Buffer.alloc(0);
	if (raw.length === 0) return;
	const text = raw.toString('utf8').replace(/^\uFEFF/, '');
	if (request.contentType === 'application/json') request.body = JSON.parse(text);
	else if (request.contentType === 'application/x-www-form-urlencoded') request.body = parseForm(text);
	else if (request.contentType === 'text/plain') request.body = text;
}

/** The body, decompressed. */
async function readWhole(request: IncomingMessage): Promise<Buffer> {
	const bytes = await readAll(request);
	return request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
}

/** @param segments how many parts a path has behind that of the node */
function descriptionOf({ nodeType }: WebhookSetup, method: Method, segments = 0): IWebhookDescription {
	const { webhooks = [] } = nodeType.description;
	const answering = webhooks.filter(({ httpMethod }) => String(httpMethod).split(',').includes(method));
	const found = answering[Math.max(segments - 1, 0)];
	if (found === undefined) throw new Error(`The node has no webhook for ${method}`);
	return found;
}

function webhookData(setup: WebhookSetup, method: Method, segments = 0): IWebhookData {
	return {
		httpMethod: method,
		node: 'Trigger',
		path: 'contact-center',
		webhookDescription: descriptionOf(setup, method, segments),
		workflowId: 'harness',
		workflowExecuteAdditionalData: additionalData(setup),
	};
}

function additionalData({ credentials = {} }: WebhookSetup): IWorkflowExecuteAdditionalData {
	return runDataOf(credentials, 'http://localhost:5678');
}
