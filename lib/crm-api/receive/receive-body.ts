/**
 * Reads the body of a request (rules G5, G9): JSON, a form, or a form with a file. Files go by piece by piece to wherever they
 * are kept; everything else is small.
 */
import { BOUNDS } from '../../domain/bounds';
import type { FileSource } from '../../files/file-source';
import { base64File, isBase64, type Writing } from './base64';
import { FORM_SYNTAX, JSON_SYNTAX, TAKEN_OUT, takeOutLongValue } from './long-values';
import { readMultipart } from './multipart';
import { atMost, Pieces } from './pieces';
import { RequestProblem } from './problem';
import type { BodyLimits, KeepFile, ReceivedBody } from './body';

/** A body that is to be read. */
export interface IncomingBody {
	/** The header `Content-Type`, with its parameters; empty when there is none. */
	contentType: string;
	/** Decompressed. */
	content: AsyncIterable<Uint8Array>;
}

/**
 * Reads a body to its end.
 *
 * @throws {RequestProblem}
 */
export async function receiveBody(
	{ contentType, content }: IncomingBody,
	limits: BodyLimits,
	keep: KeepFile,
): Promise<ReceivedBody> {
	const keepLimited: KeepFile = async (file, named) => {
		if (limits.file === 0) throw noFileHere();
		return await keep(
			atMost(file, limits.file, () => fileTooLarge(limits.file)),
			named,
		);
	};
	const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
	if (type === 'multipart/form-data')
		return await readMultipart(content, contentType, limits.text, keepLimited);
	if (!isReadable(type)) throw notReadable(type);
	return await readText(content, type, limits.text, keepLimited);
}

function isReadable(type: string): boolean {
	return (
		type === '' ||
		type === 'application/json' ||
		type.endsWith('+json') ||
		type === 'application/x-www-form-urlencoded' ||
		type.startsWith('text/') ||
		type === 'application/octet-stream'
	);
}

async function readText(
	content: AsyncIterable<Uint8Array>,
	type: string,
	most: number,
	keep: KeepFile,
): Promise<ReceivedBody> {
	const pieces = new Pieces(content);
	const first = await firstPiece(pieces);
	if (first === undefined) return { values: undefined };
	pieces.putBack(first);
	const isJson = /^\uFEFF?\s*[[{]/.test(Buffer.from(first.subarray(0, 200)).toString('utf8'));
	if (!isJson && type.endsWith('json')) throw notJson();
	const writing: Writing = isJson ? 'json' : 'form';

	let file: FileSource | undefined;
	const text = await takeOutLongValue(pieces, isJson ? JSON_SYNTAX : FORM_SYNTAX, most, async (value) => {
		const { content: bytes, contentType } = await base64File(value, writing);
		file = await keep(bytes, { contentType });
	});
	const values = isJson ? fromJson(text) : fromForm(text);
	return file === undefined ? { values } : { values, file };
}

/** The first piece that has anything but blanks. */
async function firstPiece(pieces: Pieces): Promise<Uint8Array | undefined> {
	for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
		if (Buffer.from(piece.subarray(0, 200)).toString('latin1').trim() !== '') return piece;
		if (piece.length > 200) return piece;
	}
	return undefined;
}

function fromJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
	} catch {
		throw notJson();
	}
}

/** Fields of a form. `a[b]` is the field `b`, as forms write containers; of a name that comes twice, the last one counts. */
function fromForm(text: string): Record<string, string> {
	const fields = new Map<string, string>();
	if (text.split('&', BOUNDS.values + 1).length > BOUNDS.values) throw tooManyFields();
	for (const [name, value] of new URLSearchParams(text.trim())) {
		fields.set(/\[([^[\]]+)\]$/.exec(name.slice(-500))?.[1] ?? name, value);
	}
	return Object.fromEntries(fields);
}

/** Names under which a short file stands, whatever their case, `_` and `-`. */
const FILE_NAMES = new Set([
	'file',
	'filedata',
	'data',
	'attachment',
	'content',
	'body',
	'filecontent',
	'base64',
]);

/**
 * The file of a body, out of its values: the field that was taken out is left out, and a short one is found by its name.
 * What says how the file is called, and of what kind it is, goes to it.
 *
 * @param keep for a short file
 * @throws {RequestProblem}
 */
export async function takeFile(
	fields: Readonly<Record<string, string>>,
	file: FileSource | undefined,
	keep: KeepFile,
): Promise<{ fields: Record<string, string>; file?: FileSource }> {
	const rest = { ...fields };
	let found = file;
	for (const [name, value] of Object.entries(fields)) {
		if (value === TAKEN_OUT) {
			delete rest[name];
		} else if (found === undefined && FILE_NAMES.has(plainName(name)) && isBase64(value)) {
			delete rest[name];
			const { content, contentType } = await base64File(piecesOf(value), 'plain');
			found = await keep(content, { contentType });
		}
	}
	return found === undefined ? { fields: rest } : { fields: rest, file: named(found, rest) };
}

/** The form in which names are compared: capital letters, `_`, `-` and blanks make no difference. */
function plainName(name: string): string {
	return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** A file with the name and the type that other fields say, where the file itself says none. */
function named(source: FileSource, fields: Readonly<Record<string, string>>): FileSource {
	const told = (...names: string[]) =>
		Object.entries(fields).find(([name]) => names.includes(plainName(name)))?.[1];
	const name = told('filename', 'attachmentname');
	const contentType = told('contenttype', 'mimetype', 'filetype');
	return {
		label: source.label,
		open: async () => {
			const opened = await source.open();
			return { ...opened, name: opened.name ?? name, contentType: opened.contentType ?? contentType };
		},
	};
}

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text, 'latin1');
}

function noFileHere(): RequestProblem {
	return new RequestProblem(
		422,
		"A file came to an endpoint that takes none. Send files to the endpoint 'Upload a file' only.",
	);
}

function fileTooLarge(bytes: number): RequestProblem {
	return new RequestProblem(
		413,
		`The file is larger than ${Math.floor(bytes / 1_000_000)} MB. The option 'Largest File' of this node sets the limit.`,
	);
}

function tooManyFields(): RequestProblem {
	return new RequestProblem(413, `The form has more than ${BOUNDS.values} fields. Send fewer of them.`);
}

function notJson(): RequestProblem {
	return new RequestProblem(422, 'The body is not valid JSON.');
}

function notReadable(type: string): RequestProblem {
	const shown = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? ` (${type})` : '';
	return new RequestProblem(
		415,
		`The body is of a kind that is not read${shown}. Send JSON, form fields, or a multipart form.`,
	);
}
