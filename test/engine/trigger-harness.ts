/**
 * One trigger node in a workflow of its own, as n8n runs it: published and unpublished, called over HTTP with the raw
 * body, and with static data that stays. n8n-core's own contexts and request helpers; only database and routing are
 * missing.
 */
import './engine-environment';

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';
import { HookContext, TriggerContext, WebhookContext } from 'n8n-core';
import {
	type Workflow,
	type ICredentialDataDecryptedObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type ITriggerResponse,
	type IWebhookData,
	type IWebhookDescription,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { readAll, runDataOf, workflowOf } from './trigger-workflow';

export const PUBLIC_URL = 'https://n8n.example.com';

export interface TriggerSetup {
	nodeType: INodeType;
	parameters: INodeParameters;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	workflowId?: string;
	/** Where n8n believes that it can be reached. */
	publicUrl?: string;
}

/** What n8n would make of a call of the webhook. */
export interface Call {
	started: boolean;
	outputs: INodeExecutionData[][];
}

export class TriggerHarness {
	readonly emitted: INodeExecutionData[][][] = [];
	readonly failures: Error[] = [];
	readonly calls: Call[] = [];
	/** Answers as n8n does when it cannot start the workflow. */
	failsToStart = false;
	/** As n8n's database keeps it. */
	staticData: Record<string, Record<string, unknown>> = {};
	private trigger: ITriggerResponse | undefined;
	private server: ReturnType<typeof createServer> | undefined;
	private port = 0;

	constructor(private setup: TriggerSetup) {}

	change(setup: Partial<TriggerSetup>): void {
		this.setup = { ...this.setup, ...setup };
	}

	/** Listens for the webhook on this machine. */
	async listen(): Promise<void> {
		const app = express();
		app.use((request, response) => void this.answer(request, response));
		this.server = createServer(app);
		await new Promise<void>((listening) => this.server?.listen(0, '127.0.0.1', listening));
		this.port = (this.server.address() as AddressInfo).port;
	}

	/** Where a call that is meant for the public address goes. */
	redirect(url: string): string {
		return url.replace(PUBLIC_URL, `http://127.0.0.1:${this.port}`);
	}

	async close(): Promise<void> {
		await this.stop();
		this.server?.closeAllConnections();
		await new Promise<void>((closed) =>
			this.server === undefined ? closed() : this.server.close(() => closed()),
		);
	}

	/** What n8n does with the webhook when a workflow is published. */
	async publish(mode: 'trigger' | 'manual' = 'trigger'): Promise<void> {
		const { workflow, node } = this.workflow();
		const exists = await this.method('checkExists', workflow, node, mode);
		if (exists !== true) await this.method('create', workflow, node, mode);
		this.save(workflow);
	}

	async unpublish(mode: 'internal' | 'manual' = 'internal'): Promise<boolean | undefined> {
		const { workflow, node } = this.workflow();
		const done = await this.method('delete', workflow, node, mode);
		this.save(workflow);
		return done;
	}

	/** Calls `trigger` as n8n does it when a workflow is published, or, with `init`, when n8n itself starts. */
	async start(activation: WorkflowActivateMode = 'activate'): Promise<void> {
		const { workflow, node } = this.workflow();
		const context = new TriggerContext(
			workflow,
			node,
			this.additionalData(),
			'trigger',
			activation,
			(data) => {
				this.save(workflow);
				this.emitted.push(data);
			},
			(error) => this.failures.push(error),
			(error) => this.failures.push(error),
		);
		this.trigger = await this.setup.nodeType.trigger?.call(context);
		this.save(workflow);
	}

	async stop(): Promise<void> {
		await this.trigger?.closeFunction?.();
		this.trigger = undefined;
	}

	private save(workflow: Workflow): void {
		this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as typeof this.staticData;
	}

	private async method(
		name: 'checkExists' | 'create' | 'delete',
		workflow: Workflow,
		node: INode,
		mode: WorkflowExecuteMode,
	): Promise<boolean | undefined> {
		const context = new HookContext(
			workflow,
			node,
			this.additionalData(),
			mode,
			'activate',
			this.webhookData(mode === 'manual'),
		);
		return await this.setup.nodeType.webhookMethods?.default?.[name].call(context);
	}

	private workflow(): { workflow: Workflow; node: INode } {
		const { nodeType, parameters, credentials, workflowId = 'workflow-1' } = this.setup;
		const named = Object.keys(credentials).map((type) => [type, { id: `${type}-1`, name: type }]);
		return workflowOf(
			nodeType,
			{
				id: 'node-1',
				webhookId: 'hook-1',
				parameters: structuredClone(parameters),
				credentials: Object.fromEntries(named),
			},
			{ id: workflowId, name: 'Support', staticData: structuredClone(this.staticData) },
		);
	}

	private webhookData(isTest: boolean): IWebhookData {
		return {
			httpMethod: 'POST',
			node: 'Trigger',
			path: 'hook-1/kustomer',
			webhookDescription: this.setup.nodeType.description.webhooks?.[0] as IWebhookDescription,
			workflowId: 'workflow-1',
			workflowExecuteAdditionalData: this.additionalData(),
			isTest,
		};
	}

	private async answer(
		request: express.Request & { contentType?: string; rawBody?: Buffer },
		response: express.Response,
	): Promise<void> {
		request.contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
		request.rawBody = await readAll(request);
		const isTest = request.path.startsWith('/webhook-test/');
		const { workflow, node } = this.workflow();
		const data = { ...this.additionalData(), httpRequest: request, httpResponse: response };
		const context = new WebhookContext(
			workflow,
			node,
			data,
			isTest ? 'manual' : 'webhook',
			this.webhookData(isTest),
			[],
			null,
		);
		const result = (await this.setup.nodeType.webhook?.call(context)) as IWebhookResponseData;
		this.save(workflow);
		this.calls.push({
			started: result.workflowData !== undefined,
			outputs: (result.workflowData ?? []).map((items) => items ?? []),
		});
		if (this.failsToStart) response.status(500).json({ message: 'Workflow could not be started!' });
		else if (result.noWebhookResponse !== true) response.json(result.webhookResponse);
	}

	private additionalData(): IWorkflowExecuteAdditionalData {
		const { credentials, publicUrl = PUBLIC_URL } = this.setup;
		return runDataOf(credentials, publicUrl);
	}
}
