/**
 * What the CCAI Platform client needs from outside: a function that sends one HTTP request. In n8n it is n8n's own request
 * helper with the credential applied; in tests it is anything.
 */
import type { HttpResponse } from '../../../http/http';

export { NoAnswer, type Clock, type HttpResponse } from '../../../http/http';

/** One request, ready to be sent. Redirects are not followed: a redirect would carry the credential along. */
export interface HttpRequest {
	/** GET unless told. */
	method?: 'GET' | 'POST';
	/** The whole address without a query of ours. */
	url: string;
	query?: Record<string, string>;
	/** A JSON value. */
	body?: unknown;
	/** Whether the credential goes along: only ever to the tenant's own host. */
	signedIn: boolean;
	/** Whether the body is wanted as a {@link ByteStream}, whatever the status; parsed JSON otherwise. */
	stream: boolean;
	/** Milliseconds until the attempt is given up when no answer has begun. */
	timeoutMs: number;
	/** Ends the request, and the connection on which its body arrives. */
	signal?: AbortSignal;
}

/** Bytes as they arrive: what Node.js calls a Readable. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
	/** Ends it. Whether the connection ends with it is up to who made the stream: {@link HttpRequest.signal} ends both. */
	destroy(error?: Error): unknown;
}

/**
 * Sends one request once.
 *
 * @returns the answer, for every status code; redirects are answers
 * @throws {NoAnswer} when no answer arrived
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;

/** The first value of a header; undefined when it is absent or empty. */
export function headerOf(headers: HttpResponse['headers'], name: string): string | undefined {
	const value = headers[name];
	const first = (Array.isArray(value) ? value[0] : value)?.trim();
	return first === undefined || first === '' ? undefined : first;
}
