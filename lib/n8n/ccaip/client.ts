import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { createCcaiPlatformClient, type CcaiPlatformClient } from '../../platforms/ccaip/api/client';
import { isTenantProblem, tenantOf, tokenOf } from '../../platforms/ccaip/api/tenant';
import { nameResolver } from '../http/resolve-name';
import { createCcaiPlatformSend, CREDENTIAL_TYPE } from './http';
import { systemClock, type ClientLimits } from '../kustomer/client';

/**
 * Makes the CCAI Platform client for one execution of a node, or for a list in the editor. The credential is read once.
 *
 * @throws {NodeOperationError} when the credential cannot be used as it is
 */
export async function createCcaiPlatformClientFor(
	context: IExecuteFunctions | ILoadOptionsFunctions,
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
		send: createCcaiPlatformSend(context as IAllExecuteFunctions, credential),
		clock: systemClock,
		tenant,
		resolve: nameResolver(context.helpers),
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		...limits,
	});
}
