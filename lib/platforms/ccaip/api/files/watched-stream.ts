/** Watches a file while it arrives: whether it goes on, and whether all of it came. */
import type { ByteStream, Clock, NoAnswer } from '../http';

/** How a download went wrong after its answer had begun. */
export class BrokenDownload extends Error {
	constructor(
		/** `empty`: the file has no bytes, which trying again does not change. */
		readonly reason: NoAnswer['reason'] | 'empty',
		options?: { cause?: unknown },
	) {
		super(`Download broken (${reason})`, options);
		this.name = 'BrokenDownload';
	}
}

/** A file on its way. */
export interface WatchedStream {
	/** To be read once. @throws {BrokenDownload} */
	chunks: AsyncGenerator<Uint8Array, void, undefined>;
	/** Bytes so far. */
	received(): number;
	/** What went wrong, also when whoever reads it reports something else. */
	problem(): BrokenDownload | undefined;
}

export interface WatchOptions {
	/** Bytes that were announced; undefined when nothing was. */
	expected?: number;
	/** Milliseconds without a byte after which it is given up. */
	stallMs: number;
	clock: Clock;
	/** Ends the stream and its connection. */
	close(): void;
}

/** How often it is looked whether anything arrives. */
const LOOK_EVERY_MS = 1000;

/** Wraps a stream. Only what whoever reads it asks for is fetched, so memory stays as it is, however large the file. */
export function watched(source: ByteStream, options: WatchOptions): WatchedStream {
	const { expected, stallMs, clock, close } = options;
	let received = 0;
	let problem: BrokenDownload | undefined;
	/** When the next bytes were asked for; undefined while nobody asks. */
	let waitingSince: number | undefined;
	let isOver = false;

	const fail = (reason: BrokenDownload['reason'], cause?: unknown): BrokenDownload =>
		(problem ??= new BrokenDownload(reason, { cause }));

	/** Ends the wait for the next bytes. */
	let giveUp: ((reason: BrokenDownload) => void) | undefined;

	async function watch(): Promise<void> {
		while (!isOver) {
			await clock.sleep(Math.min(LOOK_EVERY_MS, stallMs));
			if (waitingSince !== undefined && clock.now() - waitingSince >= stallMs) giveUp?.(fail('timeout'));
		}
	}

	async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
		const reader = source[Symbol.asyncIterator]();
		void watch();
		try {
			for (;;) {
				waitingSince = clock.now();
				// A stream that was ended while it waits for bytes may wait on, so its answer is not waited for. A race with one
				// promise for the whole file would keep everything that has won it.
				const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
					giveUp = reject;
					reader.next().then(resolve, (error: unknown) => reject(fail('connection', error)));
				});
				waitingSince = undefined;
				if (next.done === true) break;
				received += next.value.length;
				if (expected !== undefined && received > expected) throw fail('connection');
				yield next.value;
			}
			if (received === 0) throw fail('empty');
			if (expected !== undefined && received < expected) throw fail('connection');
		} finally {
			isOver = true;
			waitingSince = undefined;
			close();
		}
	}

	return { chunks: chunks(), received: () => received, problem: () => problem };
}
