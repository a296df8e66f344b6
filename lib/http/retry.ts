/**
 * When a request is sent again, and how long to wait before (rule X6). Pure: no time passes here.
 */
import type { HttpMethod, HttpResponse, NoAnswer } from './http';

/** What is known after an attempt that did not succeed: a status, or why no answer came. */
export interface FailedAttempt {
	method: HttpMethod;
	status?: number;
	noAnswer?: NoAnswer['reason'];
	/** 1 for the first attempt. */
	attempt: number;
	/** Whether sending the request twice has the effect of sending it once, although its method is POST. */
	repeatable: boolean;
}

/** Attempts after which a request that is not rate limited is given up. */
export const MAX_ATTEMPTS = 8;
/** A name that was not found may be a hiccup of the resolver; more often it is a typing error. */
const MAX_DNS_ATTEMPTS = 3;

const SAFE_METHODS: ReadonlySet<HttpMethod> = new Set<HttpMethod>(['GET', 'PUT', 'PATCH', 'DELETE']);

/**
 * Whether to send a request again.
 *
 * - 429: always; nothing was done.
 * - 5xx, a timeout, a broken connection: only when a second time does no harm, because the service may have carried out
 *   the first; only the 5xx that pass by themselves.
 * - a host that was not found: a few times; nothing was sent.
 * - an untrusted certificate, an address that is not allowed, and every other 4xx: never; it would go wrong again.
 *
 * @param isPassing whether an error status passes by itself
 */
export function shouldRetry(
	failed: FailedAttempt,
	isPassing: (status: number) => boolean = (status) => status >= 500,
): boolean {
	if (failed.status === 429) return true;
	if (failed.attempt >= MAX_ATTEMPTS) return false;
	if (failed.noAnswer === 'dns') return failed.attempt < MAX_DNS_ATTEMPTS;
	if (failed.noAnswer === 'tls' || failed.noAnswer === 'blocked') return false;
	const mayHelp = failed.noAnswer !== undefined || (failed.status !== undefined && isPassing(failed.status));
	return mayHelp && (failed.repeatable || SAFE_METHODS.has(failed.method));
}

/** Milliseconds. */
const BASE_WAIT = 500;
const LONGEST_BACKOFF = 8_000;
/** Kustomer refills its budget every 60 s. A time further away than this is a wrong clock, not a wish. */
const LONGEST_RESET = 10 * 60_000;

/** What {@link waitBefore} needs to know. */
export interface WaitQuestion {
	/** The attempt that failed, 1 for the first. */
	attempt: number;
	/** Headers of the answer, names in lower case; undefined when there was no answer. */
	headers?: HttpResponse['headers'];
	/** Milliseconds since the epoch. */
	now: number;
	/** At least 0, less than 1. */
	random: () => number;
}

/**
 * Milliseconds to wait before the next attempt.
 *
 * As long as the server says (`Retry-After` in seconds or as an HTTP date, `x-ratelimit-reset` as seconds or
 * milliseconds since the epoch), else a random time below a limit that doubles with every attempt. A server that says
 * "now" or something absurd is treated as if it had said nothing.
 */
export function waitBefore(question: WaitQuestion): number {
	const told = question.headers === undefined ? undefined : serverWait(question.headers, question.now);
	if (told !== undefined && told > 0) return told;
	const limit = Math.min(LONGEST_BACKOFF, BASE_WAIT * 2 ** (question.attempt - 1));
	return Math.floor(question.random() * limit);
}

/** The time that the server names, in milliseconds from now; undefined when it names none that makes sense. */
export function serverWait(headers: HttpResponse['headers'], now: number): number | undefined {
	return (
		retryAfter(one(headers['retry-after']), now) ?? rateLimitReset(one(headers['x-ratelimit-reset']), now)
	);
}

function retryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (/^\d+(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
	if (!/^[A-Za-z]{3}/.test(value)) return undefined;
	const at = Date.parse(value);
	return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function rateLimitReset(value: string | undefined, now: number): number | undefined {
	if (value === undefined || !/^\d+(?:\.\d+)?$/.test(value)) return undefined;
	const number = Number(value);
	// Small numbers can only be seconds from now; 1e11 parts seconds from milliseconds since the epoch.
	const wait = number <= 3600 ? number * 1000 : (number < 1e11 ? number * 1000 : number) - now;
	return wait < 0 || wait > LONGEST_RESET ? undefined : Math.ceil(wait);
}

function one(value: string | string[] | undefined): string | undefined {
	const first = Array.isArray(value) ? value[0] : value;
	const trimmed = first?.trim();
	return trimmed === '' ? undefined : trimmed;
}
