/**
 * The record rules: whether a session gets a conversation, when, and which (rules C1 to C6, C9, C10, C24, D1 to D6, X1, X3).
 *
 * They decide from all that is known of a session, never from the event that told it, so that the order of events makes
 * no difference: a call that an agent was assigned to is recorded, whether that is learned while it rings or from a
 * metadata file hours later. What has once been good enough for a record stays so while more becomes known, with these
 * exceptions, each of which matters only when nothing was written in the meantime:
 * - a session without a direction counts as inbound, and turns out to be internal, or a call by an agent that reached
 *   the customer's mailbox;
 * - a chat that is over was recorded because nobody had counted the messages, and they turn out to be too few;
 * - a chat that was recorded as an abandoned one turns out to be connected, with too few messages;
 * - that an agent was assigned or connected was known from the state alone, without a time or an agent, and the state
 *   has moved on to `ended` since.
 *
 * Nothing here throws, whatever the session holds. What of it cannot be read counts as not known.
 */
import { isRecord } from '../../domain/record';
import type { Channel, Session } from '../../domain/session';
import {
	consumerMessageCount,
	isOver,
	leftVoicemail,
	wasConnected,
	wasServedByVirtualAgent,
} from '../../domain/session-questions';
import { readSession as sessionIn } from '../../domain/session-shape';
import { millisecondsOf } from '../../domain/time';
import { callBackOf, mayHold, returns, type CallBack } from './call-back';
import { isSameQueue, queueOf, type SessionQueue } from './queue-key';
import type { Admission, Decision, Held, HeldConversation, HeldSession, Placement } from './record-decision';
import type { RecordSettings } from './record-settings';

/** Conversations whose sessions are read, at most: each costs requests. */
const MOST_CANDIDATES = 5;
/** The same for a call back: they are read one after the other, and only those that have changed a moment ago. */
const MOST_FOR_CALL_BACK = 25;
/** Seconds. A call that lasted less and is called back had hardly begun (rule C10). */
const SHORT_CALL = 10;
const DAY = 24 * 60 * 60 * 1000;

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
	voice: 'call',
	chat: 'chat',
	sms: 'SMS chat',
	whatsapp: 'WhatsApp chat',
};

const NOTHING_KNOWN = { source: '-', id: '-', endUser: {} } as const;

/**
 * Whether the session gets a conversation at all, as of what is known of it. Says nothing about which one.
 *
 * @param asked whether somebody has asked for a record: then nothing is waited for, and nothing is left out (rule G1)
 */
export function admit(session: Session, settings: RecordSettings, asked = false): Admission {
	const known = readSession(session);
	if (known.direction === 'internal') {
		return skip('X4', `The ${known.word} is between colleagues, no customer takes part.`);
	}
	const admission = admitByRules(known, settings);
	if (!asked || admission.action === 'record') return admission;
	return record('G1', `The platform asked for a record of the ${known.word}.`);
}

function admitByRules(known: KnownSession, settings: RecordSettings): Admission {
	if (known.voicemail) return record('C5', 'The customer left a voicemail.');
	if (known.channel !== 'voice') return admitChat(known, settings);
	return known.direction === 'out' ? admitOutboundCall(known, settings) : admitInboundCall(known, settings);
}

/**
 * Ids of the conversations whose sessions have to be read before {@link place} can decide, the most promising first, at
 * most five, for a call back 25. Once the sessions of one are known, the others may no longer be needed. Empty when nothing has to be read. Conversations whose sessions are known already are left out.
 *
 * @param now milliseconds since the epoch
 */
export function candidates(
	session: Session,
	externalId: string,
	settings: RecordSettings,
	{ conversations, now }: Pick<Held, 'conversations' | 'now'>,
): string[] {
	const known = readSession(session);
	if (conversations.some((conversation) => conversation.ofThisSession)) return [];
	const callBack = callBackOf(known.session, externalId, settings.callbackMinutes, now);
	if (callBack !== undefined) return candidatesForCallBack(callBack, conversations);
	if (known.voicemail || known.direction !== 'in' || !settings.append) return [];

	const queue = queueOf(session);
	const promising = [...openOnes(conversations), ...closedSince(conversations, session, settings, now)]
		// A conversation without any channel has been created a moment ago.
		.filter(({ channels }) => channels.length === 0 || channels.includes(known.channel))
		.slice(0, MOST_CANDIDATES);
	const found = promising.findIndex((conversation) => holdsSameQueue(conversation, known.channel, queue));
	return (found === -1 ? promising : promising.slice(0, found))
		.filter((conversation) => conversation.sessions === undefined)
		.map((conversation) => conversation.id);
}

