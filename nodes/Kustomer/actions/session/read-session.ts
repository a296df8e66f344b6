import { InputError } from '../../../../lib/http/errors';
import { objectOf } from '../../../../lib/n8n/panel/values';
import { jsonInText } from '../../../../lib/platforms/json-in-text';
import { readSessionRecord, type ReadSession } from '../../../../lib/platforms/read-record';
import type { Session } from '../../../../lib/domain/session';

/** The field has nothing in it that could be a session: it is empty, or text without JSON. */
export class NoSessionError extends InputError {}

/**
 * The session that the field holds, as an object or as text: as the trigger gives it, or the metadata of one session as CCAI
 * Platform writes them into a file (rule U1) or an email (rule U4), with other text or HTML around them. Of a list of texts,
 * such as the two forms of a mail, the first that holds a session counts. What its parts hold is judged where it is logged.
 *
 * @throws {NoSessionError} when there is nothing that could be one
 * @throws {InputError} naming `session` when there is something, and it is not one session
 */
export function sessionOf(value: unknown): ReadSession {
	const given = [value].flat().filter((one) => one !== undefined && one !== null && one !== false);
	if (given.every((one) => typeof one === 'string')) return sessionInTexts(given);
	const object = objectOf(value, 'Session');
	return object === undefined ? emptyField() : (sessionIn([object]) ?? notASession(object));
}

function sessionInTexts(texts: readonly string[]): ReadSession {
	const filled = texts.filter((text) => text.trim() !== '');
	if (filled.length === 0) return emptyField();
	const refusals: Array<() => never> = [];
	for (const text of filled) {
		const { objects, broken } = jsonInText(text);
		const found = sessionIn(objects);
		if (found !== undefined) return found;
		refusals.push(...objects.map((object) => () => notASession(object)));
		if (broken) refusals.push(brokenJson);
	}
	return (refusals[0] ?? noJson)();
}

/**
 * The session that these objects are about.
 *
 * @throws {InputError} for several: an item is logged as one, and the others would be lost
 */
function sessionIn(objects: ReadonlyArray<Record<string, unknown>>): ReadSession | undefined {
	const sessions = objects.flatMap((object) => readObject(object).sessions);
	const different = new Set(sessions.map(({ session: { source, id } }) => `${nameIn(source)}:${nameIn(id)}`))
		.size;
	if (different < 2) return sessions[0];
	throw new InputError(
		'session',
		`'Session' holds ${different} different calls or chats.`,
		'This step logs one for each item: make an item of each before it.',
	);
}

/** What an object tells, and why it is not read when it tells nothing. */
function readObject(value: Record<string, unknown>): { sessions: ReadSession[]; reason?: string } {
	if (value.source !== undefined) {
		// In JSON that people write, ids are often numbers.
		const { id, source } = value;
		return {
			sessions: [{ session: { ...value, id: textOr(id), source: textOr(source) } as unknown as Session }],
		};
	}
	return readSessionRecord(value);
}

/** A part of a session's name; empty for what is none, which is judged where the session is logged. */
function nameIn(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function textOr(value: unknown): unknown {
	return typeof value === 'number' ? String(value) : value;
}

// --- errors when there is no session ------------------------------------------------------------------------------------

function emptyField(): never {
	throw new NoSessionError(
		'session',
		"'Session' is empty: this item is about no session.",
		"Give it the session of the Contact Center Trigger, {{ $json.session }}. Other events are about no session: leave 'Other Events' out in the trigger, or take out the event 'other' with a Filter step before this one.",
	);
}

function noJson(): never {
	throw new NoSessionError(
		'session',
		"'Session' holds no JSON object.",
		'Give it the session of the Contact Center Trigger, {{ $json.session }}, or a text with the metadata of a session, which stand in braces.',
	);
}

function brokenJson(): never {
	throw new InputError(
		'session',
		"'Session' is not valid JSON: it breaks off, or its quotes, commas and braces do not fit together.",
		'Look at the text where it comes from. In expressions, JSON.stringify() makes valid JSON of an object.',
	);
}

function notASession(object: Record<string, unknown>): never {
	throw new InputError(
		'session',
		`'Session' is neither a session nor session metadata. ${readObject(object).reason ?? 'It has no source.'}`,
		'Give it the session of the Contact Center Trigger, {{ $json.session }}, or the content of a metadata file of CCAI Platform, such as call-123.json.',
	);
}
