/** Shows in the panel which method the chosen webhook credential has, and whether the platform can use it. */
import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { standingOptions, statusLine } from '../../lib/n8n/panel/status-line';
import { CREDENTIAL, credentialInWords, webhookCredential } from '../../lib/n8n/webhook/webhook-credential';
import { findPlatform } from '../../lib/platforms/find-platform';

export const credentialInUse: INodeProperties = statusLine(
	{
		displayName: 'Credential in Use',
		name: 'credentialInUse',
		hint: 'How the platform has to show who it is. n8n may have filled in the credential of another platform: look before you publish.',
		description:
			'The method of the credential above. Open the list to read what to do when it does not fit the platform. There is nothing to choose here.',
	},
	'getCredentialInUse',
	['platform'],
);

/** One line about the credential; never fails, because there may be none yet. */
export async function getCredentialInUse(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const data = await this.getCredentials(CREDENTIAL).catch(() => undefined);
	const platform = findPlatform(String(this.getCurrentNodeParameter('platform') ?? ''));
	return standingOptions(
		credentialInWords(data === undefined ? undefined : webhookCredential(data as never), platform),
	);
}
