/**
 * Virtual time and chance. Everything that can happen next waits here, and one thing after the other is let happen: which
 * one, a list of numbers says. So the same list gives the same run, and a shorter list a simpler one.
 */

/** Something that can happen: a job begins, a request arrives, an answer arrives. */
interface Possible {
	/** What it belongs to: with no numbers left, the first job goes on for as long as it can. */
	job: number;
	order: number;
	says: string;
	happen: () => void;
}

/** Milliseconds that pass between two things. */
const STEP = 10;
/** More means that something repeats itself for ever. */
const MOST_STEPS = 20_000;

export class Scheduler {
	/** What happened, one line each. */
	readonly story: string[] = [];
	private readonly possible: Possible[] = [];
	private readonly timers: Array<Possible & { due: number }> = [];
	private order = 0;
	private picked = 0;
	private random: number;

	/**
	 * @param now milliseconds since the epoch
	 * @param picks which of what is possible happens next; the first one when there are no more
	 */
	constructor(
		public now: number,
		private readonly picks: readonly number[],
		private readonly tellStory = false,
	) {
		this.random = picks.length + 1;
	}

	/** Something that can happen from now on. */
	add(job: number, says: string, happen: () => void): void {
		this.possible.push({ job, order: this.order++, says, happen });
	}

	/** Waits in virtual time. */
	sleep(job: number, milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.timers.push({
				job,
				order: this.order++,
				says: `job ${job} goes on`,
				happen: resolve,
				due: this.now + milliseconds,
			});
		});
	}

	/** At least 0, less than 1; the same in every run with the same picks. */
	chance(): number {
		this.random = (this.random * 1_103_515_245 + 12_345) % 2_147_483_648;
		return this.random / 2_147_483_648;
	}

	tell(line: string): void {
		if (this.tellStory) this.story.push(`${String(this.story.length + 1).padStart(3)}  ${line}`);
	}

	/** What belongs to these jobs never happens. */
	forget(isGone: (job: number) => boolean): void {
		for (const list of [this.possible, this.timers]) {
			for (let index = list.length - 1; index >= 0; index -= 1) {
				const entry = list[index];
				if (entry !== undefined && isGone(entry.job)) list.splice(index, 1);
			}
		}
	}

	/** Lets things happen until nothing is possible any more. */
	async run(): Promise<void> {
		for (let steps = 0; steps < MOST_STEPS; steps += 1) {
			// Whatever follows from the last thing without waiting for another.
			await new Promise((resolve) => setImmediate(resolve));
			const next = this.next();
			if (next === undefined) return;
			this.now += STEP;
			next.happen();
		}
		throw new Error('The simulation does not come to an end.');
	}

	private next(): Possible | undefined {
		if (this.possible.length === 0 && this.timers.length > 0) {
			this.now = Math.max(this.now, Math.min(...this.timers.map(({ due }) => due)));
		}
		for (let index = this.timers.length - 1; index >= 0; index -= 1) {
			const timer = this.timers[index];
			if (timer === undefined || timer.due > this.now) continue;
			this.possible.push(timer);
			this.timers.splice(index, 1);
		}
		if (this.possible.length === 0) return undefined;
		this.possible.sort((a, b) => a.job - b.job || a.order - b.order);
		// With one possibility there is nothing to choose.
		const pick = this.possible.length === 1 ? 0 : (this.picks[this.picked++] ?? 0);
		const [chosen] = this.possible.splice(pick % this.possible.length, 1);
		return chosen;
	}
}

/** Runs work whose `new Date()` and `Date.now()` are the scheduler's. */
export async function inVirtualTime<T>(now: () => number, work: () => Promise<T>): Promise<T> {
	const RealDate = globalThis.Date;
	class VirtualDate extends RealDate {
		constructor(...given: unknown[]) {
			// eslint-disable-next-line @typescript-eslint/no-explicit-any
			super(...((given.length === 0 ? [now()] : given) as [any]));
		}
		static override now(): number {
			return now();
		}
	}
	globalThis.Date = VirtualDate as DateConstructor;
	try {
		return await work();
	} finally {
		globalThis.Date = RealDate;
	}
}
