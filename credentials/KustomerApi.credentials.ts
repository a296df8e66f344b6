import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { pastedSecret } from '../lib/http/host';
import { BASE_URL_HINT, ORGANIZATION_HINT } from '../lib/n8n/kustomer/credential-hints';

/**
 * An API key of a Kustomer organization. The node `kustomer` tests it, because only code can tell a wrong key from a
 * wrong region and from a host that does not answer.
 * https://developer.kustomer.com/docs/get-started/api-keys-and-roles
 */
export class KustomerApi implements ICredentialType {
	name = 'kustomerApi';

	displayName = 'Kustomer API';

	icon: Icon = {
		light: 'file:../nodes/Kustomer/kustomer.svg',
		dark: 'file:../nodes/Kustomer/kustomer.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/kustomer-api-key.md#api-key';

	properties: INodeProperties[] = [
		{
			displayName: 'Organization',
			name: 'organization',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. acme',
			hint: ORGANIZATION_HINT,
			description:
				'First part of the address at which agents open Kustomer: "acme" for https://acme.kustomerapp.com. The whole address, as copied from the browser, is understood as well.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'From Kustomer: Settings > Security > API Keys',
			description:
				'Created in Kustomer under Settings > Security > API Keys. Kustomer shows it once. Its roles decide what the node may do and cannot be changed later.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.prod2.kustomerapp.com',
			hint: BASE_URL_HINT,
			description:
				"Only needed to use another host than the organization's own: a regional host or the sandbox. Empty means https://&lt;organization&gt;.api.kustomerapp.com.",
		},
	];

	/**
	 * Adds the key to a request. A function and not a template: n8n evaluates templates as expressions, for every
	 * request anew, which takes longer than the rest of sending.
	 */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return {
			...request,
			headers: { ...request.headers, Authorization: `Bearer ${pastedSecret(credential.apiKey)}` },
		};
	}
}
