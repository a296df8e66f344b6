/**
 * How everything is sent that goes to a service (rule X6): pause, attempt, wait, and again, until it works, cannot work, has
 * taken too long, or somebody stops the run.
 */
import type { CommonErrors } from './common-errors';
import type { ServiceError } from './errors';
import { NoAnswer, type Clock, type HttpMethod, type HttpResponse } from './http';
import { pause, pauseLeft } from './pauses';
import { shouldRetry, waitBefore } from './retry';
import { sleepUnlessCanceled } from './when-canceled';

/** What the client of every service can be told. */
export interface ClientSettings {
	clock: Clock;
	/** Milliseconds that waiting and repeating may take for one request; then its error is raised. 60 000 unless told. */
	maxWaitMs?: number;
	/** Milliseconds until one attempt is given up. {@link DEFAULT_TIMEOUT} unless told. */
	timeoutMs?: number;
	/** Stops waiting and sends nothing more. */
	signal?: AbortSignal;
}

const DEFAULT_MAX_WAIT = 60_000;
/** Milliseconds. */
export const DEFAULT_TIMEOUT = 30_000;

/** What a service wants of the loop. */
export interface LoopPolicy<Operation> {
	/**
	 * Names whose limit it is, for example the credential and the host: a 429 holds back everything in this process that has
	 * the same key. Must not be a secret.
	 */
	key: string;
	errors: Pick<
		CommonErrors<Operation, ServiceError>,
		'errorFromNoAnswer' | 'rateLimitError' | 'canceledError'
	>;
	/** Whether an error status passes by itself; 500 and above unless told. */
	isPassing?: (status: number) => boolean;
}

/** What is to be done. */
export interface Wanted<Operation> {
	operation: Operation;
	/** GET unless told. */
	method?: HttpMethod;
	/** Whether sending it twice has the effect of sending it once, although its method is POST. */
	repeatable?: boolean;
	/**
	 * That it is not sent a second time, whatever happens: what it says depends on what was read a moment ago, and has to be made
	 * anew from a new look. A 429 still holds back everything with the same key. No unless told.
	 */
	once?: boolean;
}

/** How one attempt ended. */
export interface Attempt<T> {
	/** What it comes to, unless it is tried again. */
	outcome: { value: T } | { error: Error };
	/** What went wrong; undefined when nothing did. */
	failure?: AttemptFailure;
}

/** Why an attempt may have to be repeated. */
export interface AttemptFailure {
	/** Set when an answer came. */
	status?: number;
	headers?: HttpResponse['headers'];
	/** Set when none came, or it broke off. */
	noAnswer?: NoAnswer['reason'];
	/** Whether another server than the service's own is at fault: its limits do not concern other requests. */
	isElsewhere?: boolean;
	/** Whether a part of an answer arrived: the time that it took is not time lost with waiting. */
	hasProgressed?: boolean;
}

/** An answer, and what it took. */
export interface SentAnswer extends HttpResponse {
	/** How often the request was sent; 1 when it went well at once. */
	attempts: number;
	/** Whether an earlier attempt may have been carried out although its answer did not arrive, or was an error. */
	mayHaveRunBefore: boolean;
}

export interface SendingLoop<Operation> {
	/**
	 * Sends a request, as often as it takes and is safe.
	 *
	 * @param sendOnce throws {@link NoAnswer} when no answer arrived; other errors (a broken credential, say) pass through
	 * @returns the last answer, whatever its status
	 * @throws the service's error when there is none, the rate limit does not end in time, or the run was stopped
	 */
	send(wanted: Wanted<Operation>, sendOnce: () => Promise<HttpResponse>): Promise<SentAnswer>;

	/**
	 * Tries something that takes more than one answer, such as a file that has to arrive as a whole.
	 *
	 * @returns the value of the last attempt
	 * @throws the error of the last attempt, and as {@link send}
	 */
	persist<T>(wanted: Wanted<Operation>, tryOnce: () => Promise<Attempt<T>>): Promise<T>;

