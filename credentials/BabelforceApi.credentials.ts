import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	Icon,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticationHeaders, methodOf, signIn } from '../lib/n8n/babelforce/sign-in';

/**
 * Access to babelforce's manager API. The node `babelforce` tests it, because only code can tell a wrong password from a
 * wrong environment and from a host that does not answer.
 * https://help.babelforce.com/hc/en-us/articles/6418329977108-Authentication-Best-Practice
 */
export class BabelforceApi implements ICredentialType {
	name = 'babelforceApi';

	displayName = 'Babelforce API';

	icon: Icon = {
		light: 'file:../nodes/Babelforce/babelforce.svg',
		dark: 'file:../nodes/Babelforce/babelforce.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/babelforce-node.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'string',
			default: 'services',
			placeholder: 'e.g. services',
			hint: 'Your babelforce address: "services" for services.babelforce.com. You may paste the whole address.',
			description:
				'First part of your babelforce address: "services" for https://services.babelforce.com, which is right for most accounts. The whole address, as copied from the browser, is understood as well.',
		},
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{
					name: 'Access Token',
					value: 'accessToken',
					description: 'An Access ID and an Access Token from the manager app',
				},
				{
					name: 'User and Password',
					value: 'password',
					description:
						'The credentials of a user with manager rights. n8n gets a token for them and renews it when it ends.',
				},
			],
			default: 'accessToken',
			description: 'How n8n signs in to babelforce',
		},
		{
			displayName: 'Access ID',
			name: 'accessId',
			type: 'string',
			displayOptions: { show: { method: ['accessToken'] } },
			required: true,
			default: '',
			hint: 'From the manager app of babelforce: account overview',
			description: 'Stands in the manager app of babelforce, on the account overview',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['accessToken'] } },
			required: true,
			default: '',
			description: 'Stands beside the Access ID',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			displayOptions: { show: { method: ['password'] } },
			required: true,
			default: '',
			placeholder: 'e.g. n8n@example.com',
			description: 'The email address with which the user signs in. A user of its own for n8n is best.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['password'] } },
			required: true,
			default: '',
			description: 'The password of the user',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://acme.babelforce.com',
			hint: 'Leave it empty, unless you were told another address',
			description:
				'Only needed to use another host than the one of the environment. Empty means https://&lt;environment&gt;.babelforce.com.',
		},
	];

	/** n8n calls it when there is no token yet, and when babelforce has answered 401. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credential: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		// Without a token in the answer n8n goes on with the credential as it is.
		if (methodOf(credential) !== 'password') return {};
		return { sessionToken: await signIn(this.helpers, credential) };
	}

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return { ...request, headers: { ...request.headers, ...authenticationHeaders(credential) } };
	}
}
