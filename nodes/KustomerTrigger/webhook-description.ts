import * as workflow from 'n8n-workflow';
import type { INodeParameters, IWebhookDescription } from 'n8n-workflow';

const METHOD_TEMPLATE =
	'={{ $parameter["triggerOn"] === "agentStatus" && $parameter["acceptPushes"] !== true ? "" : "POST" }}';

/**
 * The node's webhook: for Kustomer's events, and for pushes when they are accepted. Without a method n8n registers no
 * webhook at all, so that nobody can call a node that only looks by itself.
 *
 * As an expression alone, n8n evaluates the method in an isolate for every event that arrives. n8n 2.41 also takes a
 * function beside the expression and then needs no isolate for it; older versions know only the expression.
 */
export function webhookDescription(): IWebhookDescription {
	const hidden = '={{ $parameter["triggerOn"] === "agentStatus" && $parameter["acceptPushes"] !== true }}';
	const description: IWebhookDescription = {
		name: 'default',
		httpMethod: METHOD_TEMPLATE as IWebhookDescription['httpMethod'],
		path: 'kustomer',
		responseMode: 'onReceived',
		// Empty text makes n8n send the answer that webhook() returns.
		responseData: '',
		ndvHideUrl: hidden,
		ndvHideMethod: true,
	};
	if (!('webhookDescriptionFields' in workflow)) return description;
	return {
		...description,
		...workflow.webhookDescriptionFields({
			httpMethod: { template: METHOD_TEMPLATE, resolve: methodFor },
			ndvHideUrl: { template: hidden, resolve: (parameters) => methodFor(parameters) === '' },
		}),
	};
}

function methodFor({ triggerOn, acceptPushes }: INodeParameters): string {
	return triggerOn === 'agentStatus' && acceptPushes !== true ? '' : 'POST';
}
