/**
 * What can go wrong with babelforce, in words that say what happened, where, and what to do.
 *
 * Bodies of errors carry `message`, `error` or `detail`; the first that is filled counts.
 * https://github.com/babelforce/manager-sdk (docs/intro.md)
 */
import type { HttpResponse, NoAnswer } from '../../../http/http';
import { redact } from '../../../http/redact';

export type BabelforceErrorKind =
	/** The request was not understood: 400, 422. */
	| 'badRequest'
	/** 401, or user and password were refused. */
	| 'unauthorized'
	/** 403. */
	| 'forbidden'
	/** 404. */
	| 'notFound'
	/** The recording exists, but its file cannot be fetched yet. */
	| 'notReady'
	/** The file cannot be fetched any more, or what came is not a recording. */
	| 'unusableFile'
	/** babelforce knows several where one was expected. */
	| 'severalMatches'
	/** A list is longer than what is read. */
	| 'tooMany'
	/** 429, and waiting would take longer than allowed. */
	| 'rateLimit'
	/** 5xx. */
	| 'server'
	/** No answer at all; `noAnswer` says why. */
	| 'noAnswer'
	/** An answer that this package cannot read. */
	| 'unexpectedAnswer'
	/** The run was stopped by the user. */
	| 'canceled';

/** What is being done, in words that complete "could not ...". */
export type Doing =
	| 'read the call'
	| 'list calls'
	| 'read the recording'
	| 'download the recording'
	| 'read the agent'
	| 'list agents'
	| 'list presences'
	| "read the agent's status"
	| "set the agent's presence"
	| 'enable the agent'
	| 'disable the agent'
	| 'check the credential';

export interface BabelforceErrorDetails {
	kind: BabelforceErrorKind;
	/** One sentence: what happened. */
	message: string;
	/** One or two sentences: what to do. */
	advice: string;
	status?: number;
	/** babelforce's own words, redacted. */
	detail?: string;
	/** babelforce's id of the request, for their support. */
	requestId?: string;
	noAnswer?: NoAnswer['reason'];
	/** Seconds after which babelforce will answer again; for the kind `rateLimit`. */
	retryAfter?: number;
}

/** babelforce refused a request, or did not answer. Holds no phone numbers, email addresses or secrets. */
export class BabelforceError extends Error {
	readonly kind: BabelforceErrorKind;
	readonly advice: string;
	readonly status?: number;
	readonly detail?: string;
	readonly requestId?: string;
	readonly noAnswer?: NoAnswer['reason'];
	readonly retryAfter?: number;

	constructor(details: BabelforceErrorDetails) {
		super(details.message);
		this.name = 'BabelforceError';
		this.kind = details.kind;
		this.advice = details.advice;
		this.status = details.status;
		this.detail = details.detail;
		this.requestId = details.requestId;
		this.noAnswer = details.noAnswer;
		this.retryAfter = details.retryAfter;
	}
}

/** Marks the body of an answer as one of the sign-in, see {@link errorFromResponse}. */
export const SIGN_IN = 'babelforceSignIn';

const CHECK_HOST =
	'Check the environment and the base URL in the credential: the environment is the first part of the address at which you open babelforce, usually "services".';

/**
 * Turns an answer with an error status into an error with a helpful text.
 *
 * A body with the property {@link SIGN_IN} is an answer to the sign-in with user and password that came before.
 */
export function errorFromResponse(response: HttpResponse, doing: Doing): BabelforceError {
	const detail = detailOf(response.body);
	const base = { status: response.status, detail, requestId: requestIdOf(response.headers) };
	const said = detail === undefined ? '' : `: ${detail.replace(/[.\s]+$/, '')}`;
	const { status } = response;

	if (isRecord(response.body) && response.body[SIGN_IN] === true && status < 429) {
		const refused = [400, 401, 403].includes(status);
		return refused
			? new BabelforceError({
					...base,
					kind: 'unauthorized',
					message: `babelforce did not accept user and password when asked to ${doing}${said}.`,
					advice:
						'Check user and password in the credential, and that the user may use the manager app of this environment.',
				})
			: new BabelforceError({
					...base,
					kind: 'unexpectedAnswer',
					message: `Could not ${doing}: signing in to babelforce was answered with the unexpected status ${status}${said}.`,
					advice: CHECK_HOST,
				});
	}
	switch (status) {
		case 400:
		case 422:
			return new BabelforceError({
				...base,
				kind: 'badRequest',
				message: `babelforce refused to ${doing}${said === '' ? ': it gave no reason' : said}.`,
				advice: 'Check the values of this step.',
			});
		case 401:
			return new BabelforceError({
				...base,
				kind: 'unauthorized',
				message: `babelforce did not accept the credential when asked to ${doing}${said}.`,
				advice:
					'Check the credential: Access ID and Access Token (or user and password) must belong together, be valid, and belong to this environment.',
			});
		case 403:
			return new BabelforceError({
				...base,
				kind: 'forbidden',
				message: `The babelforce user of the credential is not allowed to ${doing}${said}.`,
				advice: 'Give the user manager rights in babelforce, or use the credential of a user who has them.',
			});
		case 404:
			return new BabelforceError({
				...base,
				kind: 'notFound',
				message: `babelforce could not ${doing}: it was not found.`,
				advice:
					'Check the ID. The entry may have been deleted, or it belongs to another account or environment.',
			});
		case 429:
			return rateLimitError(doing);
		default:
			if (status >= 500) {
				return new BabelforceError({
					...base,
					kind: 'server',
					message: `babelforce failed to ${doing}: it answered with an error of its own (status ${status}).`,
					advice: 'Try again later. If it goes on, ask the support of babelforce.',
				});
			}
			return new BabelforceError({
				...base,
				kind: 'unexpectedAnswer',
				message: `Could not ${doing}: babelforce answered with the unexpected status ${status}.`,
				advice: CHECK_HOST,
			});
	}
}

