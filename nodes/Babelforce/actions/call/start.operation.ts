import type { INodeProperties } from 'n8n-workflow';

import { sessionExternalId } from '../../../../lib/domain/external-id';
import type { Session } from '../../../../lib/domain/session';
import { askedCallFields, askedCallOf, outboundNumberOption } from '../../../../lib/n8n/panel/asked-call';
import { flagOf, optionOf } from '../../../../lib/n8n/panel/fields';
import { textOf } from '../../../../lib/n8n/panel/values';
import { filled } from '../../../../lib/n8n/run/present';
import type { Agent, Call } from '../../../../lib/platforms/babelforce/api/documents';
import { plainId } from '../../../../lib/platforms/babelforce/api/ids';
import { startCall } from '../../../../lib/platforms/babelforce/api/resources/calls';
import { agentLocator } from '../descriptions/locators';
import { optionsCollection } from '../descriptions/options';
import type { ExecuteOperation, OperationOption } from '../operation';
import { agentNamed } from '../read';

export const option: OperationOption = {
	name: 'Start',
	action: 'Start call',
	description: 'Place an outbound call for an agent',
};

export const notForAgents = 'It rings people: an agent of flesh and blood decides whom to call.';

/** Variable of the call that carries the conversation; babelforce keeps variables that begin with `app.`. */
const CONVERSATION = 'app.kustomerConversationId';

export const description: INodeProperties[] = [
	{ ...agentLocator, description: 'Who calls: babelforce rings the agent first' },
	...askedCallFields(
		`Conversation from which the call is made. The call carries it in the variable ${CONVERSATION}.`,
	),
	optionsCollection([
		{
			displayName: 'External ID Prefix',
			name: 'externalIdPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. emea-',
			description: 'Stands in front of the external ID, as in the Contact Center Trigger',
		},
		outboundNumberOption('the account'),
		{
			displayName: 'Record',
			name: 'autoRecord',
			type: 'boolean',
			default: false,
			description: 'Whether babelforce records the call',
		},
		{
			displayName: 'Ring in the Browser',
			name: 'webrtc',
			type: 'boolean',
			default: false,
			description: "Whether the agent's browser rings in place of the agent's number",
		},
	]),
];

/** Places the call. One item: the call, and the session, ready to be logged. */
export const execute: ExecuteOperation = async (operation) => {
	const { client, parameters } = operation;
	const { to, from, conversationId } = askedCallOf(parameters);
	const agent = await agentNamed(operation);
	const call = await startCall(client, agent.id, {
		to,
		displayAsTo: from,
		webrtc: flagOf(optionOf(parameters, 'webrtc'), 'Ring in the Browser') === true,
		autoRecord: flagOf(optionOf(parameters, 'autoRecord'), 'Record') === true,
		session: conversationId === undefined ? {} : { [CONVERSATION]: conversationId },
	});
	const session = sessionOf(call, agent, to, conversationId);
	const prefix = textOf(optionOf(parameters, 'externalIdPrefix'), 'External ID Prefix') ?? '';
	return filled({
		id: plainId(call.id),
		state: call.state,
		agentEmail: agent.email,
		externalId: sessionExternalId(session, prefix),
		session,
	});
};

/** The session, as far as it is known at the beginning. The legs of a call belong to the one that was placed. */
function sessionOf(call: Call, agent: Agent, to: string, conversationId: string | undefined): Session {
	const { email, name, number, sourceId } = agent;
	const person = filled({ id: plainId(agent.id), sourceId, name, email, number });
	return {
		source: 'babelforce',
		id: plainId(call.parentId) ?? plainId(call.id) ?? call.id,
		channel: 'voice',
		direction: 'out',
		state: 'started',
		endUser: { phone: to },
		agent: person,
		...(call.dateCreated === undefined || call.dateCreated === null ? {} : { startedAt: call.dateCreated }),
		...(conversationId === undefined ? {} : { conversationId }),
	};
}
