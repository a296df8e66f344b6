/**
 * CCAI Platform's webhooks for chats that were started over its Apps API: `{ event_type, chat_id, body }`.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/webhooks and
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/chat-platform-api-guide
 */
import { Fields, known } from '../fields';
import { namedEvent } from '../event-names';
import { STATE_BY_KIND, timeOfKind } from '../event-states';
import { messageIds } from '../message-ids';
import type { PlatformSettings } from '../platform';
import type {
	Agent,
	EventKind,
	OtherEvent,
	Outcome,
	Participant,
	Session,
	SessionEvent,
} from '../../domain/session';
import type { EventPart, Reading } from '../webhook-events';
import {
	agentCalled,
	agentFacts,
	customDataOf,
	endUserOf,
	namedSession,
	pathSteps,
	personIn,
	queueOf,
	typeFacts,
	virtualAgentOf,
} from './facts';
import { plainWord } from '../../domain/plain-letters';
import { isFailReason, outcomeOfFailReason } from './session-ends';

const KINDS: Readonly<Record<string, EventKind>> = {
	messagereceived: 'message',
	// A virtual agent hands the chat to people, who are not there yet.
	escalationstarted: 'queued',
	escalationaccepted: 'queued',
	chattimeout: 'ended',
	chattimedout: 'ended',
	// The customer may write again.
	chatdismissed: 'updated',
};

type PartyType = Participant['type'];

const PARTY_TYPES: Readonly<Record<string, PartyType>> = {
	agent: 'agent',
	user: 'agent',
	enduser: 'endUser',
	consumer: 'endUser',
	customer: 'endUser',
	virtualagent: 'virtualAgent',
	bot: 'virtualAgent',
};

export function readChatWebhook({ fields: outer }: EventPart, settings: PlatformSettings): Reading {
	const name = outer.text('eventType');
	const fields = outer.under('body');
	const id = outer.text('eventId');
	const occurredAt = fields.time(
		'timestamp',
		'message.timestamp',
		'message.createdAt',
		'occurredAt',
		'createdAt',
		'updatedAt',
	);
	const named = namedSession(fields);
	if (named === undefined) {
		return known<OtherEvent>({ kind: 'other', name, id, occurredAt, agent: agentCalled(fields, 'agent') });
	}
	if (!('id' in named)) return named;

	const party = partyOf(fields);
	const kind = kindOf(name ?? '', party);
	const agent = handlingAgent(fields, kind, party);
	const failReason = fields.text('failReason', 'chat.failReason');
	const writer = plainWord(name) === 'messagereceived' ? party : undefined;
	const session = known<Session>({
		source: settings.sourceName,
		id: named.id,
		...typeFacts(fields.under('chat'), named.kind),
		state: kind === 'message' && agent !== undefined ? 'connected' : STATE_BY_KIND[kind],
		outcome: kind === 'ended' ? outcomeOf(agent, failReason) : undefined,
		language: fields.text('lang', 'language', 'chat.lang'),
		endUser: endUserOf(writer?.type === 'endUser' ? fields.under('sender') : fields),
		agent,
		virtualAgent:
			virtualAgentOf(fields.under('sender', 'participant')) ??
			(party?.type === 'virtualAgent' ? known({ id: party.id, name: party.name }) : undefined),
		queue: queueOf(
			fields.text('queue.id', 'menu.id'),
			pathSteps(fields.text('queue.path', 'queue.name', 'menu.name')),
		),
		queuedAt: kind === 'queued' ? occurredAt : undefined,
		connectedAt: kind === 'bridged' ? occurredAt : undefined,
		startedAt: kind === 'incoming' ? (fields.time('chat.createdAt', 'createdAt') ?? occurredAt) : undefined,
		endedAt: kind === 'ended' ? (fields.time('endsAt', 'endedAt', 'chat.endsAt') ?? occurredAt) : undefined,
		endReason: kind === 'ended' && isFailReason(failReason) ? failReason : undefined,
		customData: customDataOf(fields),
		participants: party?.id === undefined || writer !== undefined ? undefined : [party],
		// Every message has an event of its own: those that were not told were not written (rule D4).
		consumerMessages: 0,
		consumerMessageIds: writer?.type === 'endUser' ? messageIds(fields, id, occurredAt) : undefined,
	});
	return known<SessionEvent>({
		kind,
		name,
		id,
		occurredAt: occurredAt ?? timeOfKind(session, kind),
		session,
	});
}

function kindOf(name: string, party: Participant | undefined): EventKind {
	const word = plainWord(name);
	if (/^participant(joined|added|connected)$/.test(word))
		return party?.type === 'agent' ? 'bridged' : 'updated';
	if (Object.hasOwn(KINDS, word)) return KINDS[word] as EventKind;
	if (word.startsWith('participant')) return 'updated';
	const named = namedEvent(name);
	if (named === undefined || named === 'other') return 'updated';
	return named === 'created' ? 'incoming' : named;
}

/** Whom the event is about: who wrote, joined or left. */
function partyOf(fields: Fields): Participant | undefined {
	const about = fields.under('participant', 'sender');
	const word = plainWord(about.text('type', 'participantType', 'senderType'));
	const type = Object.hasOwn(PARTY_TYPES, word) ? PARTY_TYPES[word] : undefined;
	if (type === undefined) return undefined;
	const status = plainWord(fields.text('eventType')).replace(/^participant/, '') || undefined;
	if (type === 'agent') {
		const nested = about.object('agent', 'user');
		const agent: Agent | undefined =
			nested === undefined ? agentCalled(about, 'agent') : agentFacts(new Fields(nested));
		return known<Participant>({ ...agent, type, status });
	}
	const prefix = type === 'endUser' ? 'endUser' : 'virtualAgent';
	return known<Participant>({
		id: about.text(`${prefix}.id`),
		name: about.name(`${prefix}.name`),
		type,
		status,
	});
}

/** The agent who handles the chat, as far as the event tells. Who leaves it does not. */
function handlingAgent(fields: Fields, kind: EventKind, party: Participant | undefined): Agent | undefined {
	if (party?.type === 'agent') {
		if (kind !== 'message' && kind !== 'bridged' && kind !== 'ended') return undefined;
		return personIn(party);
	}
	if (kind === 'updated' || kind === 'queued' || kind === 'incoming') return undefined;
	return agentCalled(fields.under('chat'), 'agent');
}

function outcomeOf(agent: Agent | undefined, failReason: string | undefined): Outcome | undefined {
	return agent === undefined ? outcomeOfFailReason(failReason) : 'answered';
}
