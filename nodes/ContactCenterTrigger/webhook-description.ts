import * as workflow from 'n8n-workflow';
import type { IWebhookDescription } from 'n8n-workflow';

const TEMPLATES = {
	path: '={{$parameter["path"]}}',
	responseMode: '={{$parameter["respond"] === "whenFinished" ? "lastNode" : "onReceived"}}',
	// Empty text makes n8n send the answer that webhook() returns.
	responseData: '={{$parameter["respond"] === "whenFinished" ? "firstEntryJson" : ""}}',
} as const;

/**
 * The fields of a webhook that depend on the node's parameters.
 *
 * As expressions alone, n8n evaluates them in an isolate for every event that arrives. n8n 2.41 also takes a function
 * beside each expression and then needs no isolate for it; older versions know only the expressions.
 */
export function webhookDescription(
	own: Pick<IWebhookDescription, 'name' | 'httpMethod' | 'ndvHideUrl'>,
): IWebhookDescription {
	const whenFinished = (parameters: workflow.INodeParameters) => parameters.respond === 'whenFinished';
	const resolvers: Record<keyof typeof TEMPLATES, workflow.WebhookDescriptionField['resolve']> = {
		path: ({ path }) => path,
		responseMode: (parameters) => (whenFinished(parameters) ? 'lastNode' : 'onReceived'),
		responseData: (parameters) => (whenFinished(parameters) ? 'firstEntryJson' : ''),
	};
	const description = { ...own, ...TEMPLATES, isFullPath: true };
	if (!('webhookDescriptionFields' in workflow)) return description;
	return {
		...description,
		...workflow.webhookDescriptionFields({
			path: { template: TEMPLATES.path, resolve: resolvers.path },
			responseMode: { template: TEMPLATES.responseMode, resolve: resolvers.responseMode },
			responseData: { template: TEMPLATES.responseData, resolve: resolvers.responseData },
		}),
	};
}
