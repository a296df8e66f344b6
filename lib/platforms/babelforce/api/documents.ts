/**
 * What babelforce's manager API answers, as far as it is used here. Fields that the contract calls required are often
 * missing in what is older or unfinished, so everything but the id is optional.
 * https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml)
 */

export const CALL_TYPES = ['inbound', 'outbound'] as const;
export const CALL_DOMAINS = ['external', 'internal', 'other'] as const;
export const CALL_SOURCES = [
	'api',
	'conference',
	'dial',
	'dialer',
	'queue',
	'test',
	'transfer',
	'webrtc',
] as const;
export const CALL_STATES = [
	'bridged',
	'busy',
	'canceled',
	'completed',
	'failed',
	'in-progress',
	'init',
	'no-answer',
	'purged',
	'queued',
	'ringing',
	'scheduled',
] as const;
export const FINISH_REASONS = [
	'busy',
	'canceled',
	'declined',
	'dropped',
	'failed',
	'hangup',
	'invalid-number',
	'network-unreachable',
	'no-answer',
	'passive-hangup',
	'system-hangup',
	'timeout',
	'transferred',
	'unallocated-number',
	'unknown',
	'unreachable',
] as const;
export const LINE_STATUSES = [
	'available',
	'busy',
	'declined',
	'in-call',
	'ringing',
	'selected',
	'unreachable',
	'wrap-up',
] as const;

/** Whoever a call was connected to. Without `agent`, `id` and `name` are the agent's. */
export interface Bridged {
	id?: string | null;
	name?: string | null;
	number?: string | null;
	queueId?: string | null;
	queueName?: string | null;
	agent?: PersonReference | null;
}

export interface PersonReference {
	id?: string | null;
	name?: string | null;
	number?: string | null;
}

/** One leg of a call. The caller's leg is the parent; the agent's carries its id as `parentId`. */
export interface Call {
	id: string;
	parentId?: string | null;
	sessionId?: string | null;
	conversationId?: string | null;
	/** ISO 8601, like all dates here. */
	dateCreated?: string | null;
	lastUpdated?: string | null;
	/** Missing when nobody answered. */
	dateEstablished?: string | null;
	/** Missing while the call lasts. */
	dateFinished?: string | null;
	state?: string | null;
	finishReason?: string | null;
	type?: string | null;
	from?: string | null;
	to?: string | null;
	source?: string | null;
	domain?: string | null;
	/** Seconds. */
	duration?: number | null;
	anonymous?: boolean | null;
	recordings?: Recording[] | null;
	bridged?: Bridged | null;
}

/** `stored` means that the file can be fetched. */
export interface FileReference {
	id?: string | null;
	state?: string | null;
	name?: string | null;
	/** Bytes. */
	size?: number | null;
	contentType?: string | null;
}

export interface Recording {
	id: string;
	/** Seconds. */
	duration?: number | null;
	/** Leads to the audio for everybody who knows it. */
	url?: string | null;
	/** init, recording, failed, stopped, stored, deleted or missing. */
	state?: string | null;
	file?: FileReference | null;
	call?: {
		id?: string | null;
		conversationId?: string | null;
		type?: string | null;
		from?: string | null;
		to?: string | null;
	} | null;
	agent?: PersonReference | null;
	tags?: string[] | null;
}

/** Whether the agent takes calls, as the agent or a supervisor chose it. */
export interface PresenceReference {
	/** What requests name it by. */
	name?: string | null;
	/** What people read. */
	label?: string | null;
	/** Whether agents who have it get calls. */
	available?: boolean | null;
}

/** A presence of the account. There is one that is available; all others are ways of being busy. */
export interface Presence extends PresenceReference {
	/** How many agents have it. */
	count?: number | null;
	is_default?: boolean | null;
}

/** All of an agent's states. */
export interface AgentStatus {
	/** Whether the account is enabled. */
	enabled?: boolean | null;
	/** Whether calls can come: by presence, line and account together. */
	available?: boolean | null;
	/** Set by babelforce alone. https://help.babelforce.com/hc/en-us/articles/360018340151-What-is-the-Line-status- */
	line_status?: string | null;
	/** The dialer's: offline, logging_in, idle, waiting, in_progress or disposition. Older: offline or online. */
	outbound_status?: string | null;
	presence?: PresenceReference | null;
	display_status?: string | null;
}

export interface Agent {
	id: string;
	/** Id in the system that the agent was made from; for agents from Kustomer the Kustomer user id. */
	sourceId?: string | null;
	agentSource?: string | null;
	name?: string | null;
	email?: string | null;
	number?: string | null;
	enabled?: boolean | null;
	available?: boolean | null;
	/** State of the line. */
	state?: string | null;
	presence?: PresenceReference | null;
	status?: AgentStatus | null;
	display_status?: string | null;
	tags?: string[] | null;
	groups?: Array<{ id?: string | null; name?: string | null }> | null;
	dateCreated?: string | null;
	lastUpdated?: string | null;
}

/** The envelope of one object. */
export interface ItemAnswer<Item> {
	item?: Item | null;
}

/** The envelope of a list. Everything under `pagination` may be missing. */
export interface ListAnswer<Item> {
	items?: Item[] | null;
	pagination?: {
		pages?: number | null;
		total?: number | null;
		current?: number | null;
		/** Entries per page that the server granted. */
		max?: number | null;
		maxResults?: number | null;
		next?: string | null;
	} | null;
}
