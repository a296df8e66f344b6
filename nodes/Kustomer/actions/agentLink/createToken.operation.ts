import type { INodeProperties } from 'n8n-workflow';

import { desktopToken, MOST_MINUTES, USUAL_MINUTES } from '../../../../lib/agent-desktop/desktop-token';
import { InputError } from '../../../../lib/http/errors';
import { signingSecretOf } from '../../../../lib/n8n/agent-link/credential';
import { numberOf } from '../../../../lib/n8n/panel/values';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Create Token',
	action: 'Create a token for the agent desktop',
	description: 'Sign a token with which the agent desktop passes events on, for an agent who has signed in',
};

export const notForAgents = 'The token lets whoever holds it send events.';

export const description: INodeProperties[] = [
	{
		displayName: 'Valid for (Minutes)',
		name: 'validMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MOST_MINUTES },
		default: USUAL_MINUTES,
		description: 'The desktop asks for a new one in time, as long as the agent has the page open',
	},
	optionsCollection(),
];

/** Signs a token. Asks nobody: whoever reaches this step has signed in before it. */
export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	const minutes = numberOf(parameters.get('validMinutes'), 'Valid for (Minutes)') ?? USUAL_MINUTES;
	if (!(minutes >= 1 && minutes <= MOST_MINUTES)) {
		throw new InputError(
			'validMinutes',
			`'Valid for (Minutes)' must be a number from 1 to ${MOST_MINUTES}.`,
			'A short time is safer, and the desktop asks again by itself: 15 will do.',
		);
	}
	return desktopToken(minutes, await signingSecretOf(context), client.clock.now());
};
