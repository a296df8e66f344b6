/** What can go wrong with CCAI Platform, in words that say what happened and what to do. */
import { commonErrors } from '../../../http/common-errors';
import { ServiceError, type CommonErrorKind } from '../../../http/errors';
import { headerOf } from '../../../http/headers';
import type { HttpResponse } from '../../../http/http';
import { shownField, withoutFullStop } from '../../../http/shown-text';

export type CcaiPlatformErrorKind =
	| CommonErrorKind
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
	/** 5xx. */
	| 'server'
	/** More entries than one run may read. */
	| 'tooMany';

/** CCAI Platform, or a server on which it keeps files, refused a request or did not answer. */
export class CcaiPlatformError extends ServiceError<CcaiPlatformErrorKind> {
	override readonly name = 'CcaiPlatformError';
}

/** The errors that every service can give, as CCAI Platform's. */
export const errors = commonErrors(
	{
		name: 'CCAI Platform',
		hasOtherServers: true,
		whenSlow: "raise the option 'Timeout'",
		whenBroken:
			'Try again. If it goes on, check the subdomain, the domain and the base URL in the credential',
		whenNotFound:
			'Check the subdomain and the domain in the credential: together they are the address at which agents sign in.',
		hostField: 'the domain and the base URL in the credential',
		limited: 'too many requests in a short time',
		whenLimited:
			"CCAI Platform takes ten requests a second from a customer, all integrations together. Raise the option 'Wait at Most', or spread the work over time.",
		whenUnexpected:
			'Check the subdomain, the domain and the base URL in the credential: another service, a proxy or a sign-in page may be answering.',
	},
	(operation: string) => operation,
	(details) => new CcaiPlatformError(details),
);

export const { errorFromNoAnswer, unexpectedAnswerError } = errors;

/** What the texts need to know of the request. */
export interface RequestContext {
	/** What was to be done, to stand after "could not": `get call-123`. */
	operation: string;
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
	{ operation, subdomain, whenNotFound }: RequestContext,
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
				message: `Could not ${operation}: CCAI Platform did not accept the user "${subdomain}" with the token of the credential${said}.`,
				advice:
					'Check the subdomain and the token in the credential. Tokens are made in CCAI Platform under Settings > Developer Settings > API Credentials and are shown once: when in doubt, make a new one.',
			});
		case 403:
			return new CcaiPlatformError({
				...base,
				kind: 'forbidden',
				message: `Could not ${operation}: CCAI Platform knows the user "${subdomain}", but does not allow this${said}.`,
				advice:
					'Ask an administrator of CCAI Platform whether the API credential is still active, and whether requests from the address of this n8n are allowed.',
			});
		case 404:
		case 410:
			return new CcaiPlatformError({
				...base,
				kind: 'notFound',
				message: `Could not ${operation}: CCAI Platform does not have it.`,
				advice:
					whenNotFound ??
					'Check the ID. Calls and chats are numbered apart, so call-123 and chat-123 are two sessions. It may also belong to another subdomain.',
			});
		case 429:
			return errors.rateLimitError(operation);
		case 400:
		case 422:
			return new CcaiPlatformError({
				...base,
				kind: 'badRequest',
				message: `Could not ${operation}: CCAI Platform refused the request${said}.`,
				advice: 'Check the values of the fields.',
			});
		default:
			return status >= 500 ? serverError(operation, 'CCAI Platform', base) : strangeStatus(operation, base);
	}
}

/** The error for an answer of another server, on which the platform keeps files. */
export function errorFromStorage(status: number, operation: string): CcaiPlatformError {
	if (status === 401 || status === 403) {
		return new CcaiPlatformError({
			kind: 'forbidden',
			status,
			message: `Could not ${operation}: the server that keeps the file does not allow it (status ${status}).`,
			advice:
				'Links to files expire: take a new one from the session. The credential is not sent to other hosts than its own.',
		});
	}
	if (status === 404 || status === 410) {
		return new CcaiPlatformError({
			kind: 'notFound',
			status,
			message: `Could not ${operation}: the file is not there (any more).`,
			advice:
				'Platforms delete files after a while, or move them to external storage. Look there, or check the address.',
		});
	}
	if (status === 429) return errors.rateLimitError(operation);
	const base = { status };
	return status >= 500
		? serverError(operation, 'The server that keeps the file', base)
		: strangeStatus(operation, base);
}

function serverError(
	operation: string,
	who: string,
	base: { status: number; detail?: string },
): CcaiPlatformError {
	return new CcaiPlatformError({
		...base,
		kind: 'server',
		message: `Could not ${operation}. ${who} answered with an error of its own (status ${base.status}).`,
		advice: 'Try again later. If it goes on, ask the support of the platform.',
	});
}

function strangeStatus(operation: string, base: { status: number; detail?: string }): CcaiPlatformError {
	return new CcaiPlatformError({
		...base,
		kind: 'unexpectedAnswer',
		message: `Could not ${operation}: the answer has the unexpected status ${base.status}.`,
		advice: 'Check the domain and the base URL in the credential: another service may be answering.',
	});
}

const LONGEST_DETAIL = 200;

/** Error bodies have `message`, `error`, or both: https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-call */
function detailOf(body: unknown): string | undefined {
	const detail = shownField(body, ['message', 'error'], LONGEST_DETAIL);
	return detail === undefined ? undefined : withoutFullStop(detail);
}

/** Whether an answer is by its own words a web page or a message, such as a sign-in page, and no recording, photo or video. */
export function isNoFile(headers: HttpResponse['headers']): boolean {
	const type = headerOf(headers, 'content-type') ?? '';
	return /^\s*(?:text\/html|application\/xhtml|(?:text|application)\/(?:json|xml))/i.test(type);
}
