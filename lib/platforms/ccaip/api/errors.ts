/** What can go wrong with CCAI Platform, in words that say what happened and what to do. */
import { redact } from '../../../http/redact';
import { headerOf, type HttpResponse, type NoAnswer } from './http';

/** A value that cannot be meant, found before anything was sent. */
export { InputError } from '../../../http/errors';

export type CcaiPlatformErrorKind =
	/** 400, 422 and other refusals of the request as it is. */
	| 'badRequest'
	/** 401. */
	| 'unauthorized'
	/** 403. */
	| 'forbidden'
	/** 404, 410. */
	| 'notFound'
	/** The session is there, its recording is not, or not yet. */
	| 'notReady'
	/** The platform knows several where one was expected. */
	| 'severalMatches'
	/** 429, and waiting would take longer than allowed. */
	| 'rateLimit'
	/** 5xx. */
	| 'server'
	/** No answer at all, or one that broke off. */
	| 'noAnswer'
	/** An answer that this package cannot read, for example a web page instead of a recording. */
	| 'unexpectedAnswer'
	/** More entries than one run may read. */
	| 'tooMany'
	/** The run was stopped by the user. */
	| 'canceled';

export interface CcaiPlatformErrorDetails {
	kind: CcaiPlatformErrorKind;
	/** One sentence: what happened. */
	message: string;
	/** One or two sentences: what to do. */
	advice: string;
	status?: number;
	/** The platform's own words, redacted. */
	detail?: string;
	/** Seconds after which asking again makes sense; for the kind `rateLimit`. */
	retryAfter?: number;
}

/** CCAI Platform, or a server on which it keeps files, refused a request or did not answer. Holds no secrets and numbers. */
export class CcaiPlatformError extends Error {
	readonly kind: CcaiPlatformErrorKind;
	readonly advice: string;
	readonly status?: number;
	readonly detail?: string;
	readonly retryAfter?: number;

	constructor(details: CcaiPlatformErrorDetails) {
		super(details.message);
		this.name = 'CcaiPlatformError';
		this.kind = details.kind;
		this.advice = details.advice;
		this.status = details.status;
		this.detail = details.detail;
		this.retryAfter = details.retryAfter;
	}
}

/** What the texts need to know of the request. */
export interface RequestContext {
	/** What was to be done, to stand after "could not": `get call-123`. */
	does: string;
	/** The user that signs in, for refusals. */
	subdomain: string;
	/** What to do when the platform does not have it. */
	whenNotFound?: string;
}

/**
 * The error for an answer of the tenant's own host.
 *
 * @param response an answer with a status that is not a success; its body may be anything
 */
export function errorFromResponse(
	response: Pick<HttpResponse, 'status' | 'headers' | 'body'>,
	{ does, subdomain, whenNotFound }: RequestContext,
): CcaiPlatformError {
	const { status } = response;
	const detail = detailOf(response.body);
	const said = detail === undefined ? '' : ` (${detail})`;
	const base = { status, detail };
	switch (status) {
		case 401:
			return new CcaiPlatformError({
				...base,
				kind: 'unauthorized',
				message: `Could not ${does}: CCAI Platform did not accept the user "${subdomain}" with the token of the credential${said}.`,
				advice:
					'Check the subdomain and the token in the credential. Tokens are made in CCAI Platform under Settings > Developer Settings > API Credentials and are shown once: when in doubt, make a new one.',
			});
		case 403:
			return new CcaiPlatformError({
				...base,
				kind: 'forbidden',
				message: `Could not ${does}: CCAI Platform knows the user "${subdomain}", but does not allow this${said}.`,
				advice:
					'Ask an administrator of CCAI Platform whether the API credential is still active, and whether requests from the address of this n8n are allowed.',
			});
		case 404:
		case 410:
			return new CcaiPlatformError({
				...base,
				kind: 'notFound',
				message: `Could not ${does}: CCAI Platform does not have it.`,
				advice:
					whenNotFound ??
					'Check the ID. Calls and chats are numbered apart, so call-123 and chat-123 are two sessions. It may also belong to another subdomain.',
			});
		case 429:
			return rateLimitError(does);
		case 400:
		case 422:
			return new CcaiPlatformError({
				...base,
				kind: 'badRequest',
				message: `Could not ${does}: CCAI Platform refused the request${said}.`,
				advice: 'Check the values of the fields.',
			});
		default:
			return status >= 500 ? serverError(does, 'CCAI Platform', base) : strangeStatus(does, base);
	}
}

