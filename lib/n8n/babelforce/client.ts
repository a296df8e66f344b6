import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
} from 'n8n-workflow';

import { createBabelforceClient, type BabelforceClient } from '../../platforms/babelforce/api/client';
import { nameResolver } from '../http/resolve-name';
import { babelforceHost } from './host';
import { CREDENTIAL_TYPE, createBabelforceOpen, createBabelforceSend } from './http';
import { credentialProblem, methodOf } from './sign-in';
import { systemClock, type ClientLimits } from '../kustomer/client';
import { isHostProblem } from '../kustomer/host';

/**
 * Makes the babelforce client for one execution of a node. The credential is read once.
 *
 * @throws {NodeOperationError} when something is missing in the credential
 */
export async function createBabelforceClientFor(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	limits: ClientLimits = {},
): Promise<BabelforceClient> {
	const data = await context.getCredentials(CREDENTIAL_TYPE);
	const host = babelforceHost(data);
	const problem = isHostProblem(host) ? host : credentialProblem(data);
	if (isHostProblem(host) || problem !== undefined) {
		throw new NodeOperationError(context.getNode(), problem?.message ?? '', { description: problem?.advice });
	}

	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	const id = reference?.id ?? '';
	const credentialKey = `${CREDENTIAL_TYPE}:${id}:${host.baseUrl}`;
	const settings = {
		context: context as IAllExecuteFunctions,
		credential: { id, name: reference?.name ?? CREDENTIAL_TYPE, data },
		baseUrl: host.baseUrl,
		renewable: methodOf(data) === 'password',
		credentialKey,
	};
	return createBabelforceClient({
		baseUrl: host.baseUrl,
		send: createBabelforceSend(settings),
		open: createBabelforceOpen(settings),
		clock: systemClock,
		resolve: nameResolver(context.helpers),
		credentialKey,
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		...limits,
	});
}
