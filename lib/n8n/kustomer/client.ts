import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type ITriggerFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { createKustomerClient, type KustomerClient } from '../../kustomer/client';
import type { Clock } from '../../http/http';
import { createSendHttp } from '../http/http';
import { isHostProblem, kustomerHost } from './host';

/** How n8n signs in to Kustomer: the values of the node parameter `authentication`. */
export type KustomerAuthentication = 'apiKey' | 'oAuth2';

/** The credential type that belongs to a way of signing in. */
export function credentialTypeOf(authentication: KustomerAuthentication): string {
	return authentication === 'oAuth2' ? 'kustomerOAuth2Api' : 'kustomerApi';
}

/** Limits of one execution. */
export interface ClientLimits {
	/** Milliseconds until one attempt is given up. */
	timeoutMs?: number;
	/** Milliseconds that waiting and repeating may take for one request. */
	maxWaitMs?: number;
}

/** Where in n8n requests can be sent from. */
export type RequestingContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** The time and chance of this machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (milliseconds) => await sleep(milliseconds),
	random: () => Math.random(),
};

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
	const data = await context.getCredentials(credentialType);
	const host = kustomerHost(data);
	if (isHostProblem(host)) {
		throw new NodeOperationError(context.getNode(), host.message, { description: host.advice });
	}

	if (authentication === 'oAuth2' && !isConnected(data)) {
		throw new NodeOperationError(context.getNode(), 'The Kustomer OAuth2 credential is not connected', {
			description: 'Open the credential and choose Connect, then sign in to Kustomer.',
		});
	}

	const reference = context.getNode().credentials?.[credentialType];
	const id = reference?.id ?? '';
	const send = createSendHttp({
		context: context as IAllExecuteFunctions,
		credentialType,
		baseUrl: host.baseUrl,
		credential:
			authentication === 'oAuth2' ? undefined : { id, name: reference?.name ?? credentialType, data },
		renewable: authentication === 'oAuth2',
	});
	return createKustomerClient({
		send,
		clock: systemClock,
		// Two hosts have two rate limits, so the host belongs to the key.
		credentialKey: `${credentialType}:${id}:${host.baseUrl}`,
		organization: host.organization,
		signal: 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined,
		...limits,
	});
}

function isConnected({ oauthTokenData }: ICredentialDataDecryptedObject): boolean {
	return typeof oauthTokenData === 'object' && oauthTokenData !== null && 'access_token' in oauthTokenData;
}
