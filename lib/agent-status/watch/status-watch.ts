/**
 * Looks at the agents' statuses again and again, and hands over what has changed. One look at a time; after a failure
 * the next look still compares with the last one that went well, so no change is lost.
 */
import {
	compareStatuses,
	type CompareOptions,
	type StatusChange,
	type StatusComparison,
	type StatusMemory,
	type StatusProblem,
} from './status-changes';
import type { KustomerLook } from '../kustomer-look';

/** `reportAll` is for the first look that can be handed over, whatever is remembered. */
export interface StatusWatchOptions extends CompareOptions {
	look: () => Promise<KustomerLook>;
	/** Milliseconds from the end of one look to the beginning of the next. */
	intervalMs: number;
	/** What the last run of the workflow left behind. */
	memory: StatusMemory | undefined;
	/** Keeps the memory; called before `emit`, and at the first look. */
	keep: (memory: StatusMemory) => void;
	emit: (changes: StatusChange[], problems: StatusProblem[]) => void;
	/** @param inRow how many looks have failed one after the other, this one included */
	failed: (error: unknown, inRow: number) => void;
	/** Waits; ends early, in whichever way, when the signal says so. */
	sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
	/** Milliseconds since the epoch. */
	now: () => number;
}

/** Milliseconds between two looks at most, after failures. */
const LONGEST_WAIT = 5 * 60_000;

/** Milliseconds between two looks at least, however often somebody asks. */
const SHORTEST_WAIT = 1000;

export class StatusWatch {
	private memory: StatusMemory | undefined;
	private hasHandedOver = false;
	private rest = new AbortController();
	private isAsked = false;
	private isStopped = false;
	private failuresInRow = 0;
	private lookedAt = 0;

	constructor(private readonly options: StatusWatchOptions) {
		this.memory = options.memory;
	}

	/**
	 * Looks for the first time and goes on from there.
	 *
	 * @param isFatal whether a failure of the first look is thrown; otherwise it is like any other
	 * @throws what looking throws, when it is fatal
	 */
	async start(isFatal: (error: unknown) => boolean): Promise<void> {
		const found = await this.find().catch((error: unknown) => {
			if (isFatal(error)) return Promise.reject(error);
			this.note(error);
			return undefined;
		});
		void this.goOn(found);
	}

	/** Looks as soon as possible, because somebody says that something has changed. */
	lookSoon(): void {
		this.isAsked = true;
		this.rest.abort();
	}

	/** Ends it. What a look under way finds is not handed over any more. */
	stop(): void {
		this.isStopped = true;
		this.rest.abort();
	}

	private async goOn(first: StatusComparison | undefined): Promise<void> {
		if (first !== undefined) {
			// Not during the start: n8n cannot run the workflow before the start has ended.
			await this.pause(1);
			this.attempt(() => this.handOver(first));
		}
		while (!this.isStopped) {
			if (!this.isAsked) await this.pause(this.usualWait());
			// Never longer, also when the clock was set back.
			if (this.isAsked) {
				await this.pause(Math.min(SHORTEST_WAIT, this.lookedAt + SHORTEST_WAIT - this.options.now()));
			}
			this.isAsked = false;
			if (this.isStopped) return;
			const found = await this.find().catch((error: unknown) => this.note(error));
			if (found !== undefined) this.attempt(() => this.handOver(found));
		}
	}

	/** Being asked to look does not cut short the pause that keeps looks apart. */
	private async pause(milliseconds: number): Promise<void> {
		const until = this.options.now() + milliseconds;
		const isAskedBefore = this.isAsked;
		do {
			this.rest = new AbortController();
			const left = until - this.options.now();
			if (left <= 0 || this.isStopped) return;
			await this.options.sleep(left, this.rest.signal).catch(() => undefined);
		} while (isAskedBefore && this.rest.signal.aborted && !this.isStopped);
	}

	private usualWait(): number {
		const { intervalMs } = this.options;
		return this.failuresInRow === 0
			? intervalMs
			: Math.max(intervalMs, Math.min(LONGEST_WAIT, intervalMs * 2 ** (this.failuresInRow - 1)));
	}

	private async find(): Promise<StatusComparison> {
		this.lookedAt = this.options.now();
		const look = await this.options.look();
		this.failuresInRow = 0;
		const isFirst = this.memory?.of !== this.options.of;
		const reportAll = this.options.reportAll === true && !this.hasHandedOver;
		const found = compareStatuses(this.memory, look, { ...this.options, reportAll });
		if (isFirst && found.changes.length === 0 && found.problems.length === 0) {
			this.options.keep(found.memory);
			this.memory = found.memory;
		}
		return found;
	}

	private handOver({ changes, problems, memory }: StatusComparison): void {
		if (this.isStopped) return;
		if (changes.length > 0 || problems.length > 0) {
			this.options.keep(memory);
			this.options.emit(changes, problems);
		}
		this.memory = memory;
		this.hasHandedOver = true;
	}

	/** Handing over may fail as well; then the next look finds the same again. */
	private attempt(work: () => void): void {
		try {
			work();
		} catch (error) {
			this.note(error);
		}
	}

	private note(error: unknown): void {
		if (this.isStopped) return;
		this.failuresInRow += 1;
		this.options.failed(error, this.failuresInRow);
	}
}
