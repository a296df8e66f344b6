/**
 * When a request to babelforce is sent again (rule X6). Requests read, or set what they set, so repeating does no harm.
 */
import type { NoAnswer } from '../../../http/http';

/** Attempts after which a request that is not rate limited is given up. */
export const MAX_ATTEMPTS = 8;
/** A name that was not found may be a hiccup of the resolver; more often it is a typing error. */
const MAX_DNS_ATTEMPTS = 3;

/** The statuses that babelforce's own clients repeat: https://github.com/babelforce/manager-sdk (docs/intro.md) */
const PASSING = new Set([502, 503, 504]);

/** What is known after an attempt that did not succeed. */
export type FailedAttempt = { status: number } | { noAnswer: NoAnswer['reason'] };

/**
 * Whether to send a request again.
 *
 * @param attempt 1 for the first
 */
export function shouldRetry(failed: FailedAttempt, attempt: number): boolean {
	if ('status' in failed && failed.status === 429) return true;
	if (attempt >= MAX_ATTEMPTS) return false;
	if ('status' in failed) return PASSING.has(failed.status);
	if (failed.noAnswer === 'dns') return attempt < MAX_DNS_ATTEMPTS;
	return failed.noAnswer === 'timeout' || failed.noAnswer === 'connection';
}
