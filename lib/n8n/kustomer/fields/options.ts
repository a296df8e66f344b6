import type { INodeProperties } from 'n8n-workflow';

import { optionsWith } from '../../panel/shared-options';

export const chooseId: INodeProperties = {
	displayName: 'Choose the Kustomer ID',
	name: 'chooseId',
	type: 'boolean',
	default: true,
	description:
		'Whether to send an ID made from the external ID or the note key, so that two runs at the same moment create it only once. Turn it off only if Kustomer refuses the ID.',
};

export const unknownAttributes: INodeProperties = {
	displayName: 'Unknown Custom Attributes',
	name: 'unknownAttributes',
	type: 'options',
	options: [
		{
			name: 'Leave Out',
			value: 'leaveOut',
			description: 'Write everything else and list the names in the output',
		},
		{ name: 'Stop', value: 'stop', description: 'Write nothing and report the name' },
	],
	default: 'stop',
	description: 'What to do with a custom attribute that is not defined in Kustomer',
};

/** Stands in the panel itself, not among the options: what it changes is easily overlooked there (rule X7). */
export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to only try it: the output shows what would be written, and nothing is changed in Kustomer',
};

export const notFound: INodeProperties = {
	displayName: 'If It Does Not Exist',
	name: 'notFound',
	type: 'options',
	options: [
		{
			name: 'Go On',
			value: 'goOn',
			description:
				'Change nothing and return the item as it came, with "found: false", so that a later step can create the conversation',
		},
		{ name: 'Stop', value: 'stop', description: 'Report it' },
	],
	default: 'stop',
	description: 'What to do when Kustomer has no such conversation',
};

export const emptyAttributes: INodeProperties = {
	displayName: 'Empty Custom Attributes',
	name: 'emptyAttributes',
	type: 'options',
	options: [
		{ name: 'Clear in Kustomer', value: 'clear', description: 'An empty value removes what Kustomer holds' },
		{ name: 'Leave as They Are', value: 'leave', description: 'An empty value changes nothing' },
	],
	default: 'leave',
	description: 'What an empty value under Custom Attributes means',
};

/** The "Options" collection of an operation: its own options and those that all operations share. */
export const optionsCollection = optionsWith({
	timeout: 'How long to wait for each answer from Kustomer',
	maxWait:
		'How long an item may wait in total when Kustomer limits the rate or does not answer, before it fails',
});
