import {
	NodeOperationError,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
} from 'n8n-workflow';

import { createKustomerClient, type KustomerClient } from '../../kustomer/client';
import {
	cancelSignalOf,
	credentialInUse,
	systemClock,
	usable,
	type ClientLimits,
	type RequestingContext,
} from '../http/client-settings';
import { createSendHttp } from '../http/http';
import { kustomerHost } from './host';

/** How n8n signs in to Kustomer: the values of the node parameter `authentication`. */
export type KustomerAuthentication = 'apiKey' | 'oAuth2';

/** The credential type that belongs to a way of signing in. */
export function credentialTypeOf(authentication: KustomerAuthentication): string {
	return authentication === 'oAuth2' ? 'kustomerOAuth2Api' : 'kustomerApi';
}

/**
 * Makes the Kustomer client for one execution of a node. The credential is read once.
 *
 * @throws {NodeOperationError} when the credential names no host that can be used, or is not connected
 */
export async function createClient(
	context: RequestingContext,
	authentication: KustomerAuthentication,
	limits: ClientLimits = {},
): Promise<KustomerClient> {
	const credentialType = credentialTypeOf(authentication);
	const credential = await credentialInUse(context, credentialType);
	const host = usable(context, kustomerHost(credential.data));
	if (authentication === 'oAuth2' && !isConnected(credential.data)) {
		throw new NodeOperationError(context.getNode(), 'The Kustomer OAuth2 credential is not connected', {
			description: 'Open the credential and choose Connect, then sign in to Kustomer.',
		});
	}

	const isOAuth2 = authentication === 'oAuth2';
	const send = createSendHttp({
		context: context as IAllExecuteFunctions,
		credentialType,
		baseUrl: host.baseUrl,
		credential: isOAuth2 ? undefined : credential,
		renewable: isOAuth2,
	});
	return createKustomerClient({
		send,
		clock: systemClock,
		// Two hosts have two rate limits, so the host belongs to the key.
		credentialKey: `${credentialType}:${credential.id}:${host.baseUrl}`,
		organization: host.organization,
		webBaseUrl: host.webBaseUrl,
		signal: cancelSignalOf(context),
		...limits,
	});
}

function isConnected({ oauthTokenData }: ICredentialDataDecryptedObject): boolean {
	return typeof oauthTokenData === 'object' && oauthTokenData !== null && 'access_token' in oauthTokenData;
}
