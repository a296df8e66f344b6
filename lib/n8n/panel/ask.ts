/** Asks a service while somebody edits a node: for lists to choose from, and for the fields of a mapper. */
import type { ILoadOptionsFunctions, NodeApiError } from 'n8n-workflow';

import type { ClientLimits } from '../http/client-settings';
import { toNodeError } from '../run/errors';

/** A person waits for the list to open, so waiting is short. */
const LIMITS: ClientLimits = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/**
 * Asks the service. Errors come out as n8n shows them.
 *
 * @throws {NodeApiError | NodeOperationError}
 */
export type Ask<Client> = <T>(
	context: ILoadOptionsFunctions,
	question: (client: Client) => Promise<T>,
) => Promise<T>;

/** @param connect makes the client of the service */
export function asking<Client>(
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

/**
 * Whether the node has a credential of this type. As long as nobody has chosen one, a panel says where to choose it, and never
 * that something failed.
 */
export function hasCredential(context: ILoadOptionsFunctions, credentialType: string): boolean {
	return context.getNode().credentials?.[credentialType] !== undefined;
}

/** What happened and what to do, in one line of plain text, for panels that show it themselves. */
export function reasonOf(error: unknown): string {
	const { message, description } = error as Partial<NodeApiError>;
	return [message, description].filter((text) => typeof text === 'string').join(' ');
}
