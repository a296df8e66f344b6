/**
 * CCAI Platform's external session events: `{ count, events: [{ event_id, timestamp, item: { … } }] }`, one for each
 * change of a call or chat.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/external-session-events
 *
 * That page names the fields and the course of a session, not how they nest. The `item` is read as in the events that the
 * platform sends to quality management, in both of their spellings (`CallID`, `call_id`):
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/qm-call-session-data and
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/qm-chat-session-data
 *
 * | state | participants | event |
 * |---|---|---|
 * | connected, waiting | only the customer | incoming or outgoing; with a queue: queued |
 * | connected, ringing, projected | an agent who rings or has accepted | assigned |
 * | connected | an agent who is connected | bridged; outbound, before the customer answers: outgoing |
 * | connected | an agent who was transferred | transferred |
 * | disconnected | nobody connected | ended |
 * | disconnected | an agent with a disposition | disposition |
 */
import { directionOf } from '../call-words';
import { namedEvent } from '../event-names';
import { STATE_BY_KIND, timeOfKind } from '../event-states';
import { Fields, known, knownOrNothing } from '../fields';
import { Unread } from '../not-understood';
import type { PlatformSettings } from '../platform';
import type {
	Agent,
	Direction,
	EventKind,
	OtherEvent,
	Outcome,
	Participant,
	Queue,
	Session,
	SessionEvent,
	Transfer,
	Voicemail,
} from '../../domain/session';
import { missing, type EventPart, type Reading } from '../webhook-events';
import { dispositionOf } from './dispositions';
import {
	agentCalled,
	agentFacts,
	campaignOf,
	cobrowseOf,
	customDataOf,
	endUserOf,
	leafId,
	lineOf,
	namedSession,
	pathSteps,
	personIn,
	queueOf,
	sessionName,
	typeFacts,
	variablesOf,
	virtualAgentOf,
	type SessionName,
} from './facts';
import { plainWord } from '../../domain/plain-letters';
import { isFailReason, outcomeOfFailReason, voicemailStatus } from './session-ends';

/** Types that only say what the event is about. */
const STATE_TYPES: ReadonlySet<string> = new Set(['callstate', 'chatstate', 'agentstate', 'sessionstate']);

const OVER: ReadonlySet<string> = new Set([
	'disconnected',
	'ended',
	'end',
	'finished',
	'completed',
	'failed',
	'abandoned',
	'canceled',
	'cancelled',
	'missed',
	'terminated',
	'closed',
	'deflected',
	'dismissed',
	'timeout',
]);

/** States of a session that goes on; what it means in detail, its participants tell. */
const UNDER_WAY: ReadonlySet<string> = new Set([
	'',
	'connected',
	'connecting',
	'active',
	'ongoing',
	'started',
	'start',
	'created',
	'initiated',
	'ringing',
	'projected',
	'routing',
	'waiting',
	'queued',
	'requeued',
	'assigned',
	'accepted',
	'selecting',
	'vaassigned',
	'vaconnected',
]);

const WAITING: ReadonlySet<string> = new Set(['waiting', 'queued', 'requeued', 'routing']);
/** Words for an agent who is being asked. */
const ASKED: ReadonlySet<string> = new Set([
	'ringing',
	'projected',
	'assigned',
	'offered',
	'connecting',
	'accepted',
]);
const CONNECTED: ReadonlySet<string> = new Set([
	'connected',
	'active',
	'talking',
	'onhold',
	'held',
	'hold',
	'resumed',
	'unhold',
]);
/** Words for an agent who has been connected. */
const WAS_CONNECTED: ReadonlySet<string> = new Set([
	'disconnected',
	'finished',
	'ended',
	'wrapup',
	'wrappingup',
	'acw',
	'dispositionsubmitted',
	'transferred',
]);

