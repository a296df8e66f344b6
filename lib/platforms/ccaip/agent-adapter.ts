/**
 * What CCAI Platform's agent adapter posts to the page that holds it, passed on to n8n (rule U7): `{ type, data }`.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 *
 * The adapter belongs to one agent: it tells of a call when that agent answers it, and of its end when it ends for that
 * agent. Times do not come with the events.
 */
import { type Fields, known } from '../fields';
import { STATE_BY_KIND } from '../event-states';
import { messageIds } from '../message-ids';
import type { PlatformSettings } from '../platform';
import type {
	Agent,
	EventKind,
	OtherEvent,
	Participant,
	Session,
	SessionEvent,
	Transfer,
} from '../../domain/session';
import { missing, type EventPart, type Reading } from '../webhook-events';
import {
	agentCalled,
	campaignOf,
	cobrowseOf,
	customDataOf,
	endUserOf,
	namedSession,
	pathSteps,
	queueOf,
	typeFacts,
	variablesOf,
	virtualAgentOf,
} from './facts';
import { plainWord } from '../../domain/plain-letters';

/** Events of a session. Anything else that names a call or a chat is an update of it. */
const KINDS: Readonly<Record<string, EventKind>> = {
	newcall: 'bridged',
	newchat: 'bridged',
	agentjoinedcall: 'bridged',
	agentjoinedchat: 'bridged',
	endcall: 'ended',
	endchat: 'ended',
	chatinboundmessage: 'message',
	chatoutboundmessage: 'message',
	transfercall: 'transferred',
	transferchat: 'transferred',
	transfer: 'transferred',
	activechat: 'updated',
	dismissedchat: 'updated',
	partyadded: 'updated',
	callredactionstarted: 'updated',
	callredactionstopped: 'updated',
	callredactionended: 'updated',
};

/** Events that need not belong to a session. */
const OTHERS: ReadonlySet<string> = new Set([
	'agentlogin',
	'agentlogout',
	'agentassiststarted',
	'agentassistadded',
	'crmrecordpop',
	'cobrowsesessionstarted',
	'cobrowsesessionremotecontrolchanged',
	'cobrowsesessionfulldevicechanged',
	'cobrowsesessionended',
]);

/** True for the name of one of the adapter's events. */
export function isAdapterEvent(type: string | undefined): boolean {
	const word = plainWord(type);
	return Object.hasOwn(KINDS, word) || OTHERS.has(word);
}

export function readAdapterEvent({ fields: outer }: EventPart, settings: PlatformSettings): Reading {
	const name = outer.text('type');
	const word = plainWord(name);
	const fields = outer.under('data');
	const occurredAt = outer.time('timestamp', 'occurredAt', 'data.timestamp');
	const session = namedSession(fields);
	if (session === undefined) {
		if (Object.hasOwn(KINDS, word)) {
			return missing(
				fields,
				'call_id',
				['call.id', 'chat.id'],
				"Send the event as the adapter posts it, with 'call_id' or 'chat_id' in 'data'.",
			);
		}
		return known<OtherEvent>({ kind: 'other', name, occurredAt, agent: agentCalled(fields, 'agent') });
	}
	if (!('id' in session)) return session;

	const kind = Object.hasOwn(KINDS, word) ? (KINDS[word] as EventKind) : 'updated';
	const transfer = kind === 'transferred' ? transferOf(fields) : undefined;
	const agent = agentOf(fields, word, transfer);
	const added = word === 'partyadded' ? partyOf(fields) : undefined;
	return known<SessionEvent>({
		kind,
		name,
		id: outer.text('eventId'),
		occurredAt,
		session: known<Session>({
			source: settings.sourceName,
			id: session.id,
			...typeFacts(fields, session.kind),
			// Who sees messages is in the chat.
			state: kind === 'message' && agent !== undefined ? 'connected' : STATE_BY_KIND[kind],
			// The adapter speaks of sessions that its agent has answered.
			outcome: kind === 'ended' && agent !== undefined ? 'answered' : undefined,
			endUser: endUserOf(fields),
			agent,
			virtualAgent: virtualAgentOf(fields),
			queue:
				transfer === undefined
					? queueOf(fields.text('queue.id'), pathSteps(fields.text('queue.path')))
					: transfer.to?.queue,
			campaign: campaignOf(fields),
			customData: customDataOf(fields),
			variables: variablesOf(fields),
			cobrowse: cobrowseOf(fields),
			message: messageIn(fields, word),
			transfers: transfer === undefined ? undefined : [transfer],
			participants: added === undefined ? undefined : [added],
			// The adapter shows every message: those that it does not show were not written (rule D4).
			consumerMessages: session.kind === 'chat' ? 0 : undefined,
			consumerMessageIds:
				word === 'chatinboundmessage' ? messageIds(fields, outer.text('eventId'), occurredAt) : undefined,
		}),
	});
}

/** The agent who handles the session. Somebody who was added to it does not, and after a transfer the new one does. */
function agentOf(fields: Fields, word: string, transfer: Transfer | undefined): Agent | undefined {
	if (transfer !== undefined) return transfer.to?.agent;
	return word === 'partyadded' ? undefined : agentCalled(fields, 'agent');
}

function transferOf(fields: Fields): Transfer {
	const side = (which: 'from' | 'to'): Transfer['from'] => {
		const facts = known({
			agent: agentCalled(fields, `${which}Agent`),
			queue: queueOf(fields.text(`${which}Queue.id`), pathSteps(fields.text(`${which}Queue.path`))),
		});
		return Object.keys(facts).length > 0 ? facts : undefined;
	};
	const [from, to] = [side('from'), side('to')];
	const virtualAgent = virtualAgentOf(fields);
	// The side of which no agent is named is the virtual agent's; it hands over more often than it takes over.
	const isFrom = virtualAgent !== undefined && from?.agent === undefined;
	const isTo = virtualAgent !== undefined && !isFrom && to?.agent === undefined;
	return known<Transfer>({
		id: fields.text('transfer.id'),
		from: isFrom ? { ...from, virtualAgent } : from,
		to: isTo ? { ...to, virtualAgent } : to,
		escalation: isFrom ? true : undefined,
	});
}

/** What was written. The adapter shows the customer's messages and the agent's. */
function messageIn(fields: Fields, word: string): Session['message'] {
	const text = fields.text('message', 'message.text', 'message.content');
	if (text === undefined || !/^chat(in|out)boundmessage$/.test(word)) return undefined;
	return { text, from: word === 'chatinboundmessage' ? 'endUser' : 'agent' };
}

/** The person who was added. Without an id nobody could tell whether it is one already known. */
function partyOf(fields: Fields): Participant | undefined {
	if (plainWord(fields.text('type')) === 'enduser') {
		const id = fields.text('endUser.id');
		return id === undefined ? undefined : { id, type: 'endUser', status: 'added' };
	}
	const agent = agentCalled(fields, 'agent');
	return agent === undefined ? undefined : { ...agent, type: 'agent', status: 'added' };
}