/** The error for an answer of another server, on which the platform keeps files. */
export function errorFromStorage(status: number, does: string): CcaiPlatformError {
	if (status === 401 || status === 403) {
		return new CcaiPlatformError({
			kind: 'forbidden',
			status,
			message: `Could not ${does}: the server that keeps the file does not allow it (status ${status}).`,
			advice:
				'Links to files expire: take a new one from the session. The credential is not sent to other hosts than its own.',
		});
	}
	if (status === 404 || status === 410) {
		return new CcaiPlatformError({
			kind: 'notFound',
			status,
			message: `Could not ${does}: the file is not there (any more).`,
			advice:
				'Platforms delete files after a while, or move them to external storage. Look there, or check the address.',
		});
	}
	if (status === 429) return rateLimitError(does);
	const base = { status };
	return status >= 500
		? serverError(does, 'The server that keeps the file', base)
		: strangeStatus(does, base);
}

/** The error for an answer that did not come. */
export function errorFromNoAnswer(reason: NoAnswer['reason'], does: string): CcaiPlatformError {
	const [happened, advice] = NO_ANSWER[reason];
	return new CcaiPlatformError({ kind: 'noAnswer', message: `Could not ${does}: ${happened}.`, advice });
}

const NO_ANSWER: Record<NoAnswer['reason'], readonly [happened: string, advice: string]> = {
	timeout: [
		'no answer came in time',
		"Try again later. If it happens often, raise the option 'Timeout', or look for a slow proxy.",
	],
	connection: [
		'the connection was refused or broken',
		'Try again. If it goes on, check the subdomain, the domain and the base URL in the credential, and the proxy and firewall of this n8n.',
	],
	dns: [
		'the host was not found',
		'Check the subdomain and the domain in the credential: together they are the address at which agents sign in.',
	],
	tls: [
		'no secure connection could be made',
		'Check the domain and the base URL in the credential. Behind an inspecting proxy, n8n needs the certificate of that proxy.',
	],
	blocked: [
		'this n8n does not allow requests to this address',
		"Ask the administrator of this n8n to allow the address in n8n's protection against requests to internal addresses.",
	],
};

/** The error for a rate limit that would take too long to wait for (rule X6). */
export function rateLimitError(does: string, retryAfterMs?: number): CcaiPlatformError {
	const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
	return new CcaiPlatformError({
		kind: 'rateLimit',
		status: 429,
		retryAfter: seconds,
		message: `Could not ${does}: too many requests in a short time.${seconds === undefined ? '' : ` CCAI Platform can be asked again in ${seconds} seconds.`}`,
		advice:
			"CCAI Platform takes ten requests a second from a customer, all integrations together. Raise the option 'Wait at Most', or spread the work over time.",
	});
}

/** The error for a run that the user stopped. */
export function canceledError(does: string): CcaiPlatformError {
	return new CcaiPlatformError({
		kind: 'canceled',
		message: `Stopped before CCAI Platform was asked to ${does}.`,
		advice: 'Run the workflow again.',
	});
}

/** The error for an answer that is not what was asked for. */
export function unexpectedAnswerError(does: string, what: string, status?: number): CcaiPlatformError {
	return new CcaiPlatformError({
		kind: 'unexpectedAnswer',
		status,
		message: `Could not ${does}: ${what}.`,
		advice:
			'Check the subdomain, the domain and the base URL in the credential: another service, a proxy or a sign-in page may be answering.',
	});
}

function serverError(
	does: string,
	who: string,
	base: { status: number; detail?: string },
): CcaiPlatformError {
	return new CcaiPlatformError({
		...base,
		kind: 'server',
		message: `Could not ${does}. ${who} answered with an error of its own (status ${base.status}).`,
		advice: 'Try again later. If it goes on, ask the support of the platform.',
	});
}

function strangeStatus(does: string, base: { status: number; detail?: string }): CcaiPlatformError {
	return new CcaiPlatformError({
		...base,
		kind: 'unexpectedAnswer',
		message: `Could not ${does}: the answer has the unexpected status ${base.status}.`,
		advice: 'Check the domain and the base URL in the credential: another service may be answering.',
	});
}

const LONGEST_DETAIL = 200;

/** Error bodies have `message`, `error`, or both: https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-call */
function detailOf(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const { message, error } = body as Record<string, unknown>;
	const written = [message, error].find((value) => typeof value === 'string' && value.trim() !== '');
	if (typeof written !== 'string') return undefined;
	const plain = redact(written.slice(0, 1000)).replace(/\s+/g, ' ').trim().replace(/\.+$/, '');
	return plain.length > LONGEST_DETAIL ? `${plain.slice(0, LONGEST_DETAIL)}…` : plain;
}

/** Whether an answer is by its own words a web page or a message, such as a sign-in page, and no recording, photo or video. */
export function isNoFile(headers: HttpResponse['headers']): boolean {
	const type = headerOf(headers, 'content-type') ?? '';
	return /^\s*(?:text\/html|application\/xhtml|(?:text|application)\/(?:json|xml))/i.test(type);
}