function candidatesForCallBack(callBack: CallBack, conversations: readonly HeldConversation[]): string[] {
	const promising = openOnes(conversations)
		.filter((conversation) => mayHold(callBack, conversation))
		.slice(0, MOST_FOR_CALL_BACK);
	const found = promising.findIndex(({ sessions = [] }) => sessions.some((one) => returns(callBack, one)));
	return (found === -1 ? promising : promising.slice(0, found))
		.filter(({ sessions }) => sessions === undefined)
		.map(({ id }) => id);
}

/** Where a session goes that is logged already, or that {@link admit} wants recorded. */
export function place(session: Session, externalId: string, settings: RecordSettings, held: Held): Placement {
	const known = readSession(session);
	const logged = loggedAt(externalId, held);
	if (logged !== undefined) {
		return known.voicemail && logged.appended && !logged.voicemail
			? {
					action: 'create',
					leaves: logged.conversationId,
					rule: 'C5',
					reason: `The customer left a voicemail, so the ${known.word} leaves the conversation that it was appended to and gets one of its own.`,
				}
			: update(logged.conversationId, `The ${known.word} is on this conversation already.`);
	}
	const own = held.conversations.find((conversation) => conversation.ofThisSession);
	if (own !== undefined) {
		return update(
			own.id,
			`This conversation of the ${known.word} was made by an earlier run that was cut off.`,
		);
	}

	if (known.voicemail) {
		return create('C5', 'The customer left a voicemail, which always gets a conversation of its own.');
	}
	return (
		placeStarted(known, held) ??
		placeCallback(session, externalId, known, settings, held) ??
		(known.direction === 'out'
			? placeOutbound(known, settings, held)
			: placeInbound(session, known, settings, held))
	);
}

/** What to do with a session, as of what is known of it and of what Kustomer holds. */
export function decide(session: Session, externalId: string, settings: RecordSettings, held: Held): Decision {
	const isHeld =
		loggedAt(externalId, held) !== undefined || held.conversations.some(({ ofThisSession }) => ofThisSession);
	if (!isHeld) {
		const admission = admit(session, settings, held.asked);
		if (admission.action !== 'record') return admission;
	}
	return place(session, externalId, settings, held);
}

function admitInboundCall(known: KnownSession, settings: RecordSettings): Admission {
	// C1: what a person leaves out (D5) or delays (D3) holds for calls from the app as well.
	if (known.app && !settings.delayUntilConnected && settings.abandonedCalls)
		return record('C1', 'The call came in from the mobile app.');
	// X3: of a group of agents one has answered; that it rang in vain at the others makes no missed call.
	if (known.connected) return record(known.app ? 'C1' : 'C2', `${known.answeredBy} the call.`);
	// Before the end is looked at: assigned or ended first, whichever event arrives first, comes to the same.
	if (known.assigned && !settings.delayUntilConnected) {
		return record('D3', 'The call was assigned to an agent.');
	}
	if (known.over) {
		return settings.abandonedCalls
			? record('C4', 'The call ended before an agent answered, and "Record Abandoned Calls" is on.')
			: skip('D5', 'The call ended before an agent answered, and "Record Abandoned Calls" is off.');
	}
	return settings.delayUntilConnected
		? wait('D3', 'The call is not connected to an agent yet, and "Delay Until Connected" is on.')
		: wait('D3', 'The call is not assigned to an agent yet.');
}

function admitOutboundCall(known: KnownSession, settings: RecordSettings): Admission {
	if (!settings.delayUntilConnected) return record('C3', 'An outbound call was made.');
	if (known.connected) return record('C3', 'The outbound call was answered.');
	if (known.over) {
		return settings.abandonedCalls
			? record('D5', 'The outbound call was not answered, and "Record Abandoned Calls" is on.')
			: skip(
					'D5',
					'The outbound call was not answered, "Delay Until Connected" is on, and "Record Abandoned Calls" is off.',
				);
	}
	return wait('D3', 'The outbound call is not answered yet, and "Delay Until Connected" is on.');
}

