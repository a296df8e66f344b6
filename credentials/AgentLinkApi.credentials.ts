import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Secrets of the links that agents open. The node `kustomer` tests it; nobody can be asked. */
export class AgentLinkApi implements ICredentialType {
	name = 'agentLinkApi';

	displayName = 'Agent Link API';

	icon: Icon = { light: 'file:agentLink.svg', dark: 'file:agentLink.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-kustomer/n8n-nodes-kustomer/blob/main/docs/agent-links.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Secrets that you make up. They keep strangers out of the links that your agents open: fill in what you use, each with at least 16 random characters. The connection test only checks that.',
			name: 'purpose',
			type: 'notice',
			default: '',
		},
		// The key is the secret here, whatever the field is called.
		// eslint-disable-next-line @n8n/community-nodes/credential-unnecessary-password
		{
			displayName: 'Lookup Key',
			name: 'lookupKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For lookup URLs, which carry it: https://…?key=THIS. Letters, digits, hyphens and underscores. Change it here and in the contact center when somebody has left.',
		},
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Signs call links and tokens. It stands in no address; when you change it, links that were made before are refused.',
		},
	];
}
