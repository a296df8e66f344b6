/**
 * What the CCAI Platform client needs from outside: a function that sends one HTTP request. In n8n it is n8n's own request
 * helper with the credential applied; in tests it is anything.
 */
import type { HttpResponse } from '../../../http/http';

export { headerOf } from '../../../http/headers';
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

/**
 * Sends one request once.
 *
 * @returns the answer, for every status code; redirects are answers
 * @throws {NoAnswer} when no answer arrived
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpResponse>;
