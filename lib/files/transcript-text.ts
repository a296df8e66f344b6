/** The text of a transcript for a note: as it is when it is text, line by line when it is JSON of a form that is known. */

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
	const raw = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n').replace(/\0/g, '');
	const text = (isJson ? readableJson(raw) : raw).trim();
	if (text === '') return undefined;
	if (text.length <= longest && bytes.byteLength < TRANSCRIPT_BYTES) return text;
	const notice = '\n… (cut; the whole transcript is in the file)';
	const room = text.slice(0, longest - notice.length);
	// At the end of a line, unless that costs much.
	const line = room.lastIndexOf('\n');
	const kept = line > room.length * 0.5 ? room.slice(0, line) : room.replace(/\p{Surrogate}$/u, '');
	return kept.trimEnd() + notice;
}

function readableJson(raw: string): string {
	let parsed: unknown;
	try {
		parsed = JSON.parse(raw);
	} catch {
		return raw;
	}
	const lines = listIn(parsed)?.flatMap((entry) => lineOf(entry) ?? []);
	return lines === undefined || lines.length === 0 ? JSON.stringify(parsed, null, 2) : lines.join('\n');
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

function textIn(entry: Record<string, unknown>, names: readonly string[]): string | undefined {
	for (const name of names) {
		const value = entry[name];
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
		if (typeof value === 'number') return String(value);
		if (isRecord(value)) {
			const inner = textIn(value, ['name', 'text', 'content', 'display_name', 'type']);
			if (inner !== undefined) return inner;
		}
	}
	return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
