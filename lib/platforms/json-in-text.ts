/**
 * Finds JSON in text that mail programs have had in their hands: the body of an email with session metadata (rule U4),
 * as plain text or HTML, with a greeting before it, a signature after it, or quoted in a forwarded mail.
 */
import { isRecord } from '../domain/record';
import { htmlToText, isHtml } from './html-text';

/** What a text holds. */
export interface JsonInText {
	/** The objects, in the order of the text. */
	objects: Array<Record<string, unknown>>;
	/** Whether something in it begins like a JSON object and is none, for example because it breaks off. */
	broken: boolean;
}

/** Characters that are looked at. The metadata of a session are a few thousand. */
const MOST_TEXT = 2_000_000;

/** Braces without an end that are passed over before the rest counts as prose. */
const MOST_STRAY_BRACES = 20;

/** Objects of a text that are tried. A mail with metadata has one, a forwarded one a few. */
const MOST_OBJECTS = 100;

/** Characters that are looked at behind braces without an end, before the rest counts as prose. */
const MOST_STRAY = 1_000_000;

/** Characters of objects that are mended. */
const MOST_MENDED = 100_000;

/** A brace and a name in quotes, also typographic ones: nothing else begins like that. */
const OBJECT_BEGINS = /^\{\s*["“”„]/;

/** What stands for a space in HTML and in texts of office programs, and is none in JSON. */
const OTHER_BLANKS = /[\u00a0\u200b-\u200d\u2028\u2029\u202f\u2060\ufeff]/g;

/**
 * The objects of a text. Inner objects are part of the outer one and are not looked for on their own: of a text that breaks
 * off nothing is taken, because a participant could be mistaken for a session.
 */
export function jsonInText(text: string): JsonInText {
	const start = text.slice(0, MOST_TEXT);
	const whole = parsed(start);
	if (whole !== undefined)
		return { objects: (Array.isArray(whole) ? whole : [whole]).filter(isRecord), broken: false };
	// What stands behind the end of what is looked at may be the object.
	let broken = text.length > MOST_TEXT;
	for (const reading of readings(start)) {
		const found = scan(reading);
		if (found.objects.length > 0) return found;
		broken ||= found.broken;
	}
	return { objects: [], broken };
}

/** The ways to read a text, the most likely one first. */
function readings(text: string): string[] {
	const decoded = fromQuotedPrintable(text);
	const written = decoded === undefined ? [text] : [decoded, text];
	return written.flatMap((one) => {
		const plain = isHtml(one) ? htmlToText(one) : one;
		const unquoted = plain.replace(/^[ \t]*(?:>[ \t]?)+/gm, '');
		return unquoted === plain ? [plain] : [plain, unquoted];
	});
}

/**
 * A text whose JSON is still encoded as quoted-printable, as in a mail that somebody has passed on as it came:
 * https://www.rfc-editor.org/rfc/rfc2045#section-6.7. There every sign of equality begins a code or ends a line.
 *
 * @returns undefined when it is none
 */
function fromQuotedPrintable(text: string): string | undefined {
	const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
	if (!/=(?:\r?\n|22|3D)/i.test(json) || /=(?![\dA-F]{2}|\r?\n)/i.test(json)) return undefined;
	return text
		.replace(/=\r?\n/g, '')
		.replace(/(?:=[\dA-F]{2}){1,200}/gi, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString());
}

function scan(text: string): JsonInText {
	const objects: JsonInText['objects'] = [];
	let broken = false;
	let strayBraces = 0;
	let tried = 0;
	let stray = 0;
	let mended = 0;
	let at = text.indexOf('{');
	while (at >= 0) {
		const beginsLikeJson = OBJECT_BEGINS.test(text.slice(at, at + 200));
		const end = endOfObject(text, at);
		if (end === undefined) stray += text.length - at;
		if (end !== undefined && beginsLikeJson) {
			if (++tried > MOST_OBJECTS) return { objects, broken: true };
			const written = text.slice(at, end);
			let object = parsed(written);
			if (object === undefined && (mended += written.length) <= MOST_MENDED)
				object = parsed(repaired(written));
			if (isRecord(object)) objects.push(object);
			else broken = true;
		} else if (
			end === undefined &&
			(beginsLikeJson || ++strayBraces > MOST_STRAY_BRACES || stray > MOST_STRAY)
		) {
			broken = true;
			break;
		}
		at = text.indexOf('{', end ?? at + 1);
	}
	return { objects, broken };
}

/** Codes of the signs that JSON is made of. */
const [QUOTE, OPENS, CLOSES, BACKSLASH] = [...'"{}\\'].map((sign) => sign.charCodeAt(0));

/** Index after the brace that closes the one at `start`. Braces inside strings do not count. */
function endOfObject(text: string, start: number): number | undefined {
	let depth = 0;
	for (let at = start; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			const end = endOfString(text, at);
			if (end === undefined) return undefined;
			at = end - 1;
		} else if (code === OPENS) depth += 1;
		else if (code === CLOSES) {
			depth -= 1;
			if (depth === 0) return at + 1;
		}
	}
	return undefined;
}

/** Index after the quote that closes the one at `start`. */
function endOfString(text: string, start: number): number | undefined {
	for (let at = start + 1; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === BACKSLASH) at += 1;
		else if (code === QUOTE) return at + 1;
	}
	return undefined;
}

/**
 * Undoes what wrapping long lines, HTML and automatic typography do to JSON. Each character is looked at once, whatever the
 * text is: behind a string without an end nothing is looked for, because then it is no JSON anyway.
 */
function repaired(text: string): string {
	const straight = text.includes('"') ? text : text.replace(/[“”„]/g, '"');
	const parts: string[] = [];
	let at = 0;
	for (;;) {
		const opens = straight.indexOf('"', at);
		const end = opens < 0 ? undefined : endOfString(straight, opens);
		if (end === undefined) return parts.join('') + straight.slice(at).replace(OTHER_BLANKS, ' ');
		parts.push(straight.slice(at, opens).replace(OTHER_BLANKS, ' '));
		parts.push(straight.slice(opens, end).replace(/[\r\n]\s*|\p{Cc}/gu, ' '));
		at = end;
	}
}

function parsed(text: string): unknown {
	const end = text.trimEnd().at(-1);
	if (!/^\s*[[{]/.test(text) || (end !== ']' && end !== '}')) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
