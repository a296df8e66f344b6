import type { INodeProperties } from 'n8n-workflow';

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
			hint: 'As the agent has it in CCAI Platform. Capital letters do not matter.',
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 12',
			hint: "The agent's number in CCAI Platform",
			validation: [
				{
					type: 'regex',
					properties: { regex: '^\\s*\\d*\\s*$', errorMessage: 'The ID of an agent is a number' },
				},
			],
		},
	],
};
