import type { INodeParameters, IWebhookDescription } from 'n8n-workflow';

import { withResolvers } from '../../lib/n8n/webhook/webhook-description';

const METHOD =
	'={{ $parameter["triggerOn"] === "agentStatus" && $parameter["acceptPushes"] !== true ? "" : "POST" }}';

/**
 * The node's webhook: for Kustomer's events, and for pushes when they are accepted. Without a method n8n registers no
 * webhook at all, so nobody can call a node that only polls.
 */
export function webhookDescription(): IWebhookDescription {
	return withResolvers(
		{
			name: 'default',
			httpMethod: METHOD as IWebhookDescription['httpMethod'],
			path: 'kustomer',
			responseMode: 'onReceived',
			// Empty text makes n8n send the answer that webhook() returns.
			responseData: '',
			ndvHideUrl: '={{ $parameter["triggerOn"] === "agentStatus" && $parameter["acceptPushes"] !== true }}',
			ndvHideMethod: true,
		},
		{ httpMethod: methodFor, ndvHideUrl: (parameters) => methodFor(parameters) === '' },
	);
}

function methodFor({ triggerOn, acceptPushes }: INodeParameters): string {
	return triggerOn === 'agentStatus' && acceptPushes !== true ? '' : 'POST';
}
