import { sleep } from 'n8n-workflow';

/** How often a watch looks, in milliseconds. */
const LOOK_EVERY = 500;

/**
 * Notices when nothing happens for too long. A limit for the whole would have to fit the largest file on the slowest
 * line, so what is limited is the time without progress.
 */
export class IdleWatch {
	private last = Date.now();
	private ended = false;

	/**
	 * @param limitMs milliseconds without progress
	 * @param onIdle called when the limit is reached; says whether to go on watching
	 */
	constructor(
		private readonly limitMs: number,
		private readonly onIdle: () => 'end' | 'goOn',
	) {
		void this.watch();
	}

	/** Something happened. */
	progress(): void {
		this.last = Date.now();
	}

	/** Stops watching. */
	end(): void {
		this.ended = true;
	}

	private async watch(): Promise<void> {
		while (!this.ended) {
			await sleep(Math.min(LOOK_EVERY, this.limitMs));
			if (this.ended || Date.now() - this.last < this.limitMs) continue;
			this.last = Date.now();
			if (this.onIdle() === 'end') this.ended = true;
		}
	}
}
