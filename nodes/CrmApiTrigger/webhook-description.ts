import type { INodeParameters, IWebhookDescription } from 'n8n-workflow';

import { MOST_SEGMENTS } from '../../lib/crm-api/receive/route';
import { withResolvers } from '../../lib/n8n/webhook/webhook-description';

/** The administrator of the platform chooses one of them for each endpoint (rule G1). */
const METHODS = 'GET,POST,PUT,PATCH' as IWebhookDescription['httpMethod'];

/** Names of the variables in the path: they hold the parts of an endpoint's path, and an id behind them. */
const VARIABLES = Array.from({ length: MOST_SEGMENTS }, (_, index) => `part${index + 1}`);

/**
 * The node's webhooks: the node's path with one variable behind it, with two, and so on. n8n puts an id of the node in front of
 * paths with variables. The panel shows one of them.
 */
export const webhooks: IWebhookDescription[] = VARIABLES.map((_, index) =>
	webhookDescription(VARIABLES.slice(0, index + 1), index === 0),
);

/** What a request's path holds behind the node's path, part by part. */
export function segmentsOf(params: unknown): string[] {
	const values = (params ?? {}) as Record<string, unknown>;
	return VARIABLES.map((name) => values[name]).filter((value): value is string => typeof value === 'string');
}

function webhookDescription(variables: readonly string[], isShown: boolean): IWebhookDescription {
	const end = variables.map((name) => `/:${name}`).join('');
	return withResolvers(
		{
			name: isShown ? 'default' : 'setup',
			httpMethod: METHODS,
			path: `={{ $parameter["path"] + "${end}" }}`,
			responseMode:
				'={{ ($parameter["ownEndpoints"] || []).length > 0 ? "responseNode" : "onReceived" }}' as IWebhookDescription['responseMode'],
			// Empty text makes n8n send the answer that webhook() returns.
			responseData: '',
			isFullPath: true,
			ndvHideMethod: true,
			...(isShown ? {} : { ndvHideUrl: true }),
		},
		{
			path: ({ path }) => `${String(path)}${end}`,
			responseMode: ({ ownEndpoints }: INodeParameters) =>
				Array.isArray(ownEndpoints) && ownEndpoints.length > 0 ? 'responseNode' : 'onReceived',
		},
	);
}
