/** Watches a file while it arrives: whether it goes on, and whether all of it came (rule X5). */
import { NoAnswer, type Clock } from '../http/http';
import { exactly } from './content-streams';
import { emptyFile, FileError } from './file-error';
import { IdleWatch } from './idle-watch';
import { whenCanceled } from '../http/when-canceled';

/** Bytes as they arrive: what Node.js calls a Readable. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
	/** Ends it, and the connection that it comes from. Safe to call twice. */
	destroy(): unknown;
}

export interface WatchOptions {
	clock: Pick<Clock, 'now' | 'sleep'>;
	/** Milliseconds without a byte, while somebody waits for one, after which it is given up. */
	idleMs: number;
	/** Bytes that have to come; undefined when nobody counts on a number. */
	length?: number;
	/** For error texts: where it comes from. */
	label: string;
	/** Ends the wait when somebody stops the run. */
	signal?: AbortSignal;
}

/** A file on its way. */
export interface WatchedContent {
	/**
	 * To be read once. Only what whoever reads it asks for is fetched, so memory stays as it is, however large the file.
	 *
	 * @throws {NoAnswer} when it breaks off or stands still
	 * @throws {FileError} of the kind `fileEmpty` or `fileLength`
	 */
	content: AsyncGenerator<Uint8Array, void, undefined>;
	/** Bytes so far. */
	received(): number;
	/** What went wrong with it, also when whoever reads it reports something else. */
	problem(): NoAnswer | FileError | undefined;
	/** Stops reading and frees what was taken. Safe to call twice. */
	close(): void;
}

/** Wraps a stream. */
export function watchContent(
	source: ByteStream,
	{ clock, idleMs, length, label, signal }: WatchOptions,
): WatchedContent {
	let received = 0;
	let problem: NoAnswer | FileError | undefined;
	let isWaiting = false;
	let isClosed = false;
	let end = () => {};
	/** Ends the wait for the next bytes. A stream that is ended while somebody waits for it may never say so itself. */
	let giveUp: (reason: NoAnswer) => void = () => {};

	const close = () => {
		if (isClosed) return;
		isClosed = true;
		end();
		source.destroy();
		giveUp(new NoAnswer('connection'));
	};

	async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
		const watch = new IdleWatch(clock, idleMs, () => {
			// While nobody reads, nothing can come.
			if (!isWaiting) return 'goOn';
			giveUp(new NoAnswer('timeout'));
			return 'end';
		});
		const stopListening = whenCanceled(signal, () => giveUp(new NoAnswer('connection')));
		end = () => {
			watch.end();
			stopListening();
		};
		const reader = source[Symbol.asyncIterator]();
		for (;;) {
			isWaiting = true;
			watch.progress();
			// A race with one promise for the whole file would keep everything that has won it.
			const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
				giveUp = reject;
				reader.next().then(resolve, reject);
			});
			isWaiting = false;
			if (next.done === true) break;
			received += next.value.byteLength;
			yield next.value;
		}
		if (received === 0) throw emptyFile(label);
	}

	async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			yield* length === undefined ? pieces() : exactly(pieces(), length, label);
		} catch (error) {
			const reason = asProblem(error);
			if (!isClosed) problem ??= reason;
			throw reason;
		} finally {
			close();
		}
	}

	return { content: content(), received: () => received, problem: () => problem, close };
}

/** What streams throw when they break is of all kinds; their words are for the log. */
function asProblem(error: unknown): NoAnswer | FileError {
	return error instanceof NoAnswer || error instanceof FileError
		? error
		: new NoAnswer('connection', { cause: error });
}
