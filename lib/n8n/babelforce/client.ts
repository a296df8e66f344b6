import type { IAllExecuteFunctions, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { createBabelforceClient, type BabelforceClient } from '../../platforms/babelforce/api/client';
import {
	cancelSignalOf,
	credentialInUse,
	systemClock,
	usable,
	type ClientLimits,
} from '../http/client-settings';
import { nameResolver } from '../http/resolve-name';
import { CREDENTIAL_TYPE, createBabelforceOpen, createBabelforceSend } from './http';
import { methodOf, signInHost } from './sign-in';

/**
 * Makes the babelforce client for one execution of a node. The credential is read once.
 *
 * @throws {NodeOperationError} when something is missing in the credential
 */
export async function createBabelforceClientFor(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	limits: ClientLimits = {},
): Promise<BabelforceClient> {
	const credential = await credentialInUse(context, CREDENTIAL_TYPE);
	const { baseUrl } = usable(context, signInHost(credential.data));
	const credentialKey = `${CREDENTIAL_TYPE}:${credential.id}:${baseUrl}`;
	const settings = {
		context: context as IAllExecuteFunctions,
		credential,
		baseUrl,
		renewable: methodOf(credential.data) === 'password',
		credentialKey,
	};
	return createBabelforceClient({
		baseUrl,
		send: createBabelforceSend(settings),
		open: createBabelforceOpen(settings),
		clock: systemClock,
		resolve: nameResolver(context.helpers),
		credentialKey,
		signal: cancelSignalOf(context),
		...limits,
	});
}
