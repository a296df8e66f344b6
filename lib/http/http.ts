/**
 * The one thing that the client of a service needs from outside: a function that sends one HTTP request.
 * In n8n it is n8n's own request helper with the credential applied; in tests it is anything.
 */

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
	method: HttpMethod;
	/** Path below the host, segments already percent-encoded; starts with a slash. */
	path: string;
	query?: Record<string, string>;
	/** A JSON value; bare arrays too. */
	body?: unknown;
	/** Milliseconds until the attempt is given up. */
	timeoutMs: number;
}

/** One HTTP answer, whatever its status. */
export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	/** Parsed JSON, or the text when it was not JSON, or undefined when empty. */
	body: unknown;
}

/** Why no answer came. `cause` is for the log; it may hold addresses, so it is never shown. */
export class NoAnswer extends Error {
	constructor(
		readonly reason: 'timeout' | 'connection' | 'dns' | 'tls' | 'blocked',
		options?: { cause?: unknown },
	) {
		super(`No answer (${reason})`, options);
		this.name = 'NoAnswer';
	}
}

/**
 * Sends one request once.
 *
 * @returns the answer, for every status code
 * @throws {NoAnswer} when no answer arrived
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** One address to be opened. */
export interface OpenRequest {
	/** Absolute. */
	url: string;
	/** Whether the credential goes along: only ever to the service's own host. */
	signedIn: boolean;
	/** Milliseconds until the answer has to begin, and at most between two pieces of it. */
	timeoutMs: number;
}

/**
 * Opens an address once and follows no redirect. The answer's body is a stream of bytes for the status 200, and for others it
 * may be one.
 *
 * @returns the answer, for every status code; redirects are answers
 * @throws {NoAnswer} when no answer began
 */
export type OpenHttp = (request: OpenRequest) => Promise<HttpResponse>;

/** Time and chance, injectable so that tests need not wait. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	/** At least 0, less than 1. */
	random(): number;
}
