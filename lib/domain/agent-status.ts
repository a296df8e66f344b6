/**
 * The words in which the synchronization of agent statuses thinks. Nothing here knows how Kustomer or a platform write
 * them: `lib/platforms` reads platforms, `lib/agent-status` reads Kustomer.
 */

/** A status as one of the two systems names it. At least one of the two is there. */
export interface Status {
	id?: string;
	name?: string;
}

/** The two systems that are kept alike. */
export type Side = 'kustomer' | 'platform';

/** `both`: a change on either side appears on the other (S3). */
export type SyncDirection = 'kustomerToPlatform' | 'platformToKustomer' | 'both';

/**
 * Who wins when both sides changed (S4). `mostRecent`: the later change. `kustomer`: Kustomer, also over what the agent
 * chose on the platform while a change from Kustomer was waiting.
 */
export type Priority = 'mostRecent' | 'kustomer';

/** Why the agent's status on the platform cannot be changed now (S8). */
export const HOLDS = ['onCall', 'inChat', 'ringing', 'wrapUp', 'system', 'unknown', 'offline'] as const;
export type Hold = (typeof HOLDS)[number];

/** What an agent does who is left alone because of a customer, to stand after "the agent is". */
export const BUSY_WORDS: Readonly<Record<Extract<Hold, 'onCall' | 'inChat' | 'ringing' | 'wrapUp'>, string>> =
	{
		onCall: 'on a call',
		inChat: 'in a chat',
		ringing: 'being called',
		wrapUp: 'wrapping up',
	};

/** What Kustomer shows for one agent. */
export interface KustomerSide {
	/** Kustomer's Offline for an agent without a work session. */
	status: Status;
	/** Id of the active work session. Without one nothing can be written to Kustomer. */
	session?: string;
	/** Milliseconds since the epoch at which the status began. */
	changedAt?: number;
}

/** What the platform shows for one agent. */
export interface PlatformSide {
	/** The status that the agent or somebody else chose. Absent while the platform shows a status of its own in its place. */
	status?: Status;
	/** Whether it is the status that the platform gives agents by itself, for example after a call. */
	isDefault?: boolean;
	/** Milliseconds since the epoch at which the status began. */
	changedAt?: number;
	hold?: Hold;
}

/** An agent as the platform knows them. */
export interface PlatformIdentity {
	id: string;
	name?: string;
	email?: string;
	/** Id in the system that the agent was made from; for agents from Kustomer the Kustomer user id. */
	sourceId?: string;
}

/** An agent of a platform with the status that the platform shows, whatever platform it is. */
export interface PlatformAgent extends PlatformIdentity {
	side: PlatformSide;
	/** What people see on the platform, also when it is a status that the platform sets by itself. */
	shown: string;
}

/** One agent on both sides. */
export interface AgentView {
	kustomer: KustomerSide;
	platform: PlatformSide;
}
