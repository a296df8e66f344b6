/** The text of a transcript for a note: as it is when it is text, line by line when it is JSON of a form that is known. */
import { isRecord, ownValue } from '../domain/record';

/** Bytes of a transcript that are read for its text. */
export const TRANSCRIPT_BYTES = 256 * 1024;

/** Names under which JSON transcripts keep their list, their speakers, their words and their times. */
const LISTS = [
	'transcript',
	'transcripts',
	'messages',
	'entries',
	'utterances',
	'conversation',
	'items',
	'data',
];
const SPEAKERS = ['speaker', 'sender', 'author', 'from', 'participant', 'role', 'name', 'user'];
const WORDS = ['text', 'content', 'message', 'body', 'transcript', 'utterance', 'value'];
const TIMES = [
	'timestamp',
	'time',
	'at',
	'created_at',
	'createdAt',
	'sent_at',
	'sentAt',
	'start_time',
	'startTime',
];

/**
 * @param bytes the beginning of the file
 * @param isJson whether the file is JSON
 * @param longest characters that the text may have; the last line then says that the rest is in the file
 * @returns undefined when there is no text in it
 */
export function transcriptText(bytes: Uint8Array, isJson: boolean, longest: number): string | undefined {
	const raw = decoded(bytes)
		.replace(/\r\n?/g, '\n')
		// What nobody can read, and what turns the direction of all that follows.
		.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');
	const text = (isJson ? readableJson(raw, longest) : raw).trim();
	if (text === '') return undefined;
	if (text.length <= longest && bytes.byteLength < TRANSCRIPT_BYTES) return text;
	const notice = '\n… (cut; the whole transcript is in the file)';
	const room = text.slice(0, longest - notice.length);
	// At the end of a line, unless that costs much.
	const line = room.lastIndexOf('\n');
	const kept = line > room.length * 0.5 ? room.slice(0, line) : room.replace(/\p{Surrogate}$/u, '');
	return kept.trimEnd() + notice;
}

/** As the file says, else UTF-8, else what Windows has always written. The last character may be cut. */
function decoded(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
	} catch {
		return Buffer.from(bytes)
			.toString('latin1')
			.replace(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80] ?? '');
	}
}

/**
 * The characters 0x80 to 0x9F of Windows: https://encoding.spec.whatwg.org/windows-1252.html. Node.js 20 and 22 read them
 * as control characters: https://github.com/nodejs/node/issues/56542
 */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** JSON that goes deeper is shown as it came: indented, it would be mostly spaces. */
const DEEPEST = 20;
/** JSON that goes deeper is not even read: it takes long, and no transcript does. */
const DEEPEST_READ = 500;

function readableJson(raw: string, longest: number): string {
	const depth = depthOf(raw);
	if (depth > DEEPEST_READ) return raw;
	let parsed: unknown;
	try {
		parsed = JSON.parse(raw);
	} catch {
		return raw;
	}
	const lines = linesOf(listIn(parsed) ?? [], longest);
	if (lines.length > 0) return lines.join('\n');
	return depth > DEEPEST ? raw : JSON.stringify(parsed, null, 2);
}

/** The lines of a transcript until they are longer than anybody will see. */
function linesOf(entries: readonly unknown[], longest: number): string[] {
	const lines: string[] = [];
	let length = 0;
	for (const entry of entries) {
		const line = lineOf(entry);
		if (line === undefined) continue;
		lines.push(line);
		length += line.trim().length + 1;
		// The text is trimmed, so blanks at its beginning do not count.
		if (length > 2 * longest) break;
	}
	return lines;
}

/** How deep brackets stand in each other; those within texts count too. */
function depthOf(json: string): number {
	let depth = 0;
	let deepest = 0;
	for (let at = 0; at < json.length; at += 1) {
		const letter = json[at];
		if (letter === '[' || letter === '{') deepest = Math.max(deepest, ++depth);
		else if (letter === ']' || letter === '}') depth -= 1;
	}
	return deepest;
}

function listIn(value: unknown, depth = 0): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (!isRecord(value) || depth > 2) return undefined;
	for (const name of LISTS) {
		const found = listIn(value[name], depth + 1);
		if (found !== undefined && found.length > 0) return found;
	}
	return undefined;
}

function lineOf(entry: unknown): string | undefined {
	if (typeof entry === 'string') return entry;
	if (!isRecord(entry)) return undefined;
	const words = textIn(entry, WORDS);
	if (words === undefined) return undefined;
	const speaker = textIn(entry, SPEAKERS);
	const time = textIn(entry, TIMES);
	return `${time === undefined ? '' : `[${time}] `}${speaker === undefined ? '' : `${speaker}: `}${words}`;
}

/** Objects inside each other in which a text is looked for: `{"text": {"content": "…"}}`. */
const DEEPEST_TEXT = 5;

function textIn(entry: Record<string, unknown>, names: readonly string[], depth = 0): string | undefined {
	if (depth > DEEPEST_TEXT) return undefined;
	for (const name of names) {
		const value = ownValue(entry, name);
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
		if (typeof value === 'number') return String(value);
		if (isRecord(value)) {
			const inner = textIn(value, ['name', 'text', 'content', 'display_name', 'type'], depth + 1);
			if (inner !== undefined) return inner;
		}
	}
	return undefined;
}
