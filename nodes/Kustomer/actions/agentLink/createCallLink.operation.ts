import type { INodeProperties } from 'n8n-workflow';

import { makeCallLink } from '../../../../lib/agent-desktop/make-call-link';
import { MOST_HOURS, USUAL_HOURS } from '../../../../lib/agent-desktop/call-link';
import { checkCountry } from '../../../../lib/kustomer/validate/contacts';
import { signingSecretOf } from '../../../../lib/n8n/agent-link/credential';
import { fieldsOf, requiredText } from '../../../../lib/n8n/panel/fields';
import { numberOf, textOf } from '../../../../lib/n8n/panel/values';
import { ResultForOutput } from '../../../../lib/n8n/run/items';
import { present } from '../../../../lib/n8n/run/present';
import { defaultCountry } from '../../../../lib/n8n/kustomer/fields/customer';
import { conversationLocator } from '../../../../lib/n8n/kustomer/fields/locators';
import { optionsCollection } from '../../../../lib/n8n/kustomer/fields/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { conversationTarget } from '../../../../lib/n8n/kustomer/fields/read';

export const option: OperationOption = {
	name: 'Create Call Link',
	action: 'Create a call link',
	description: 'Make a signed link by which the agent of a conversation calls its customer, once',
};

export const notForAgents = 'The link lets whoever holds it ring people.';

export const description: INodeProperties[] = [
	{ ...conversationLocator, description: 'The conversation in which the link will stand' },
	{
		displayName: 'Link Address',
		name: 'linkAddress',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://n8n.example.com/webhook/click-to-call',
		description: 'Production URL of the step that is started by the link',
	},
	{
		displayName: 'Agent Email',
		name: 'linkAgentEmail',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		description: 'Who calls. When empty, the user to whom the conversation is assigned.',
	},
	{
		displayName: 'Phone Number',
		name: 'phone',
		type: 'string',
		default: '',
		placeholder: 'e.g. +49 30 901820',
		description: "Whom to call. When empty, the customer's first number that can be called.",
	},
	{
		displayName: 'Valid for (Hours)',
		name: 'validHours',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MOST_HOURS },
		default: USUAL_HOURS,
		description: 'After so many hours the link is refused. It works once, either way.',
	},
	optionsCollection([defaultCountry]),
];

/** Their order is public. */
export const outputs = ['Made', 'Not Made'];

/** Makes the link. Without an agent or a number there is none: the item says why. */
export const execute: ExecuteOperation = async ({ client, parameters, context }) => {
	const secret = await signingSecretOf(context);
	const options = fieldsOf(parameters.get('options'));
	const made = await makeCallLink(
		client,
		{
			conversation: conversationTarget(parameters),
			address: requiredText(parameters, 'linkAddress', 'Link Address'),
			agentEmail: textOf(parameters.get('linkAgentEmail'), 'Agent Email'),
			phone: textOf(parameters.get('phone'), 'Phone Number'),
			hours: numberOf(parameters.get('validHours'), 'Valid for (Hours)') ?? USUAL_HOURS,
			defaultCountry: checkCountry(textOf(options.defaultCountry, 'Default Country')),
		},
		secret,
	);
	const item = present({ ...made });
	return made.outcome === 'made' ? item : new ResultForOutput(item, 1);
};
