/** Reads a form upload while it arrives; nothing of the file is kept. */
import type { IncomingMessage } from 'node:http';

/** Bytes in front of the file that are looked at. */
const MOST_FIELDS = 64 * 1024;

/** A form of which the whole has arrived. */
export interface ArrivedForm {
	/** Fields in front of the file. */
	fields: Record<string, string>;
	fileBytes: number;
}

/**
 * The file has to be the last field, named `file`, as object storage wants it.
 *
 * @param onFile called for every piece of the file
 * @returns undefined when it is no such form, or not whole
 */
export async function readForm(
	request: IncomingMessage,
	onFile: (piece: Buffer) => void,
): Promise<ArrivedForm | undefined> {
	const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/.exec(request.headers['content-type'] ?? '');
	const total = Number(request.headers['content-length'] ?? Number.NaN);
	if (boundary === null || !Number.isSafeInteger(total)) return undefined;
	const mark = boundary[1] ?? boundary[2] ?? '';
	const tail = `\r\n--${mark}--\r\n`;

	let front = Buffer.alloc(0);
	let fields: Record<string, string> | undefined;
	let fileBytes = 0;
	/** Bytes of the file that are still to come; known when the fields are read. */
	let left = 0;
	let end = '';
	const take = (piece: Buffer): void => {
		const ofFile = piece.subarray(0, left);
		left -= ofFile.length;
		fileBytes += ofFile.length;
		if (ofFile.length > 0) onFile(ofFile);
		if (ofFile.length < piece.length) end += piece.subarray(ofFile.length).toString('latin1');
	};
	for await (const piece of request as AsyncIterable<Buffer>) {
		if (fields !== undefined) {
			take(piece);
			continue;
		}
		front = Buffer.concat([front, piece]);
		const begin = startOfFile(front);
		if (begin === undefined) {
			if (front.length > MOST_FIELDS) return undefined;
			continue;
		}
		fields = fieldsIn(front.subarray(0, begin).toString('utf8'), mark);
		left = total - begin - tail.length;
		take(front.subarray(begin));
		front = Buffer.alloc(0);
	}
	return fields !== undefined && left === 0 && end === tail ? { fields, fileBytes } : undefined;
}

function startOfFile(front: Buffer): number | undefined {
	const named = front.indexOf('name="file"');
	const begin = named === -1 ? -1 : front.indexOf('\r\n\r\n', named);
	return begin === -1 ? undefined : begin + 4;
}

function fieldsIn(front: string, mark: string): Record<string, string> {
	const fields = front.split(`--${mark}\r\n`).flatMap((part) => {
		const found = /name="([^"]*)"\r\n\r\n([^]*)\r\n$/.exec(part);
		return found === null ? [] : [[found[1] ?? '', found[2] ?? ''] as const];
	});
	return Object.fromEntries(fields);
}