export function readSessionEvent({ fields: outer }: EventPart, settings: PlatformSettings): Reading {
	const fields = outer.under('payload', 'data', 'item');
	const type = outer.text('type', 'eventType', 'eventName', 'event.name');
	const id = outer.text('eventId', 'event.id');
	const occurredAt =
		outer.time('timestamp', 'eventTimestamp', 'occurredAt') ?? fields.time('timestamp', 'updatedAt');

	const named = sessionOf(fields, type);
	if (named === undefined) {
		const isAboutSession = type === undefined || STATE_TYPES.has(plainWord(type));
		if (isAboutSession && plainWord(type) !== 'agentstate') {
			return missing(
				fields,
				'call_id',
				['call.id', 'chat.id'],
				'It tells which call or chat the event is about.',
			);
		}
		return known<OtherEvent>({ kind: 'other', name: type, id, occurredAt, agent: loneAgent(fields) });
	}
	if (!('id' in named)) return named;

	const unread = new Unread();
	const facts = typeFacts(fields, named.kind, unread);
	const people = peopleOf(fields);
	const event = factsOf(fields, type, facts.direction, people);
	const { kind } = event;
	const over = kind === 'ended' || kind === 'disposition';
	const failReason = fields.text('failReason', 'disconnectReason', 'endReason');
	const path = pathSteps(fields.text('queuePathNames', 'queuePath', 'queue.path', 'queueName', 'menuPath'));
	const queue = queueOf(leafId(fields.text('queuePathIds', 'queue.id', 'queueId')), path);
	const transfer = kind === 'transferred' ? transferOf(people, event.agent, queue) : undefined;
	const session = known<Session>({
		source: settings.sourceName,
		id: named.id,
		legId: fields.text('legId', 'participantCallId'),
		...facts,
		state: kind === 'transferred' && isAgentConnected(people) ? 'connected' : STATE_BY_KIND[kind],
		outcome: outcomeOf(kind, people, event.agent, failReason, facts.direction),
		language: fields.text('language', 'lang'),
		endUser: endUserOf(fields, customerNumber(fields, people, facts.direction)),
		line: lineOf(fields, facts.direction),
		agent: event.agent,
		virtualAgent: virtualAgentOf(fields) ?? people.virtualAgent ?? people.byInitiator.virtualAgent,
		queue,
		// Later on, a queue may be one to which the call was transferred.
		menuPath: event.isBeforeAgents ? path : undefined,
		campaign: campaignOf(fields),
		startedAt: fields.time('createdAt', 'startedAt') ?? (isStart(kind) ? occurredAt : undefined),
		queuedAt: fields.time('queuedAt') ?? (kind === 'queued' ? occurredAt : undefined),
		assignedAt: fields.time('assignedAt') ?? (kind === 'assigned' ? occurredAt : undefined),
		connectedAt: connectedAt(kind, event.agent, people, occurredAt),
		endedAt:
			over || kind === 'voicemail'
				? (fields.time('endsAt', 'endedAt') ?? endOf(kind, occurredAt))
				: undefined,
		duration: fields.seconds('callDuration', 'chatDuration', 'duration'),
		waitTime: fields.seconds('waitDuration', 'waitTime'),
		holdTime: fields.seconds('holdDuration', 'holdTime'),
		endReason: over && isFailReason(failReason) ? failReason : undefined,
		rating: knownOrNothing({
			score: fields.number('rating', 'rating.score'),
			comment: fields.text('feedback'),
		}),
		disposition: dispositionOf(fields),
		customData: customDataOf(fields),
		variables: variablesOf(fields),
		cobrowse: cobrowseOf(fields),
		transfers: transfer === undefined ? undefined : [transfer],
		participants: people.list.length > 0 ? people.list : undefined,
		voicemail: event.voicemail === undefined ? undefined : known({ ...event.voicemail, at: occurredAt }),
	});
	return known<SessionEvent>({
		kind,
		name: type ?? fields.text('state', 'status'),
		id,
		occurredAt: occurredAt ?? timeOfKind(session, kind),
		notUnderstood: unread.list,
		session,
	});
}

function sessionOf(fields: Fields, type: string | undefined): SessionName | ReturnType<typeof namedSession> {
	const named = namedSession(fields);
	if (named !== undefined) return named;
	const id = fields.text('sessionId', 'id');
	const kind = /^(call|chat)/.exec(plainWord(type))?.[1];
	if (id === undefined || kind === undefined) return undefined;
	return sessionName(kind === 'call' ? 'call' : 'chat', id, 'id');
}

/** The agent of an event about an agent: `{ ParticipantID, Email, State }`. */
function loneAgent(fields: Fields): Agent | undefined {
	return (
		agentCalled(fields, 'agent') ??
		knownOrNothing<Agent>({
			id: fields.text('participantId', 'userId'),
			name: fields.name('name'),
			email: fields.text('email'),
		})
	);
}

/** One participant, with what the platform says about him in its own words. */
interface Person {
	participant: Participant;
	/** Plain word. */
	status: string;
	/** Number or address. */
	dn?: string;
	/** Seconds that he took part. */
	duration?: number;
}

