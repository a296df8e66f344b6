/** What reading a body takes and gives. */
import type { FileSource } from '../../files/file-source';

/** Keeps a file that arrives. Reads it to its end. */
export type KeepFile = (
	content: AsyncIterable<Uint8Array>,
	named: { name?: string; contentType?: string },
) => Promise<FileSource>;

/** What a body may have. */
export interface BodyLimits {
	/** Bytes of everything but a file. */
	text: number;
	/** Bytes of a file; 0 where none is expected. */
	file: number;
}

/** A body that was read. */
export interface ReceivedBody {
	/** Values by name, as they were sent; undefined for an empty body. */
	values: unknown;
	file?: FileSource;
}
