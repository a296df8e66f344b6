/**
 * Doing things one after the other within this process. Items and executions run at the same time; what concerns one
 * session, or one customer, has to wait for its turn.
 */
const last = new Map<string, Promise<unknown>>();

/**
 * Runs the work when everything that was asked for under the same key before has ended, well or not.
 *
 * @param key names what must not happen twice at the same time
 * @returns what the work gives back, or its failure
 */
export async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = last.get(key) ?? Promise.resolve();
	const turn = before.then(work, work);
	const ended = turn.then(
		() => undefined,
		() => undefined,
	);
	last.set(key, ended);
	try {
		return await turn;
	} finally {
		// The last one leaves nothing behind.
		if (last.get(key) === ended) last.delete(key);
	}
}

/** How many keys somebody is waiting for or working on; for tests. */
export function turnsTaken(): number {
	return last.size;
}
