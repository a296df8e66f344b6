/** The errors of everything that asks a service: they say what happened, where, and what to do. */
import type { NoAnswer } from './http';

/** A value that cannot be meant, or that the service would refuse, found before anything was sent. */
export class InputError extends Error {
	constructor(
		/** Where the value stands in the operation's input, for example `tags[2]` or `custom.orderNum`. */
		readonly parameter: string,
		/** One sentence: what is wrong. */
		message: string,
		/** One or two sentences: what to do. */
		readonly advice: string,
	) {
		super(message);
		this.name = 'InputError';
	}
}

/** What can go wrong with every service. */
export type CommonErrorKind =
	/** 429, and waiting would take longer than allowed. */
	| 'rateLimit'
	/** No answer at all; `noAnswer` says why. */
	| 'noAnswer'
	/** An answer that this package cannot read. */
	| 'unexpectedAnswer'
	/** The run was stopped by the user. */
	| 'canceled';

export interface ServiceErrorDetails<Kind extends string = string> {
	/** Workflows branch on it. */
	kind: Kind;
	/** One sentence: what happened. */
	message: string;
	/** One or two sentences: what to do. */
	advice: string;
	/** Of the answer; undefined when there was none. */
	status?: number;
	/** The service's own words, redacted. */
	detail?: string;
	/** The service's id of the request, for their support. */
	requestId?: string;
	/** Why no answer came; for the kind `noAnswer`. */
	noAnswer?: NoAnswer['reason'];
	/** Seconds after which the service will answer again; for the kind `rateLimit`. */
	retryAfter?: number;
}

/** A service refused a request, or did not answer. Holds no phone numbers, email addresses or secrets. */
export class ServiceError<Kind extends string = string> extends Error {
	readonly kind: Kind;
	readonly advice: string;
	readonly status?: number;
	readonly detail?: string;
	readonly requestId?: string;
	readonly noAnswer?: NoAnswer['reason'];
	readonly retryAfter?: number;

	constructor({ message, ...details }: ServiceErrorDetails<Kind>) {
		super(message);
		this.name = 'ServiceError';
		this.kind = details.kind;
		this.advice = details.advice;
		this.status = details.status;
		this.detail = details.detail;
		this.requestId = details.requestId;
		this.noAnswer = details.noAnswer;
		this.retryAfter = details.retryAfter;
	}
}

/**
 * What a check gives, or why it refuses its value, for those who go on without it.
 *
 * @throws whatever else goes wrong
 */
export function checked<T>(check: () => T): { value: T } | { refused: InputError } {
	let failure: unknown;
	try {
		return { value: check() };
	} catch (error) {
		failure = error;
	}
	if (failure instanceof InputError) return { refused: failure };
	throw failure;
}
