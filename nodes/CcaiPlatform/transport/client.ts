import { NodeOperationError, type IAllExecuteFunctions, type IExecuteFunctions } from 'n8n-workflow';

import { createCcaiPlatformClient, type CcaiPlatformClient } from '../../../lib/ccai-platform/client';
import { isTenantProblem, tenantOf, tokenOf } from '../../../lib/ccai-platform/tenant';
import { systemClock } from '../../../lib/n8n/kustomer-client';
import { createSendGet, CREDENTIAL_TYPE } from './send';

/** Limits of one execution. */
export interface ClientLimits {
	/** Milliseconds until one attempt is given up. */
	timeoutMs?: number;
	/** Milliseconds that waiting and repeating may take for one request. */
	maxWaitMs?: number;
}

/**
 * Makes the client for one execution of the node. The credential is read once.
 *
 * @throws {NodeOperationError} when the credential cannot be used as it is
 */
export async function createClient(
	context: IExecuteFunctions,
	limits: ClientLimits = {},
): Promise<CcaiPlatformClient> {
	const data = await context.getCredentials(CREDENTIAL_TYPE);
	const tenant = tenantOf(data);
	if (isTenantProblem(tenant)) {
		throw new NodeOperationError(context.getNode(), tenant.message, { description: tenant.advice });
	}
	if (tokenOf(data) === '') {
		throw new NodeOperationError(context.getNode(), 'The token in the CCAI Platform credential is empty', {
			description: 'Make one in CCAI Platform under Settings > Developer Settings > API Credentials.',
		});
	}
	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	const credential = { id: reference?.id ?? '', name: reference?.name ?? CREDENTIAL_TYPE, data };
	return createCcaiPlatformClient({
		send: createSendGet(context as IAllExecuteFunctions, credential),
		clock: systemClock,
		tenant,
		signal: context.getExecutionCancelSignal(),
		...limits,
	});
}
