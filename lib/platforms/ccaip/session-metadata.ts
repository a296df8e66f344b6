/**
 * The record of a whole call or chat: the session metadata that CCAI Platform writes after the session, to external
 * storage or into an email (rules U1, U4, U5), and the call and chat objects of its API, which have the same fields.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/call-session-metadata,
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/chat-session-metadata,
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-call
 */
import { furthest } from '../call-words';
import { Fields, known, knownOrNothing, sessionFiles } from '../fields';
import { Unread } from '../not-understood';
import type { PlatformSettings } from '../platform';
import type {
	Agent,
	Outcome,
	Participant,
	Session,
	SessionEvent,
	SessionFile,
	SessionState,
	Transfer,
	Voicemail,
} from '../../domain/session';
import { missing, type EventPart, type Reading } from '../webhook-events';
import { dispositionOf } from './dispositions';
import {
	agentFacts,
	campaignOf,
	cobrowseOf,
	customDataOf,
	endUserOf,
	lineOf,
	pathSteps,
	personIn,
	queueOf,
	sessionName,
	typeFacts,
	variablesOf,
	virtualAgentOf,
} from './facts';
import { isKustomerId } from '../../domain/kustomer-id';
import { plainWord } from '../../domain/plain-letters';
import type { SessionKind } from './api/session-id';
import { isFailReason, outcomeOfFailReason, voicemailStatus } from './session-ends';
import { smartActionsOf } from './smart-actions';

/** Numbers of statuses: https://docs.cloud.google.com/contact-center/ccai-platform/docs/crm-session-metadata */
const STATUS_NUMBERS: Readonly<Record<string, string>> = {
	'0': 'scheduled',
	'1': 'queued',
	'2': 'assigned',
	'3': 'connecting',
	'4': 'switching',
	'5': 'connected',
	'8': 'finished',
	'9': 'failed',
	'10': 'recovered',
	'11': 'deflected',
	'12': 'selecting',
	'13': 'vaassigned',
	'14': 'vaconnected',
	'15': 'previewpending',
	'16': 'previewready',
	'17': 'campaignconnecting',
	'18': 'campaignconnected',
	'19': 'requeued',
};

const STATES: Readonly<Record<string, SessionState>> = {
	scheduled: 'started',
	selecting: 'started',
	vaassigned: 'started',
	vaconnected: 'started',
	previewpending: 'started',
	previewready: 'started',
	campaignconnecting: 'started',
	actiononly: 'started',
	queued: 'queued',
	requeued: 'queued',
	assigned: 'assigned',
	connecting: 'assigned',
	switching: 'connected',
	connected: 'connected',
	campaignconnected: 'connected',
	ongoing: 'connected',
	finished: 'ended',
	failed: 'ended',
	recovered: 'ended',
	deflected: 'ended',
	actiononlyfinished: 'ended',
	abandoned: 'ended',
	canceled: 'ended',
	timeout: 'ended',
	dismissed: 'ended',
};

/** Statuses in which somebody is there, not only asked. */
const HANDLED: ReadonlySet<string> = new Set(['switching', 'connected', 'campaignconnected', 'ongoing']);

/** Statuses of a chat that nobody has taken, whoever it was offered to. */
const UNANSWERED: ReadonlySet<string> = new Set([
	'scheduled',
	'selecting',
	'queued',
	'requeued',
	'assigned',
	'connecting',
	'failed',
	'abandoned',
	'canceled',
	'deflected',
]);

/** Fields that only records of a whole session have. */
const MARKS = [
	'callType',
	'chatType',
	'sessionTypeV2',
	'sessionType',
	'callDuration',
	'chatDuration',
	'waitDuration',
	'callUuid',
	'chatUuid',
	'selectedMenu.id',
	'menuPath',
	'voipProvider',
	'endsAt',
	'agentInfo',
	'endUser.id',
	'outTicketId',
	'queuedAt',
	'assignedAt',
];

