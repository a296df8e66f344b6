/**
 * Any platform that can send a webhook. Fields may be flat or nested, in the URL, a form or JSON; case, `_` and `-` in
 * their names make no difference. Several events may come at once, as a list or as `{ "events": [...] }`.
 *
 * | what | field names, the first that is filled counts |
 * |---|---|
 * | session id (required) | `sessionId`, `session.id`, `parentCallId`, `callId`, `call.id`, `conversationId`, `interactionId`, `contactId`, `callSid`, `uuid`, `id` |
 * | event | `event`, `eventName`, `eventType`; without it the state, an agent or the direction tell |
 * | customer's number | `phone`, `customerPhone`, `customer.phone`; else `from` or `to` by direction |
 * | caller, called number | `from`, `caller`, `ani`; `to`, `called`, `dnis`, `line` |
 * | direction | `direction`, `callDirection`, `type`, `callType`: in, inbound, out, outbound, internal |
 * | agent | `agentEmail`, `agentName`, `agentId`, `agentNumber`, `agentSourceId`, or `agent: { … }` |
 * | queue | `queueName`, `queueId`, or `queue: { … }` |
 * | times | `startedAt`, `queuedAt`, `assignedAt`, `connectedAt`, `endedAt`: ISO 8601 or Unix time |
 * | durations, in seconds | `duration`, `waitTime`, `holdTime` |
 * | transfers | `transfers`: a list of `{ id, at, from: { … }, to: { … }, status }` |
 *
 * The full list is in the code below, one line per field.
 */
import { channelOf, directionOf, furthest, outcomeOf, stateOf } from '../call-words';
import { askedAgent, isOnlyAsked } from '../asked-agents';
import { knownEventNames, namedEvent, type NamedEvent } from '../event-names';
import { Fields, known, knownOrNothing, sessionFiles } from '../fields';
import { STATE_BY_KIND, timeOfKind } from '../event-states';
import { messageIds } from '../message-ids';
import type { PlatformSettings } from '../platform';
import { isWithheld } from '../../domain/phone-number';
import {
	EVENT_KINDS,
	VOICEMAIL_STATUSES,
	type Agent,
	type Direction,
	type Disposition,
	type EndUser,
	type EventKind,
	type Origin,
	type Queue,
	type Rating,
	type Session,
	type Transfer,
	type Voicemail,
} from '../../domain/session';
import { badId, eventReader, missing, type EventPart, type Reading } from '../webhook-events';

const SESSION_ID = [
	'sessionId',
	'session.id',
	'parentCallId',
	'callId',
	'call.id',
	'conversationId',
	'interactionId',
	'contactId',
	'callSid',
	'callUuid',
	'uuid',
	'id',
];
const LEG_ID = ['legId', 'leg.id', 'callLegId', 'callId', 'call.id'];
const EVENT = ['event', 'event.name', 'event.type', 'eventName', 'eventType', 'eventKind'];
const STATE = ['state', 'status', 'callState', 'callStatus', 'call.state', 'call.status', 'session.state'];
const DIRECTION = ['direction', 'callDirection', 'call.direction', 'type', 'callType', 'call.type'];
const FROM = ['from', 'fromNumber', 'caller', 'callerNumber', 'callerId', 'ani', 'call.from', 'call.caller'];
const TO = ['to', 'toNumber', 'called', 'calledNumber', 'dnis', 'did', 'call.to', 'call.called'];
const LINE = ['line', 'lineNumber', 'supportNumber', 'outboundNumber'];
const PHONE = [
	'phone',
	'phoneNumber',
	'customerPhone',
	'customerNumber',
	'customer.phone',
	'endUser.phone',
	'endUserNumber',
	'contact.phone',
];

const EVENT_TIME = ['occurredAt', 'eventTime', 'timestamp', 'event.timestamp', 'time', 'date'];

const ORIGINS: readonly Origin[] = ['phone', 'app', 'web', 'api'];

/** Kinds of event that a sender can name. */
export const KINDS = EVENT_KINDS.filter((kind) => kind !== 'other');

export const parse = eventReader(readEvent);

