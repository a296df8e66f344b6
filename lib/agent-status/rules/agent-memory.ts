import type { Side } from '../../domain/agent-status';

/** What is remembered of one agent between two looks. Statuses are named by their keys. */
export interface AgentMemory {
	/** Kustomer status at the last look. */
	kustomer: string;
	/** Work session at the last look; absent when the agent had none. */
	session?: string;
	/** The platform status that was last seen to be somebody's choice. */
	platform?: string;
	/** Whether the platform showed a status of its own at the last look, so that nobody's choice could be seen. */
	hidden?: boolean;
	/** Whether the work session was not in Kustomer's list at the last look, although nobody may have ended it. */
	missed?: boolean;
	/** The two sides differ, and this one is to be followed as soon as that is possible. */
	lead?: Side;
	/** What was last asked for, while it has not been seen to take effect. */
	write?: WriteMemory;
	/** The problem that was reported, while it lasts. */
	reported?: string;
}

/** A change that was asked for. */
export interface WriteMemory {
	/** Where. */
	side: Side;
	/** The status: for Kustomer its key, for the platform the text of the table. */
	to: string;
	/** Milliseconds since the epoch, of the last time. */
	at: number;
	/** How often. */
	count: number;
}
