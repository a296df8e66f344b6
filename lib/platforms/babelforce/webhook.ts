/**
 * babelforce: the HTTP requests of its automations. A user ticks buckets (Call, Agent, Queue), and the request carries
 * their values. The vendor documents neither the method nor the spelling of the keys, so every spelling is read
 * (see `fields.ts`).
 *
 * Which event it is, in this order:
 * 1. the field `event`, from the URL (`?event=call.bridged`) or the body: the platform's code or its label;
 * 2. without it: a finished state or finish date means `ended`; the state "bridged" or a filled Agent bucket means
 *    `bridged`; the state "queued" with a filled Queue bucket means `queued`; else the call has just begun, `incoming`
 *    or `outgoing` by its type.
 *
 * Which call it is: a call on babelforce has a parent leg (the customer's) and child legs (the agents'), each with
 * its own id. All of them are one session: `parentId`, or `id` where there is no parent, without hyphens, in lower case.
 */
import { directionOf, furthest, outcomeOf, stateOf } from '../call-words';
import { askedAgent, isOnlyAsked } from '../asked-agents';
import { knownEventNames, namedEvent, type NamedEvent } from '../event-names';
import { STATE_BY_KIND } from '../event-states';
import { known, knownOrNothing, sessionFiles, type Fields } from '../fields';
import { Unread, UNKNOWN_DIRECTION } from '../not-understood';
import type { PlatformSettings } from '../platform';
import { isKustomerId } from '../../domain/kustomer-id';
import { isWithheld } from '../../domain/phone-number';
import type { Agent, Direction, EndUser, EventKind, Outcome, Queue, Session } from '../../domain/session';
import { plainId } from './api/ids';
import { badId, eventReader, missing, type EventPart, type Reading } from '../webhook-events';

/** Kinds of event that an automation can stand for, in the order of a call. */
export const EVENT_KINDS = [
	'incoming',
	'outgoing',
	'queued',
	'assigned',
	'bridged',
	'transferred',
	'ended',
	'voicemail',
	'recording',
	'updated',
] as const satisfies readonly EventKind[];

const EVENT_FIELDS = ['event', 'event.code', 'event.name', 'event.label', 'eventName', 'eventType'];

const ID_FIELDS: Readonly<Record<PlatformSettings['sessionIdFrom'], { paths: string[]; why: string }>> = {
	call: {
		paths: ['call.parentId', 'call.id'],
		why: "It tells the calls apart. Tick the bucket 'Call' in the babelforce automation.",
	},
	session: {
		paths: ['call.sessionId', 'session.id', 'sessionId'],
		why: "The option 'Session ID From' is set to the session's id. Set it to 'Call' when the platform does not send one.",
	},
	conversation: {
		paths: ['call.conversationId', 'conversation.id', 'conversationId'],
		why: "The option 'Session ID From' is set to the conversation's id. Set it to 'Call' when the platform does not send one.",
	},
};

/** Kinds of event that no automation of babelforce stands for. */
const NOT_SENT: ReadonlySet<string> = new Set<EventKind>(['message', 'metadata', 'other']);

/** Digits. Shorter numbers are extensions. */
const SHORTEST_LINE = 7;

export const parse = eventReader(readEvent);

