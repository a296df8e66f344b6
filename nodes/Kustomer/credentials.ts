import type { INodeCredentialDescription } from 'n8n-workflow';

import { PLATFORM_APIS } from '../../lib/n8n/platform-apis';

/** The credentials of platforms: for statuses to choose from, and for the address of a file. */
export const platformCredentials: INodeCredentialDescription[] = PLATFORM_APIS.map(
	({ credentialType, testedBy }) => ({
		name: credentialType,
		required: true,
		testedBy,
		displayOptions: { show: { sourceAuthentication: [credentialType] } },
	}),
);
