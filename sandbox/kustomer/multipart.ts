/** Reads a form upload the way object storage does: fields until the file, nothing after it. */
import type { IncomingMessage } from 'node:http';

export interface Form {
	/** Fields in front of the file. */
	fields: Record<string, string>;
	file?: Buffer;
}

/** Room for the fields of a form. */
const FIELDS_BYTES = 64 * 1024;

/**
 * @param maxFileBytes how large the file may be
 * @returns the form, or why it cannot be read
 */
export async function readForm(
	request: IncomingMessage,
	maxFileBytes: number,
): Promise<Form | 'tooLarge' | 'malformed'> {
	const boundary = /^multipart\/form-data;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(
		request.headers['content-type'] ?? '',
	);
	const chunks: Buffer[] = [];
	let size = 0;
	// Reads to the end even when it is too much: a client that is still sending would not see the answer.
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= maxFileBytes + FIELDS_BYTES) chunks.push(chunk);
	}
	if (size > maxFileBytes + FIELDS_BYTES) return 'tooLarge';
	if (boundary === null) return 'malformed';
	const form = parse(Buffer.concat(chunks), boundary[1] ?? boundary[2] ?? '');
	return form !== 'malformed' && (form.file?.length ?? 0) > maxFileBytes ? 'tooLarge' : form;
}

function parse(content: Buffer, boundary: string): Form | 'malformed' {
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	const form: Form = { fields: {} };
	const first = content.indexOf(`--${boundary}`);
	if (first === -1) return 'malformed';
	let position = first + delimiter.length - 2;
	for (;;) {
		if (content.subarray(position, position + 2).toString() === '--') return form;
		const headersEnd = content.indexOf('\r\n\r\n', position);
		const end = content.indexOf(delimiter, headersEnd);
		if (headersEnd === -1 || end === -1) return 'malformed';
		const headers = content.subarray(position, headersEnd).toString();
		const name = /name="([^"]*)"/i.exec(headers)?.[1];
		if (name === undefined) return 'malformed';
		const value = content.subarray(headersEnd + 4, end);
		if (name === 'file') {
			form.file = value;
			return form;
		}
		form.fields[name] = value.toString();
		position = end + delimiter.length;
	}
}
