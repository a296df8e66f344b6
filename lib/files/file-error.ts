/** What can go wrong with a file on its way, in words that say what happened and what to do. */
export type FileErrorKind =
	/** There is no such file: 404, 410, or no binary data in the field. It may be ready later. */
	| 'fileNotFound'
	/** The source wants another credential, or none was given: 401, 403. */
	| 'fileUnauthorized'
	/** A web page or an error message came in place of the file. */
	| 'notAFile'
	/** The file has no content. It may be ready later. */
	| 'fileEmpty'
	/** The source gave fewer bytes, or more, than it announced. */
	| 'fileLength'
	/** The source did not answer, or not in time, or with an error of its own. */
	| 'fileUnreachable'
	/** The address may not be asked: inside the own network, not encrypted, or no web address. */
	| 'fileAddress'
	/** Kustomer's storage refused the file, or the way there broke. */
	| 'uploadFailed';

/** A file could not be read or stored. Holds no addresses beyond the host name, and no secrets. */
export class FileError extends Error {
	/** Whether the same again may go well. */
	readonly mayHelp: boolean;
	/** Whether it has more bytes than may be stored. */
	readonly tooLarge: boolean;

	constructor(
		readonly kind: FileErrorKind,
		/** One sentence: what happened. */
		message: string,
		/** One or two sentences: what to do. */
		readonly advice: string,
		options: { mayHelp?: boolean; tooLarge?: boolean; cause?: unknown } = {},
	) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'FileError';
		this.mayHelp = options.mayHelp ?? false;
		this.tooLarge = options.tooLarge ?? false;
	}
}

/** Somebody has stopped the run while a file was on its way. */
export function stopped(): FileError {
	return new FileError(
		'uploadFailed',
		'Stopped before the file was stored in Kustomer.',
		'Nothing refers to the file. Run the workflow again.',
	);
}

/** @param label where it comes from: "the field 'data'", "files.example.com" */
export function emptyFile(label: string): FileError {
	return new FileError(
		'fileEmpty',
		`The file from ${label} is empty.`,
		'It may not be ready yet: try again later. If it stays empty, the platform has recorded nothing.',
	);
}