function admitChat(known: KnownSession, settings: RecordSettings): Admission {
	const chat = known.word;
	if (known.direction === 'out') return record('C3', `An outbound ${chat} was started.`);
	if (known.connected) return admitAnsweredChat(known, settings);

	// C1: what a person leaves out (D6) or delays (D4) holds for chats from the app as well.
	const waits = wholeNumber(settings.chatMinMessages) > 0 || settings.abandonedChats === 'minMessages';
	if (known.app && !waits) return record('C1', `The ${chat} came in from the mobile app.`);
	if (known.over) return admitAbandonedChat(known, settings);
	return known.assigned
		? wait('D3', `The ${chat} is assigned to an agent, and not connected yet.`)
		: wait('D3', `The ${chat} is not assigned to an agent yet.`);
}

function admitAnsweredChat(known: KnownSession, settings: RecordSettings): Admission {
	const chat = known.word;
	const wanted = wholeNumber(settings.chatMinMessages);
	const written = known.messages;
	if (wanted === 0) return record(known.app ? 'C1' : 'D3', `${known.answeredBy} the ${chat}.`);
	if (written >= wanted) {
		return record(
			'D4',
			`The customer wrote ${messagesIn(written)}, and "Minimum Chat Messages" is ${wanted}.`,
		);
	}
	if (!known.over) {
		return wait('D4', `The customer has not written enough yet: "Minimum Chat Messages" is ${wanted}.`);
	}
	if (known.counted) {
		return skip(
			'D4',
			`The ${chat} is over with ${messagesIn(written)}, and "Minimum Chat Messages" is ${wanted}.`,
		);
	}
	return known.allMessages < wanted
		? skip(
				'D4',
				`The ${chat} is over with ${messagesIn(known.allMessages)} from both sides, and "Minimum Chat Messages" is ${wanted}.`,
			)
		: record(
				'D4',
				`${known.answeredBy} the ${chat}. "Minimum Chat Messages" is ${wanted}, but nothing has told how many the customer wrote.`,
			);
}

function admitAbandonedChat(known: KnownSession, settings: RecordSettings): Admission {
	const ended = `The ${known.word} ended before an agent answered`;
	if (settings.abandonedChats === 'all') {
		return record('D6', `${ended}, and "Record Abandoned Chats" is set to all.`);
	}
	if (settings.abandonedChats !== 'minMessages') {
		return skip('D6', `${ended}, and "Record Abandoned Chats" is set to none.`);
	}
	const wanted = wholeNumber(settings.abandonedChatMinMessages);
	const written = known.messages;
	const reason = `${ended} with ${messagesIn(written)}, and "Minimum if Abandoned" is ${wanted}.`;
	return written >= wanted ? record('D6', reason) : skip('D6', reason);
}

/** A call that an agent has started from a conversation goes there, whatever has become of it since (rule C24). */
function placeStarted(
	known: KnownSession,
	{ conversations, startedFromConversationId }: Held,
): Placement | undefined {
	if (known.direction !== 'out' || startedFromConversationId === undefined) return undefined;
	const from = conversations.find(({ id }) => id === startedFromConversationId);
	if (from === undefined) return undefined;
	const isOpen = from.status === 'open';
	return {
		action: isOpen ? 'append' : 'reopen',
		conversationId: from.id,
		rule: 'C24',
		reason: `The agent has started the ${known.word} from this conversation${isOpen ? '' : `, which was ${from.status}`}.`,
	};
}

function placeCallback(
	session: Session,
	externalId: string,
	known: KnownSession,
	settings: RecordSettings,
	held: Held,
): Placement | undefined {
	const named = held.conversations.find(({ id }) => id === held.callbackConversationId);
	if (named?.status === 'open') {
		const earlierId = earlierExternalId(session, externalId);
		const earlier = named.sessions?.find((logged) => logged.externalId === earlierId);
		return appendCallBack(named, earlier, `The ${known.word} returns an earlier one`);
	}
	const callBack = callBackOf(known.session, externalId, settings.callbackMinutes, held.now);
	if (callBack === undefined) return undefined;
	for (const conversation of openOnes(held.conversations)) {
		if (!mayHold(callBack, conversation)) continue;
		const earlier = conversation.sessions?.find((logged) => returns(callBack, logged));
		if (earlier === undefined) continue;
		const why = `The agent calls back a customer whose call has just ended ("Call Back Within (Minutes)" is ${settings.callbackMinutes})`;
		return appendCallBack(conversation, earlier, why);
	}
	return undefined;
}

