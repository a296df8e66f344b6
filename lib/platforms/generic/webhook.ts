/**
 * Any platform that can send a webhook. Fields may be flat or nested, in the URL, a form or JSON; case, `_` and `-` in
 * their names make no difference. Several events may come at once, as a list or as `{ "events": [...] }`.
 *
 * | what | field names, the first that is filled counts |
 * |---|---|
 * | session id (required) | the field that the panel names; else `sessionId`, `session.id`, `callSessionId`, `parentCallId`, `parentCallSid`, `linkedId`, `originatingCallId`, `callId`, `call.id`, `callSid`, `callUuid`, `uuid`, `uniqueId`, `interactionId`, `id` |
 * | event | `event`, `eventName`, `eventType`; without it the state, an agent or the direction tell |
 * | customer's number | `phone`, `customerPhone`, `customer.phone`; else `from` or `to` by direction |
 * | caller, called number | `from`, `caller`, `ani`; `to`, `called`, `dnis`, `line` |
 * | direction | `direction`, `callDirection`, `type`, `callType`: in, inbound, out, outbound, outbound-api, internal |
 * | agent | `agentEmail`, `agentName`, `agentId`, `agentNumber`, `agentSourceId`, or `agent: { … }` |
 * | queue | `queueName`, `queueId`, or `queue: { … }` |
 * | times | `startedAt`, `queuedAt`, `assignedAt`, `connectedAt`, `endedAt`: ISO 8601 or Unix time |
 * | durations, in seconds | `duration`, `waitTime`, `holdTime` |
 * | transfers | `transfers`: a list of `{ id, at, from: { … }, to: { … }, status }` |
 *
 * Ids of a person or of a thread (`contactId`, `customerId`, `conversationId`, `threadId`) are no ids of a call: several calls
 * have the same one. The call that names another as its parent is a leg of it: its direction, its numbers and its end say
 * nothing of the session. What a field says and nobody understands is reported with the event, and taken for nothing.
 *
 * The full list is in the code below, one line per field.
 */
import { channelOf, directionOf, furthest, outcomeOf, stateOf } from '../call-words';
import { askedAgent, isOnlyAsked } from '../asked-agents';
import { knownEventNames, namedEvent, type NamedEvent } from '../event-names';
import { Fields, known, knownOrNothing, sessionFiles } from '../fields';
import { Unread, UNKNOWN_DIRECTION } from '../not-understood';
import { STATE_BY_KIND, timeOfKind } from '../event-states';
import { messageIds } from '../message-ids';
import type { PlatformSettings } from '../platform';
import { emailOf } from '../../domain/email-address';
import { isId } from '../../domain/no-id';
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
	type Outcome,
	type Rating,
	type Session,
	type SessionState,
	type Transfer,
	type Voicemail,
} from '../../domain/session';
import {
	badId,
	eventReader,
	missing,
	TOO_MANY_DIGITS,
	type EventPart,
	type Reading,
} from '../webhook-events';

