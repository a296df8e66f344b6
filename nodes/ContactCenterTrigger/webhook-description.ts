import type { INodeParameters, IWebhookDescription } from 'n8n-workflow';

import { withResolvers } from '../../lib/n8n/webhook/webhook-description';

/** The node's webhook, for one of the methods in which events arrive. */
export function webhookDescription(
	own: Pick<IWebhookDescription, 'name' | 'httpMethod' | 'ndvHideUrl'>,
): IWebhookDescription {
	const whenFinished = ({ respond }: INodeParameters) => respond === 'whenFinished';
	return withResolvers(
		{
			...own,
			path: '={{$parameter["path"]}}',
			responseMode: '={{$parameter["respond"] === "whenFinished" ? "lastNode" : "onReceived"}}',
			// Empty text makes n8n send the answer that webhook() returns.
			responseData: '={{$parameter["respond"] === "whenFinished" ? "firstEntryJson" : ""}}',
			isFullPath: true,
		},
		{
			path: ({ path }) => path,
			responseMode: (parameters) => (whenFinished(parameters) ? 'lastNode' : 'onReceived'),
			responseData: (parameters) => (whenFinished(parameters) ? 'firstEntryJson' : ''),
		},
	);
}