const CHAT_MARKS = [
	'chatType',
	'chatUuid',
	'chatDuration',
	'messageCount',
	'firstMsgSentAt',
	'lastMsgSentAt',
];

/** Names under which senders put a record into an object of their own. */
const WRAPPERS = ['call', 'chat', 'session', 'metadata'] as const;

/** True when the fields are those of a whole session. */
export function isMetadata(fields: Fields): boolean {
	return recordIn(fields) !== undefined;
}

export function readMetadataEvent({ fields }: EventPart, settings: PlatformSettings): Reading {
	const record = recordIn(fields) ?? { fields };
	const unread = new Unread();
	const session = readFields(record.fields, settings.sourceName, record.kind, unread);
	if ('reason' in session) return session;
	return known<SessionEvent>({
		kind: 'metadata',
		name: fields.text('type', 'event', 'eventType'),
		id: fields.text('eventId'),
		// The times of the session say nothing of what was corrected after it: then the record is as new as its delivery.
		occurredAt: record.fields.time('updatedAt'),
		notUnderstood: unread.list,
		session,
	});
}

/** The fields of the record, and what it is about where the wrapper says so. */
function recordIn(fields: Fields): { fields: Fields; kind?: SessionKind } | undefined {
	const isRecord = (prefix: string) =>
		fields.text(`${prefix}id`) !== undefined &&
		MARKS.some((mark) => fields.value(`${prefix}${mark}`) !== undefined);
	if (isRecord('')) return { fields };
	const wrapper = WRAPPERS.find((name) => isRecord(`${name}.`));
	if (wrapper === undefined) return undefined;
	const kind = wrapper === 'call' || wrapper === 'chat' ? wrapper : undefined;
	return known({ fields: fields.under(wrapper), kind });
}

/**
 * Reads a record of a whole session.
 *
 * @param metadata the parsed JSON
 * @param source the session's `source`
 * @param kind where it is known, for example from the file's name `chat-987.json`; else the fields tell
 * @returns the session, or what is wrong
 */
export function readMetadata(
	metadata: unknown,
	source: string,
	kind?: SessionKind,
): Session | { field: string; reason: string } {
	const fields = new Fields(metadata);
	const record = recordIn(fields);
	return readFields(record?.fields ?? fields, source, kind ?? record?.kind);
}

