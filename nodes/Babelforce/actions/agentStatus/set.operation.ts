import type { INodeProperties } from 'n8n-workflow';

import {
	setAgentStatus,
	withKnownStatus,
} from '../../../../lib/platforms/babelforce/api/resources/agent-statuses';
import { listPresences, presenceNamed } from '../../../../lib/platforms/babelforce/api/resources/presences';
import { optionOf, requiredText } from '../../../../lib/n8n/panel/fields';
import { choiceOf } from '../../../../lib/n8n/panel/values';
import { agentLocator } from '../descriptions/locators';
import { duringCalls, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { outcomeItem } from '../output';
import { agentNamed, setsDuringCalls } from '../read';

export const option: OperationOption = {
	name: 'Set',
	action: 'Set agent status',
	description: 'Give an agent a presence, unless the agent is on a call',
};

export const description: INodeProperties[] = [
	{ ...agentLocator, description: 'The agent who gets the presence' },
	{
		displayName: 'Presence Name or ID',
		name: 'presence',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getPresences' },
		default: '',
		required: true,
		description:
			'The presence to give. Its label is understood, too. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	optionsCollection([
		{
			displayName: 'Account',
			name: 'account',
			type: 'options',
			options: [
				{
					name: 'Disable',
					value: 'disable',
					description: 'Disable the account of the agent in the same request',
				},
				{
					name: 'Enable',
					value: 'enable',
					description: 'Enable the account of the agent in the same request',
				},
				{ name: 'Leave', value: 'leave', description: 'Leave the account as it is' },
			],
			default: 'leave',
			description: 'What happens to the account of the agent together with the presence',
		},
		duringCalls,
	]),
];

export const execute: ExecuteOperation = async (call) => {
	const { client, parameters } = call;
	const wanted = requiredText(parameters, 'presence', 'Presence');
	const account = choiceOf(optionOf(parameters, 'account'), 'Account', ['disable', 'enable', 'leave']);
	const presence = presenceNamed(wanted, await call.once(listPresences), 'Presence');
	const agent = await withKnownStatus(client, await agentNamed(call));
	return outcomeItem(
		await setAgentStatus(client, agent, {
			presence,
			enabled: account === undefined || account === 'leave' ? undefined : account === 'enable',
			duringCalls: setsDuringCalls(call),
		}),
	);
};
