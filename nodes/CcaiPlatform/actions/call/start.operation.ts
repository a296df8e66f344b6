import type { INodeProperties } from 'n8n-workflow';

import { sessionExternalId } from '../../../../lib/domain/external-id';
import type { Session } from '../../../../lib/domain/session';
import { checkEmail } from '../../../../lib/kustomer/validate/contacts';
import { askedCallFields, askedCallOf, outboundNumberOption } from '../../../../lib/n8n/panel/asked-call';
import { optionOf, requiredText } from '../../../../lib/n8n/panel/fields';
import { textOf } from '../../../../lib/n8n/panel/values';
import { startCall, type StartedCall } from '../../../../lib/platforms/ccaip/api/resources/calls';
import { normalFormOf, SOURCE } from '../../../../lib/platforms/ccaip/normal-form';
import { externalIdPrefix, optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { prefixOf } from '../read';

export const option: OperationOption = {
	name: 'Start',
	action: 'Start call',
	description: 'Place an outbound call for an agent',
};

export const notForAgents = 'It rings people: an agent of flesh and blood decides whom to call.';

export const description: INodeProperties[] = [
	{
		displayName: 'Agent Email',
		name: 'callAgentEmail',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'name@email.com',
		description: 'Who calls: the address that the agent has in CCAI Platform',
	},
	...askedCallFields(
		'Conversation from which the call is made: the session that comes out says so, and Session: Log puts it there',
	),
	optionsCollection([
		externalIdPrefix,
		{
			displayName: 'Language',
			name: 'callLanguage',
			type: 'string',
			default: '',
			placeholder: 'e.g. en',
			description: 'Language of the call, as CCAI Platform names it',
		},
		outboundNumberOption('CCAI Platform'),
		{
			displayName: 'Send the Conversation',
			name: 'sendRecord',
			type: 'boolean',
			default: false,
			description:
				'Whether CCAI Platform is told the conversation as the record of the call. Turn it on when its custom CRM is Kustomer: its record then names the conversation.',
		},
	]),
];

/** Places the call. One item: what became of it, and the session, ready to be logged. */
export const execute: ExecuteOperation = async ({ client, parameters }) => {
	const agentEmail =
		checkEmail(requiredText(parameters, 'callAgentEmail', 'Agent Email'), 'callAgentEmail') ?? '';
	const { to, from, conversationId } = askedCallOf(parameters);
	const started = await startCall(client, {
		agentEmail,
		to,
		outboundNumber: from,
		language: textOf(optionOf(parameters, 'callLanguage'), 'Language'),
		recordId: optionOf(parameters, 'sendRecord') === true ? conversationId : undefined,
	});
	const session = sessionOf(started, { agentEmail, to, conversationId });
	return {
		outcome: started.outcome,
		externalId: session === undefined ? null : sessionExternalId(session, prefixOf(parameters)),
		session: session === undefined ? null : { ...session },
		agentEmail,
		...(started.record === undefined ? {} : { record: started.record }),
	} as never;
};

/** The session, as far as it is known at the beginning; undefined when the answer tells no id. */
function sessionOf(
	{ record }: StartedCall,
	asked: { agentEmail: string; to: string; conversationId: string | undefined },
): Session | undefined {
	const read = record === undefined ? undefined : normalFormOf(record, 'call');
	if (read === undefined || 'reason' in read) return undefined;
	const { session } = read;
	return {
		...session,
		source: SOURCE,
		channel: 'voice',
		direction: 'out',
		origin: 'api',
		// What was asked for holds, however much the answer repeats of it.
		endUser: { ...session.endUser, phone: asked.to },
		agent: { ...session.agent, email: asked.agentEmail },
		...(asked.conversationId === undefined ? {} : { conversationId: asked.conversationId }),
	};
}
