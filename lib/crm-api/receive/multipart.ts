/** Reads a form with files: https://www.rfc-editor.org/rfc/rfc7578 */
import { make, type MultipartError, type PartInfo } from 'multipasta';

import { BOUNDS } from '../../domain/bounds';
import type { FileSource } from '../../files/file-source';
import { base64File } from './base64';
import { LONG_VALUE, tooMuchText, twoFiles } from './long-values';
import { Kept } from './pieces';
import { RequestProblem } from './problem';
import type { KeepFile, ReceivedBody } from './body';

/** Parts that a form may have. */
const MOST_PARTS = 500;

/** What a form consists of, in its order: the beginning of a part, pieces of its content, and its end. */
type Event = { begins: PartInfo } | { piece: Uint8Array } | { ends: true } | { error: MultipartError };

/** One part of a form. */
interface Part {
	info: PartInfo;
	/** To be read to its end before the next part. */
	content: AsyncGenerator<Uint8Array>;
}

/**
 * Reads a form to its end.
 *
 * @param contentType the header, with its boundary
 * @param most bytes of all fields that are no file
 * @throws {RequestProblem}
 */
export async function readMultipart(
	content: AsyncIterable<Uint8Array>,
	contentType: string,
	most: number,
	keep: KeepFile,
): Promise<ReceivedBody> {
	const fields = new Map<string, string>();
	let file: FileSource | undefined;
	let size = 0;
	const keepOne: KeepFile = async (bytes, named) => {
		if (file !== undefined) throw twoFiles();
		return await keep(bytes, named);
	};
	for await (const { info, content: bytes } of partsOf(eventsOf(content, contentType))) {
		if (info.name.length > BOUNDS.name) throw notAForm();
		if (info.filename !== undefined && info.filename !== '') {
			file = await keepOne(await plainBytes(info, bytes), {
				name: info.filename,
				contentType: info.contentType,
			});
			continue;
		}
		const text = await shortText(bytes);
		if (typeof text === 'string') {
			size += text.length;
			if (size > most) throw tooMuchText(most);
			fields.set(info.name, text);
			continue;
		}
		const decoded = await base64File(text, 'plain');
		file = await keepOne(decoded.content, { contentType: decoded.contentType });
	}
	const values = Object.fromEntries(fields);
	return file === undefined ? { values } : { values, file };
}

async function plainBytes(
	{ headers }: PartInfo,
	bytes: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> {
	const isBase64 = [headers['content-transfer-encoding']].flat()[0]?.trim().toLowerCase() === 'base64';
	return isBase64 ? (await base64File(bytes, 'plain')).content : bytes;
}

/** A short part as text; the bytes of a long one. */
async function shortText(content: AsyncGenerator<Uint8Array>): Promise<string | AsyncIterable<Uint8Array>> {
	const kept = new Kept();
	for (let next = await content.next(); next.done !== true; next = await content.next()) {
		// What the parser hands out is a part of what came, and does not stay.
		kept.add(Uint8Array.from(next.value));
		if (kept.length > LONG_VALUE) return rest(kept, content);
	}
	return kept.text();
}

async function* rest(kept: Kept, content: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield kept.takeBack(kept.length);
	yield* content;
}

/** The parts of a form, one after the other. */
async function* partsOf(events: AsyncGenerator<Event>): AsyncGenerator<Part> {
	for (let next = await events.next(); next.done !== true; next = await events.next()) {
		const event = checked(next.value);
		if (!('begins' in event)) continue;
		const content = contentOf(events);
		yield { info: event.begins, content };
		// What nobody has read is no use to the part behind it.
		while ((await content.next()).done !== true);
	}
}

async function* contentOf(events: AsyncGenerator<Event>): AsyncGenerator<Uint8Array> {
	for (let next = await events.next(); next.done !== true; next = await events.next()) {
		const event = checked(next.value);
		if ('ends' in event) return;
		if ('piece' in event) yield event.piece;
	}
	throw notAForm();
}

/** Reads the next bytes only when everything that came of the ones before was used. */
async function* eventsOf(content: AsyncIterable<Uint8Array>, contentType: string): AsyncGenerator<Event> {
	const events: Event[] = [];
	const parser = make({
		headers: { 'content-type': contentType },
		// Every part is read piece by piece: a file in base64 may stand in a field.
		isFile: () => true,
		maxParts: MOST_PARTS,
		maxPartSize: Number.POSITIVE_INFINITY,
		maxTotalSize: Number.POSITIVE_INFINITY,
		onFile: (info) => {
			events.push({ begins: info });
			return (piece) => events.push(piece === null ? { ends: true } : { piece });
		},
		onField: () => undefined,
		onError: (error) => events.push({ error }),
		onDone: () => undefined,
	});
	yield* events.splice(0);
	for await (const piece of content) {
		parser.write(piece);
		yield* events.splice(0);
	}
	parser.end();
	yield* events.splice(0);
}

/** @throws {RequestProblem} for what the parser could not read */
function checked(event: Event): Exclude<Event, { error: MultipartError }> {
	if (!('error' in event)) return event;
	throw event.error._tag === 'ReachedLimit' ? tooManyParts() : notAForm();
}

function notAForm(): RequestProblem {
	return new RequestProblem(422, 'The multipart form cannot be read: it has no boundary, or breaks off.');
}

function tooManyParts(): RequestProblem {
	return new RequestProblem(413, `The form has more than ${MOST_PARTS} fields. Send fewer of them.`);
}