	/**
	 * Waits.
	 *
	 * @throws the service's error when the run was stopped
	 */
	wait(operation: Operation, milliseconds: number): Promise<void>;

	/**
	 * Waits as before a repetition, where somebody else repeats.
	 *
	 * @param attempt the attempt that failed, 1 for the first
	 * @throws the service's error when the run was stopped
	 */
	waitAfter(operation: Operation, attempt: number): Promise<void>;
}

/** Makes the loop of one client. Loops are cheap: what has to be shared is shared by the key. */
export function createSendingLoop<Operation>(
	{ clock, maxWaitMs = DEFAULT_MAX_WAIT, signal }: ClientSettings,
	{ key, errors, isPassing }: LoopPolicy<Operation>,
): SendingLoop<Operation> {
	const backOff = (attempt: number, headers?: HttpResponse['headers']) =>
		waitBefore({ attempt, headers, now: clock.now(), random: () => clock.random() });

	async function wait(operation: Operation, milliseconds: number): Promise<void> {
		await sleepUnlessCanceled(clock, milliseconds, signal);
		if (signal?.aborted === true) throw errors.canceledError(operation);
	}

	async function persist<T>(wanted: Wanted<Operation>, tryOnce: () => Promise<Attempt<T>>): Promise<T> {
		const { operation, method = 'GET', repeatable = false, once = false } = wanted;
		const startedAt = clock.now();
		let useful = 0;
		const exceeds = (milliseconds: number) => clock.now() - startedAt - useful + milliseconds > maxWaitMs;

		for (let attempt = 1; ; attempt += 1) {
			for (let left = pauseLeft(key, clock); left > 0; left = pauseLeft(key, clock)) {
				if (exceeds(left)) throw errors.rateLimitError(operation, left);
				await wait(operation, left);
			}
			await wait(operation, 0);

			const triedAt = clock.now();
			const { outcome, failure } = await tryOnce();
			if (failure === undefined) return valueOf(outcome);
			if (failure.hasProgressed === true) useful += clock.now() - triedAt;

			const { status, headers, noAnswer, isElsewhere = false } = failure;
			const before = backOff(attempt, headers);
			const isPaused = status === 429 && !isElsewhere;
			if (isPaused) pause(key, before, clock);
			if (status === 429 && exceeds(before)) throw errors.rateLimitError(operation, before);
			const again = !once && shouldRetry({ method, attempt, repeatable, status, noAnswer }, isPassing);
			if (!again || exceeds(before)) return valueOf(outcome);
			if (!isPaused) await wait(operation, before);
		}
	}

	return {
		persist,
		wait,
		waitAfter: async (operation, attempt) => await wait(operation, backOff(attempt)),
		async send(wanted, sendOnce) {
			let attempts = 0;
			let mayHaveRun = false;
			return await persist<SentAnswer>(wanted, async () => {
				attempts += 1;
				const mayHaveRunBefore = mayHaveRun;
				const answer = await sendOnce().catch((error: unknown) =>
					error instanceof NoAnswer ? error : Promise.reject(error),
				);
				if (answer instanceof NoAnswer) {
					const { reason } = answer;
					mayHaveRun ||= reason === 'timeout' || reason === 'connection';
					const error = errors.errorFromNoAnswer(reason, wanted.operation);
					return { outcome: { error }, failure: { noAnswer: reason } };
				}
				const { status, headers } = answer;
				const outcome = { value: { ...answer, attempts, mayHaveRunBefore } };
				if (status < 400) return { outcome };
				mayHaveRun ||= status !== 429;
				return { outcome, failure: { status, headers } };
			});
		},
	};
}

function valueOf<T>(outcome: Attempt<T>['outcome']): T {
	if ('error' in outcome) throw outcome.error;
	return outcome.value;
}
