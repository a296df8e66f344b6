import * as workflow from 'n8n-workflow';
import type { IHookFunctions, INodeProperties, IWebhookDescription } from 'n8n-workflow';

import { refuseMistypedPanel } from './publish-check';

type Resolve = workflow.WebhookDescriptionField['resolve'];

/** The fields of a webhook that n8n takes functions for. */
type ResolvableField = keyof Parameters<typeof workflow.webhookDescriptionFields>[0];

/**
 * A node's webhook, with functions beside those fields that depend on the node's parameters.
 *
 * As expressions alone, n8n evaluates them in an isolate for every request that arrives. n8n 2.41 also takes a function
 * beside each expression and then needs no isolate for it; older versions know only the expressions.
 *
 * @param resolvers what the expressions of these fields say, as functions of the node's parameters
 */
export function withResolvers(
	description: IWebhookDescription,
	resolvers: Partial<Record<ResolvableField, Resolve>>,
): IWebhookDescription {
	if (!('webhookDescriptionFields' in workflow)) return description;
	const fields = Object.entries(resolvers).map(([name, resolve]) => [
		name,
		{ template: description[name as ResolvableField], resolve },
	]);
	return { ...description, ...workflow.webhookDescriptionFields(Object.fromEntries(fields)) };
}

const done = async (): Promise<boolean> => await Promise.resolve(true);

/**
 * For services that have no interface to register a webhook: a person enters the URL there once, so there is nothing to
 * look up, create or delete when the workflow is published or unpublished. The panel is looked at all the same.
 *
 * @param properties the panel, see {@link refuseMistypedPanel}
 */
export function nothingToRegister(properties: INodeProperties[]) {
	return {
		async checkExists(this: IHookFunctions): Promise<boolean> {
			refuseMistypedPanel(this, properties);
			return await done();
		},
		create: done,
		delete: done,
	};
}
