/** What both harnesses of trigger nodes are made of: a workflow of one node, and what n8n hands to a run besides. */
import type { IncomingMessage } from 'node:http';

import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** Decrypted data by credential type. A type that is absent cannot be decrypted. */
export type CredentialsByType = Record<string, ICredentialDataDecryptedObject>;

/** A published workflow that holds the node and nothing else. */
export function workflowOf(
	nodeType: INodeType,
	node: Pick<INode, 'parameters' | 'credentials'> & Partial<INode>,
	more: { id: string; name?: string; staticData?: unknown },
): { workflow: Workflow; node: INode } {
	const workflow = new Workflow({
		...more,
		nodes: [{ id: '1', name: 'Trigger', type: 'harness.trigger', typeVersion: 1, position: [0, 0], ...node }],
		connections: {},
		active: true,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
		staticData: more.staticData as never,
	});
	const found = workflow.getNode('Trigger');
	if (found === null) throw new Error('The workflow lost its node');
	return { workflow, node: found };
}

/** What n8n hands to a run besides the workflow. Requests with a credential carry its key as a bearer token. */
export function runDataOf(credentials: CredentialsByType, publicUrl: string): IWorkflowExecuteAdditionalData {
	const credentialsHelper: Partial<ICredentialsHelper> = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getDecrypted: async (_data, _node, type) => {
			const found = credentials[type];
			if (found === undefined) throw new Error('Credential could not be decrypted');
			return { ...found };
		},
		authenticate: async ({ apiKey }, _type, options) => {
			const headers = { ...options.headers, Authorization: `Bearer ${String(apiKey)}` };
			return { ...options, headers } as IHttpRequestOptions;
		},
		preAuthentication: async () => undefined,
		getCredentialsProperties: () => [],
	};
	return {
		credentialsHelper,
		currentNodeExecutionIndex: 0,
		variables: {},
		externalSecretsProxy: {},
		webhookBaseUrl: `${publicUrl}/webhook`,
		webhookTestBaseUrl: `${publicUrl}/webhook-test`,
		webhookWaitingBaseUrl: `${publicUrl}/webhook-waiting`,
		instanceBaseUrl: publicUrl,
		restApiUrl: publicUrl,
	} as unknown as IWorkflowExecuteAdditionalData;
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
