/**
 * A form with one file: https://www.rfc-editor.org/rfc/rfc7578
 *
 * The platform's own FormData wants the whole file in memory. This form is a Blob whose content comes into being while it
 * is read, so at most one piece of the file is in hand, and its length is still known before, as object storage wants it.
 */
import { randomBytes } from 'node:crypto';

import type { FileContent } from './file-source';

/** The file of a form. */
export interface FormFile {
	name: string;
	contentType: string;
	/** Bytes that `content` gives; the caller makes sure of it. */
	length: number;
	content: FileContent;
}

/**
 * The fields in their order, then the file under the name `file`, last, as object storage wants it:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html
 *
 * Can be read once. HTTP clients ask a Blob for `size`, `type` and `stream()`; nothing else is offered.
 */
export class FormBody extends Blob {
	declare readonly size: number;
	declare readonly type: string;

	/** Called for every piece that is handed out. */
	onProgress: () => void = () => undefined;

	private readonly pieces: AsyncGenerator<Uint8Array>;

	constructor(fields: Readonly<Record<string, string>>, file: FormFile) {
		super([]);
		const boundary = `----n8n-nodes-kustomer-${randomBytes(18).toString('hex')}`;
		const parts = Object.entries(fields).map(
			([name, value]) =>
				`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n\r\n${value}\r\n`,
		);
		const start = Buffer.from(
			`${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escaped(file.name)}"\r\n` +
				`Content-Type: ${oneLine(file.contentType)}\r\n\r\n`,
		);
		const end = Buffer.from(`\r\n--${boundary}--\r\n`);
		const size = start.byteLength + file.length + end.byteLength;
		// Properties of the object itself: a Blob without any looks like an empty body to n8n.
		Object.defineProperties(this, {
			size: { value: size, enumerable: true },
			type: { value: `multipart/form-data; boundary=${boundary}`, enumerable: true },
		});
		this.pieces = inOrder(start, file.content, end);
	}

	/** Bytes of the whole form, piece by piece: the next one is fetched when it is asked for. */
	override stream(): ReturnType<Blob['stream']> {
		const { pieces } = this;
		return new ReadableStream<Uint8Array>(
			{
				pull: async (controller) => {
					const next = await pieces.next();
					this.onProgress();
					if (next.done === true) controller.close();
					else controller.enqueue(next.value);
				},
				cancel: async () => {
					await pieces.return(undefined);
				},
			},
			{ highWaterMark: 0 },
		) as ReturnType<Blob['stream']>;
	}

	override slice(): never {
		return onlyAStream();
	}

	override arrayBuffer(): never {
		return onlyAStream();
	}

	override text(): never {
		return onlyAStream();
	}
}

async function* inOrder(
	start: Uint8Array,
	content: FileContent,
	end: Uint8Array,
): AsyncGenerator<Uint8Array> {
	yield start;
	yield* content;
	yield end;
}

function onlyAStream(): never {
	throw new TypeError('A form with a file can only be read as a stream');
}

/** A name between quotes, as browsers write it: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html */
function escaped(name: string): string {
	return name.replace(/[\r\n"]/g, (letter) => encodeURIComponent(letter));
}

function oneLine(text: string): string {
	return text.replace(/[\r\n]+/g, ' ');
}