interface People {
	persons: Person[];
	list: Participant[];
	virtualAgent?: Session['virtualAgent'];
	/** Who has changed the state. */
	byInitiator: { agentId?: string; virtualAgent?: Session['virtualAgent']; phone?: string };
}

/** The platform's names for people, in `dn` and `initiator`: agent_1, virtual_agent_15, end_user_5. */
const PERSON_NAME = /^(virtual_agent|agent|end_user)_(\w+)$/i;

function peopleOf(fields: Fields): People {
	const persons = fields.list('participants').map((entry) => personOf(new Fields(entry)));
	persons.push(...fields.list('participantStatus').flatMap((entry) => personByStatus(entry, fields)));
	const initiator = fields.text('initiator') ?? '';
	const [, who = '', id] = PERSON_NAME.exec(initiator) ?? [];
	const virtual = persons.findLast(({ participant }) => participant.type === 'virtualAgent')?.participant;
	return {
		persons,
		// Without an id or a name, nobody could tell whether it is somebody already known.
		list: persons
			.map(({ participant }) => participant)
			.filter(
				({ id: known, email, name }) => known !== undefined || email !== undefined || name !== undefined,
			),
		virtualAgent: virtual === undefined ? undefined : knownOrNothing({ id: virtual.id, name: virtual.name }),
		byInitiator: {
			agentId: who.toLowerCase() === 'agent' ? id : undefined,
			virtualAgent: who.toLowerCase() === 'virtual_agent' ? { id } : undefined,
			phone: /^\+?[\d\s().-]{6,}$/.test(initiator) ? fields.phone('initiator') : undefined,
		},
	};
}

/** The customer of a call may have his number for an id. */
function numberIn(id: string | undefined): string | undefined {
	return /^\+\d{6,20}$/.test(id ?? '') ? id : undefined;
}

function personOf(fields: Fields): Person {
	const dn = fields.phone('dn', 'phoneNumber', 'phone') ?? numberIn(fields.text('participantId'));
	const [, who = '', idInName] = PERSON_NAME.exec(dn ?? '') ?? [];
	const type = personType(plainWord(fields.text('type', 'participantType', 'role')), plainWord(who), fields);
	const facts = agentFacts(fields);
	return {
		participant: known<Participant>({
			...(type === 'endUser' ? {} : facts),
			id:
				type === 'endUser'
					? (fields.text('endUser.id') ?? idInName)
					: (fields.text('agent.id', 'user.id', 'virtualAgent.id') ??
						idInName ??
						fields.text('participantId', 'id')),
			name:
				type === 'endUser'
					? undefined
					: (fields.name('agent.name', 'virtualAgent.name', 'participantName') ?? facts?.name),
			email: type === 'endUser' ? undefined : (fields.text('agent.email') ?? facts?.email),
			type,
			status: fields.text('status', 'state', 'participantStatus'),
			connectedAt: fields.time('connectedAt'),
			endedAt: fields.time('endedAt', 'disconnectedAt', 'endsAt'),
		}),
		status: plainWord(fields.text('status', 'state', 'participantStatus')),
		dn: idInName === undefined ? dn : undefined,
		duration: fields.seconds('callDuration', 'chatDuration', 'duration'),
	};
}

/** "agent:accepted", where the agent stands beside it. */
function personByStatus(entry: unknown, fields: Fields): Person[] {
	const [who = '', status = '', ...more] =
		typeof entry === 'string' ? entry.split(':', 3).map((word) => word.trim()) : [];
	if (who === '' || status === '' || more.length > 0) return [];
	if (plainWord(who) === 'both') {
		return [...personByStatus(`external:${status}`, fields), ...personByStatus(`agent:${status}`, fields)];
	}
	const type = personType(plainWord(who), '', fields);
	const agent = type === 'agent' ? agentCalled(fields, 'agent') : undefined;
	if (type === 'agent' && agent === undefined) return [];
	return [{ participant: known<Participant>({ ...agent, type, status }), status: plainWord(status) }];
}

function personType(word: string, named: string, fields: Fields): Participant['type'] {
	const said = word === '' ? named : word;
	if (/^(virtualagent|va|bot)/.test(said)) return 'virtualAgent';
	if (/^(agent|user|internal)/.test(said)) return 'agent';
	if (/^(external|enduser|customer|consumer|caller)/.test(said)) return 'endUser';
	return fields.text('agent.id', 'user.id', 'email') === undefined ? 'endUser' : 'agent';
}

interface EventFacts {
	kind: EventKind;
	/** The agent who has accepted, is or was connected. Who only rings is a participant. */
	agent?: Agent;
	voicemail?: Voicemail;
	isBeforeAgents: boolean;
}

