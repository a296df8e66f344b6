/**
 * What can go wrong with babelforce, in words that say what happened, where, and what to do.
 *
 * Bodies of errors carry `message`, `error` or `detail`; the first that is filled counts.
 * https://github.com/babelforce/manager-sdk (docs/intro.md)
 */
import { isRecord } from '../../../domain/record';
import { commonErrors } from '../../../http/common-errors';
import { ServiceError, type CommonErrorKind } from '../../../http/errors';
import { requestIdOf } from '../../../http/headers';
import type { HttpResponse } from '../../../http/http';
import { shownBody, shownField, withoutFullStop } from '../../../http/shown-text';

export type BabelforceErrorKind =
	| CommonErrorKind
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
	/** 5xx. */
	| 'server';

/** What is being done, in words that complete "could not ...". */
export type BabelforceOperation =
	| 'read the call'
	| 'list calls'
	| 'start the call'
	| 'read the recording'
	| 'download the recording'
	| 'read the agent'
	| 'list agents'
	| 'list presences'
	| "read the agent's status"
	| "set the agent's presence"
	| 'enable the agent'
	| 'disable the agent'
	| 'connect';

/** babelforce refused a request, or did not answer. */
export class BabelforceError extends ServiceError<BabelforceErrorKind> {
	override readonly name = 'BabelforceError';
}

/** Marks the body of an answer as one of the sign-in, see {@link errorFromResponse}. */
export const SIGN_IN = 'babelforceSignIn';

const CHECK_HOST =
	'Check the environment and the base URL in the credential: the environment is the first part of the address at which you open babelforce, usually "services".';

/** The errors that every service can give, as babelforce's. */
export const errors = commonErrors(
	{
		name: 'babelforce',
		whenSlow: 'raise the timeout',
		whenBroken: 'Check the environment and the base URL in the credential',
		whenNotFound: CHECK_HOST,
		hostField: 'the base URL in the credential',
		limited: 'babelforce takes no more requests at the moment',
		whenLimited:
			'Raise the maximum wait, lower the number of items that run at once, or spread the work over time.',
		whenUnexpected: CHECK_HOST,
	},
	(operation: BabelforceOperation) => operation,
	(details) => new BabelforceError(details),
);

export const { errorFromNoAnswer, unexpectedAnswerError } = errors;

/** Headers that may hold the id of a request. */
const REQUEST_IDS = ['x-request-id', 'x-amzn-trace-id', 'x-amz-cf-id', 'cf-ray'];

/**
 * Turns an answer with an error status into an error with a helpful text.
 *
 * A body with the property {@link SIGN_IN} is an answer to the sign-in with user and password that came before.
 */
export function errorFromResponse(response: HttpResponse, operation: BabelforceOperation): BabelforceError {
	const detail = detailOf(response.body);
	const base = { status: response.status, detail, requestId: requestIdOf(response.headers, REQUEST_IDS) };
	const said = detail === undefined ? '' : `: ${withoutFullStop(detail)}`;
	const { status } = response;

	if (isRecord(response.body) && response.body[SIGN_IN] === true && status < 429) {
		const refused = [400, 401, 403].includes(status);
		return refused
			? new BabelforceError({
					...base,
					kind: 'unauthorized',
					message: `babelforce did not accept user and password when asked to ${operation}${said}.`,
					advice:
						'Check user and password in the credential, and that the user may use the manager app of this environment.',
				})
			: new BabelforceError({
					...base,
					kind: 'unexpectedAnswer',
					message: `Could not ${operation}: signing in to babelforce was answered with the unexpected status ${status}${said}.`,
					advice: CHECK_HOST,
				});
	}
	switch (status) {
		case 400:
		case 422:
			return new BabelforceError({
				...base,
				kind: 'badRequest',
				message: `babelforce refused to ${operation}${said === '' ? ': it gave no reason' : said}.`,
				advice: 'Check the values of this step.',
			});
		case 401:
			return new BabelforceError({
				...base,
				kind: 'unauthorized',
				message: `babelforce did not accept the credential when asked to ${operation}${said}.`,
				advice:
					'Check the credential: Access ID and Access Token (or user and password) must belong together, be valid, and belong to this environment.',
			});
		case 403:
			return new BabelforceError({
				...base,
				kind: 'forbidden',
				message: `The babelforce user of the credential is not allowed to ${operation}${said}.`,
				advice: 'Give the user manager rights in babelforce, or use the credential of a user who has them.',
			});
		case 404:
			return new BabelforceError({
				...base,
				kind: 'notFound',
				message: `babelforce could not ${operation}: it was not found.`,
				advice:
					'Check the ID. The entry may have been deleted, or it belongs to another account or environment.',
			});
		case 429:
			return errors.rateLimitError(operation);
		default:
			if (status >= 500) {
				return new BabelforceError({
					...base,
					kind: 'server',
					message: `babelforce failed to ${operation}: it answered with an error of its own (status ${status}).`,
					advice: 'Try again later. If it goes on, ask the support of babelforce.',
				});
			}
			return new BabelforceError({
				...base,
				kind: 'unexpectedAnswer',
				message: `Could not ${operation}: babelforce answered with the unexpected status ${status}.`,
				advice: CHECK_HOST,
			});
	}
}

function detailOf(body: unknown): string | undefined {
	// OAuth 2.0 says what is wrong in error_description, https://datatracker.ietf.org/doc/html/rfc6749#section-5.2
	return typeof body === 'string'
		? shownBody(body)
		: shownField(body, ['message', 'error_description', 'error', 'detail']);
}
