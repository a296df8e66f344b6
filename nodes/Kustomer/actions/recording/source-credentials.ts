import type { INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../../../../lib/n8n/panel/sorting';
/**
 * What the file's address may be asked with: values of the parameter `sourceAuthentication`. n8n's own credentials are not
 * among them, because n8n wants packages to keep to theirs: an address that needs one is opened by its HTTP Request node.
 */
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
] as const;

/** The choices of the parameter `sourceAuthentication`, in alphabetical order. */
export const sourceAuthentications: INodePropertyOptions[] = [
	...SOURCE_CREDENTIALS.map(({ type, name, description }) => ({ name, value: type, description })),
	{ name: 'None', value: 'none', description: 'The address can be opened by anyone who knows it' },
].sort(byName);
