import type { INodePropertyOptions } from 'n8n-workflow';

import { byName } from '../../../../lib/n8n/panel/sorting';
import { PLATFORM_APIS } from '../../../../lib/n8n/platform-apis';

/**
 * What the file's address may be asked with: values of the parameter `sourceAuthentication`. n8n's own credentials are not
 * among them, because n8n wants packages to keep to theirs: an address that needs one is opened by its HTTP Request node.
 */
export const SOURCE_CREDENTIALS: readonly string[] = PLATFORM_APIS.map(
	({ credentialType }) => credentialType,
);

/** The choices of the parameter `sourceAuthentication`, in alphabetical order. */
export const sourceAuthentications: INodePropertyOptions[] = [
	...PLATFORM_APIS.map(({ platform, credentialType, uses }) => ({
		name: platform.label,
		value: credentialType,
		description: uses.files,
	})),
	{ name: 'None', value: 'none', description: 'The address can be opened by anyone who knows it' },
].sort(byName);