function readFields(
	fields: Fields,
	source: string,
	hint?: SessionKind,
	unread?: Unread,
): Session | { field: string; reason: string } {
	const written = fields.text('id', 'callId', 'chatId');
	if (written === undefined)
		return missing(fields, 'id', ['id'], 'It tells which call or chat the record is about.');
	const kind = hint ?? kindOf(fields, written);
	const name = sessionName(kind, written, 'id');
	if (!('id' in name)) return name;

	const facts = typeFacts(fields, kind, unread);
	const status = statusOf(fields);
	const failReason = fields.text('failReason');
	const people = peopleOf(fields, kind, status, facts.direction);
	const over = isEnded(fields, status);
	const menuPath = menuPathOf(fields);
	const transfers = transfersOf(fields);
	const lastQueue = transfers.findLast(({ status: how, to }) => to?.queue !== undefined && !isFailed(how))?.to
		?.queue;
	const disposition = dispositionOf(fields);
	const voicemail = voicemailOf(fields, status, people.named);
	const files = filesOf(fields, voicemail !== undefined);
	const actions = smartActionsOf(fields);
	const deflections = [
		fields.text('deflection'),
		fields.text('deflectionChannel'),
		failReason,
		...fields
			.list('deflectionDetails')
			.map((entry) => new Fields(entry).text('type', 'deflection', 'channel', 'name')),
	];
	const parent = fields.text('parentId');
	let end: SessionState | undefined;
	if (over) end = disposition === undefined ? 'ended' : 'completed';

	return known<Session>({
		source,
		id: name.id,
		...facts,
		state: furthest(
			end,
			Object.hasOwn(STATES, status) ? STATES[status] : undefined,
			people.isConnected ? 'connected' : undefined,
		),
		outcome: over ? outcomeOf(fields, status, voicemail, people, failReason) : undefined,
		language: fields.text('lang', 'language'),
		// Only a call that was started for a record carries its id from the beginning.
		conversationId:
			facts.origin === 'api' && facts.direction === 'out'
				? kustomerIdIn(fields.text('outTicketId'))
				: undefined,
		callbackOf: parent !== undefined && facts.direction === 'out' ? sessionId(kind, parent) : undefined,

		endUser: endUserOf(fields, people.customerNumber),
		line: lineOf(fields, facts.direction),
		agent: people.handledBy,
		virtualAgent: people.virtualAgent,
		queue: lastQueue ?? queueOf(fields.text('selectedMenu.id', 'queue.id'), menuPath),
		menuPath,
		campaign: campaignOf(fields),

		scheduledAt: fields.time('scheduledAt'),
		deviceType: fields.text('deviceType', 'device.type', 'endUser.deviceType'),
		startedAt: fields.time('createdAt'),
		queuedAt: fields.time('queuedAt'),
		assignedAt: fields.time('assignedAt'),
		connectedAt: people.isConnected ? fields.time('connectedAt') : undefined,
		endedAt: fields.time('endsAt', 'endedAt'),

		duration: fields.seconds('callDuration', 'chatDuration', 'duration'),
		waitTime: fields.seconds('waitDuration', 'queueDuration'),
		holdTime: fields.seconds('holdDuration'),
		endReason: over ? (isFailReason(failReason) ? failReason : fields.text('disconnectedBy')) : undefined,

		rating: knownOrNothing({
			score: fields.number('rating', 'rating.score', 'csat.rating', 'csat'),
			comment: fields.text('feedback', 'rating.comment', 'ratingComment', 'csat.comment', 'csatComment'),
		}),
		disposition,
		survey: surveyOf(fields),
		customData: customDataOf(fields),
		variables: variablesOf(fields),
		cobrowse: cobrowseOf(fields),
		transfers: transfers.length > 0 ? transfers : undefined,
		participants: people.list.length > 0 ? people.list : undefined,
		smartActions: actions.length > 0 ? actions : undefined,
		files: files.length > 0 ? files : undefined,
		voicemail,
		consumerMessages: kind === 'chat' ? consumerMessages(fields, people) : undefined,
		messages: kind === 'chat' ? fields.number('messageCount') : undefined,
		emailInWeb: deflections.some((word) => plainWord(word).includes('email')) ? true : undefined,
	});
}

function kustomerIdIn(id: string | undefined): string | undefined {
	return isKustomerId(id) ? id : undefined;
}

function kindOf(fields: Fields, id: string): SessionKind {
	if (/^chat-/i.test(id) || CHAT_MARKS.some((mark) => fields.value(mark) !== undefined)) return 'chat';
	return /messag|chat|sms|whatsapp/i.test(fields.text('sessionTypeV2', 'sessionType') ?? '')
		? 'chat'
		: 'call';
}

function sessionId(kind: SessionKind, id: string): string | undefined {
	const name = sessionName(kind, id, 'parent_id');
	return 'id' in name ? name.id : undefined;
}

function statusOf(fields: Fields): string {
	const word = plainWord(fields.text('status'));
	return Object.hasOwn(STATUS_NUMBERS, word) ? (STATUS_NUMBERS[word] as string) : word;
}

/** Whether the platform's status, else the time of the end, says that the session has ended. */
function isEnded(fields: Fields, status: string): boolean {
	if (voicemailStatus(status) !== undefined) return true;
	if (Object.hasOwn(STATES, status)) return STATES[status] === 'ended';
	return fields.time('endsAt', 'endedAt') !== undefined;
}

interface People {
	list: Participant[];
	/** The last human agent who was connected. */
	handledBy?: Agent;
	/** True when a person and the customer have spoken. */
	isConnected: boolean;
	/** The human agent whom the record names, connected or not. */
	named?: Agent;
	virtualAgent?: Session['virtualAgent'];
	customerNumber?: string;
	/** True when an agent is known to have been asked. */
	isAsked: boolean;
}

