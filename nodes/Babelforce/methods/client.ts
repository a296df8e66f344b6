import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { BabelforceClient } from '../../../lib/platforms/babelforce/api/client';
import { createBabelforceClientFor } from '../../../lib/n8n/babelforce/client';
import { toNodeError } from '../../../lib/n8n/run/errors';

/** A person waits for the list to open, so waiting is short. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/**
 * Asks babelforce while somebody edits the node. Errors come out as n8n shows them.
 *
 * @throws {NodeApiError | NodeOperationError}
 */
export async function ask<T>(
	context: ILoadOptionsFunctions,
	question: (client: BabelforceClient) => Promise<T>,
): Promise<T> {
	const node = context.getNode();
	return await createBabelforceClientFor(context, LIMITS)
		.then(question)
		.then(
			(answer) => answer,
			(error: unknown) => Promise.reject(toNodeError(error, { node })),
		);
}
