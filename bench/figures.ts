/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** For example `1.07 (0.98 to 1.12)`: median and range. */
export function spread(values: number[], digits = 2): string {
	const fixed = (value: number) => value.toFixed(digits);
	return `${fixed(median(values))} (${fixed(Math.min(...values))} to ${fixed(Math.max(...values))})`;
}

/** Runs `work` for every entry, at most `concurrency` at a time, and gives the milliseconds that all of it took. */
export async function timed<T>(
	entries: readonly T[],
	concurrency: number,
	work: (entry: T) => Promise<void>,
): Promise<number> {
	const queue = [...entries];
	const began = performance.now();
	await Promise.all(
		Array.from({ length: concurrency }, async () => {
			for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) await work(entry);
		}),
	);
	return performance.now() - began;
}