/**
 * Who took part. `agent_info` is the last one who handled the session, a person or a virtual agent; for calls it is
 * missing when both did, and then the participants and transfers tell.
 */
function peopleOf(
	fields: Fields,
	kind: SessionKind,
	status: string,
	direction: Session['direction'],
): People {
	const info = fields.object('agentInfo', 'agent');
	const infoFields = new Fields(info);
	const isVirtual = infoFields.text('vaAlias') !== undefined;
	const named = info === undefined || isVirtual ? undefined : agentFacts(infoFields);
	const byId = new Map<string, Agent>();
	for (const agent of [named, ...transfersOf(fields).flatMap(({ from, to }) => [from?.agent, to?.agent])]) {
		if (agent?.id !== undefined) byId.set(agent.id, { ...byId.get(agent.id), ...agent });
	}

	const entries = fields.list('participants').map((entry) => new Fields(entry));
	const list = entries.flatMap((entry) => participantOf(entry, byId));
	const agents = list.filter(({ type }) => type === 'agent');
	const wasThere = agents.filter(({ connectedAt }) => connectedAt !== undefined);
	const last = wasThere.reduce<Participant | undefined>(
		(latest, one) => ((one.connectedAt ?? '') >= (latest?.connectedAt ?? '') ? one : latest),
		undefined,
	);
	const { isHandled, isTimed } = handling(fields, kind, status, agents, named);
	let handledBy: Agent | undefined;
	// The agent of an outbound call is the one who calls, whether the customer answers or not.
	if (named !== undefined && (isHandled || direction === 'out')) handledBy = named;
	else if (named === undefined && last !== undefined) handledBy = personIn(last);
	else if (named === undefined && isTimed)
		handledBy = transfersOf(fields).findLast(({ to }) => to?.agent)?.to?.agent;

	const virtual =
		virtualAgentOf(fields) ??
		(isVirtual
			? knownOrNothing({ id: infoFields.text('id'), name: infoFields.name('name', 'vaAlias') })
			: undefined) ??
		lastVirtualAgent(fields);
	const isUnreached = direction === 'out' && (isFailReason(fields.text('failReason')) || !isHandled);
	return known<People>({
		list,
		handledBy,
		isConnected: handledBy !== undefined && !isUnreached,
		named,
		virtualAgent: virtual,
		customerNumber: entries
			.filter((entry) => plainWord(entry.text('type')) === 'enduser')
			.map((entry) => entry.phone('phoneNumber', 'phone', 'dn'))
			.find((phone) => phone !== undefined),
		isAsked: agents.length > 0 || named !== undefined,
	});
}

/** Whether a person has spoken with the customer. */
function handling(
	fields: Fields,
	kind: SessionKind,
	status: string,
	agents: Participant[],
	named: Agent | undefined,
): { isHandled: boolean; isTimed: boolean } {
	const isFailure = isFailReason(fields.text('failReason'));
	const isTimed = fields.time('connectedAt') !== undefined;
	if (agents.some(({ connectedAt }) => connectedAt !== undefined) || HANDLED.has(status))
		return { isHandled: true, isTimed };
	if (status.startsWith('voicemail')) return { isHandled: false, isTimed: false };
	if (isTimed) return { isHandled: true, isTimed };
	// An agent who has taken a chat is in it at once; the record of a chat names no time of connection.
	const isTaken = kind === 'chat' && named !== undefined && !isFailure && !UNANSWERED.has(status);
	return { isHandled: isTaken, isTimed };
}

