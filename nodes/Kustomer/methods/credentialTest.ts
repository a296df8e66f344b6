/** Tests credentials when somebody saves them: Kustomer's, those of links, and those for the address of a file. */
import type { ICredentialTestFunction } from 'n8n-workflow';

import { testAgentLinkApi } from '../../../lib/n8n/agent-link/credential';
import { testKustomerApi } from '../../../lib/n8n/kustomer/credential-test';
import { PLATFORM_APIS } from '../../../lib/n8n/platform-apis';

const ofPlatforms: Record<string, ICredentialTestFunction> = Object.fromEntries(
	PLATFORM_APIS.map(({ testedBy, testCredential }) => [testedBy, testCredential]),
);

export const credentialTest = { ...ofPlatforms, testAgentLinkApi, testKustomerApi };