function readEvent({ fields }: EventPart, settings: PlatformSettings): Reading {
	const name = fields.text(...EVENT);
	const named = name === undefined ? inferredEvent(fields) : namedEvent(name);
	if (named === undefined || named === 'other') {
		return { field: 'event', reason: `This event is not known. Known are: ${knownEventNames(KINDS)}.` };
	}

	const id = fields.text(...SESSION_ID);
	if (id === undefined) {
		return missing(
			fields,
			'sessionId',
			SESSION_ID,
			'It tells the calls apart: send the same id in every event of a call.',
		);
	}
	const wrong = badId('sessionId', id);
	if (wrong !== undefined) return wrong;

	const direction =
		directionOf(fields.text(...DIRECTION)) ??
		(named === 'incoming' ? 'in' : named === 'outgoing' ? 'out' : undefined);
	const kind: EventKind = named === 'created' ? (direction === 'out' ? 'outgoing' : 'incoming') : named;
	const legId = fields.text(...LEG_ID);
	const files = sessionFiles(
		fields.list('recordings', 'recording', 'recordingUrl', 'call.recordings'),
		'recording',
	);
	const over = kind === 'ended' || kind === 'voicemail';
	const isAsked = isOnlyAsked(kind, direction);

	const session = known<Session>({
		source: settings.sourceName,
		id,
		legId: legId !== undefined && legId !== id ? legId : undefined,
		channel: channelOf(fields.text('channel', 'media', 'mediaType')) ?? 'voice',
		type: fields.text('sessionType', 'callType', 'type'),
		origin: originOf(fields.text('origin')),
		direction,
		state: furthest(STATE_BY_KIND[kind], stateOf(fields.text(...STATE))),
		outcome:
			kind === 'voicemail'
				? 'voicemail'
				: over
					? (outcomeOf(fields.text('outcome', 'result')) ?? outcomeOf(fields.text(...STATE)))
					: undefined,
		language: fields.text('language', 'lang', 'locale'),
		callbackOf: fields.text('callbackOf', 'callbackOfSessionId'),

		endUser: endUser(fields, direction),
		line:
			fields.phone(...LINE) ??
			(direction === 'internal' ? undefined : fields.phone(...(direction === 'out' ? FROM : TO))),
		agent: isAsked ? undefined : agent(fields),
		participants: isAsked ? askedAgent(agent(fields)) : undefined,
		queue: queue(fields),
		menuPath: menuPath(fields),

		startedAt: fields.time('startedAt', 'startTime', 'start', 'dateCreated', 'createdAt', 'call.dateCreated'),
		queuedAt: fields.time('queuedAt', 'queueTime'),
		assignedAt: fields.time('assignedAt') ?? (kind === 'assigned' ? fields.time(...EVENT_TIME) : undefined),
		connectedAt: fields.time('connectedAt', 'answeredAt', 'bridgedAt', 'answerTime', 'call.dateEstablished'),
		endedAt: fields.time('endedAt', 'finishedAt', 'completedAt', 'endTime', 'end', 'call.dateFinished'),

		duration: fields.seconds('duration', 'callDuration', 'durationSeconds', 'call.duration'),
		waitTime: fields.seconds('waitTime', 'waitDuration', 'queueWaitTime', 'call.waitTime'),
		holdTime: fields.seconds('holdTime', 'holdDuration', 'call.holdTime'),
		endReason: fields.text('endReason', 'finishReason', 'hangupReason', 'hangupCause', 'call.finishReason'),

		rating: knownOrNothing<Rating>({
			score: fields.number('rating', 'rating.score', 'score', 'csat', 'csatScore'),
			comment: fields.text('ratingComment', 'rating.comment', 'csatComment', 'feedback'),
		}),
		disposition: knownOrNothing<Disposition>({
			code: fields.text('dispositionCode', 'disposition.code'),
			name: fields.text('dispositionName', 'disposition.name', 'disposition'),
			note: fields.text('dispositionNote', 'disposition.note', 'wrapUpNote'),
		}),
		survey: survey(fields),
		customData: fields.object('customData', 'custom', 'data'),
		transfers: transfers(fields),
		voicemail: voicemail(fields, kind),
		consumerMessages: fields.number('consumerMessages', 'consumerMessageCount', 'customerMessages'),
		consumerMessageIds:
			kind === 'message' && !isFromAgent(fields, name)
				? messageIds(fields, fields.text('eventId', 'event.id'), fields.time(...EVENT_TIME))
				: undefined,
		files: files.length > 0 ? files : undefined,
	});

	return known({
		kind,
		name,
		id: fields.text('eventId', 'event.id'),
		occurredAt: occurredAt(fields, session, kind),
		session,
	});
}

function inferredEvent(fields: Fields): NamedEvent {
	const state = stateOf(fields.text(...STATE));
	if (state === 'ended' || state === 'queued' || state === 'assigned') return state;
	if (state === 'connected' || agent(fields) !== undefined) return 'bridged';
	return 'created';
}

