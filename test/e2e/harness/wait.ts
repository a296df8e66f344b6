const POLL_MS = 100;

/**
 * Asks again and again until there is an answer.
 *
 * @param what named in the error, for example "the conversation to be assigned"
 * @param probe gives undefined or false as long as it is not there
 * @throws Error naming what was waited for
 */
export async function waitFor<T>(
	what: string,
	probe: () => Promise<T | undefined | false> | T | undefined | false,
	timeoutMs = 60_000,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await probe();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} seconds for ${what}.`);
		await new Promise((next) => setTimeout(next, POLL_MS));
	}
}
