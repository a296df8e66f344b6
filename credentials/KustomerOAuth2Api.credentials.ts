import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { REQUEST_ROLES } from '../lib/kustomer/roles';
import { BASE_URL_HINT, ORGANIZATION_HINT } from '../lib/n8n/kustomer/credential-hints';

/** The organization's name out of whatever was pasted, as an expression. `lib/n8n/kustomer/host.ts` does the same. */
const ORGANIZATION =
	'$self["organization"].toLowerCase().replace(/[\\s\\u200b-\\u200d\\u2060\\ufeff"\'<>]/g, "").replace(/^([a-z]+:)?\\/\\/+|^https?:\\/*/, "").replace(/[\\/?#:\\\\].*$/, "").replace(/[.]+$/, "").replace(/([.]api)?[.]kustomerapp[.]com$/, "")';

/** Only for removing test calls: whoever wants that adds it. */
const NOT_BY_DEFAULT: string = REQUEST_ROLES['customer.delete'].role;

/** The roles of all operations but one, and the right to renew the sign-in. */
const DEFAULT_SCOPES = [
	'offline_access',
	...new Set(Object.values(REQUEST_ROLES).flatMap(({ role }) => role ?? [])),
]
	.filter((role) => role !== NOT_BY_DEFAULT)
	.join(' ');

const LEGACY = '$self["oauthHosts"] === "appsPlatform"';

/**
 * Signs in to Kustomer with OAuth 2.0: authorization code with PKCE, and refresh.
 * https://developer.kustomer.com/docs/get-started/oauth
 */
export class KustomerOAuth2Api implements ICredentialType {
	name = 'kustomerOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Kustomer OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/Kustomer/kustomer.svg',
		dark: 'file:../nodes/Kustomer/kustomer.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/kustomer-api-key.md#oauth-20';

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
			displayName: 'OAuth Hosts',
			name: 'oauthHosts',
			type: 'options',
			options: [
				{
					name: "Organization's Own Hosts",
					value: 'organization',
					description: 'For apps of the current developer portal',
				},
				{
					name: 'Apps Platform (Older)',
					value: 'appsPlatform',
					description: 'For apps that sign in at api.apps.kustomerapp.com',
				},
			],
			default: 'organization',
			description: 'Where your Kustomer app signs in',
		},
		{
			displayName: 'Scopes',
			name: 'scopes',
			type: 'string',
			default: DEFAULT_SCOPES,
			description:
				'Roles that n8n asks for, separated by spaces. With offline_access n8n can renew the sign-in by itself.',
		},
		// n8n resets a field named "scope" that people have changed to its default, so the field for people has another name.
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '={{ $self["scopes"] }}' },
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.prod2.kustomerapp.com',
			hint: BASE_URL_HINT,
			description:
				"Only needed to send requests to another host than the organization's own. Empty means https://&lt;organization&gt;.api.kustomerapp.com.",
		},
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ ${LEGACY} ? "https://api.apps.kustomerapp.com/oauth/authorize" : "https://" + ${ORGANIZATION} + ".kustomerapp.com/oauth/authorize" }}`,
			required: true,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${LEGACY} ? "https://api.apps.kustomerapp.com/oauth/token" : "https://" + ${ORGANIZATION} + ".api.kustomerapp.com/oauth/token" }}`,
			required: true,
		},
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
	];
}
