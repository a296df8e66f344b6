/**
 * How long something holds the process, told apart from what the machine is busy with besides.
 */

/** What {@link reference} takes on an ordinary server, in milliseconds. */
const REFERENCE = 8;
/** More is not forgiven: a machine that is slower than this fails, and so does what is really slow. */
const SLOWEST_MACHINE = 4;
const TRIES = 5;

/** Ideographic blanks: none is a letter, and to say so takes longer than for other signs. */
const REFERENCE_TEXT = '\u3000'.repeat(300_000);

/**
 * Milliseconds of this process's own work that something takes.
 *
 * A clock's time grows while other processes run, and the processor's time of a process holds what its helpers did beside,
 * such as the collection of garbage. What is asked for is in both, so it is no more than the smaller one.
 */
function cpuMilliseconds(work: () => unknown): number {
	const usage = process.cpuUsage();
	const start = performance.now();
	work();
	const passed = performance.now() - start;
	const { user, system } = process.cpuUsage(usage);
	return Math.min(passed, (user + system) / 1000);
}

/**
 * Whether something takes longer than it may, time after time.
 *
 * The limit is meant for an ordinary server. On a machine that is slower at this moment, which a job of known length tells, it
 * is as many times longer, up to four. One try within the limit is enough: what is slow by itself is so in each of five tries.
 *
 * @param most milliseconds
 * @returns the fewest milliseconds that it took, when that is too long; undefined when it is not
 */
export function tooLong(work: () => unknown, most: number): number | undefined {
	let fewest = Infinity;
	for (let tries = 0; tries < TRIES; tries += 1) {
		const took = cpuMilliseconds(work);
		if (took <= most || took <= most * slowness()) return undefined;
		fewest = Math.min(fewest, took);
	}
	return fewest;
}

/** How many times slower than an ordinary server this machine is now: 1 to 4. */
function slowness(): number {
	const now = Math.min(...[1, 2, 3].map(() => cpuMilliseconds(reference)));
	return Math.min(Math.max(now / REFERENCE, 1), SLOWEST_MACHINE);
}

/** A job that takes as long as the text is: an expression over a text, as most of the work is that is measured. */
function reference(): number {
	return REFERENCE_TEXT.search(/\p{L}/u);
}
