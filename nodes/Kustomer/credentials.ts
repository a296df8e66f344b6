import type { INodeCredentialDescription } from 'n8n-workflow';

import { PLATFORM_APIS } from '../../lib/n8n/platform-apis';

/**
 * Kustomer's own credential, the secrets of links that agents open, and the credentials of platforms: for statuses to choose from, and
 * for the address of a file.
 */
export const credentials: INodeCredentialDescription[] = [
	{
		name: 'kustomerApi',
		required: true,
		testedBy: 'testKustomerApi',
		displayOptions: { show: { authentication: ['apiKey'] } },
	},
	{
		name: 'kustomerOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
	{
		name: 'agentLinkApi',
		required: true,
		testedBy: 'testAgentLinkApi',
		displayOptions: { show: { resource: ['agentLink'] } },
	},
	...PLATFORM_APIS.map(({ credentialType, testedBy }) => ({
		name: credentialType,
		required: true,
		testedBy,
		displayOptions: { show: { sourceAuthentication: [credentialType] } },
	})),
];
