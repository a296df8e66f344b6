/** What has to be known of a file before it can be announced: its length, its type, and that it is a file at all. */
import { HEAD_BYTES, contentTypeOf, plainType, standsInFor, typeByName, wordFor } from './content-type';
import { countBytes, readHead } from './content-streams';
import { emptyFile, FileError } from './file-error';
import { cleanFileName } from './file-name';
import type { FileSource, OpenedFile } from './file-source';

/** What a person or a workflow says of the file. */
export interface FileHints {
	/** Goes before the name that the source gives. */
	name?: string;
	/** Goes before what the content shows. */
	contentType?: string;
	/** Reads the file through to learn its length, whatever the source says. */
	count?: boolean;
}

/** A file that is known to be one. */
export interface InspectedFile {
	/** Cleaned; undefined when nobody names it. */
	name?: string;
	contentType: string;
	/** Bytes. */
	length: number;
	/** Still to be read from its beginning, or undefined when it had to be read through. To be closed. */
	opened?: OpenedFile;
}

/**
 * Bytes that a file may have: a form like Kustomer's takes no more.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
 */
const MOST_BYTES = 5 * 1024 ** 3;

/**
 * Opens a file and looks at its beginning. Only when the source does not say how long it is, it is read through once,
 * without keeping it, and has to be opened again.
 *
 * @param mostBytes bytes after which a file without end is given up
 * @throws {FileError}
 */
export async function inspectFile(
	source: FileSource,
	hints: FileHints,
	mostBytes = MOST_BYTES,
): Promise<InspectedFile> {
	const opened = await source.open();
	let keep = false;
	try {
		const { head, content } = await readHead(opened.content, HEAD_BYTES);
		const name = cleanFileName(hints.name) ?? cleanFileName(opened.name);
		const known = { chosen: hints.contentType, told: opened.contentType, name: name ?? '', head };
		if (head.byteLength === 0) throw emptyFile(source.label);
		const instead = standsInFor(known);
		if (instead !== undefined) {
			throw notTheFile(source.label, instead, plainType(hints.contentType) ?? typeByName(name ?? ''));
		}
		const contentType = contentTypeOf(known);
		const isCounted = opened.length === undefined || hints.count === true;
		const length = isCounted ? await countBytes(content, mostBytes) : (opened.length ?? 0);
		if (length > mostBytes) throw tooLarge(source.label, mostBytes);
		if (isCounted) return { name, contentType, length };
		keep = true;
		return { name, contentType, length, opened: { ...opened, content } };
	} finally {
		if (!keep) opened.close();
	}
}

/** A source whose first opening is already done. */
export function startingWith(source: FileSource, opened: OpenedFile | undefined): FileSource {
	let first = opened;
	return {
		label: source.label,
		open: async () => {
			const ready = first ?? (await source.open());
			first = undefined;
			return ready;
		},
	};
}

function tooLarge(label: string, most: number): FileError {
	return new FileError(
		'fileLength',
		`The file from ${label} has more than ${most.toLocaleString('en-US')} bytes, or no end.`,
		'No more can be stored in Kustomer. Check what the address gives, or store a link in place of the file, with its size.',
	);
}

function notTheFile(label: string, instead: string, expected: string | undefined): FileError {
	const wanted =
		expected === undefined ? 'a recording' : /^audio\//.test(expected) ? 'audio' : `a ${wordFor(expected)}`;
	return new FileError(
		'notAFile',
		`${label[0]?.toUpperCase() ?? ''}${label.slice(1)} answered ${instead} instead of ${wanted}.`,
		instead === 'a web page'
			? 'It is most likely a sign-in or error page: check the address, and choose the credential that it needs.'
			: 'It is most likely an error message: check the address and the credential. If it is the file that you want, give it a name that ends accordingly, for example transcript.json.',
	);
}
