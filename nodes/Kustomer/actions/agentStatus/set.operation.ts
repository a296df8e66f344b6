import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../../../../lib/http/errors';
import { AgentStatusProblem } from '../../../../lib/kustomer/operations/agent-status-problems';
import { setAgentStatus } from '../../../../lib/kustomer/operations/set-agent-status';
import { isKustomerId } from '../../../../lib/domain/kustomer-id';
import { choiceOf, locatedOf, textOf } from '../../../../lib/n8n/panel/values';
import { agentLocator, teamLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { dryRun, optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { present } from '../../../../lib/n8n/run/present';
import { fieldsOf, flagOf, requiredText } from '../../../../lib/n8n/panel/fields';
import { agentTarget } from './agent';

export const option: OperationOption = {
	name: 'Set',
	action: 'Set agent status',
	description: 'Give an agent who is signed in to Kustomer another status',
};

export const description: INodeProperties[] = [
	{ ...agentLocator, description: 'The agent whose status to set' },
	{
		displayName: 'Status Name or ID',
		name: 'status',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getAgentStatuses' },
		default: '',
		required: true,
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	dryRun,
	optionsCollection([
		{
			displayName: 'Allow Going Offline',
			name: 'allowOffline',
			type: 'boolean',
			default: false,
			description:
				"Whether a status may be set that ends the agent's work session. Only the agent can start a new one.",
		},
		{
			displayName: 'If It Cannot Be Set',
			name: 'whenImpossible',
			type: 'options',
			options: [
				{
					name: 'Go On',
					value: 'goOn',
					description: 'Change nothing and say why in the fields outcome and reason',
				},
				{ name: 'Stop', value: 'stop', description: 'Report it' },
			],
			default: 'stop',
			description:
				'What to do when the agent is offline, is not known or has several work sessions, or when the status cannot be used',
		},
		{
			displayName: 'Only If Status Is Still',
			name: 'onlyIfStatus',
			type: 'string',
			default: '',
			placeholder: 'e.g. Available',
			description:
				'Name or ID of the status that the agent must still have, for example the kustomerStatusId of Compare. With any other status nothing is changed, and the outcome is changedMeanwhile. Empty means no condition.',
		},
		{
			...teamLocator,
			description: 'The team that the agent works for from now on. Empty leaves it as it is.',
		},
		{
			displayName: 'Work Session ID',
			name: 'workSessionId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5f8a2b7c9d1e4f0012345678',
			description:
				"ID of the agent's work session, for example from Get. Saves looking it up; when that session is over or belongs to another agent, it is looked up after all.",
		},
	]),
];

export const repeatable = true;

export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const options = fieldsOf(parameters.get('options'));
	const goesOn = choiceOf(options.whenImpossible, 'If It Cannot Be Set', ['goOn', 'stop']) === 'goOn';
	const agent = agentTarget(parameters);
	const input = {
		agent,
		status: requiredText(parameters, 'status', 'Status'),
		teamId: optionalId(locatedOf(options.team, 'Team')?.value, 'team', 'Team'),
		workSessionId: optionalId(
			textOf(options.workSessionId, 'Work Session ID'),
			'workSessionId',
			'Work Session ID',
		),
		onlyIfStatus: textOf(options.onlyIfStatus, 'Only If Status Is Still'),
		allowOffline: flagOf(options.allowOffline, 'Allow Going Offline'),
		dryRun: flagOf(parameters.get('dryRun'), 'Dry Run'),
	};
	const done = await setAgentStatus(client, input).catch((error: unknown) =>
		goesOn && error instanceof AgentStatusProblem ? error : Promise.reject(error),
	);
	if (!(done instanceof AgentStatusProblem)) return present({ ...done });
	const named = 'id' in agent ? { userId: agent.id } : { email: agent.email };
	return present({ outcome: done.kind, ...named, reason: done.message });
};

/** @throws {InputError} */
function optionalId(value: string | undefined, parameter: string, field: string): string | undefined {
	const id = value?.toLowerCase();
	if (id === undefined || isKustomerId(id)) return id;
	throw new InputError(
		parameter,
		`'${field}' is not a Kustomer ID.`,
		'A Kustomer ID has 24 characters, 0 to 9 and a to f.',
	);
}
