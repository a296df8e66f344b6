import type { Clock } from './http';

/** Whoever waits for the end of a run, by the signal that tells it. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back when somebody stops the run. However many files are on their way, the signal has one listener: Node.js takes
 * more than ten for a leak, and says so in n8n's log.
 *
 * @param signal undefined where n8n gives none; then nothing is called
 * @returns stops waiting; safe to call twice
 */
export function whenCanceled(signal: AbortSignal | undefined, callback: () => void): () => void {
	if (signal === undefined) return () => undefined;
	if (signal.aborted) {
		callback();
		return () => undefined;
	}
	const callbacks = waiting.get(signal) ?? listenTo(signal);
	// A function of its own, so that the same callback can wait twice.
	const own = () => callback();
	callbacks.add(own);
	return () => void callbacks.delete(own);
}

function listenTo(signal: AbortSignal): Set<() => void> {
	const callbacks = new Set<() => void>();
	waiting.set(signal, callbacks);
	signal.addEventListener('abort', () => callbacks.forEach((callback) => callback()), { once: true });
	return callbacks;
}

/** Waits, but no longer than until somebody stops the run. */
export async function sleepUnlessCanceled(
	clock: Pick<Clock, 'sleep'>,
	milliseconds: number,
	signal: AbortSignal | undefined,
): Promise<void> {
	if (milliseconds <= 0 || signal?.aborted === true) return;
	let stopListening = () => {};
	const canceled = new Promise<void>((resolve) => {
		stopListening = whenCanceled(signal, resolve);
	});
	await Promise.race([clock.sleep(milliseconds), canceled]).finally(stopListening);
}
