import type { INodeProperties } from 'n8n-workflow';

import { useCallLink as opened } from '../../../../lib/agent-desktop/use-call-link';
import { signingSecretOf } from '../../../../lib/n8n/agent-link/credential';
import { flagOf } from '../../../../lib/n8n/panel/fields';
import { ResultForOutput } from '../../../../lib/n8n/run/items';
import { present } from '../../../../lib/n8n/run/present';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';

export const option: OperationOption = {
	name: 'Use Call Link',
	action: 'Use a call link',
	description: 'Check a call link that an agent has opened, and make sure that it starts one call',
};

export const notForAgents = 'It answers a link that a person has opened.';

export const description: INodeProperties[] = [
	{
		displayName: 'Link',
		name: 'callLink',
		type: 'string',
		default: '={{ $json.query.link }}',
		required: true,
		description: 'The signed text that the address carries',
	},
	{
		displayName: 'Start the Call',
		name: 'startCall',
		type: 'boolean',
		default: false,
		description:
			'Whether the agent has said yes: then the link is used up. Otherwise the page that comes out asks. An address that is only looked at, by a mail scanner for example, starts nothing.',
	},
	optionsCollection([]),
];

/** Their order is public. */
export const outputs = ['Call', 'Page'];

/** Opens the link. What comes out says whether the call has to be placed, and has the page for the agent. */
export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	const secret = await signingSecretOf(context);
	const used = await opened(
		client,
		{
			link: parameters.get('callLink'),
			start: flagOf(parameters.get('startCall'), 'Start the Call') === true,
		},
		secret,
	);
	const item = present({ ...used });
	return used.outcome === 'start' ? item : new ResultForOutput(item, 1);
};
