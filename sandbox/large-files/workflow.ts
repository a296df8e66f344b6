/** Workflows that carry recordings to Kustomer when their webhook is called, and answer when all are there. */
import axios from 'axios';

import type { PublishedWorkflow, RunningN8n, WorkflowFile, WorkflowNode } from '../launcher';

/** One recording, as the webhook's body names it. */
export interface UploadRequest {
	name: string;
	url?: string;
	callId?: string;
}

/** Name of the node that uploads. */
const UPLOAD_NODE = 'Upload Recording';

/** How the recording gets into the workflow: the upload loads it, or a node in front of it does. */
export type From = 'url' | 'babelforce' | 'ccaiPlatform';

/** What the webhook takes. */
export interface UploadBatch {
	conversationId: string;
	files: UploadRequest[];
	/** Items at the same time. */
	concurrency: number;
}

const BODY = "$('Webhook').item.json.body";

/**
 * Takes an {@link UploadBatch}; one item for each file.
 */
export function uploadWorkflow(from: From): WorkflowFile {
	const nodes: WorkflowNode[] = [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: `large-recording-${from}`,
			parameters: {
				httpMethod: 'POST',
				path: `large-recording-${from}`,
				responseMode: 'lastNode',
				responseData: 'noData',
				options: {},
			},
		},
		{
			name: 'One Item per File',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'body.files', options: { destinationFieldName: 'file' } },
		},
		...download(from),
		{
			name: UPLOAD_NODE,
			type: 'n8n-nodes-kustomer.kustomer',
			typeVersion: 1,
			parameters: {
				resource: 'recording',
				operation: 'upload',
				target: 'conversation',
				conversation: { __rl: true, mode: 'id', value: `={{ ${BODY}.conversationId }}` },
				...(from === 'url' ? { source: 'url', url: '={{ $json.file.url }}' } : { source: 'binary' }),
				options: { allowPrivate: true, concurrency: `={{ ${BODY}.concurrency }}` },
			},
		},
	];
	return {
		name: `Large recording (${from})`,
		nodes: nodes.map((node, index) => ({
			...node,
			id: `00000000-0000-4000-8000-0000000${from.length.toString().padStart(2, '0')}${String(index).padStart(3, '0')}`,
			position: [index * 200, 0],
		})),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index]?.name ?? '',
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

function download(from: From): WorkflowNode[] {
	const name = 'Download Recording';
	const typeVersion = 1;
	if (from === 'babelforce') {
		return [
			{
				name,
				typeVersion,
				type: 'n8n-nodes-kustomer.babelforce',
				parameters: {
					resource: 'recording',
					operation: 'download',
					recording: { __rl: true, mode: 'call', value: '={{ $json.file.callId }}' },
				},
			},
		];
	}
	if (from === 'ccaiPlatform') {
		return [
			{
				name,
				typeVersion,
				type: 'n8n-nodes-kustomer.ccaiPlatform',
				parameters: {
					resource: 'recording',
					operation: 'download',
					source: 'url',
					url: '={{ $json.file.url }}',
					callId: '={{ $json.file.callId }}',
					options: { allowInternal: true },
				},
			},
		];
	}
	return [];
}

/**
 * Runs one execution, and waits for its end.
 *
 * @returns milliseconds that the node took that uploads
 * @throws Error when the execution fails
 */
export async function runUpload(
	n8n: RunningN8n,
	{ id, webhookPaths }: PublishedWorkflow,
	batch: UploadBatch,
): Promise<number> {
	const options = { proxy: false as const, timeout: 0, validateStatus: () => true };
	await axios.post(n8n.webhookUrl(webhookPaths[0] ?? ''), batch, options);
	const api = await n8n.login();
	const [latest] = await api.executions({ workflowId: id, limit: 1 });
	const { status, error, nodes } = await api.execution(latest?.id ?? '');
	if (status !== 'success') throw new Error(`The upload ended with ${status}: ${error?.message ?? ''}`);
	return nodes[UPLOAD_NODE]?.durationMs ?? 0;
}
