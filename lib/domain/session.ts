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
	/** As the platform wrote it, in any format. A word like "anonymous" in its place means that it is withheld. */
	phone?: string;
	/** True when the platform says that the number is withheld; never beside a number. Absent: nobody has said anything. */
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

/** Software that speaks with end users. */
export interface VirtualAgent {
	id?: string;
	name?: string;
}

/** Where a transfer comes from, or goes to. */
export interface TransferSide {
	agent?: Agent;
	virtualAgent?: VirtualAgent;
	queue?: Queue;
}

export interface Transfer {
	/** The platform's id of the transfer: the same transfer, told twice, is one. */
	id?: string;
	at?: string;
	from?: TransferSide;
	to?: TransferSide;
	/** True when a virtual agent has handed the end user over to people. Everything else is a transfer. */
	escalation?: boolean;
	/** The platform's word, for example "finished" or "failed". */
	status?: string;
}

/** Somebody who took part, or was asked to: one entry per person and leg. */
export interface Participant extends Agent {
	type?: 'agent' | 'endUser' | 'virtualAgent';
	/** The platform's word, for example "connected" or "missed". Says nothing about the session as a whole (rule X3). */
	status?: string;
	connectedAt?: string;
	endedAt?: string;
}

export interface Rating {
	/** As the platform counts it, most often 1 to 5. */
	score?: number;
	comment?: string;
}

export interface Disposition {
	code?: string;
	name?: string;
	note?: string;
}

/** A voicemail that was left, and what became of it (rules C5, C15). Later words stand further to the right. */
export const VOICEMAIL_STATUSES = ['left', 'read', 'dismissed', 'returned'] as const;
export type VoicemailStatus = (typeof VOICEMAIL_STATUSES)[number];
export interface Voicemail {
	status: VoicemailStatus;
	/** When it came to this status. */
	at?: string;
	/** Who read, dismissed or returned it. */
	agent?: Agent;
	/** Why the caller got to leave one, in the platform's words. */
	reason?: string;
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

/** Something that an agent asked the end user's app to do: verify, take a photo, enter a text. */
export interface SmartAction {
	/** The platform's id of the action: the same action, told twice, is one. */
	id?: string;
	/** The platform's word, for example "verification", "photo", "text_input". */
	type: string;
	/** `succeeded`, or `failed` on the end user's side. */
	result: 'succeeded' | 'failed';
	/** What came of it, or the error message. */
	detail?: string;
	at?: string;
}

/** How a screen is shared, in the platform's words. https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm */
export interface Cobrowse {
	/** The platform's id of the co-browse session. */
	id?: string;
	requestedBy?: string;
	endedBy?: string;
	/** `off`, `requested`, `rejected`, `on`. */
	remoteControl?: string;
	/** `off`, `requested`, `rejected`, `on`. */
	fullDevice?: string;
}

/** Where the session was started. `phone`: dialed in or out; `app`: mobile SDK; `web`: web SDK; `api`: by another system. */
export type Origin = 'phone' | 'app' | 'web' | 'api';

export interface Session {
	/** Name of the platform: `babelforce`, `ccaip`, or the name given to a generic source. */
	source: string;
	/** The platform's id of the whole session, the same in every event of it. On CCAI Platform `call-123`, `chat-987`. */
	id: string;
	/** The platform's id of the leg that the event is about, when it differs from the session's. */
	legId?: string;
	channel: Channel;
	/** Title of the record, where the platform gives it one of its own: then it is the conversation's. */
	subject?: string;
	/** The platform's name for the kind of session, for example "Voice Inbound (IVR)". */
	type?: string;
	origin?: Origin;
	/** True when the end user had asked for a call at a certain time. */
	scheduled?: boolean;
	/** That time. */
	scheduledAt?: string;
	/** What the end user's app or website ran on, in the platform's words. */
	deviceType?: string;
	direction?: Direction;
	state?: SessionState;
	outcome?: Outcome;
	language?: string;
	/** Id of the earlier session that this call returns: "hang up and call back", "call back" (rules C9, C10). */
	callbackOf?: string;
	/** Kustomer id of the conversation from which an agent has started the call (rule C24). */
	conversationId?: string;

	endUser: EndUser;
	/** The company's number that was called, or that the call was made from. */
	line?: string;
	agent?: Agent;
	/** Software that spoke with the end user. */
	virtualAgent?: VirtualAgent;
	/** The queue that the session is in, or was in last. */
	queue?: Queue;
	/** The end user's menu selection, from the top to the leaf. A transfer does not change it. */
	menuPath?: string[];
	campaign?: { id?: string; name?: string };

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
	/**
	 * What the virtual agent and the telephone network passed along, under the platform's names: `va_data_parameters`,
	 * `session_variable`, `custom_sip_headers`. Kept as it came.
	 */
	variables?: Record<string, unknown>;
	/** A screen that end user and agent share during the session. */
	cobrowse?: Cobrowse;
	transfers?: Transfer[];
	participants?: Participant[];
	smartActions?: SmartAction[];
	files?: SessionFile[];
	voicemail?: Voicemail;
	/**
	 * Messages that the end user has written, in chats, when the platform counts them. 0 as well where it sends every message
	 * one by one: then those that were not sent were not written.
	 */
	consumerMessages?: number;
	/**
	 * Ids of messages that the end user has written, when the platform sends them one by one. For a message without an id
	 * `text:` and a hash of what it says.
	 */
	consumerMessageIds?: string[];
	/** The message of a chat that the event is about. Later steps may use it; it is not stored with the session. */
	message?: { text: string; from: 'endUser' | 'agent' };
	/** Messages of a chat from both sides, when the platform counts only those. */
	messages?: number;
	/** True when the end user went over to email from the website ("Email using In-Web"). */
	emailInWeb?: boolean;
}

/** What happened, the same words for every platform. */
export const EVENT_KINDS = [
	'incoming',
	'outgoing',
	'queued',
	'assigned',
	'bridged',
	'message',
	'transferred',
	'ended',
	'voicemail',
	'recording',
	'disposition',
	'rated',
	'metadata',
	'updated',
	'other',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** A field of an event whose value nobody here understands. What else the event says counts. */
export interface NotUnderstood {
	/** Its name, as the sender knows it. */
	field: string;
	/** One sentence: what is expected, and what is done without it. Holds no value. */
	reason: string;
}

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
	/** What was written in it and not understood. */
	notUnderstood?: NotUnderstood[];
	session: Session;
}

/** An event that is about no session, or of a type that is not known: passed through as it came. */
export interface OtherEvent {
	kind: 'other';
	name?: string;
	id?: string;
	occurredAt?: string;
	raw?: unknown;
	/** The agent whom it is about, for example one who logged in. */
	agent?: Agent;
	session?: undefined;
}
