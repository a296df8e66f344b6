import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { KustomerClient } from '../../../lib/kustomer/client';
import { toNodeError } from '../../../lib/n8n/run/errors';
import { createClient, type KustomerAuthentication } from '../../../lib/n8n/kustomer/client';

/** A person waits for the list to open, so waiting is short. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/**
 * Asks Kustomer while somebody edits the node. Errors come out as n8n shows them.
 *
 * @throws {NodeApiError | NodeOperationError}
 */
export async function ask<T>(
	context: ILoadOptionsFunctions,
	question: (client: KustomerClient) => Promise<T>,
): Promise<T> {
	const authentication = context.getNodeParameter('authentication', 'apiKey') as KustomerAuthentication;
	const node = context.getNode();
	return await createClient(context, authentication, LIMITS)
		.then(question)
		.then(
			(answer) => answer,
			(error: unknown) => Promise.reject(toNodeError(error, { node })),
		);
}
