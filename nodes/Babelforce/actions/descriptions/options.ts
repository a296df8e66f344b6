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
	description: 'How long to wait for each answer from babelforce',
};

const maxWait: INodeProperties = {
	displayName: 'Wait at Most (Seconds)',
	name: 'maxWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 3600 },
	default: 60,
	description:
		'How long a request may wait in total when babelforce limits the rate or does not answer, before its item fails',
};

export const whenMissing: INodeProperties = {
	displayName: 'If There Is None Yet',
	name: 'whenMissing',
	type: 'options',
	options: [
		{
			name: 'Go On',
			value: 'goOn',
			description:
				'Return the item as it came, with "ready: false", so that a later step can wait and look again',
		},
		{ name: 'Stop', value: 'stop', description: 'Report it' },
	],
	default: 'stop',
	description: 'What to do when the call has no recording, or its recording is not stored yet',
};

export const duringCalls: INodeProperties = {
	displayName: 'Set During Calls',
	name: 'duringCalls',
	type: 'boolean',
	default: false,
	description:
		'Whether to set it also while the agent is being called, on a call or wrapping up. Off, nothing is changed then, and the item says "waits".',
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
