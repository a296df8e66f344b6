/** The option that says which team of an agent counts (rule S7). */
import type { INodeProperties } from 'n8n-workflow';

import type { TeamBy } from '../../agent-status/rules/team-choice';
import { choiceOf } from '../panel/values';

const LABEL = 'Team of an Agent';

export const teamByField: INodeProperties = {
	displayName: LABEL,
	name: 'teamBy',
	type: 'options',
	options: [
		{
			name: 'Any Team of the Agent',
			value: 'member',
			description: 'Being a member of one of the teams is enough',
		},
		{
			name: 'The Selected Team',
			value: 'session',
			description: 'The agent must have selected one of the teams in Kustomer for this shift',
		},
	],
	default: 'session',
	description: 'Which team of an agent has to be among the teams above',
};

/**
 * What the option says; the selected team unless told.
 *
 * @throws {InputError} when it is none of its values
 */
export function teamByOf(value: unknown): TeamBy {
	return choiceOf(value, LABEL, ['member', 'session']) ?? 'session';
}
