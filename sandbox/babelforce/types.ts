/** What the stand-in takes and gives. */
import type { Faults } from '../kustomer/faults';
import type { Agent, Call, Presence, Recording } from '../../lib/platforms/babelforce/api/documents';
import type { StorageFault } from './storage';

/** A user who may sign in. */
export interface StandInUser {
	user: string;
	password: string;
	/** Whether the user may use the manager API. */
	manager: boolean;
	/** The pair that can be used instead, when there is one. */
	accessId?: string;
	accessToken?: string;
}

export interface BabelforceStandInOptions {
	/** 0 takes a free port. Default 0. */
	port?: number;
	/** Port of the storage. Default 0. */
	storagePort?: number;
	/** Default: the users of the seed. */
	users?: StandInUser[];
	/** Default true: agents, calls and recordings. */
	seed?: boolean;
	/** Milliseconds until a token ends. Default one hour. */
	tokenLifeMs?: number;
	/** Milliseconds until a link to the storage ends. Default five minutes. */
	linkLifeMs?: number;
}

/** A recording's file as the storage holds it. */
export interface StoredContent {
	fileId: string;
	/** Bytes; the content is made up while it is sent, see `contentOf`. */
	size: number;
	contentType: string;
}

/** One request to the API. */
export interface BabelforceRequest {
	method: string;
	/** As sent, without the query. */
	path: string;
	/** In the order in which they were sent. */
	query: Array<[name: string, value: string]>;
	status: number;
	/** As sent; absent without one. */
	body?: unknown;
	/** `pair`, `bearer`, or empty when there was no credential. */
	signedInBy: string;
}

/** One request to the storage. */
export interface StorageRequest {
	path: string;
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	status: number;
}

/** A change of an agent's presence or account. */
export interface StatusChange {
	/** Milliseconds since the epoch. */
	at: number;
	/** Whether it came through the API, or from the agent. */
	by: 'api' | 'agent';
	agentId: string;
	/** Its name. */
	presence?: string;
	enabled?: boolean;
	/** Whether the agent was called, on a call or wrapping up at that moment. */
	duringCall: boolean;
}

/** What people and calls do to an agent. */
export interface AgentControls {
	/** An agent; missing fields are filled. */
	add(agent: Partial<Agent>): Agent;
	/** The agent's phone rings. */
	rings(agentId: string): void;
	/** The agent is connected. */
	callStarts(agentId: string): void;
	/** The call is over, and the agent wraps it up. */
	callEnds(agentId: string): void;
	/** The line is free again. */
	wrapUpEnds(agentId: string): void;
	/** The agent chooses a presence in babelforce. */
	picks(agentId: string, presence: string): void;
}

export interface BabelforceStandIn {
	/** Without a slash at the end. */
	url: string;
	/** Of the storage: another port, and another host name. */
	storageUrl: string;
	port: number;
	agents: Map<string, Agent>;
	calls: Map<string, Call>;
	/** By name. Delete one to see what happens to those who use it. */
	presences: Map<string, Presence>;
	/** Every change of a presence or an account, newest last; those that the agents made included. */
	statusChanges: StatusChange[];
	agentControls: AgentControls;
	/** Newest last. */
	requests: BabelforceRequest[];
	storageRequests: StorageRequest[];
	/** Of the API, the sign-in included. */
	faults: Faults;
	/** Of the storage; each hits one request. */
	storageFaults: StorageFault[];
	/** Puts a call, with recordings that have a file of a size, into the list. Missing fields are filled. */
	addCall(call: Partial<Call>, recordings?: Array<Partial<Recording> & { bytes?: number }>): Call;
	/** Ends all tokens, as time does. */
	endTokens(): void;
	/** Changes a user's password. */
	setPassword(user: string, password: string): void;
	/** Back to the seed; clears requests and faults. */
	reset(): void;
	close(): Promise<void>;
}
