import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { CcaiPlatformClient } from '../../../lib/platforms/ccaip/api/client';
import { createCcaiPlatformClientFor } from '../../../lib/n8n/ccaip/client';
import { toNodeError } from '../../../lib/n8n/run/errors';

/** A person waits for the list to open, so waiting is short. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/**
 * Asks the platform while somebody edits the node. Errors come out as n8n shows them.
 *
 * @throws {NodeApiError | NodeOperationError}
 */
export async function ask<T>(
	context: ILoadOptionsFunctions,
	question: (client: CcaiPlatformClient) => Promise<T>,
): Promise<T> {
	const node = context.getNode();
	return await createCcaiPlatformClientFor(context, LIMITS)
		.then(question)
		.then(
			(answer) => answer,
			(error: unknown) => Promise.reject(toNodeError(error, { node })),
		);
}
