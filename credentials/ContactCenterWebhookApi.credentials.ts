import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class ContactCenterWebhookApi implements ICredentialType {
	name = 'contactCenterWebhookApi';

	displayName = 'Contact Center Webhook API';

	icon: Icon = { light: 'file:contactCenterWebhook.svg', dark: 'file:contactCenterWebhook.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/contact-center-trigger.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'The contact center sends these values with every event. Events without them are refused. Enter the same values here and on the platform. The connection test only checks that nothing is missing. Call the credential by platform and method, such as "CCAI Platform: user and password": n8n fills in a credential by itself when it knows only one.',
			name: 'purpose',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{
					name: 'OAuth 2.0 Token',
					value: 'oAuth2',
					description:
						'The platform gets tokens from your own authorization server. For the custom CRM of CCAI Platform, when it is set to OAuth.',
				},
				{
					name: 'User and Password',
					value: 'basicAuth',
					description:
						'HTTP Basic authentication. For session events of CCAI Platform; works with most platforms.',
				},
				{
					name: 'Secret Header',
					value: 'header',
					description:
						'A header with a secret value, for example X-Webhook-Token. The best choice for babelforce.',
				},
				{
					name: 'Signature',
					value: 'hmac',
					description:
						'The platform signs each event with HMAC SHA-256. For chat webhooks of CCAI Platform; works with POST only.',
				},
				{
					name: 'Signed Token',
					value: 'signedToken',
					description:
						'For the agent desktop: n8n signs a token that ends soon, for whoever signs in there, and accepts it here',
				},
			],
			default: 'basicAuth',
			description: 'How the contact center proves that an event comes from it',
		},
		{
			displayName: 'User',
			name: 'user',
			type: 'string',
			displayOptions: { show: { method: ['basicAuth'] } },
			required: true,
			default: '',
			placeholder: 'e.g. babelforce',
			description: 'The user name that the contact center sends. It has no colon (:) in it.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['basicAuth'] } },
			required: true,
			default: '',
			description: 'The password that the contact center sends. Use at least 16 random characters.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			displayOptions: { show: { method: ['header'] } },
			required: true,
			default: 'X-Webhook-Token',
			placeholder: 'e.g. X-Webhook-Token',
			description: 'Name of the header that carries the secret. Upper and lower case are the same.',
		},
		// The header's value is the secret here, whatever the field is called.
		// eslint-disable-next-line @n8n/community-nodes/credential-unnecessary-password
		{
			displayName: 'Header Value',
			name: 'headerValue',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['header'] } },
			required: true,
			default: '',
			description: 'The whole value of the header. Use at least 16 random characters.',
		},
		// As above: the values are the secret.
		// eslint-disable-next-line @n8n/community-nodes/credential-unnecessary-password
		{
			displayName: 'Further Headers',
			name: 'moreHeaders',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['header'] } },
			default: '',
			placeholder: 'e.g. {"X-Tenant": "berlin"}',
			description:
				'Further headers that the platform sends, as a JSON object of names and values. All of them have to fit. Empty when there is one header only.',
		},
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['hmac', 'signedToken'] } },
			required: true,
			default: '',
			description:
				'The secret with which the contact center signs, or with which n8n signs tokens: then it is the Signing Secret of the Agent Link credential. Use at least 16 random characters.',
		},
		{
			displayName: 'Second Secret',
			name: 'secondSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['hmac', 'signedToken'] } },
			default: '',
			description:
				'Also accepted, when set. To change the secret without losing events: enter the new one here, change it on the platform, then move it to the field above.',
		},
		{
			displayName: 'Signature Header',
			name: 'signatureHeader',
			type: 'string',
			displayOptions: { show: { method: ['hmac'] } },
			required: true,
			default: 'X-Signature',
			placeholder: 'e.g. X-Signature',
			description:
				'Name of the header that carries the signature. It may hold several signatures, for example "primary=... secondary=...".',
		},
		{
			displayName: 'Signature Encoding',
			name: 'signatureEncoding',
			type: 'options',
			displayOptions: { show: { method: ['hmac'] } },
			options: [
				{ name: 'Base64', value: 'base64' },
				{ name: 'Hexadecimal', value: 'hex' },
			],
			default: 'hex',
			description: 'How the signature is written',
		},
		{
			displayName: 'Signature Prefix',
			name: 'signaturePrefix',
			type: 'string',
			displayOptions: { show: { method: ['hmac'] } },
			default: '',
			placeholder: 'e.g. sha256=',
			description: 'Text in front of each signature in the header, if there is any',
		},
		{
			displayName: 'Signed Content',
			name: 'signedContent',
			type: 'options',
			displayOptions: { show: { method: ['hmac'] } },
			options: [
				{ name: 'Body', value: 'body', description: 'The body exactly as it was sent' },
				{
					name: 'Timestamp + Body',
					value: 'timestampBody',
					description: 'The value of the timestamp header, directly followed by the body',
				},
				{
					name: 'Timestamp + "." + Body',
					value: 'timestampDotBody',
					description: 'The value of the timestamp header, a dot, then the body',
				},
			],
			default: 'body',
			description: 'The text over which the platform computes the signature',
		},
		{
			displayName: 'Timestamp Header',
			name: 'timestampHeader',
			type: 'string',
			displayOptions: { show: { method: ['hmac'] } },
			default: '',
			placeholder: 'e.g. X-Timestamp',
			description:
				'Name of the header with the time of sending: Unix time in seconds or milliseconds, or an ISO 8601 date. When set, old events are refused.',
		},
		{
			displayName: 'Timestamp Tolerance',
			name: 'timestampTolerance',
			type: 'number',
			displayOptions: { show: { method: ['hmac'] } },
			typeOptions: { minValue: 1 },
			default: 300,
			description: 'How many seconds the timestamp may differ from the clock of this server',
		},
		{
			displayName: 'Issuer',
			name: 'issuer',
			type: 'string',
			displayOptions: { show: { method: ['oAuth2'] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://login.example.com/realms/support',
			description:
				'Address of your authorization server, as its tokens name it. Its description is looked for there, at /.well-known/openid-configuration. This n8n has to reach it.',
		},
		{
			displayName: 'Audience',
			name: 'audience',
			type: 'string',
			displayOptions: { show: { method: ['oAuth2'] } },
			default: '',
			placeholder: 'e.g. https://n8n.example.com',
			description:
				'For whom the tokens have to be meant: what your authorization server writes into them as aud. Needed unless you fill in the next field.',
		},
		{
			displayName: 'Client ID of the Platform',
			name: 'client',
			type: 'string',
			displayOptions: { show: { method: ['oAuth2'] } },
			default: '',
			placeholder: 'e.g. ccai-platform',
			description: 'The client ID that you entered in the platform. Tokens of other clients are refused.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			displayOptions: { show: { method: ['oAuth2'] } },
			default: '',
			placeholder: 'e.g. crm',
			description: 'Scopes that a token must have, separated by blanks. Empty asks for none.',
		},
		{
			displayName: 'Token Check',
			name: 'checkedBy',
			type: 'options',
			displayOptions: { show: { method: ['oAuth2'] } },
			options: [
				{
					name: 'Ask the Server',
					value: 'introspection',
					description: 'The server is asked about each token. For tokens that only the server understands.',
				},
				{
					name: 'Keys of the Server',
					value: 'keys',
					description:
						'Tokens are signed (JWT). The keys are read now and then, and no token is sent anywhere.',
				},
			],
			default: 'keys',
			description: 'How a token is found to be good',
		},
		{
			displayName: 'Own Client ID',
			name: 'ownClient',
			type: 'string',
			displayOptions: { show: { method: ['oAuth2'], checkedBy: ['introspection'] } },
			default: '',
			placeholder: 'e.g. n8n',
			description: 'With what this n8n signs in at the authorization server to ask about tokens',
		},
		{
			displayName: 'Own Client Secret',
			name: 'ownSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { method: ['oAuth2'], checkedBy: ['introspection'] } },
			default: '',
			description: 'The secret that belongs to the client ID above',
		},
		{
			displayName: 'Address for the Check',
			name: 'checkUrl',
			type: 'string',
			displayOptions: { show: { method: ['oAuth2'] } },
			default: '',
			placeholder: 'e.g. https://login.example.com/keys',
			description:
				"Address of the server's keys, or where it is asked about tokens. Empty takes what the server's description says.",
		},
	];
}
