import { asking } from '../panel/ask';
import { createClient, type KustomerAuthentication } from './client';

/** Asks Kustomer while somebody edits a node, signed in as the parameter `authentication` says. */
export const askKustomer = asking(async (context, limits) => {
	const authentication = context.getNodeParameter('authentication', 'apiKey') as KustomerAuthentication;
	return await createClient(context, authentication, limits);
});
