import type { Clock } from '../http/http';

/** How often a watch looks, in milliseconds. */
const LOOK_EVERY = 500;

/**
 * Notices when nothing happens for too long. A limit for the whole would have to fit the largest file on the slowest
 * line, so what is limited is the time without progress.
 */
export class IdleWatch {
	private last: number;
	private ended = false;

	/**
	 * @param limitMs milliseconds without progress
	 * @param onIdle called when the limit is reached; says whether to go on watching
	 */
	constructor(
		private readonly clock: Pick<Clock, 'now' | 'sleep'>,
		private readonly limitMs: number,
		private readonly onIdle: () => 'end' | 'goOn',
	) {
		this.last = clock.now();
		void this.watch();
	}

	/** Something happened. */
	progress(): void {
		this.last = this.clock.now();
	}

	/** Stops watching. */
	end(): void {
		this.ended = true;
	}

	private async watch(): Promise<void> {
		while (!this.ended) {
			await this.clock.sleep(Math.min(LOOK_EVERY, this.limitMs));
			// A clock that was set back: from there.
			this.last = Math.min(this.last, this.clock.now());
			if (this.ended || this.clock.now() - this.last < this.limitMs) continue;
			this.last = this.clock.now();
			if (this.onIdle() === 'end') this.ended = true;
		}
	}
}
