/**
 * What record rules decide upon, and what they decide. Types only; the rules are in `record-rules.ts`.
 */
import type { Agent, Channel, Direction } from '../../domain/session';
import type { SessionQueue } from './queue-key';

/** A session that is already logged on a conversation. */
export interface HeldSession {
	/** External id of the session. */
	externalId: string;
	channel: Channel;
	queue: SessionQueue;
	direction?: Direction;
	/** Who spoke with the customer, or was to. */
	agent?: Agent;
	/** An agent was connected. */
	connected?: boolean;
	/** ISO 8601. */
	startedAt?: string;
	/** ISO 8601. Undefined as long as nothing has told the end. */
	endedAt?: string;
	/** Seconds. */
	duration?: number;
	voicemail: boolean;
}

/** A conversation of the session's customer, as far as the rules need to know it. */
export interface HeldConversation {
	id: string;
	status: 'open' | 'snoozed' | 'done';
	/** ISO 8601. */
	createdAt?: string;
	/** Last activity. ISO 8601. */
	activeAt?: string;
	/** When it was last set to done. ISO 8601. */
	closedAt?: string;
	/** Kustomer ids of the users who have it. */
	assignedUsers?: readonly string[];
	/** Channels of its messages, in Kustomer's words. */
	channels: readonly string[];
	/** External id of the session that it was created for, when it is one of the same source. */
	founder?: string;
	/** True when its external id is that of this very session: an earlier run made it and was cut off. */
	ofThisSession: boolean;
	/** Sessions logged on it. Undefined as long as nobody has read them. */
	sessions?: readonly HeldSession[];
}

/** What Kustomer holds of the session and its customer. */
export interface Held {
	/** Where the session is logged already. */
	logged?: {
		conversationId: string;
		/** True when the conversation was not created for this session. */
		appended: boolean;
		/** True when it was logged as a voicemail. */
		voicemail: boolean;
	};
	/** The customer's conversations in any order, deleted ones left out. Empty for a new customer. */
	conversations: readonly HeldConversation[];
	/** Id of the conversation of the session that this one calls back, when known (rules C9, C10). */
	callbackConversationId?: string;
	/** True when somebody has asked for a record of this session (rule G1). */
	asked?: boolean;
	/** Id of the conversation from which the call was started (rule C24). */
	startedFromConversationId?: string;
	/** Milliseconds since the epoch. */
	now: number;
}

/** Whether the session gets a conversation at all, as of what is known of it. */
export interface Admission {
	action: 'record' | 'wait' | 'skip';
	/** Id of the rule that decided, for example `D5`. */
	rule: string;
	/** One sentence for the person who reads the execution. Holds no phone number. */
	reason: string;
}

/** Where the session goes. */
export interface Placement {
	action: 'update' | 'create' | 'append' | 'reopen';
	/** For all but `create`. */
	conversationId?: string;
	/** For a voicemail that had been appended: it gets a conversation of its own, and leaves this one (rule C5). */
	leaves?: string;
	rule: string;
	reason: string;
}

export type Decision = Admission | Placement;