const SESSION_ID = ['sessionId', 'session.id', 'callSessionId', 'telephonySessionId'];
/** Fields in which a leg names the call that it belongs to. */
const PARENT_ID = [
	'parentCallId',
	'parentCallSid',
	'parentCallUuid',
	'parentCall.id',
	'parentCall',
	'parentUuid',
	'parentSid',
	'call.parentId',
	'call.parent.id',
	'parentLegId',
	'parentCallLegId',
	'linkedId',
	'originatingCallId',
	'originatingCallSid',
	'originatingCallUuid',
	'originatingCall.id',
	'originatingUuid',
	'originatingSessionId',
	'originatingLegId',
	'originatingId',
	'originCallId',
	'originalCallId',
	'originalCallSid',
	'originalUuid',
	'rootCallId',
	'masterCallId',
	'mainCallId',
	'primaryCallId',
];
const CALL_ID = [
	'callId',
	'call.id',
	'callSid',
	'call.sid',
	'callUuid',
	'call.uuid',
	'callGuid',
	'callControlId',
	'uuid',
	'uniqueId',
	'callUniqueId',
	'interactionId',
	'globalCallId',
	'ucid',
	'id',
];
/** Ids that name a person or a thread of several calls. */
const NO_CALL = [
	'contactId',
	'conversationId',
	'conversationUuid',
	'customerId',
	'threadId',
	'userId',
	'personId',
	'leadId',
	'accountId',
	'agentId',
	'ticketId',
	'caseId',
	'chatId',
];
/** What templates and platforms write where there is no name. */
const NO_NAME = /^(?:[\s.\-\u2013\u2014]+|none|nil|[(<]null[)>]|#?n\/a|unknown|unassigned|nobody)$/i;

const LEG_ID = ['legId', 'leg.id', 'callLegId', ...CALL_ID.slice(0, -1)];
const EVENT = ['event', 'event.name', 'event.type', 'eventName', 'eventType', 'eventKind'];
const STATE = ['state', 'status', 'callState', 'callStatus', 'call.state', 'call.status', 'session.state'];
const DIRECTION = ['direction', 'callDirection', 'call.direction'];
/** Fields that may hold the direction, and may hold something else. */
const TYPE = ['type', 'callType', 'call.type'];
const FROM = [
	'from',
	'fromNumber',
	'caller',
	'callerNumber',
	'callerId',
	'ani',
	'call.from',
	'call.caller',
	'from.phoneNumber',
	'from.number',
	'caller.number',
	'callerIdNumber',
	'callingNumber',
];
const TO = [
	'to',
	'toNumber',
	'called',
	'calledNumber',
	'dnis',
	'did',
	'call.to',
	'call.called',
	'to.phoneNumber',
	'to.number',
	'callee.number',
	'destinationNumber',
	'dialedNumber',
];
const CHANNEL = ['channel', 'media', 'mediaType'];
const OUTCOME = ['outcome', 'result'];
/** Times by their fields. */
const TIMES = {
	startedAt: ['startedAt', 'startTime', 'start', 'dateCreated', 'createdAt', 'call.dateCreated'],
	queuedAt: ['queuedAt', 'queueTime'],
	assignedAt: ['assignedAt'],
	connectedAt: ['connectedAt', 'answeredAt', 'bridgedAt', 'answerTime', 'call.dateEstablished'],
	endedAt: ['endedAt', 'finishedAt', 'completedAt', 'endTime', 'end', 'call.dateFinished'],
} as const;
const DURATIONS = {
	duration: ['duration', 'callDuration', 'durationSeconds', 'call.duration'],
	waitTime: ['waitTime', 'waitDuration', 'queueWaitTime', 'call.waitTime'],
	holdTime: ['holdTime', 'holdDuration', 'call.holdTime'],
} as const;
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

const END_USER_ID = ['endUserId', 'endUser.id', 'customer.id', 'customerId', 'contact.id', 'contactId'];
const IDENTIFIER = ['customUserId', 'cuid', 'identifier', 'endUser.identifier', 'customer.externalId'];
const AGENT_ID = ['agentId', 'agent.id'];
/** Fields that say who takes part. */
const WHO = [...END_USER_ID, ...IDENTIFIER, ...AGENT_ID];

const EVENT_TIME = ['occurredAt', 'eventTime', 'timestamp', 'event.timestamp', 'time', 'date'];

const ORIGINS: readonly Origin[] = ['phone', 'app', 'web', 'api'];

/** Kinds of event that a sender can name. */
export const KINDS = EVENT_KINDS.filter((kind) => kind !== 'other');

export const parse = eventReader(readEvent);

function readEvent({ fields }: EventPart, settings: PlatformSettings): Reading {
	const unread = new Unread();
	const event = eventOf(fields, unread);
	if (event === undefined) {
		return { field: 'event', reason: `This event is not known. Known are: ${knownEventNames(KINDS)}.` };
	}
	const ids = idsOf(fields, settings.sessionIdField);
	if ('reason' in ids) return ids;

	const leg = readLeg(fields, ids, event.named, unread);
	const kind = kindOf(event.named, leg);
	const state = leg.isPart
		? STATE_BY_KIND[kind]
		: furthest(STATE_BY_KIND[kind], stateOf(fields.text(...STATE)));
	const files = sessionFiles(
		fields.list('recordings', 'recording', 'recordingUrl', 'call.recordings'),
		'recording',
	);
	const isAsked = isOnlyAsked(kind, leg.direction);
	const session = known<Session>({
		source: settings.sourceName,
		id: ids.id,
		legId: ids.legId,
		channel:
			unread.readFrom(
				fields,
				CHANNEL,
				channelOf(fields.text(...CHANNEL)),
				'This channel is not known. Known are voice, chat, sms and whatsapp. The session is taken for a call.',
			) ?? 'voice',
		type: fields.text('sessionType', 'callType', 'type'),
		origin: originOf(fields.text('origin')),
		direction: leg.direction,
		state,
		outcome: leg.isPart ? undefined : outcome(fields, kind, state, unread),
		language: fields.text('language', 'lang', 'locale'),
		callbackOf: fields.text('callbackOf', 'callbackOfSessionId'),

		endUser: endUser(fields, leg),
		line: fields.phone(...LINE) ?? (leg.line === undefined ? undefined : fields.phone(...leg.line)),
		agent: isAsked ? undefined : agent(fields),
		participants: isAsked ? askedAgent(agent(fields)) : undefined,
		queue: queue(fields),
		menuPath: menuPath(fields),

		...times(fields, leg, kind, unread),
		endReason: leg.isPart
			? undefined
			: fields.text('endReason', 'finishReason', 'hangupReason', 'hangupCause', 'call.finishReason', 'cause'),

		rating: knownOrNothing<Rating>({
			score: unread.readFrom(
				fields,
				['rating', 'rating.score', 'score', 'csat', 'csatScore'],
				fields.number('rating', 'rating.score', 'score', 'csat', 'csatScore'),
				'The score is not a number. It is left out.',
			),
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
		voicemail: voicemail(fields, kind, unread),
		consumerMessages: fields.number('consumerMessages', 'consumerMessageCount', 'customerMessages'),
		consumerMessageIds:
			kind === 'message' && !isFromAgent(fields, event.name)
				? messageIds(fields, fields.text('eventId', 'event.id'), fields.time(...EVENT_TIME))
				: undefined,
		files: files.length > 0 ? files : undefined,
	});
	for (const field of fields.inexactIn(...WHO)) unread.note(field, TOO_MANY_DIGITS);

	return known({
		kind,
		name: event.name,
		id: fields.text('eventId', 'event.id'),
		occurredAt: occurredAt(fields, session, kind),
		notUnderstood: unread.list,
		session,
	});
}

/**
 * Which event it is. A name that is not known is reported, and the state tells instead, where that is known; undefined when
 * nothing does.
 */
function eventOf(fields: Fields, unread: Unread): { name?: string; named: NamedEvent } | undefined {
	const name = fields.text(...EVENT);
	const named = name === undefined ? undefined : namedEvent(name);
	if (named !== undefined && named !== 'other') return { name, named };
	const told = fields.text(...STATE);
	const state = stateOf(told);
	if (name !== undefined) {
		if (state === undefined) return undefined;
		unread.note(
			'event',
			`This event is not known: the state of the call tells what happened. Known are: ${knownEventNames(KINDS)}.`,
		);
		return { name, named: eventOfState(fields, state) };
	}
	if (state !== undefined) return { named: eventOfState(fields, state) };
	if (told !== undefined) {
		unread.readFrom(
			fields,
			STATE,
			state,
			'This state is not known, and no event is named: the event is taken for none that begins, connects or ends the call.',
		);
		return { named: 'updated' };
	}
	return { named: agent(fields) === undefined ? 'created' : 'bridged' };
}

function eventOfState(fields: Fields, state: SessionState): NamedEvent {
	if (state === 'ended' || state === 'queued' || state === 'assigned') return state;
	return state === 'connected' || agent(fields) !== undefined ? 'bridged' : 'created';
}

interface Ids {
	id: string;
	legId?: string;
	/** True for a leg of another call. */
	isPart: boolean;
}

/** Which call it is: by the field that a person has chosen, else by the first that is known to name a call. */
function idsOf(fields: Fields, chosen: string | undefined): Ids | ReturnType<typeof missing> {
	const idIn = (paths: readonly string[]) => {
		const field = paths.find((path) => isId(fields.text(path)));
		return field === undefined ? undefined : { field, id: fields.text(field) ?? '' };
	};
	const session = idIn(chosen === undefined ? SESSION_ID : [chosen]);
	const parent = chosen === undefined ? idIn(PARENT_ID) : undefined;
	const call = idIn(CALL_ID);
	const found = session ?? parent ?? (chosen === undefined ? call : undefined);
	if (found === undefined) {
		return missing(
			fields,
			chosen ?? 'sessionId',
			chosen === undefined ? [...SESSION_ID, ...PARENT_ID, ...CALL_ID] : [chosen],
			`It tells the calls apart: send the same id in every event of a call.${otherIds(fields, chosen)}`,
		);
	}
	const wrong = badId(found.field, found.id);
	if (wrong !== undefined) return wrong;
	const leg = idIn(LEG_ID)?.id;
	return {
		id: found.id,
		...(leg === undefined || leg === found.id ? {} : { legId: leg }),
		isPart: found === parent && leg !== undefined && leg !== found.id,
	};
}

/** Says which ids are there that name a person or a thread. */
function otherIds(fields: Fields, chosen: string | undefined): string {
	if (chosen !== undefined) return '';
	const there = NO_CALL.filter((path) => fields.text(path) !== undefined);
	if (there.length === 0) return '';
	const names = there.map((name) => `'${name}'`).join(', ');
	return ` ${names} may name a person or a thread with several calls. Where it is the call's own id on your platform, name it under 'Session ID Field' in the trigger.`;
}

/** The side of the call that the event is about. */
interface Leg {
	/** True for a leg of another call: nearly always an agent's. */
	isPart: boolean;
	direction?: Direction;
	/** Fields with the customer's number and with the company's, when the direction tells. */
	customer?: readonly string[];
	line?: readonly string[];
	/** Whether it is the customer who calls. */
	isCaller: boolean;
}

function readLeg(fields: Fields, { isPart }: Ids, named: NamedEvent, unread: Unread): Leg {
	const told = fields.text(...DIRECTION);
	const byField = directionOf(told) ?? directionOf(fields.text(...TYPE));
	const isUnknown = told !== undefined && byField === undefined;
	if (isUnknown) unread.readFrom(fields, DIRECTION, undefined, UNKNOWN_DIRECTION);
	if (isPart) {
		// An inbound leg passes the caller's number on; an outbound one rings an agent or somebody else.
		return byField === 'in'
			? { isPart, direction: 'in', customer: FROM, isCaller: true }
			: { isPart, isCaller: false };
	}
	const direction = byField ?? (named === 'incoming' ? 'in' : named === 'outgoing' ? 'out' : undefined);
	if (direction === 'out') return { isPart, direction, customer: TO, line: FROM, isCaller: false };
	if (direction === 'internal') return { isPart, direction, isCaller: false };
	if (direction === undefined && isUnknown) return { isPart, isCaller: false };
	return { isPart, direction, customer: FROM, line: TO, isCaller: true };
}

/** The beginning and the end of a leg are not those of the call: others ring too, or go on. */
function kindOf(named: NamedEvent, { isPart, direction }: Leg): EventKind {
	if (isPart && ['created', 'incoming', 'outgoing', 'ended'].includes(named)) return 'updated';
	if (named === 'created') return direction === 'out' ? 'outgoing' : 'incoming';
	return named;
}

function outcome(
	fields: Fields,
	kind: EventKind,
	state: SessionState | undefined,
	unread: Unread,
): Outcome | undefined {
	if (kind === 'voicemail') return 'voicemail';
	const isOver = kind === 'ended' || kind === 'metadata' || state === 'ended';
	if (!isOver) return undefined;
	const told = unread.readFrom(
		fields,
		['outcome'],
		outcomeOf(fields.text(...OUTCOME)),
		'This outcome is not known. Known are answered, abandoned, missed, voicemail, failed and deflected. It is left out.',
	);
	return told ?? outcomeOf(fields.text(...STATE));
}

type Times = Pick<Session, keyof typeof TIMES | keyof typeof DURATIONS>;

/** Those of a leg say nothing of the call, but that somebody is connected. */
function times(fields: Fields, { isPart }: Leg, kind: EventKind, unread: Unread): Times {
	const time = (name: keyof typeof TIMES) =>
		unread.readFrom(
			fields,
			// These two may hold something else.
			TIMES[name].filter((path) => path !== 'start' && path !== 'end'),
			fields.time(...TIMES[name]),
			'This is no point in time. Expected is ISO 8601, such as 2026-06-24T10:15:02Z, or a Unix time. It is left out.',
		);
	const seconds = (name: keyof typeof DURATIONS) =>
		unread.readFrom(
			fields,
			DURATIONS[name],
			fields.seconds(...DURATIONS[name]),
			'This is no duration. Expected are seconds, or a text such as 1:05. It is left out.',
		);
	const connectedAt = kind === 'bridged' || !isPart ? time('connectedAt') : undefined;
	if (isPart) return known<Times>({ connectedAt });
	return known<Times>({
		startedAt: time('startedAt'),
		queuedAt: time('queuedAt'),
		assignedAt: time('assignedAt') ?? (kind === 'assigned' ? fields.time(...EVENT_TIME) : undefined),
		connectedAt,
		endedAt: time('endedAt'),
		duration: seconds('duration'),
		waitTime: seconds('waitTime'),
		holdTime: seconds('holdTime'),
	});
}

function endUser(fields: Fields, { customer, direction, isCaller }: Leg): EndUser {
	const phone = fields.phone(...PHONE) ?? (customer === undefined ? undefined : fields.phone(...customer));
	// Whoever is called has not withheld a number.
	const anonymous =
		isCaller && fields.flag('anonymous', 'withheld', 'callerIdBlocked', 'call.anonymous') === true;
	const withheld = direction !== 'internal' && (anonymous || isWithheld(phone));
	return known<EndUser>({
		id: fields.text(...END_USER_ID),
		identifier: fields.text(...IDENTIFIER),
		name: fields.name('customerName', 'customer.name', 'endUser.name', 'callerName', 'contact.name'),
		phone: anonymous || isWithheld(phone) ? undefined : phone,
		withheld: withheld ? true : undefined,
		email: fields.text('email', 'customerEmail', 'customer.email', 'endUser.email', 'contact.email'),
		customerId: fields.text('kustomerCustomerId', 'customer.kustomerId', 'endUser.customerId'),
	});
}

function agent(fields: Fields): Agent | undefined {
	const called = nameIn(fields, 'agentName', 'agent.name', 'agent');
	return knownOrNothing<Agent>({
		id: AGENT_ID.map((path) => fields.text(path)).find(isId),
		sourceId: fields.text('agentSourceId', 'agent.sourceId', 'kustomerUserId', 'agent.kustomerUserId'),
		name: called,
		// An agent is often called by the address alone.
		email: nameIn(fields, 'agentEmail', 'agent.email') ?? emailOf(called),
		number: fields.phone('agentNumber', 'agent.number', 'extension', 'agent.extension'),
	});
}

function queue(fields: Fields): Queue | undefined {
	return knownOrNothing<Queue>({
		id: fields.text('queueId', 'queue.id'),
		name: nameIn(fields, 'queueName', 'queue.name', 'queue'),
	});
}

/** The first that is a name. */
function nameIn(fields: Fields, ...paths: string[]): string | undefined {
	return paths.map((path) => fields.name(path)).find((name) => name !== undefined && !NO_NAME.test(name));
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
function voicemail(fields: Fields, kind: EventKind, unread: Unread): Voicemail | undefined {
	const paths = ['voicemailStatus', 'voicemail.status'];
	const word = fields.text(...paths)?.toLowerCase();
	const told = unread.readFrom(
		fields,
		paths,
		VOICEMAIL_STATUSES.find((one) => one === word),
		`This is no status of a voicemail. Known are ${VOICEMAIL_STATUSES.join(', ')}. It is left out.`,
	);
	const status = told ?? (kind === 'voicemail' ? 'left' : undefined);
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
