/** The errors that are the same with every service: no answer, the rate limit, a stopped run, a strange answer. */
import type { CommonErrorKind, ServiceError, ServiceErrorDetails } from './errors';
import type { NoAnswer } from './http';

/** What the texts say of one service. */
export interface ServiceWords {
	/** Its name, as the texts write it. */
	name: string;
	/** Whether the service has its files on servers of others, so that it may be one of these that does not answer. */
	hasOtherServers?: boolean;
	/** What to do when it often does not answer in time, to stand between commas: `raise the timeout`. */
	whenSlow: string;
	/** What to look at first when the connection breaks, without a full stop: proxy and firewall are added. */
	whenBroken: string;
	/** What to do when its host is not found. */
	whenNotFound: string;
	/** What holds the host, to stand after "Check": `the base URL in the credential`. */
	hostField: string;
	/** What a 429 means, to stand after a colon. */
	limited: string;
	/** What to do about it. */
	whenLimited: string;
	/** What else to know before a stopped run is started again. */
	whenCanceled?: string;
	/** What to do when something else seems to answer. */
	whenUnexpected: string;
}

/** Makes the errors of one service. An operation is what was to be done. */
export interface CommonErrors<Operation, Made extends ServiceError> {
	/** The error for an answer that did not come. */
	errorFromNoAnswer(reason: NoAnswer['reason'], operation: Operation): Made;
	/** The error for a rate limit that would take too long to wait for (rule X6). */
	rateLimitError(operation: Operation, waitMs?: number): Made;
	/** The error for a run that the user stopped. */
	canceledError(operation: Operation): Made;
	/**
	 * The error for an answer that has not the published shape.
	 *
	 * @param what what is wrong with it, to stand after a colon
	 */
	unexpectedAnswerError(operation: Operation, what: string, status?: number): Made;
}

/**
 * @param put puts an operation into words that complete "could not ..."
 * @param make makes an error of the service's own class
 */
export function commonErrors<Operation, Made extends ServiceError>(
	words: ServiceWords,
	put: (operation: Operation) => string,
	make: (details: ServiceErrorDetails<CommonErrorKind>, operation: Operation) => Made,
): CommonErrors<Operation, Made> {
	return {
		errorFromNoAnswer(reason, operation) {
			const [happened, advice] = noAnswerTexts(reason, words);
			const message = `Could not ${put(operation)}: ${happened}.`;
			return make({ kind: 'noAnswer', noAnswer: reason, message, advice }, operation);
		},
		rateLimitError(operation, waitMs) {
			const retryAfter = waitMs === undefined ? undefined : Math.ceil(waitMs / 1000);
			const again =
				retryAfter === undefined ? '' : ` ${words.name} can be asked again in ${retryAfter} seconds.`;
			const message = `Could not ${put(operation)}: ${words.limited}.${again}`;
			return make(
				{ kind: 'rateLimit', status: 429, retryAfter, message, advice: words.whenLimited },
				operation,
			);
		},
		canceledError(operation) {
			const message = `Stopped before ${words.name} was asked to ${put(operation)}.`;
			const more = words.whenCanceled === undefined ? '' : ` ${words.whenCanceled}`;
			return make({ kind: 'canceled', message, advice: `Run the workflow again.${more}` }, operation);
		},
		unexpectedAnswerError(operation, what, status) {
			const message = `Could not ${put(operation)}: ${what}.`;
			return make({ kind: 'unexpectedAnswer', status, message, advice: words.whenUnexpected }, operation);
		},
	};
}

/** Why no answer came, to stand after a colon, and what to do. */
function noAnswerTexts(
	reason: NoAnswer['reason'],
	{ name, hasOtherServers = false, ...words }: ServiceWords,
): [happened: string, advice: string] {
	const connection = hasOtherServers ? 'connection' : `connection to ${name}`;
	switch (reason) {
		case 'timeout':
			return [
				hasOtherServers ? 'no answer came in time' : `${name} did not answer in time`,
				`Try again later. If it happens often, ${words.whenSlow}, or look for a slow proxy.`,
			];
		case 'connection':
			return [
				`the ${connection} was refused or broken`,
				`${words.whenBroken}, and the proxy and firewall of this n8n.`,
			];
		case 'dns':
			return [
				hasOtherServers ? 'the host was not found' : `the host of ${name} was not found`,
				words.whenNotFound,
			];
		case 'tls':
			return [
				`no secure ${connection} could be made`,
				`Check ${words.hostField}. Behind an inspecting proxy, n8n needs the certificate of that proxy.`,
			];
		case 'blocked':
			return [
				'this n8n does not allow requests to this address',
				"Ask the administrator of this n8n to allow the address in n8n's protection against requests to internal addresses.",
			];
	}
}
