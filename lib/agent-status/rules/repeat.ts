/** When a change that did not take effect is asked for again: with growing distance, so that nothing is hammered. */
import type { WriteMemory } from './agent-memory';
import type { Side } from '../../domain/agent-status';

/** Milliseconds until the first repetition; doubled for every further one. */
export const FIRST_REPEAT = 30_000;

/** Milliseconds between repetitions at most. */
export const LONGEST_REPEAT = 10 * 60_000;

/** After this many times without effect the change is reported. */
export const REPORTED_AFTER = 3;

/** Milliseconds since the epoch from which the change may be asked for again. */
export function repeatsAt({ at, count }: WriteMemory): number {
	return at + Math.min(LONGEST_REPEAT, FIRST_REPEAT * 2 ** (Math.max(1, count) - 1));
}

/** What is to be remembered of a change that is wanted now, and whether this is the time to ask for it. */
export function askFor(
	before: WriteMemory | undefined,
	wanted: { side: Side; to: string },
	now: number,
): { due: boolean; write: WriteMemory } {
	if (before === undefined || before.side !== wanted.side || before.to !== wanted.to) {
		return { due: true, write: { ...wanted, at: now, count: 1 } };
	}
	// A clock that was set back must not silence an agent.
	if (now >= before.at && now < repeatsAt(before)) return { due: false, write: before };
	return { due: true, write: { ...before, at: now, count: before.count + 1 } };
}