/** The error for an answer that did not come. */
export function errorFromNoAnswer(reason: NoAnswer['reason'], doing: Doing): BabelforceError {
	const texts: Record<NoAnswer['reason'], [happened: string, advice: string]> = {
		timeout: [
			'babelforce did not answer in time',
			'Try again later. If it happens often, raise the timeout, or look for a slow proxy.',
		],
		connection: [
			'the connection to babelforce was refused or broken',
			'Check the environment and the base URL in the credential, and the proxy and firewall of this n8n.',
		],
		dns: ['the host of babelforce was not found', CHECK_HOST],
		tls: [
			'no secure connection to babelforce could be made',
			'Check the base URL in the credential. Behind an inspecting proxy, n8n needs the certificate of that proxy.',
		],
		blocked: [
			'this n8n does not allow requests to this address',
			"Ask the administrator of this n8n to allow the address in n8n's protection against requests to internal addresses.",
		],
	};
	const [happened, advice] = texts[reason];
	return new BabelforceError({
		kind: 'noAnswer',
		noAnswer: reason,
		message: `Could not ${doing}: ${happened}.`,
		advice,
	});
}

/** The error for a rate limit that would take too long to wait for (rule X6). */
export function rateLimitError(doing: Doing, retryAfterMs?: number): BabelforceError {
	const seconds = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs / 1000);
	const wait = seconds === undefined ? '' : ` babelforce can be asked again in ${seconds} seconds.`;
	return new BabelforceError({
		kind: 'rateLimit',
		status: 429,
		retryAfter: seconds,
		message: `Could not ${doing}: babelforce takes no more requests at the moment.${wait}`,
		advice:
			'Raise the maximum wait, lower the number of items that run at once, or spread the work over time.',
	});
}

/** The error for a run that the user stopped. */
export function canceledError(doing: Doing): BabelforceError {
	return new BabelforceError({
		kind: 'canceled',
		message: `Stopped before babelforce was asked to ${doing}.`,
		advice: 'Run the workflow again.',
	});
}

/** The error for an answer that has not the published shape. */
export function unexpectedAnswerError(doing: Doing, status: number, what: string): BabelforceError {
	return new BabelforceError({
		kind: 'unexpectedAnswer',
		status,
		message: `Could not ${doing}: ${what}.`,
		advice: CHECK_HOST,
	});
}

const LONGEST_TEXT = 300;

function detailOf(body: unknown): string | undefined {
	if (typeof body === 'string') return textOf(titleOf(body) ?? body);
	if (!isRecord(body)) return undefined;
	// OAuth 2.0 says what is wrong in error_description, https://datatracker.ietf.org/doc/html/rfc6749#section-5.2
	for (const name of ['message', 'error_description', 'error', 'detail']) {
		const value = body[name];
		const text = textOf(isRecord(value) ? value.message : value);
		if (text !== undefined) return text;
	}
	return undefined;
}

/** Proxies answer in HTML: the title is all that is of use. */
function titleOf(body: string): string | undefined {
	if (!/<(?:!doctype|html|head|body)\b/i.test(body)) return undefined;
	return /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1] ?? 'a web page instead of an answer of the API';
}

function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const plain = redact(String(value)).replace(/\s+/g, ' ').trim();
	if (plain === '') return undefined;
	return plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT)}…` : plain;
}

function requestIdOf(headers: HttpResponse['headers']): string | undefined {
	const found = ['x-request-id', 'x-amzn-trace-id', 'x-amz-cf-id', 'cf-ray']
		.map((name) => headers[name])
		.find((value) => value !== undefined);
	const id = Array.isArray(found) ? found[0] : found;
	return id === undefined || !/^[\w.:;=+/-]{1,200}$/.test(id) ? undefined : id;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