function participantOf(fields: Fields, agents: ReadonlyMap<string, Agent>): Participant[] {
	const word = plainWord(fields.text('type'));
	const leg = known({
		status: fields.text('status'),
		connectedAt: fields.time('connectedAt'),
		endedAt: fields.time('endedAt', 'finishedAt'),
	});
	if (word === 'enduser') {
		const id = fields.text('endUser.id');
		return id === undefined ? [] : [{ id, type: 'endUser', ...leg }];
	}
	if (word === 'virtualagent') {
		const id = fields.text('virtualAgent.id', 'userId', 'id');
		return [
			known<Participant>({
				id,
				name: fields.name('name', 'virtualAgent.name'),
				type: 'virtualAgent',
				...leg,
			}),
		];
	}
	if (word !== 'agent') return [];
	const id = fields.text('user.id', 'agent.id');
	const agent = known<Agent>({
		id,
		name: fields.name('name', 'agent.name', 'user.name'),
		email: fields.text('email', 'agent.email', 'user.email'),
	});
	const facts = { ...(id === undefined ? {} : agents.get(id)), ...agent };
	return Object.keys(facts).length > 0 ? [{ ...facts, type: 'agent', ...leg }] : [];
}

function lastVirtualAgent(fields: Fields): Session['virtualAgent'] {
	return fields
		.list('virtualAgentHandleDurations')
		.map((entry) => virtualAgentOf(new Fields(entry)))
		.findLast((virtualAgent) => virtualAgent !== undefined);
}

/** Transfers, and what virtual agents have handed over to people: the platform lists that as an escalation. */
function transfersOf(fields: Fields): Transfer[] {
	const transfers = fields.list('transfers').flatMap((entry) => transferOf(new Fields(entry)));
	const escalations = fields.list('escalations').flatMap((entry) => {
		const [escalation] = transferOf(new Fields(entry));
		if (escalation === undefined) return [];
		const { id, ...facts } = escalation;
		return [
			known<Transfer>({ ...facts, id: id === undefined ? undefined : `escalation-${id}`, escalation: true }),
		];
	});
	// Older files list an escalation as a transfer, too.
	const isListed = ({ from, to }: Transfer) =>
		transfers.some((one) => isSameSide(one.from, from) && isSameSide(one.to, to));
	return [
		...transfers.map((one) => (isEscalation(one) ? { ...one, escalation: true } : one)),
		...escalations.filter((one) => !isListed(one)),
	];
}

function transferOf(transfer: Fields): Transfer[] {
	const facts = known<Transfer>({
		id: transfer.text('id'),
		at: transfer.time('connectedAt', 'assignedAt', 'createdAt', 'startedAt', 'escalatedAt'),
		from: sideOf(transfer, 'from'),
		to: sideOf(transfer, 'to'),
		status: transfer.text('status', 'transferStatus'),
	});
	return facts.id === undefined && facts.from === undefined && facts.to === undefined ? [] : [facts];
}

/** A virtual agent hands over to people: to an agent, or to a queue of theirs. */
function isEscalation({ from, to }: Transfer): boolean {
	return from?.virtualAgent !== undefined && to !== undefined && to.virtualAgent === undefined;
}

function isSameSide(a: Transfer['from'], b: Transfer['from']): boolean {
	const nameOf = (side: Transfer['from']) => side?.agent?.id ?? side?.virtualAgent?.id ?? side?.queue?.id;
	return nameOf(a) !== undefined && nameOf(a) === nameOf(b);
}

function sideOf(transfer: Fields, side: 'from' | 'to'): Transfer['to'] {
	const agent = transfer.object(`${side}Agent`);
	const virtualAgent = new Fields(transfer.object(`${side}VirtualAgent`));
	const menu = transfer.object(`${side}Menu`, `${side}Queue`);
	const menuFields = new Fields(menu);
	const path = pathSteps(
		transfer.text(`${side}MenuPath.name`, `${side}MenuPath`, `${side}QueuePath`) ?? menuFields.text('name'),
	);
	return knownOrNothing({
		agent: agent === undefined ? undefined : agentFacts(new Fields(agent)),
		virtualAgent: knownOrNothing({
			id: virtualAgent.text('id', 'virtualAgentId') ?? transfer.text(`${side}VirtualAgentId`),
			name: virtualAgent.name('name', 'vaAlias'),
		}),
		queue: queueOf(menuFields.text('id') ?? transfer.text(`${side}MenuId`, `${side}QueueId`), path),
	});
}

