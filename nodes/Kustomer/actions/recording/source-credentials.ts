import type { INodeCredentialDescription, INodePropertyOptions } from 'n8n-workflow';

/** What the file's address may be asked with: values of the parameter `sourceAuthentication`. */
export const SOURCE_CREDENTIALS = [
	{
		type: 'babelforceApi',
		name: 'Babelforce',
		description: 'For recordings of babelforce',
	},
	{
		type: 'ccaiPlatformApi',
		name: 'CCAI Platform',
		description: 'For recordings of CCAI Platform',
	},
	{
		type: 'httpBasicAuth',
		name: 'Basic Auth',
		description: 'User name and password, for example of a storage server',
	},
	{
		type: 'httpHeaderAuth',
		name: 'Header Auth',
		description: 'A token in a header of your choice',
	},
] as const;

/**
 * The credentials that the node offers for the file's address, beside its own. They are the user's choice for one address;
 * which hosts get them is said in the panel.
 */
export const sourceCredentials: INodeCredentialDescription[] = SOURCE_CREDENTIALS.map(({ type }) => ({
	name: type,
	required: true,
	displayOptions: {
		show: {
			resource: ['recording'],
			operation: ['upload'],
			source: ['url'],
			sourceAuthentication: [type],
		},
	},
}));

/** The choices of the parameter `sourceAuthentication`, in alphabetical order. */
export const sourceAuthentications: INodePropertyOptions[] = [
	...SOURCE_CREDENTIALS.map(({ type, name, description }) => ({ name, value: type, description })),
	{ name: 'None', value: 'none', description: 'The address can be opened by anyone who knows it' },
].sort((a, b) => a.name.localeCompare(b.name));
