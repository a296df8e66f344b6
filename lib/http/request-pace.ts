/**
 * A service's limit of requests in a time, kept before it is reached: everything in this process that asks under the same
 * limit takes its turn.
 */
import type { Clock } from './http';

/** How fast a service may be asked. */
export interface Pace {
	/** Requests in any window. */
	requests: number;
	/** Milliseconds. */
	windowMs: number;
}

/** Most limits that are remembered. */
const MOST_KEYS = 200;
/**
 * Times of the last requests under a limit, planned ones included, the earliest first, at most one window's; and when a place
 * was taken last.
 */
const planned = new Map<string, { times: number[]; at: number }>();

/**
 * Takes the next free place.
 *
 * @param key names whose limit it is
 * @returns milliseconds to wait before the request may be sent; 0 when it may go at once
 */
export function takeTurn(key: string, { requests, windowMs }: Pace, clock: Pick<Clock, 'now'>): number {
	const now = clock.now();
	const before = planned.get(key) ?? { times: [], at: now };
	// A clock that was set back must not make anybody wait: what was planned moves with it.
	const setBack = Math.max(0, before.at - now);
	const times = before.times.map((time) => time - setBack);
	const [earliest] = times;
	const isFull = times.length >= requests && earliest !== undefined;
	const turn = isFull ? Math.max(now, earliest + windowMs) : now;
	const next = [...times, turn].slice(-requests);
	planned.delete(key);
	planned.set(key, { times: next, at: now });
	if (planned.size > MOST_KEYS) {
		const oldest = planned.keys().next();
		if (oldest.done !== true) planned.delete(oldest.value);
	}
	return turn - now;
}

/** How many limits are remembered; for tests. */
export function pacedKeys(): number {
	return planned.size;
}

/** Forgets all requests; for tests. */
export function forgetPace(): void {
	planned.clear();
}
