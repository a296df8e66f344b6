import type { INodeProperties } from 'n8n-workflow';

import { optionsWith } from '../../../../lib/n8n/panel/shared-options';

export const externalIdPrefix: INodeProperties = {
	displayName: 'External ID Prefix',
	name: 'externalIdPrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. emea-',
	description:
		'Stands in front of the external ID, as in the Contact Center Trigger. Keeps several instances of the platform apart that share one Kustomer.',
};

export const allowInternal: INodeProperties = {
	displayName: 'Allow Internal Addresses',
	name: 'allowInternal',
	type: 'boolean',
	default: false,
	description:
		'Whether files may come from addresses inside the own network. The credential is sent to the own host of CCAI Platform only, either way.',
};

/** The "Options" collection of an operation: its own options and those that all operations share. */
export const optionsCollection = optionsWith({
	timeout:
		'How long to wait for an answer, and how long a download may stand still, before it is tried again',
	maxWait:
		'How long a request may wait in total when CCAI Platform limits the rate or does not answer, before it fails',
});
