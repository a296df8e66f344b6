/** Passing a file's bytes on without holding the file: at most one piece is in hand at a time. */
import { FileError } from './file-error';
import type { FileContent } from './file-source';

/**
 * The same bytes, as long as there are exactly as many as announced. Ends with an error before the first byte too many,
 * and at the end when some are missing: what was announced to the receiver is then not fulfilled, and it keeps nothing.
 *
 * @param length bytes
 * @throws {FileError} of the kind `fileLength`
 */
export async function* exactly(
	content: FileContent,
	length: number,
	label: string,
): AsyncGenerator<Uint8Array> {
	let seen = 0;
	for await (const piece of content) {
		seen += piece.byteLength;
		if (seen > length) {
			throw new FileError(
				'fileLength',
				`The file from ${label} is longer than announced: more than ${length} bytes came.`,
				'The source says a wrong length, or the file is still being written. Try again later.',
			);
		}
		yield piece;
	}
	if (seen < length) {
		throw new FileError(
			'fileLength',
			`The file from ${label} ended early: ${seen} of ${length} bytes came.`,
			'The connection broke, or the source says a wrong length. Try again later.',
			{ mayHelp: true },
		);
	}
}

/** The beginning of a file, and the whole of it. */
export interface Headed {
	/** At most as long as asked for; shorter when the file is. */
	head: Uint8Array;
	/** Everything, the head included; to be read once. */
	content: FileContent;
}

/** Reads the beginning of a file without losing it. */
export async function readHead(content: FileContent, bytes: number): Promise<Headed> {
	const iterator = content[Symbol.asyncIterator]();
	const pieces: Uint8Array[] = [];
	let size = 0;
	while (size < bytes) {
		const next = await iterator.next();
		if (next.done === true) break;
		pieces.push(next.value);
		size += next.value.byteLength;
	}
	async function* whole(): AsyncGenerator<Uint8Array> {
		try {
			yield* pieces;
			pieces.length = 0;
			for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
				yield next.value;
		} finally {
			await iterator.return?.();
		}
	}
	return { head: Buffer.concat(pieces).subarray(0, bytes), content: whole() };
}

/**
 * How many bytes a file has, found by reading it through. Nothing is kept. A server can send without end: what is more than
 * `most` is not read.
 *
 * @returns bytes; more than `most` when it was given up
 */
export async function countBytes(content: FileContent, most: number): Promise<number> {
	let bytes = 0;
	for await (const piece of content) {
		bytes += piece.byteLength;
		if (bytes > most) break;
	}
	return bytes;
}
