import { readWorkflow, type WorkflowFile, type WorkflowNode } from '../../../sandbox/launcher';
import { CCAIP_WORKFLOWS } from '../../../sandbox/launcher/stack';

/** How a copy of the workflow that logs sessions differs from the shipped one. */
export interface SessionsCopy {
	/** Its name, which stands in front of its webhooks' paths, too. */
	name: string;
	/** The stored Kustomer credential that it gets. */
	credential: string;
	/** Fields of its step Log Session, as a person changes them. */
	rules?: Record<string, unknown>;
	/** The stored credential of its step Chat Webhook, which is active then. */
	chatWebhooks?: string;
}

/** A copy of the shipped workflow that logs sessions, so that tests run beside each other in one n8n. */
export async function sessionsWorkflow({
	name,
	credential,
	rules = {},
	chatWebhooks,
}: SessionsCopy): Promise<WorkflowFile> {
	const shipped = await readWorkflow(CCAIP_WORKFLOWS.events);
	const nodes = shipped.nodes.map((node) => {
		const { path } = node.parameters;
		const own = typeof path === 'string' ? { path: `${name}-${path}` } : {};
		const changed = node.name === 'Log Session' ? rules : {};
		const parameters = { ...node.parameters, ...own, ...changed };
		const step = withKustomer({ ...node, parameters }, credential);
		if (node.name !== 'Chat Webhook' || chatWebhooks === undefined) return step;
		const signed = { contactCenterWebhookApi: { id: null, name: chatWebhooks } };
		return { ...step, disabled: false, credentials: signed };
	});
	return { ...shipped, name, nodes };
}

/** The step with that Kustomer credential, when it takes one. */
export function withKustomer(node: WorkflowNode, credential: string): WorkflowNode {
	const isKustomer = node.type.endsWith('.kustomer');
	return isKustomer ? { ...node, credentials: { kustomerApi: { id: null, name: credential } } } : node;
}

/** The one pick of a step that calls the workflow that logs sessions. Other steps stay as they are. */
export function withSessions(node: WorkflowNode, name: string): WorkflowNode {
	return node.name.startsWith('Log Session') ? withPick(node, name) : node;
}

/** The one pick of a step that calls a workflow. Steps that call none stay as they are. */
export function withPick(node: WorkflowNode, name: string): WorkflowNode {
	const { workflowId } = node.parameters;
	if (workflowId === undefined) return node;
	const picked = { ...(workflowId as object), cachedResultName: name };
	return { ...node, parameters: { ...node.parameters, workflowId: picked } };
}
