/** What the clients of all services take from the node that they work for. */
import {
	NodeOperationError,
	sleep,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type ITriggerFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { isHostProblem, type HostProblem } from '../../http/host';
import type { Clock } from '../../http/http';

/** Where in n8n requests can be sent from. */
export type RequestingContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** Limits of one execution. */
export interface ClientLimits {
	/** Milliseconds until one attempt is given up. */
	timeoutMs?: number;
	/** Milliseconds that waiting and repeating may take for one request. */
	maxWaitMs?: number;
}

/** The time and chance of this machine. */
export const systemClock: Clock = {
	now: () => Date.now(),
	sleep: async (milliseconds) => await sleep(milliseconds),
	random: () => Math.random(),
};

/** A decrypted credential of the node. With it, n8n need not read it again for every request. */
export interface CredentialInUse {
	/** Empty when n8n does not say. */
	id: string;
	name: string;
	data: ICredentialDataDecryptedObject;
}

/** Reads the node's credential of one type. */
export async function credentialInUse(context: RequestingContext, type: string): Promise<CredentialInUse> {
	const data = await context.getCredentials(type);
	const reference = context.getNode().credentials?.[type];
	return { id: reference?.id ?? '', name: reference?.name ?? type, data };
}

/**
 * What was made of a credential.
 *
 * @throws {NodeOperationError} when it is a problem instead
 */
export function usable<Made extends object>(context: RequestingContext, made: Made | HostProblem): Made {
	if (!isHostProblem(made)) return made;
	throw new NodeOperationError(context.getNode(), made.message, { description: made.advice });
}

/** The signal that tells that somebody stopped the run; undefined where n8n gives none. */
export function cancelSignalOf(context: RequestingContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
