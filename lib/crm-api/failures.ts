/** What the platform is answered when something goes wrong (rule G8): 400 only where a repetition can cure it. */
import { FileError } from '../files/file-error';
import { InputError, ServiceError } from '../http/errors';
import { KustomerError, type KustomerErrorKind } from '../kustomer/errors';
import type { CrmApiAnswer } from './request';
import { Refusal } from './work';

/** How a failure is answered. */
export interface Failure {
	status: CrmApiAnswer['status'];
	/** For the administrator. Holds no secret and no phone number. */
	sentence: string;
	/** Whether the platform sends the request again. */
	repeats: boolean;
}

/** Statuses by what Kustomer or the way there says. Those that are not here are 500: the administrator has to do something. */
const STATUSES: Readonly<Partial<Record<KustomerErrorKind, CrmApiAnswer['status']>>> = {
	// They pass by themselves.
	rateLimit: 400,
	server: 400,
	noAnswer: 400,
	canceled: 400,
	// The request itself.
	notFound: 404,
	conflict: 409,
	severalMatches: 409,
	tooLarge: 413,
	badRequest: 422,
	unknownAttribute: 422,
	unknownField: 422,
};

/** Why no answer came although nothing is wrong with the network: trying again does not help. */
const LASTING: ReadonlySet<string> = new Set(['tls', 'blocked']);

/** Puts a failure into an answer. Takes anything that can be thrown. */
export function failureOf(error: unknown): Failure {
	if (error instanceof Refusal) return failure(error.status, error.message);
	if (error instanceof InputError) {
		return failure(
			422,
			`The parameter '${error.parameter}' cannot be used: ${error.message} ${error.advice}`,
		);
	}
	if (error instanceof FileError) {
		const status = error.tooLarge ? 413 : error.mayHelp ? 400 : 422;
		return failure(status, `${error.message} ${error.advice}`);
	}
	if (error instanceof KustomerError) return failure(statusOf(error), `${error.message} ${error.advice}`);
	if (error instanceof ServiceError) return failure(500, `${error.message} ${error.advice}`);
	return failure(500, 'Something went wrong inside n8n. The log of n8n says more.');
}

function statusOf({ kind, status, noAnswer }: KustomerError): CrmApiAnswer['status'] {
	if (noAnswer !== undefined && LASTING.has(noAnswer)) return 500;
	// Somebody else writes at the same time; nothing was refused.
	if (kind === 'conflict' && status === undefined) return 400;
	return STATUSES[kind] ?? 500;
}

function failure(status: CrmApiAnswer['status'], sentence: string): Failure {
	return { status, sentence, repeats: status === 400 };
}