function factsOf(
	fields: Fields,
	type: string | undefined,
	direction: Direction | undefined,
	people: People,
): EventFacts {
	const state = plainWord(fields.text('state', 'status', 'callState', 'chatState'));
	const agents = people.persons.filter(({ participant }) => participant.type === 'agent');
	const agent = handlingAgent(fields, state, agents, people);
	const of = (kind: EventKind, isBeforeAgents = false): EventFacts => ({ kind, agent, isBeforeAgents });

	const voicemail = voicemailOf(fields, type, state);
	if (voicemail !== undefined) {
		return {
			kind: voicemail.status === 'left' ? 'voicemail' : 'updated',
			voicemail: known({ ...voicemail, agent: voicemail.status === 'left' ? undefined : agent }),
			isBeforeAgents: false,
		};
	}
	if (state === 'dispositionsubmitted' || agents.some(({ status }) => status === 'dispositionsubmitted')) {
		return of('disposition');
	}
	if (OVER.has(state)) {
		const isLegOnly =
			fields.time('endsAt', 'endedAt') === undefined &&
			people.persons.some(
				({ participant, status }) => participant.type !== 'virtualAgent' && CONNECTED.has(status),
			);
		if (isLegOnly) return of('updated');
		return of(dispositionOf(fields) === undefined ? 'ended' : 'disposition');
	}
	if (/^transfer/.test(state)) return of('transferred');
	const named = STATE_TYPES.has(plainWord(type)) ? undefined : namedEvent(type ?? '');
	if (named !== undefined && named !== 'created' && named !== 'other') return of(named);
	if (!UNDER_WAY.has(state) || isUnknownType(type, named)) return of('updated');

	if (agents.some(({ status }) => status.startsWith('transfer'))) return of('transferred');
	if (agents.some(({ status }) => CONNECTED.has(status))) {
		// The agent comes first when it is the agent who calls.
		return direction === 'out' && !isCustomerConnected(people) ? of('outgoing') : of('bridged');
	}
	const isAsked = agents.some(({ status }) => ASKED.has(status));
	if (isAsked || state === 'assigned' || state === 'accepted' || agent !== undefined) return of('assigned');
	const isQueued =
		WAITING.has(state) ||
		fields.text('queuePathNames', 'queuePathIds', 'queuePath', 'queue.id') !== undefined;
	// The customer's first state is "connected" or "waiting" too; the queue, or somebody who routes, makes the difference.
	if (isQueued) return of('queued', agents.length === 0);
	if (agents.length > 0) return of('updated');
	return of(direction === 'out' ? 'outgoing' : 'incoming', true);
}

function isAgentConnected({ persons }: People): boolean {
	return persons.some(({ participant, status }) => participant.type === 'agent' && CONNECTED.has(status));
}

function isCustomerConnected({ persons }: People): boolean {
	return persons.some(({ participant, status }) => participant.type === 'endUser' && CONNECTED.has(status));
}

/**
 * The transfer that an event shows: from the agent who is out of the session to the one who is in it. The same transfer
 * looks the same in every event, so no time is given.
 */
function transferOf(
	people: People,
	agent: Agent | undefined,
	queue: Queue | undefined,
): Transfer | undefined {
	const from = people.persons.findLast(
		({ participant, status }) => participant.type === 'agent' && status.startsWith('transfer'),
	);
	if (from === undefined) return undefined;
	const left = personIn(from.participant);
	return known<Transfer>({
		from: left === undefined ? undefined : { agent: left },
		to: knownOrNothing({ agent, queue }),
	});
}

/** A type of its own that nobody here knows: the event still belongs to its session. */
function isUnknownType(type: string | undefined, named: ReturnType<typeof namedEvent>): boolean {
	return type !== undefined && !STATE_TYPES.has(plainWord(type)) && named !== 'created';
}

function handlingAgent(fields: Fields, state: string, agents: Person[], people: People): Agent | undefined {
	if (agents.length === 0) {
		// Without a list of participants, an agent who is named handles the session, unless it only rings.
		return state === 'ringing' || state === 'projected' ? undefined : agentCalled(fields, 'agent');
	}
	const candidates =
		firstFilled(
			agents.filter(({ status }) => CONNECTED.has(status)),
			agents.filter(({ status }) => status === 'accepted'),
			OVER.has(state) || state === 'dispositionsubmitted'
				? agents.filter((person) => tookPart(person, agents))
				: [],
			agents.filter(({ status }) => status === 'dispositionsubmitted'),
		) ?? [];
	const chosen =
		candidates.find(
			({ participant }) => participant.id !== undefined && participant.id === people.byInitiator.agentId,
		) ?? lastConnected(candidates);
	if (chosen === undefined) return undefined;
	return personIn(chosen.participant);
}

