/** Asks a service while somebody edits a node: for lists to choose from, and for the fields of a mapper. */
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { KustomerClient } from '../../kustomer/client';
import type { BabelforceClient } from '../../platforms/babelforce/api/client';
import type { CcaiPlatformClient } from '../../platforms/ccaip/api/client';
import { createBabelforceClientFor } from '../babelforce/client';
import { createCcaiPlatformClientFor } from '../ccaip/client';
import { createClient, type ClientLimits, type KustomerAuthentication } from '../kustomer/client';
import { toNodeError } from '../run/errors';

/** A person waits for the list to open, so waiting is short. */
const LIMITS: ClientLimits = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/**
 * Asks the service. Errors come out as n8n shows them.
 *
 * @throws {NodeApiError | NodeOperationError}
 */
type Ask<Client> = <T>(
	context: ILoadOptionsFunctions,
	question: (client: Client) => Promise<T>,
) => Promise<T>;

export const askBabelforce: Ask<BabelforceClient> = asking(createBabelforceClientFor);

export const askCcaiPlatform: Ask<CcaiPlatformClient> = asking(createCcaiPlatformClientFor);

export const askKustomer: Ask<KustomerClient> = asking(async (context, limits) => {
	const authentication = context.getNodeParameter('authentication', 'apiKey') as KustomerAuthentication;
	return await createClient(context, authentication, limits);
});

function asking<Client>(
	connect: (context: ILoadOptionsFunctions, limits: ClientLimits) => Promise<Client>,
): Ask<Client> {
	return async (context, question) => {
		try {
			return await question(await connect(context, LIMITS));
		} catch (error) {
			throw toNodeError(error, { node: context.getNode() });
		}
	};
}