function readEvent({ fields }: EventPart, settings: PlatformSettings): Reading {
	const unread = new Unread();
	const name = fields.text(...EVENT_FIELDS);
	const named = name === undefined ? inferredEvent(fields, unread) : namedEvent(name);
	if (named === undefined || NOT_SENT.has(named)) {
		return {
			field: 'event',
			reason: `This event is not known. Known are: ${knownEventNames(EVENT_KINDS)}, and the names that babelforce uses for them, such as call.inbound, call.bridged and call.finished.`,
		};
	}

	const { paths, why } = ID_FIELDS[settings.sessionIdFrom];
	const idField =
		paths.find((path) => plainId(fields.text(path)) !== undefined) ??
		paths.find((path) => fields.text(path) !== undefined);
	const writtenId = idField === undefined ? undefined : fields.text(idField);
	if (idField === undefined || writtenId === undefined) {
		const field = settings.sessionIdFrom === 'call' ? 'call.id' : (paths[0] ?? 'call.id');
		return missing(fields, field, paths, why);
	}
	const wrong = badId(idField, writtenId);
	if (wrong !== undefined) return wrong;
	const id = plainId(writtenId);
	if (id === undefined) return missing(fields, idField, paths, why);

	const leg = readLeg(fields, unread);
	const kind = eventKind(named, leg);
	const state = stateOf(fields.text('call.state'));
	const isAsked = isOnlyAsked(kind, leg.direction);

	const session: Session = {
		...known<Session>({
			source: settings.sourceName,
			id,
			legId: leg.id !== undefined && leg.id !== id ? leg.id : undefined,
			channel: 'voice',
			type: fields.text('call.type'),
			direction: leg.direction,
			// The end of an agent's leg says nothing about the customer's.
			state: leg.isChild ? STATE_BY_KIND[kind] : furthest(STATE_BY_KIND[kind], state),
			outcome: outcome(fields, leg, kind),
			language: fields.text('call.language', 'language'),
			conversationId: startedFrom(fields),
			endUser: endUser(fields, leg),
			line: line(fields, leg),
			agent: isAsked ? undefined : agent(fields),
			participants: isAsked ? askedAgent(agent(fields)) : undefined,
			queue: queue(fields),
			assignedAt: kind === 'assigned' ? toldAt(fields) : undefined,
		}),
		...times(fields, leg, kind),
	};

	return known({
		kind,
		name,
		id: fields.text('event.id', 'eventId'),
		occurredAt: occurredAt(fields, session, kind),
		notUnderstood: unread.list,
		session,
	});
}

/** The Kustomer conversation from which an agent has started the call, when the automation sends the variable (rule C24). */
function startedFrom(fields: Fields): string | undefined {
	const id = fields.text(
		'kustomerConversationId',
		'app.kustomerConversationId',
		'call.kustomerConversationId',
		'kustomer.conversationId',
	);
	return isKustomerId(id) ? id : undefined;
}

/** The side of the call that the event is about. */
interface Leg {
	id?: string;
	/** True for a leg that belongs to another call, its parent: nearly always an agent's. */
	isChild: boolean;
	isInternal: boolean;
	direction?: Direction;
	/** Where the customer's number stands, when this leg knows it. */
	customer?: 'from' | 'to';
}

const TYPE_FIELDS = ['call.type', 'call.direction'];

function readLeg(fields: Fields, unread: Unread): Leg {
	const id = plainId(fields.text('call.id'));
	const parentId = plainId(fields.text('call.parentId'));
	const isChild = parentId !== undefined && parentId !== id;
	const isInternal = fields.text('call.domain')?.toLowerCase() === 'internal';
	const told = fields.text(...TYPE_FIELDS);
	const type = unread.readFrom(fields, TYPE_FIELDS, directionOf(told), UNKNOWN_DIRECTION);
	const leg: Leg = { id, isChild, isInternal: isInternal || type === 'internal' };

	if (!isChild) {
		leg.direction = leg.isInternal ? 'internal' : type;
		const isUnknown = told !== undefined && type === undefined;
		if (!leg.isInternal && !isUnknown) leg.customer = type === 'out' ? 'to' : 'from';
		return leg;
	}
	// An inbound child leg passes the caller's number on. An outbound one rings an agent (internal) or a third party
	// (transfer, conference); only else does it ring the customer.
	const toThirdParty = /^(transfer|conference)$/i.test(fields.text('call.source') ?? '');
	if (type === 'in') Object.assign(leg, { direction: 'in', customer: 'from' });
	else if (type === 'out' && !leg.isInternal && !toThirdParty)
		Object.assign(leg, { direction: 'out', customer: 'to' });
	return leg;
}

function eventKind(named: NamedEvent, leg: Leg): EventKind {
	if (named === 'created') return leg.direction === 'out' ? 'outgoing' : 'incoming';
	// An agent's leg ends when another agent was faster, or at a transfer: the session goes on.
	if (named === 'ended' && leg.isChild) return 'updated';
	// babelforce has no event of its own for it.
	if (named === 'disposition') return 'updated';
	return named;
}

