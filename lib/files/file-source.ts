/** Where a file comes from. Implementations know n8n; what reads the files does not. */

/** Bytes, in pieces. */
export type FileContent = AsyncIterable<Uint8Array>;

/** A file that is being read. Whoever opened it closes it, whatever happens. */
export interface OpenedFile {
	/** To be read once. */
	content: FileContent;
	/** Bytes, as the source says; undefined when it does not. */
	length?: number;
	/** As the source says, without parameters; undefined when it does not. */
	contentType?: string;
	/** As the source calls it; not cleaned. */
	name?: string;
	/** Stops reading and frees what was taken. Safe to call twice. */
	close(): void;
}

/** Something that a file can be read from as often as needed. */
export interface FileSource {
	/** For error texts: "the field 'data'", "files.example.com". */
	readonly label: string;
	/** @throws {FileError} */
	open(): Promise<OpenedFile>;
}
