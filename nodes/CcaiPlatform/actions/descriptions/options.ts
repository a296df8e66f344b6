import type { INodeProperties } from 'n8n-workflow';

/** Limits that every operation shares. */
const concurrency: INodeProperties = {
	displayName: 'Items at the Same Time',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	default: 5,
	description: 'How many items are worked on at the same time. The order of the results does not change.',
};

const timeout: INodeProperties = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 300 },
	default: 30,
	description:
		'How long to wait for an answer, and how long a download may stand still, before it is tried again',
};

const maxWait: INodeProperties = {
	displayName: 'Wait at Most (Seconds)',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 3600 },
	default: 60,
	description:
		'How long a request may wait in total when CCAI Platform limits the rate or does not answer, before it fails',
};

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

/**
 * The "Options" collection of an operation: its own options and those that all operations share, in alphabetical order.
 */
export function optionsCollection(own: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...own, concurrency, timeout, maxWait].sort((a, b) =>
			a.displayName.localeCompare(b.displayName),
		),
	};
}