function firstFilled<T>(...lists: T[][]): T[] | undefined {
	return lists.find((list) => list.length > 0);
}

function lastConnected(persons: Person[]): Person | undefined {
	return persons.reduce<Person | undefined>((last, person) => {
		if (last === undefined) return person;
		return (person.participant.connectedAt ?? '') >= (last.participant.connectedAt ?? '') ? person : last;
	}, undefined);
}

/** Whether somebody of a group was connected: where the others' times are known, only with a time of his own (rule X3). */
function tookPart(person: Person, agents: Person[]): boolean {
	if (person.participant.connectedAt !== undefined || (person.duration ?? 0) > 0) return true;
	if (CONNECTED.has(person.status)) return true;
	const timesAreKnown = agents.some(
		({ participant, duration }) => participant.connectedAt !== undefined || duration !== undefined,
	);
	return WAS_CONNECTED.has(person.status) && !timesAreKnown;
}

function voicemailOf(fields: Fields, type: string | undefined, state: string): Voicemail | undefined {
	const words = [state, plainWord(type), plainWord(fields.text('subStatus'))];
	const status = words.map(voicemailStatus).find((found) => found !== undefined);
	if (status === undefined) return undefined;
	return known<Voicemail>({ status, reason: fields.text('voicemailReason') });
}

/**
 * How the session came to its end. One agent's leg says nothing (rule X3): nobody has answered only if no agent is known
 * to have been connected.
 */
function outcomeOf(
	kind: EventKind,
	people: People,
	agent: Agent | undefined,
	failReason: string | undefined,
	direction: Direction | undefined,
): Outcome | undefined {
	if (kind === 'voicemail') return 'voicemail';
	const customers = people.persons.filter(({ participant }) => participant.type === 'endUser');
	const isUnreached =
		direction === 'out' && customers.length > 0 && !customers.some((person) => tookPart(person, customers));
	if (isUnreached) return kind === 'ended' ? (outcomeOfFailReason(failReason) ?? 'missed') : undefined;
	if (kind === 'disposition') return agent === undefined ? undefined : 'answered';
	if (kind !== 'ended') return undefined;
	const agents = people.persons.filter(({ participant }) => participant.type === 'agent');
	if (agents.some((person) => tookPart(person, agents))) return 'answered';
	if (agents.length === 0 && agent !== undefined) return 'answered';
	const stated = outcomeOfFailReason(failReason);
	if (stated !== undefined) return stated;
	if (agents.length > 0) return 'missed';
	if (people.persons.length === 0) return undefined;
	// A virtual agent has spoken with the customer to the end.
	const isServed = people.persons.some(
		({ participant }) => participant.type === 'virtualAgent' && participant.connectedAt !== undefined,
	);
	return isServed ? 'answered' : 'abandoned';
}

function customerNumber(
	fields: Fields,
	people: People,
	direction: Direction | undefined,
): string | undefined {
	const customer = people.persons.find(
		({ participant, dn }) => participant.type === 'endUser' && dn !== undefined,
	);
	if (customer?.dn !== undefined) return customer.dn;
	const dn = fields.phone('dn', 'customerDn', 'customer.dn');
	if (dn !== undefined && !PERSON_NAME.test(dn)) return dn;
	return directionOf(fields.text('direction')) === 'in' || direction === 'in'
		? people.byInitiator.phone
		: undefined;
}

/** The session's own `connected_at` is when the customer reached the platform, so only the agent's own counts. */
function connectedAt(
	kind: EventKind,
	agent: Agent | undefined,
	people: People,
	occurredAt: string | undefined,
): string | undefined {
	const times = people.persons
		.filter(({ participant }) => participant.type === 'agent')
		.map(({ participant }) => participant.connectedAt)
		.filter((time) => time !== undefined)
		.sort();
	return times[0] ?? (kind === 'bridged' && agent !== undefined ? occurredAt : undefined);
}

function isStart(kind: EventKind): boolean {
	return kind === 'incoming' || kind === 'outgoing';
}

function endOf(kind: EventKind, occurredAt: string | undefined): string | undefined {
	return kind === 'ended' || kind === 'voicemail' ? occurredAt : undefined;
}