function endUser(fields: Fields, direction: Direction | undefined): EndUser {
	const named = fields.phone(...PHONE);
	const phone =
		named ?? (direction === 'internal' ? undefined : fields.phone(...(direction === 'out' ? TO : FROM)));
	const anonymous = fields.flag('anonymous', 'withheld', 'callerIdBlocked', 'call.anonymous') === true;
	const isUnknown = anonymous || isWithheld(phone);
	return known<EndUser>({
		id: fields.text('endUserId', 'endUser.id', 'customer.id', 'customerId', 'contact.id'),
		identifier: fields.text(
			'customUserId',
			'cuid',
			'identifier',
			'endUser.identifier',
			'customer.externalId',
		),
		name: fields.name('customerName', 'customer.name', 'endUser.name', 'callerName', 'contact.name'),
		phone: isUnknown ? undefined : phone,
		withheld: isUnknown && direction !== 'internal' ? true : undefined,
		email: fields.text('email', 'customerEmail', 'customer.email', 'endUser.email', 'contact.email'),
		customerId: fields.text('kustomerCustomerId', 'customer.kustomerId', 'endUser.customerId'),
	});
}

function agent(fields: Fields): Agent | undefined {
	return knownOrNothing<Agent>({
		id: fields.text('agentId', 'agent.id'),
		sourceId: fields.text('agentSourceId', 'agent.sourceId', 'kustomerUserId', 'agent.kustomerUserId'),
		name: fields.name('agentName', 'agent.name', 'agent'),
		email: fields.text('agentEmail', 'agent.email'),
		number: fields.phone('agentNumber', 'agent.number', 'extension', 'agent.extension'),
	});
}

function queue(fields: Fields): Queue | undefined {
	return knownOrNothing<Queue>({
		id: fields.text('queueId', 'queue.id'),
		name: fields.name('queueName', 'queue.name', 'queue'),
	});
}

/** Characters of a path in one text. */
const LONGEST_PATH = 5000;

function menuPath(fields: Fields): string[] | undefined {
	const entries = fields.list('menuPath', 'menu');
	const single = entries.length === 1 ? entries[0] : undefined;
	const names = (typeof single === 'string' ? single.slice(0, LONGEST_PATH).split(/[>/]/) : entries).filter(
		(name): name is string => typeof name === 'string' && name.trim() !== '',
	);
	return names.length > 0 ? names.map((name) => name.trim()) : undefined;
}

function occurredAt(fields: Fields, session: Session, kind: EventKind): string | undefined {
	const stated = fields.time(...EVENT_TIME);
	return stated ?? timeOfKind(session, kind);
}

/** Whether a message is said to be one of the company's side. */
function isFromAgent(fields: Fields, name = ''): boolean {
	const sender = fields.text('sender', 'sender.type', 'senderType', 'message.sender', 'message.senderType');
	return /agent|bot|system/i.test(sender ?? '') || /sent|outbound|agent/i.test(name);
}

function originOf(word: string | undefined): Origin | undefined {
	return ORIGINS.find((origin) => origin === word?.toLowerCase());
}

/** A voicemail is there with its event; what became of it, a field tells (rules C5, C15). */
function voicemail(fields: Fields, kind: EventKind): Voicemail | undefined {
	const word = fields.text('voicemailStatus', 'voicemail.status')?.toLowerCase();
	const status =
		VOICEMAIL_STATUSES.find((one) => one === word) ?? (kind === 'voicemail' ? 'left' : undefined);
	if (status === undefined) return undefined;
	return known<Voicemail>({
		status,
		at: fields.time('voicemailAt', 'voicemail.at'),
		reason: fields.text('voicemailReason', 'voicemail.reason'),
	});
}

function survey(fields: Fields): Session['survey'] {
	const answers = fields.list('survey', 'surveyAnswers').flatMap((entry) => {
		const row = new Fields(entry);
		const question = row.text('question');
		const answer = row.text('answer');
		return question === undefined || answer === undefined ? [] : [{ question, answer }];
	});
	return answers.length > 0 ? answers : undefined;
}

function transfers(fields: Fields): Transfer[] | undefined {
	const entries = fields.list('transfers').flatMap((entry) => {
		const row = new Fields(entry);
		const transfer = known<Transfer>({
			id: row.text('id', 'transferId'),
			at: row.time('at', 'transferredAt', 'time'),
			from: side(row, 'from'),
			to: side(row, 'to'),
			status: row.text('status'),
		});
		return transfer.from === undefined && transfer.to === undefined ? [] : [transfer];
	});
	return entries.length > 0 ? entries : undefined;
}

function side(row: Fields, which: 'from' | 'to'): Transfer['to'] {
	const fields = row.under(which);
	const prefix = (name: string) => `${which}${name}`;
	return knownOrNothing({
		agent: knownOrNothing<Agent>({
			id: fields.text(prefix('AgentId'), 'agentId', 'agent.id'),
			name: fields.name(prefix('AgentName'), 'agentName', 'agent.name'),
			email: fields.text(prefix('AgentEmail'), 'agentEmail', 'agent.email'),
		}),
		queue: knownOrNothing<Queue>({
			id: fields.text(prefix('QueueId'), 'queueId', 'queue.id'),
			name: fields.name(prefix('QueueName'), 'queueName', 'queue.name'),
		}),
	});
}
