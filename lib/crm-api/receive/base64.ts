/** Decodes a file that is written in base64 inside a body, piece by piece. https://www.rfc-editor.org/rfc/rfc4648 */
import { RequestProblem } from './problem';

/** How the body around it writes special signs. */
export type Writing = 'json' | 'form' | 'plain';

/** A file in base64. */
export interface Base64File {
	content: AsyncGenerator<Uint8Array>;
	/** Of a `data:` address in front of the content, as browsers write it. */
	contentType?: string;
}

/** `data:audio/mpeg;base64,` in front of the content. https://www.rfc-editor.org/rfc/rfc2397 */
const DATA_ADDRESS = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,/;
/** Characters in which the end of such an address has to be. */
const LONGEST_ADDRESS = 200;

/**
 * Reads the beginning, and decodes the rest while it is read.
 *
 * @throws {RequestProblem} from the content, when it is not base64; names the position
 */
export async function base64File(value: AsyncIterable<Uint8Array>, writing: Writing): Promise<Base64File> {
	const texts = plainTexts(value, writing);
	let head = '';
	while (head.length < LONGEST_ADDRESS) {
		const next = await texts.next();
		if (next.done === true) break;
		head += next.value;
	}
	const address = DATA_ADDRESS.exec(head.slice(0, LONGEST_ADDRESS));
	const begun = head.slice(address?.[0].length ?? 0);
	return { content: decoded(begun, texts), contentType: address?.[1] };
}

/** Whether a short text can be a file in base64. */
export function isBase64(text: string): boolean {
	const content = text.replace(DATA_ADDRESS, '').replace(/\s/g, '');
	return content.length > 0 && content.length % 4 === 0 && /^[\w+/-]+={0,2}$/.test(content);
}

/** The text without what the body has added for its own sake, and without line breaks. */
async function* plainTexts(value: AsyncIterable<Uint8Array>, writing: Writing): AsyncGenerator<string> {
	let rest = '';
	for await (const piece of value) {
		const text = rest + Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
		const whole = text.length - openEnd(text, writing);
		rest = text.slice(whole);
		yield plain(text.slice(0, whole), writing);
	}
	if (rest !== '') yield plain(rest, writing);
}

/** Characters at the end that begin something that is written with several. */
function openEnd(text: string, writing: Writing): number {
	if (writing === 'plain') return 0;
	const end = text.slice(-6);
	const found = (writing === 'form' ? /%.?$/ : /\\(?:u.{0,3})?$/).exec(end);
	return found === null ? 0 : end.length - found.index;
}

const HEX = (_all: string, code: string) => String.fromCharCode(Number.parseInt(code, 16));

function plain(text: string, writing: Writing): string {
	if (writing === 'form') {
		// Whoever forgets to encode a plus sends a blank by it.
		return text
			.replace(/%([0-9A-Fa-f]{2})/g, HEX)
			.replace(/[\r\n]/g, '')
			.replaceAll(' ', '+');
	}
	const written =
		writing === 'json' && text.includes('\\')
			? text
					.replace(/\\u([0-9A-Fa-f]{4})/g, HEX)
					.replace(/\\[nrt]/g, '')
					.replaceAll('\\/', '/')
			: text;
	return written.replace(/\s/g, '');
}

async function* decoded(begun: string, texts: AsyncIterator<string>): AsyncGenerator<Uint8Array> {
	let rest = '';
	let position = 0;
	let hasEnded = false;
	for (let text: string | undefined = begun; text !== undefined; text = await nextOf(texts)) {
		if (text === '') continue;
		const wrong = (hasEnded ? /[^=]/ : /[^\w+/=-]|=(?=[^=])/).exec(text);
		if (wrong !== null) throw notBase64(position + wrong.index + 1);
		position += text.length;
		hasEnded ||= text.endsWith('=');
		const all = rest + text;
		const whole = all.length - (all.length % 4);
		rest = all.slice(whole);
		if (whole > 0) yield Buffer.from(all.slice(0, whole), 'base64');
	}
	const last = rest.replaceAll('=', '');
	if (last.length === 1) throw cutOff();
	if (last.length > 0) yield Buffer.from(last, 'base64');
}

async function nextOf(texts: AsyncIterator<string>): Promise<string | undefined> {
	const next = await texts.next();
	return next.done === true ? undefined : next.value;
}

function notBase64(position: number): RequestProblem {
	return new RequestProblem(
		422,
		`The file is not in base64: character ${position} of it is none that base64 has. Choose the type 'Base64 encoded form' or 'Multipart form' in the platform, with {FILE_DATA} as the value.`,
	);
}

function cutOff(): RequestProblem {
	return new RequestProblem(422, 'The file in base64 breaks off: its last character stands alone.');
}
