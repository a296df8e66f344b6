import type { Faults } from '../kustomer/faults';

/** An object in the bucket. */
export interface StoredObject {
	content: Buffer;
	/** When it was written last. Milliseconds since the epoch. */
	updated: number;
	contentType: string;
	/** The connection ends after so many bytes, this many times. */
	breaks?: { after: number; times: number };
}

/** What was asked, and how it was answered. Credentials are not kept. */
export interface RecordedRequest {
	method: string;
	/** As sent, without the query. */
	path: string;
	query: Record<string, string>;
	status: number;
}

export interface CloudStorageStandInOptions {
	/** Default 0: any free one. */
	port?: number;
	bucket?: string;
	/** Entries of a page at most. Google's own limit is 1000. */
	pageSize?: number;
}

export interface CloudStorageStandIn {
	/** Instead of `https://storage.googleapis.com`. */
	url: string;
	/** Instead of `https://oauth2.googleapis.com/token`. */
	tokenUrl: string;
	bucket: string;
	/** By name, for example `ujet/ujet-media/call-1-photo-2.jpg`. */
	objects: Map<string, StoredObject>;
	/** Requests to the API in their order; those for tokens are not among them. */
	requests: RecordedRequest[];
	faults: Faults;
	/** What n8n stores when a person has connected the account. */
	oauthTokenData(): { access_token: string; refresh_token: string; token_type: string };
	/** Ends all access tokens, as time does. The refresh token goes on. */
	expireTokens(): void;
	/** Takes the account's access to the bucket away, or gives it back. */
	allow(isAllowed: boolean): void;
	/** Stops listening. Calling `close` more than once is fine. */
	close(): Promise<void>;
}
