/**
 * The platform's limit of ten requests a second for each customer, kept before it is reached: everything in this process
 * that asks the same tenant takes its turn.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api (Rate limits)
 */
import type { Clock } from '../platforms/ccaip/api/http';

/** Requests in any {@link PACE_WINDOW_MS}. */
export const REQUESTS_PER_WINDOW = 10;
/** Milliseconds: a second, and what lines differ in how fast they are. */
export const PACE_WINDOW_MS = 1050;

/** Most tenants that are remembered. */
const MOST_TENANTS = 200;
/** Times of the last requests of a tenant, planned ones included, the earliest first; at most {@link REQUESTS_PER_WINDOW}. */
const planned = new Map<string, number[]>();

/**
 * Takes the next free place.
 *
 * @param tenant names whose limit it is
 * @returns milliseconds to wait before the request may be sent; 0 when it may go at once
 */
export function takeTurn(tenant: string, clock: Pick<Clock, 'now'>): number {
	const now = clock.now();
	const times = planned.get(tenant) ?? [];
	const [earliest] = times;
	const isFull = times.length >= REQUESTS_PER_WINDOW && earliest !== undefined;
	// A clock that was set back must not make anybody wait for hours.
	const turn = isFull && earliest <= now + 3_600_000 ? Math.max(now, earliest + PACE_WINDOW_MS) : now;
	const next = [...times, turn].slice(-REQUESTS_PER_WINDOW);
	planned.delete(tenant);
	planned.set(tenant, next);
	if (planned.size > MOST_TENANTS) {
		const oldest = planned.keys().next();
		if (oldest.done !== true) planned.delete(oldest.value);
	}
	return turn - now;
}

/** How many tenants are remembered; for tests. */
export function pacedTenants(): number {
	return planned.size;
}

/** Forgets all requests; for tests. */
export function forgetPace(): void {
	planned.clear();
}
