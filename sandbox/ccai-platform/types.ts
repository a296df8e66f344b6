/** What the stand-in takes and gives. Everything else in this folder is its inside. */
import type { Faults } from '../kustomer/faults';
import type { AgentStore } from './agents';
import type { SessionStore } from './store';

export interface CcaiPlatformStandInOptions {
	/** 0 takes a free port. Default 0. */
	port?: number;
	/** Port of the storage. Default 0. */
	storagePort?: number;
	/** Default `acme`. Also the user that requests sign in as. */
	subdomain?: string;
	token?: string;
	/** Requests in any second. Default 10; 0 switches the limit off. */
	requestsPerSecond?: number;
}

/** One request, to the API or to the storage. */
export interface RecordedRequest {
	/** Milliseconds since the epoch. */
	at: number;
	server: 'api' | 'storage';
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, string>;
	/** As sent; absent without one. */
	body?: unknown;
	/** 0 when the connection was closed without an answer. */
	status: number;
	/** Whether a credential came along, right or wrong. */
	hasCredential: boolean;
}

export interface CcaiPlatformStandIn {
	/** Without a slash at the end. */
	url: string;
	port: number;
	/** Where recordings and media are. */
	storageUrl: string;
	subdomain: string;
	token: string;
	store: SessionStore;
	/** Agents and statuses, with what calls and the agents themselves do to them. */
	agents: AgentStore;
	/** Newest last. */
	requests: RecordedRequest[];
	/** Called with each request to the API before it is answered. */
	onRequest: ((request: { path: string; query: Record<string, string> }) => void) | undefined;
	faults: Faults;
	/** Address of a file on the own host, as `recording_url` has it. */
	recordingUrl(name: string): string;
	/** Signed address of a file in the storage. */
	storageFileUrl(name: string): string;
	/** Forgets records, files, requests, faults and limits, and puts the agents back to the seed. */
	reset(): void;
	close(): Promise<void>;
}
