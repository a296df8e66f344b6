import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { asking } from '../panel/ask';
import { createClient, credentialTypeOf, type KustomerAuthentication } from './client';

/** Asks Kustomer while somebody edits a node, signed in as the parameter `authentication` says. */
export const askKustomer = asking(
	async (context, limits) => await createClient(context, authenticationOf(context), limits),
);

/** The type of the Kustomer credential that the panel asks for. */
export function kustomerCredentialOf(context: ILoadOptionsFunctions): string {
	return credentialTypeOf(authenticationOf(context));
}

function authenticationOf(context: ILoadOptionsFunctions): KustomerAuthentication {
	return context.getNodeParameter('authentication', 'apiKey') as KustomerAuthentication;
}
