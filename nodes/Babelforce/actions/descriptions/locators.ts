import type { INodeProperties } from 'n8n-workflow';

/** Empty passes: whether something has to be chosen is the parameter's own matter. */
const ID = '^\\s*([0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12})?\\s*$';

const byId = (displayName: string, name: string, what: string) => ({
	displayName,
	name,
	type: 'string' as const,
	placeholder: 'e.g. 7c3f9a2e4b5d6e8f9a0b1c2d3e4f5a6b',
	hint: `babelforce's ID of the ${what}, with or without hyphens`,
	validation: [
		{
			type: 'regex',
			properties: { regex: ID, errorMessage: 'A babelforce ID has 32 characters, 0 to 9 and a to f' },
		},
	],
});

/** Picks one agent. */
export const agentLocator: INodeProperties = {
	displayName: 'Agent',
	name: 'agent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The agent that is meant',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchAgents', searchable: true },
		},
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. ana.reis@example.com',
			hint: 'As the agent has it in babelforce. Capital letters do not matter.',
		},
		byId('By ID', 'id', 'agent'),
		{
			displayName: 'By Source ID',
			name: 'sourceId',
			type: 'string',
			placeholder: 'e.g. 5f8a2b7c9d1e4f0012345678',
			hint: 'For agents that babelforce synchronizes from Kustomer: the Kustomer user ID',
		},
	],
};

/** Picks one recording, or the recordings of one call. */
export const recordingLocator: INodeProperties = {
	displayName: 'Recording',
	name: 'recording',
	type: 'resourceLocator',
	default: { mode: 'call', value: '' },
	required: true,
	description: 'The recording, or the call whose recordings are meant: one item for each',
	modes: [byId('Of Call', 'call', 'call'), byId('By ID', 'id', 'recording')],
};
