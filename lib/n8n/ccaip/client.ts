import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { pastedSecret } from '../../http/host';
import { createCcaiPlatformClient, type CcaiPlatformClient } from '../../platforms/ccaip/api/client';
import { tenantOf } from '../../platforms/ccaip/api/tenant';
import {
	cancelSignalOf,
	credentialInUse,
	systemClock,
	usable,
	type ClientLimits,
} from '../http/client-settings';
import { nameResolver } from '../http/resolve-name';
import { createSendHttp } from '../http/http';
import { createOpenAddress } from '../http/open-address';

export const CREDENTIAL_TYPE = 'ccaiPlatformApi';

/**
 * Makes the CCAI Platform client for one execution of a node, or for a list in the editor. The credential is read once.
 *
 * @throws {NodeOperationError} when the credential cannot be used as it is
 */
export async function createCcaiPlatformClientFor(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	limits: ClientLimits = {},
): Promise<CcaiPlatformClient> {
	const credential = await credentialInUse(context, CREDENTIAL_TYPE);
	const tenant = usable(context, tenantOf(credential.data));
	if (pastedSecret(credential.data.token) === '') {
		throw new NodeOperationError(context.getNode(), 'The token in the CCAI Platform credential is empty', {
			description: 'Make one in CCAI Platform under Settings > Developer Settings > API Credentials.',
		});
	}
	const way = { context: context as IAllExecuteFunctions, credentialType: CREDENTIAL_TYPE };
	return createCcaiPlatformClient({
		send: createSendHttp({ ...way, credential, baseUrl: tenant.baseUrl, renewable: false }),
		open: createOpenAddress({ ...way, credential: { type: CREDENTIAL_TYPE, ...credential } }),
		clock: systemClock,
		tenant,
		resolve: nameResolver(context.helpers),
		signal: cancelSignalOf(context),
		...limits,
	});
}