function appendCallBack({ id }: HeldConversation, earlier: HeldSession | undefined, why: string): Placement {
	const isShort = earlier?.duration !== undefined && earlier.duration < SHORT_CALL;
	return {
		action: 'append',
		conversationId: id,
		rule: isShort ? 'C10' : 'C9',
		reason: isShort
			? `${why}; that one lasted under ${SHORT_CALL} seconds, and its conversation is open.`
			: `${why}, and the conversation of that one is open.`,
	};
}

function placeOutbound(known: KnownSession, settings: RecordSettings, held: Held): Placement {
	if (!settings.appendOutbound) {
		return create(
			'C3',
			`The outbound ${known.word} gets a conversation of its own, because "Append Outbound Calls" is off.`,
		);
	}
	const latest = latestFirst(held.conversations, ({ createdAt }) => createdAt)[0];
	if (latest === undefined) {
		return create('C3', `The customer has no conversation that the outbound ${known.word} could go to.`);
	}
	if (latest.status !== 'open') {
		return create(
			'C3',
			`The customer's most recent conversation is ${latest.status}, so the outbound ${known.word} gets one of its own.`,
		);
	}
	return {
		action: 'append',
		conversationId: latest.id,
		rule: 'C3',
		reason: `The customer's most recent conversation is open, and "Append Outbound Calls" is on.`,
	};
}

function placeInbound(
	session: Session,
	known: KnownSession,
	settings: RecordSettings,
	held: Held,
): Placement {
	const admission = admit(session, settings, held.asked);
	if (!settings.append) {
		return create(
			admission.rule,
			`${admission.reason} "Append to Open Conversation" is off, so it gets a conversation of its own.`,
		);
	}

	const queue = queueOf(session);
	const sameQueue = `a ${known.word} of the same queue`;
	const open = openOnes(held.conversations).find((one) => holdsSameQueue(one, known.channel, queue));
	if (open !== undefined) {
		return {
			action: 'append',
			conversationId: open.id,
			rule: 'C6',
			reason: `The customer's open conversation holds ${sameQueue}, and "Append to Open Conversation" is on.`,
		};
	}
	const closed = closedSince(held.conversations, session, settings, held.now).find((one) =>
		holdsSameQueue(one, known.channel, queue),
	);
	if (closed !== undefined) {
		return {
			action: 'reopen',
			conversationId: closed.id,
			rule: 'D2',
			reason: `The customer's conversation with ${sameQueue} was closed recently: "Reopen Closed (Days)" is ${settings.reopenDays}.`,
		};
	}
	return create(
		admission.rule,
		`${admission.reason} The customer has no open conversation with ${sameQueue}.`,
	);
}

/** Where the session is logged: as Kustomer's look-up says, or because it was met on a conversation that was read. */
function loggedAt(externalId: string, held: Held): Held['logged'] {
	if (held.logged !== undefined) return held.logged;
	for (const conversation of held.conversations) {
		const same = conversation.sessions?.find((session) => session.externalId === externalId);
		if (same !== undefined) {
			return {
				conversationId: conversation.id,
				appended: !conversation.ofThisSession,
				voicemail: same.voicemail,
			};
		}
	}
	return undefined;
}

/** External id of the session that this one calls back: it has the same prefix and source. */
function earlierExternalId(session: Session, externalId: string): string | undefined {
	const { id, callbackOf } = isRecord(session) ? session : {};
	if (typeof id !== 'string' || typeof callbackOf !== 'string') return undefined;
	return externalId.endsWith(id)
		? externalId.slice(0, externalId.length - id.length) + callbackOf
		: undefined;
}

/** Open conversations, the one with the latest activity first (rules C6, D1). Snoozed ones are not open. */
function openOnes(conversations: readonly HeldConversation[]): HeldConversation[] {
	return latestFirst(
		conversations.filter(({ status }) => status === 'open'),
		({ activeAt, createdAt }) => activeAt ?? createdAt,
	);
}

/**
 * Conversations closed within the days that are set, the one closed last first (rule D2). One that was closed after the
 * session had ended stays closed: the session only was told late.
 */
function closedSince(
	conversations: readonly HeldConversation[],
	session: Session,
	settings: RecordSettings,
	now: number,
): HeldConversation[] {
	const closedAt = (conversation: HeldConversation) => conversation.closedAt ?? conversation.activeAt;
	const days = settings.reopenDays > 0 ? settings.reopenDays : 0;
	const ended = millisecondsOf(isRecord(session) ? session.endedAt : undefined) ?? Number.NaN;
	return latestFirst(
		conversations.filter(
			(one) =>
				days > 0 &&
				one.status === 'done' &&
				now - milliseconds(closedAt(one)) <= days * DAY &&
				!(milliseconds(closedAt(one)) > ended),
		),
		closedAt,
	);
}

