import type { INodeProperties } from 'n8n-workflow';

import { optionsWith } from '../../../../lib/n8n/panel/shared-options';

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

export const allowInternal: INodeProperties = {
	displayName: 'Allow Internal Addresses',
	name: 'allowInternal',
	type: 'boolean',
	default: false,
	description:
		"Whether the file may come from an address inside the own network. Only needed where this network reaches babelforce's storage that way. The credential is sent to babelforce only, either way.",
};

export const duringCalls: INodeProperties = {
	displayName: 'Set During Calls',
	name: 'duringCalls',
	type: 'boolean',
	default: false,
	description:
		'Whether to set it also while the agent is being called, on a call or wrapping up. Off, nothing is changed then, and the item says "waits".',
};

/** The "Options" collection of an operation: its own options and those that all operations share. */
export const optionsCollection = optionsWith({
	timeout: 'How long to wait for each answer from babelforce',
	maxWait:
		'How long a request may wait in total when babelforce limits the rate or does not answer, before its item fails',
});
