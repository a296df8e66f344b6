import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authorizationOf, DEFAULT_DOMAIN } from '../lib/platforms/ccaip/api/tenant';

/**
 * An API credential of a CCAI Platform installation. The node `ccaiPlatform` tests it, because only code can tell a wrong
 * token from a wrong subdomain and from a host that does not answer.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api (Basic authentication)
 */
export class CcaiPlatformApi implements ICredentialType {
	name = 'ccaiPlatformApi';

	displayName = 'CCAI Platform API';

	icon: Icon = {
		light: 'file:../nodes/CcaiPlatform/ccaiPlatform.svg',
		dark: 'file:../nodes/CcaiPlatform/ccaiPlatform.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/ccai-platform-node.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Subdomain',
			name: 'subdomain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. acme',
			hint: 'The address at which agents sign in: "acme" for acme.uc1.ccaiplatform.com. You may paste the whole address.',
			description:
				'First part of the address at which agents sign in: "acme" for https://acme.uc1.ccaiplatform.com. It is also the user that n8n signs in as. A whole address, as copied from the browser, is understood as well and goes before the domain.',
		},
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: DEFAULT_DOMAIN,
			placeholder: 'e.g. uc1.ccaiplatform.com or ujet.co',
			hint: 'The rest of that address. It does not matter when you have pasted the whole address above.',
			description: 'The rest of that address',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			hint: 'From CCAI Platform: Settings > Developer Settings > API Credentials',
			description:
				'Made in CCAI Platform under Settings > Developer Settings > API Credentials, which shows it once',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://proxy.example.com',
			hint: 'Leave it empty, unless you were told another address',
			description:
				'Only needed to reach the platform at another host, such as a proxy or the sandbox. Empty means https://&lt;subdomain&gt;.&lt;domain&gt;.',
		},
	];

	/** Signs a request in. A function and not a template: n8n evaluates templates as expressions, for every request anew. */
	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return { ...request, headers: { ...request.headers, Authorization: authorizationOf(credential) } };
	}
}
