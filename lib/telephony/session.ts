/**
 * The session: one call or chat on the telephony platform, transfers and legs included, in a form that is the same
 * for every platform. Knowledge is partial by nature: an event says what it knows, everything else is absent.
 *
 * Times are ISO 8601 in UTC with milliseconds, durations are seconds, phone numbers are as the platform wrote them.
 */

export type Channel = 'voice' | 'chat' | 'sms' | 'whatsapp';

export type Direction = 'in' | 'out' | 'internal';

/**
 * How far the session has come. Order matters: a session only moves to the right.
 * `ended` is the end of the conversation between people, `completed` also has the agent's wrap-up.
 */
export const SESSION_STATES = ['started', 'queued', 'assigned', 'connected', 'ended', 'completed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** How a session that is over came to its end. */
export type Outcome = 'answered' | 'abandoned' | 'missed' | 'voicemail' | 'failed' | 'deflected';

/** The customer's side of the session. */
export interface EndUser {
	/** The platform's id of the end user. */
	id?: string;
	/** The company's own id of the end user, as an app or website passed it ("custom user id"). */
	identifier?: string;
	name?: string;
	/** As the platform wrote it: any format, or words like "anonymous". Empty when withheld. */
	phone?: string;
	/** True when the platform says that the number is withheld. */
	withheld?: boolean;
	email?: string;
	/** Id of the Kustomer customer, when the platform already knows it. */
	customerId?: string;
}

/** The agent's side of the session. */
export interface Agent {
	/** The platform's id of the agent. */
	id?: string;
	/** Id in the system that the agent was created from. For agents synced from Kustomer: the Kustomer user id. */
	sourceId?: string;
	name?: string;
	email?: string;
	/** Extension or agent number. */
	number?: string;
}

export interface Queue {
	id?: string;
	name?: string;
}

export interface Transfer {
	at?: string;
	from?: { agent?: Agent; queue?: Queue };
	to?: { agent?: Agent; queue?: Queue };
	/** The platform's word, for example "finished" or "failed". */
	status?: string;
}

export interface Rating {
	score?: number;
	comment?: string;
}

export interface Disposition {
	code?: string;
	name?: string;
	note?: string;
}

/** A recording, transcript or shared file that the platform offers for download. */
export interface SessionFile {
	kind: 'recording' | 'voicemail' | 'transcript' | 'photo' | 'video' | 'other';
	id?: string;
	url?: string;
	name?: string;
	contentType?: string;
	/** Bytes. */
	size?: number;
	/** Seconds. */
	duration?: number;
}

export interface SmartAction {
	type: string;
	/** `succeeded`, or `failed` on the end user's side. */
	result: 'succeeded' | 'failed';
	detail?: string;
	at?: string;
}

export interface Session {
	/** Name of the platform: `babelforce`, `ccaip`, or the name given to a generic source. */
	source: string;
	/** The platform's id of the whole session, the same in every event of it. */
	id: string;
	/** The platform's id of the leg that the event is about, when it differs from the session's. */
	legId?: string;
	channel: Channel;
	/** The platform's name for the kind of session, for example "Voice Inbound (IVR)". */
	type?: string;
	direction?: Direction;
	state?: SessionState;
	outcome?: Outcome;
	language?: string;

	endUser: EndUser;
	/** The company's number that was called, or that the call was made from. */
	line?: string;
	agent?: Agent;
	queue?: Queue;
	/** Menu selections from the top to the leaf. */
	menuPath?: string[];

	startedAt?: string;
	queuedAt?: string;
	assignedAt?: string;
	connectedAt?: string;
	endedAt?: string;

	/** Seconds, all legs together. */
	duration?: number;
	/** Seconds before an agent answered. */
	waitTime?: number;
	/** Seconds on hold. */
	holdTime?: number;
	/** Why the call ended, in the platform's words. */
	endReason?: string;

	rating?: Rating;
	disposition?: Disposition;
	survey?: Array<{ question: string; answer: string }>;
	/** What an app or website passed along. Kept as it came. */
	customData?: Record<string, unknown>;
	transfers?: Transfer[];
	participants?: Agent[];
	smartActions?: SmartAction[];
	files?: SessionFile[];
	/** Messages that the end user has written, in chats. */
	consumerMessages?: number;
}

/** What happened, the same words for every platform. */
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
	'rated',
	'updated',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One event of one session, in normal form. */
export interface SessionEvent {
	kind: EventKind;
	/** The platform's own name of the event, when it sent one. */
	name?: string;
	/** The platform's id of the event, when it sent one. */
	id?: string;
	/** When it happened, according to the platform. */
	occurredAt?: string;
	/** The part of the webhook that the event was read from, when the webhook carried a list of events. */
	raw?: unknown;
	session: Session;
}