function isFailed(status: string | undefined): boolean {
	return /fail|cancel|reject|decline/i.test(status ?? '');
}

function menuPathOf(fields: Fields): string[] | undefined {
	return pathSteps(fields.text('menuPath.name', 'menuPath')) ?? pathSteps(fields.text('selectedMenu.name'));
}

function voicemailOf(fields: Fields, status: string, agent: Agent | undefined): Voicemail | undefined {
	const reached = voicemailStatus(status);
	if (reached === undefined) return undefined;
	return known<Voicemail>({
		status: reached,
		at: reached === 'left' ? fields.time('endsAt', 'endedAt', 'updatedAt') : fields.time('updatedAt'),
		agent: reached === 'left' ? undefined : agent,
		reason: fields.text('voicemailReason'),
	});
}

/** Nobody has answered only if no agent is known to have been connected (rule X3). */
function outcomeOf(
	fields: Fields,
	status: string,
	voicemail: Voicemail | undefined,
	people: People,
	failReason: string | undefined,
): Outcome | undefined {
	if (voicemail !== undefined) return 'voicemail';
	if (people.isConnected) return 'answered';
	const failed = outcomeOfFailReason(failReason);
	if (failed !== undefined && failed !== 'failed') return failed;
	const deflection = plainWord(fields.text('deflection', 'deflectionChannel'));
	if (status === 'deflected' || (deflection !== '' && !/^(no|none|nodeflection)$/.test(deflection)))
		return 'deflected';
	if (status === 'abandoned' || status === 'canceled') return 'abandoned';
	if (failed !== undefined || status === 'failed' || status === 'recovered') return failed ?? 'failed';
	// A virtual agent has served the customer, or the agents are not in the record.
	if (people.virtualAgent !== undefined || fields.time('connectedAt') !== undefined) return 'answered';
	return people.isAsked && status !== 'finished' ? 'missed' : undefined;
}

function filesOf(fields: Fields, isVoicemail: boolean): SessionFile[] {
	const kind = isVoicemail ? 'voicemail' : 'recording';
	const files = [
		...sessionFiles(fields.list('recordingUrl'), kind),
		...sessionFiles(fields.list('recordings'), kind),
		...sessionFiles(fields.list('voicemailUrl'), 'voicemail'),
		...sessionFiles(fields.list('transcriptUrl'), 'transcript'),
		...sessionFiles(fields.list('photos', 'smartActions.photos'), 'photo'),
		...sessionFiles(fields.list('screenshots', 'smartActions.screenshots'), 'photo'),
		...sessionFiles(fields.list('videos', 'smartActions.videos'), 'video'),
	];
	const urls = new Set<string>();
	return files.filter(({ url }) => {
		// Without an address there is nothing to fetch; the same one twice is one file.
		if (url === undefined || urls.has(url)) return false;
		urls.add(url);
		return true;
	});
}

function surveyOf(fields: Fields): Session['survey'] {
	const answers = fields.list('survey', 'surveys', 'surveyResponses', 'survey.responses').flatMap((entry) => {
		const row = new Fields(entry);
		const question = row.text('question', 'questionText', 'question.text');
		const answer = row.text('answer', 'answerText', 'response', 'value');
		return question === undefined || answer === undefined ? [] : [{ question, answer }];
	});
	return answers.length > 0 ? answers : undefined;
}

/** The platform counts all messages of a chat. As long as nobody has answered they are the customer's. */
function consumerMessages(fields: Fields, people: People): number | undefined {
	const counted = fields.number('consumerMessageCount', 'endUserMessageCount');
	if (counted !== undefined) return counted;
	return people.handledBy === undefined && people.virtualAgent === undefined
		? fields.number('messageCount')
		: undefined;
}
