import { explore, wordsFor } from './explore';

/** Runs all seeds from the first to the last; fails with the first scenario in which something goes wrong, made smaller. */
export async function expectAllFine(first: number, last: number): Promise<void> {
	for (let seed = first; seed <= last; seed += 1) {
		const failure = await explore(seed);
		if (failure !== undefined) throw new Error(wordsFor(failure));
	}
}

/** Milliseconds for a thousand of them, on a machine that is busy. */
export const PATIENCE = 20 * 60_000;
