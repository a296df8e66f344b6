/**
 * Pauses, one per credential: when a service says "too many requests", everything that uses the same credential in
 * this process waits, not only the request that was told so (rule X6).
 */
import type { Clock } from './http';

/** No pause is longer, whatever a header says: a proxy's mistake must not silence a credential for a day. */
export const LONGEST_PAUSE = 5 * 60_000;
/** Requests that waited start again within this time after the pause, each at a random moment. */
export const RESTART_SPREAD = 500;

const MAX_KEYS = 500;
const pausedUntil = new Map<string, number>();

/**
 * Pauses a credential. A pause that is longer already stays.
 *
 * @param milliseconds from now; longer than {@link LONGEST_PAUSE} is cut
 */
export function pause(credentialKey: string, milliseconds: number, clock: Pick<Clock, 'now'>): void {
	const now = clock.now();
	const until = now + Math.min(Math.max(0, milliseconds), LONGEST_PAUSE);
	if (until <= now + pauseOf(credentialKey, now)) return;
	pausedUntil.delete(credentialKey);
	if (pausedUntil.size >= MAX_KEYS) forgetSome(now);
	pausedUntil.set(credentialKey, until);
}

/**
 * Milliseconds that a request of this credential has to wait now: the rest of the pause and a random bit more, so
 * that a hundred waiting items do not all start in the same instant. 0 when there is no pause.
 */
export function pauseLeft(credentialKey: string, clock: Pick<Clock, 'now' | 'random'>): number {
	const left = pauseOf(credentialKey, clock.now());
	if (left > 0) return Math.ceil(left + clock.random() * RESTART_SPREAD);
	pausedUntil.delete(credentialKey);
	return 0;
}

/** Milliseconds that are left of a pause. One that seems longer than a pause may be was begun before the clock was set back. */
function pauseOf(credentialKey: string, now: number): number {
	const left = (pausedUntil.get(credentialKey) ?? now) - now;
	return left > LONGEST_PAUSE ? 0 : Math.max(0, left);
}

/** How many credentials are remembered. */
export function pausedCredentials(): number {
	return pausedUntil.size;
}

/** Ends all pauses; for tests. */
export function endAllPauses(): void {
	pausedUntil.clear();
}

function forgetSome(now: number): void {
	for (const [key, until] of pausedUntil) if (until <= now) pausedUntil.delete(key);
	while (pausedUntil.size >= MAX_KEYS) {
		const oldest = pausedUntil.keys().next();
		if (oldest.done === true) return;
		pausedUntil.delete(oldest.value);
	}
}