/** Sorted by a time, then by id, so that every worker comes to the same order. An unknown time is the earliest. */
function latestFirst(
	conversations: readonly HeldConversation[],
	time: (conversation: HeldConversation) => string | undefined,
): HeldConversation[] {
	return [...conversations].sort((a, b) => {
		const [timeOfA, timeOfB] = [milliseconds(time(a)), milliseconds(time(b))];
		if (timeOfA !== timeOfB) return timeOfB > timeOfA ? 1 : -1;
		return b.id > a.id ? 1 : b.id < a.id ? -1 : 0;
	});
}

function milliseconds(time: string | undefined): number {
	return millisecondsOf(time) ?? -Infinity;
}

/** Two sessions of no known queue are of the same queue; one of a known queue and one of none are not. */
function holdsSameQueue(conversation: HeldConversation, channel: Channel, queue: SessionQueue): boolean {
	return (conversation.sessions ?? []).some(
		(session: HeldSession) => session.channel === channel && isSameQueue(session.queue, queue),
	);
}

/** What the rules ask of a session. */
interface KnownSession {
	/** Without what cannot be read. Its source and id do not count. */
	session: Session;
	channel: Channel;
	/** "call", "chat" … */
	word: string;
	direction: 'in' | 'out' | 'internal';
	/** Started in the mobile app (rule C1). */
	app: boolean;
	/** Assigned to an agent at some time, answered or not. */
	assigned: boolean;
	/** An agent, or a virtual agent alone, spoke with the customer at some time. */
	connected: boolean;
	/** That an agent answered, or what else is true. */
	answeredBy: string;
	over: boolean;
	/** The customer left one (rule C5). */
	voicemail: boolean;
	/** Messages that the customer wrote, as far as is known. */
	messages: number;
	/** True when something that shows the customer's messages has told of the chat: then none told means none written. */
	counted: boolean;
	/** Messages of both sides; infinite when nobody has counted them. */
	allMessages: number;
}

function readSession(told: Session): KnownSession {
	const fields: Readonly<Record<string, unknown>> = isRecord(told) ? told : {};
	const channel = isChannel(fields.channel) ? fields.channel : 'voice';
	const session: Session = {
		...NOTHING_KNOWN,
		// Which session it is, is no matter of rules.
		...sessionIn({ ...fields, ...NOTHING_KNOWN, channel }),
		channel,
	};
	const isVirtual = wasServedByVirtualAgent(session);
	const connected = wasConnected(session) || isVirtual;
	return {
		session,
		channel,
		word: CHANNEL_WORDS[channel],
		direction: session.direction ?? 'in',
		app: session.origin === 'app',
		assigned:
			connected ||
			session.assignedAt !== undefined ||
			session.state === 'assigned' ||
			session.agent !== undefined ||
			session.participants?.some(({ type, status }) => type === 'agent' && status === 'assigned') === true,
		connected,
		answeredBy: isVirtual ? 'A virtual agent answered' : 'An agent answered',
		over: isOver(session),
		voicemail: leftVoicemail(session),
		messages: consumerMessageCount(session),
		counted: session.consumerMessages !== undefined || consumerMessageCount(session) > 0,
		allMessages: session.messages ?? Infinity,
	};
}

function isChannel(value: unknown): value is Channel {
	return typeof value === 'string' && Object.hasOwn(CHANNEL_WORDS, value);
}

/** A number of messages from the panel; off for what is no number. */
function wholeNumber(value: number): number {
	return value > 0 ? Math.ceil(value) : 0;
}

function messagesIn(count: number): string {
	return count === 0 ? 'no message' : count === 1 ? '1 message' : `${count} messages`;
}

function record(rule: string, reason: string): Admission {
	return { action: 'record', rule, reason };
}

function wait(rule: string, reason: string): Admission {
	return { action: 'wait', rule, reason };
}

function skip(rule: string, reason: string): Admission {
	return { action: 'skip', rule, reason };
}

function create(rule: string, reason: string): Placement {
	return { action: 'create', rule, reason };
}

function update(conversationId: string, reason: string): Placement {
	return { action: 'update', conversationId, rule: 'X1', reason };
}
