/**
 * The contact center's own rules for when a session gets a conversation, as people set them (rules D1 to D6, C3, C9), for all
 * queues or for one (rule U8).
 */

import type { CommentKind } from './session-comments';

/** How chats that ended before an agent answered are treated (rule D6). */
export type AbandonedChats = 'none' | 'all' | 'minMessages';

/** The rules that hold for one session. */
export interface RecordSettings {
	/** Append to the latest open conversation of the same leaf queue and channel (rules C6, D1). */
	append: boolean;
	/** Append also to one closed within so many days, which opens it again (rule D2). 0 is off. */
	reopenDays: number;
	/** Append an outbound call to the customer's most recent conversation when that is open (rule C3). */
	appendOutbound: boolean;
	/**
	 * Append an agent's call to a customer with whom the agent has spoken within so many minutes to the conversation of that
	 * call when that is open (rules C9, C10). 0 is off: then only a call back that the platform names as one is appended.
	 */
	callbackMinutes: number;
	/** Create when an agent is connected instead of when one is assigned (rule D3). */
	delayUntilConnected: boolean;
	/** Messages that the end user must have written before a chat is recorded (rule D4). 0 is off. */
	chatMinMessages: number;
	/** Record calls that ended before an agent answered (rules C4, D5). */
	abandonedCalls: boolean;
	/** Record chats that ended before an agent answered (rule D6). */
	abandonedChats: AbandonedChats;
	/** For `minMessages`: how many. */
	abandonedChatMinMessages: number;
}

/** What holds when nobody has set anything. */
export const DEFAULT_RECORD_SETTINGS: RecordSettings = {
	append: true,
	reopenDays: 0,
	appendOutbound: true,
	callbackMinutes: 5,
	delayUntilConnected: false,
	chatMinMessages: 0,
	abandonedCalls: true,
	abandonedChats: 'none',
	abandonedChatMinMessages: 1,
};

/** Settings of one queue. What is absent is inherited from the global settings (rule U8). */
export interface QueueSettings {
	/** Id of the queue, its whole path ("Orders / Delivery"), or the name of the leaf. Capital letters do not matter. */
	queue: string;
	settings: Partial<RecordSettings>;
	/** False: sessions of the queue that are not logged yet are not logged at all. */
	logged?: boolean;
	/** Title template of its conversations (rule D7). */
	title?: string;
	/** Tag with the session's type (rule D8). */
	typeTag?: boolean;
	/** Tag of every conversation (rule D9); empty for none. */
	platformTag?: string;
	/** Further tags of a new conversation; an empty list for none. */
	tags?: string[];
	/** Kinds of comment that are written. */
	comments?: ReadonlySet<CommentKind>;
	/** From when on the agent has the conversation (rules C8, C16). */
	assign?: 'assigned' | 'connected' | 'never';
	/** Kustomer user who has it when the agent is not found; empty for nobody. */
	fallbackUserId?: string;
	/** Tag of a conversation that should have an agent and gets none; empty for none. */
	unassignedTag?: string;
	/** Ids of teams that get a new conversation; an empty list for none. */
	assignedTeams?: string[];
	/** Whether mails of sessions are logged (rule U4). */
	mails?: boolean;
}