function inferredEvent(fields: Fields, unread: Unread): NamedEvent {
	const told = fields.text('call.state');
	const state = stateOf(told);
	if (told !== undefined && state === undefined) {
		unread.note(
			'call.state',
			'This state is not known, and no event is named: the event is taken for none that begins, connects or ends the call.',
		);
		return 'updated';
	}
	if (state === 'ended' || (state === undefined && fields.time('call.dateFinished') !== undefined))
		return 'ended';
	if (state === 'connected' || agent(fields) !== undefined) return 'bridged';
	if (state === 'queued' && queue(fields) !== undefined) return 'queued';
	return 'created';
}

function endUser(fields: Fields, leg: Leg): EndUser {
	if (leg.customer === undefined) return {};
	const phone = fields.phone(`call.${leg.customer}`, `call.${leg.customer}Number`);
	const anonymous = leg.customer === 'from' && fields.flag('call.anonymous') === true;
	if (anonymous || isWithheld(phone)) return { withheld: true };
	// What the call does not say is not known, or not yet.
	return phone === undefined ? {} : { phone };
}

function line(fields: Fields, leg: Leg): string | undefined {
	if (leg.customer === undefined) return undefined;
	const other = leg.customer === 'from' ? 'to' : 'from';
	const number = fields.phone(`call.${other}`, `call.${other}Number`);
	if (!leg.isChild || number === undefined) return number;
	// The other end of a child leg may be the agent's extension instead of the company's number.
	const isExtension = number.replace(/\D/g, '').length < SHORTEST_LINE || number === agent(fields)?.number;
	return isExtension ? undefined : number;
}

function agent(fields: Fields): Agent | undefined {
	return knownOrNothing<Agent>({
		id: fields.text('agent.id', 'call.bridged.agent.id'),
		sourceId: fields.text('agent.sourceId', 'call.bridged.agent.sourceId'),
		name: fields.name('agent.name', 'call.bridged.agent.name'),
		email: fields.text('agent.email', 'call.bridged.agent.email'),
		number: fields.phone('agent.number', 'call.bridged.agent.number'),
	});
}

function queue(fields: Fields): Queue | undefined {
	return knownOrNothing<Queue>({
		id: fields.text('queue.id', 'call.bridged.queueId'),
		name: fields.name('queue.name', 'call.bridged.queueName', 'call.queueName'),
	});
}

/** How the call came to its end: only the customer's leg knows. */
function outcome(fields: Fields, leg: Leg, kind: EventKind): Outcome | undefined {
	if (kind !== 'ended' || leg.isChild) return undefined;
	const byState = outcomeOf(fields.text('call.state'));
	if (byState !== undefined) return byState;
	return agent(fields) === undefined ? outcomeOf(fields.text('call.finishReason')) : 'answered';
}

type Times = Pick<
	Session,
	'startedAt' | 'connectedAt' | 'endedAt' | 'duration' | 'waitTime' | 'holdTime' | 'endReason' | 'files'
>;

function times(fields: Fields, leg: Leg, kind: EventKind): Times {
	const files = sessionFiles(fields.list('call.recordings', 'recordings', 'recording'), 'recording');
	const whole: Times = leg.isChild
		? {}
		: {
				startedAt: fields.time('call.dateCreated', 'call.dateStarted'),
				endedAt: fields.time('call.dateFinished'),
				duration: fields.seconds('call.duration'),
				waitTime: fields.seconds('call.waitTime', 'call.queueWaitTime'),
				holdTime: fields.seconds('call.holdTime'),
				endReason: kind === 'ended' ? fields.text('call.finishReason') : undefined,
			};
	return known<Times>({
		...whole,
		connectedAt: kind === 'bridged' ? fields.time('call.dateBridged', 'call.dateEstablished') : undefined,
		files: files.length > 0 ? files : undefined,
	});
}

/** When the event says that it happened. */
function toldAt(fields: Fields): string | undefined {
	return fields.time('event.date', 'event.dateCreated', 'event.timestamp', 'timestamp', 'occurredAt', 'date');
}

function occurredAt(fields: Fields, session: Session, kind: EventKind): string | undefined {
	const stated = toldAt(fields);
	if (stated !== undefined) return stated;
	if (kind === 'incoming' || kind === 'outgoing') return session.startedAt ?? fields.time('call.dateCreated');
	if (kind === 'ended') return session.endedAt;
	if (kind === 'bridged') return session.connectedAt ?? fields.time('call.lastUpdated');
	return fields.time('call.lastUpdated');
}
