/**
 * Reads what people and expressions put into a node's fields. Expressions give numbers, nulls, lists and objects where
 * text is expected; these functions take what is meant and refuse what cannot be meant.
 */
import { DateTime } from 'luxon';

import { InputError } from '../../http/errors';
import { checkDateTime } from '../../kustomer/validate/message-fields';

/**
 * Text without blanks around it; undefined when there is none.
 *
 * @throws {InputError} when the value is a list or an object
 */
export function textOf(value: unknown, field: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'object') {
		throw new InputError(
			field,
			`'${field}' must be text, but the expression gave ${Array.isArray(value) ? 'a list' : 'an object'}.`,
			'Point the expression at a single value, for example at a field of the object.',
		);
	}
	const text = String(value).trim();
	return text === '' ? undefined : text;
}

/**
 * A list of texts from a list or from text with commas, semicolons or line breaks. Empty entries and repetitions are
 * left out; undefined when nothing remains.
 */
export function listOf(value: unknown, field: string): string[] | undefined {
	const parts = Array.isArray(value) ? value : (textOf(value, field)?.split(/[,;\n]/) ?? []);
	const texts = parts.flatMap((part) => textOf(part, field) ?? []);
	return texts.length === 0 ? undefined : [...new Set(texts)];
}

/**
 * A number; undefined when there is none.
 *
 * @throws {InputError} when the value is no number
 */
export function numberOf(value: unknown, field: string): number | undefined {
	const text = textOf(value, field);
	if (text === undefined) return undefined;
	const number = Number(text);
	if (Number.isFinite(number)) return number;
	throw new InputError(field, `'${field}' must be a number.`, 'Enter digits, or correct the expression.');
}

/**
 * One of a few values; undefined when there is none. Capital letters do not matter.
 *
 * @throws {InputError} when the value is none of them
 */
export function choiceOf<Choice extends string>(
	value: unknown,
	field: string,
	choices: readonly Choice[],
): Choice | undefined {
	const text = textOf(value, field);
	if (text === undefined) return undefined;
	const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
	if (found !== undefined) return found;
	throw new InputError(
		field,
		`'${field}' has a value that does not exist.`,
		`Choose one of: ${choices.join(', ')}.`,
	);
}

/**
 * One of a few values, or several as {@link listOf} reads them; undefined when there is none.
 *
 * @throws {InputError} when a value is none of them
 */
export function choicesOf<Choice extends string>(
	value: unknown,
	field: string,
	choices: readonly Choice[],
): Choice[] | undefined {
	return listOf(value, field)?.flatMap((text) => choiceOf(text, field, choices) ?? []);
}

/**
 * A JSON object, written as text or given by an expression; undefined when it is empty.
 *
 * @throws {InputError} when the text is not JSON, or not an object
 */
export function objectOf(value: unknown, field: string): Record<string, unknown> | undefined {
	const parsed = typeof value === 'string' ? parseJson(value, field) : value;
	if (parsed === undefined || parsed === null) return undefined;
	if (typeof parsed !== 'object' || Array.isArray(parsed)) {
		throw new InputError(
			field,
			`'${field}' must be a JSON object.`,
			'Write it in braces, for example {"recordingUrl": "https://example.com/1"}.',
		);
	}
	return Object.keys(parsed).length === 0 ? undefined : (parsed as Record<string, unknown>);
}

function parseJson(text: string, field: string): unknown {
	if (text.trim() === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return invalidJson(field);
	}
}

function invalidJson(field: string): never {
	throw new InputError(
		field,
		`'${field}' is not valid JSON.`,
		'Check quotes and commas. In expressions, JSON.stringify() makes valid JSON of an object.',
	);
}

/** What a resource locator holds: how the object is named, and the name. */
export interface Located {
	/** `list`, `id`, `externalId` … */
	mode: string;
	value: string;
}

/**
 * Reads a resource locator. A plain text, as expressions for the whole field give it, counts as an id.
 *
 * @returns undefined when nothing is chosen
 */
export function locatedOf(value: unknown, field: string): Located | undefined {
	if (typeof value === 'object' && value !== null && 'value' in value) {
		const { mode, value: inner } = value as { mode?: unknown; value: unknown };
		const text = textOf(inner, field);
		return text === undefined ? undefined : { mode: typeof mode === 'string' ? mode : 'id', value: text };
	}
	const text = textOf(value, field);
	return text === undefined ? undefined : { mode: 'id', value: text };
}

/** A date, or a date and time, that names no zone. */
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

/**
 * A time without a zone, as n8n's date picker gives it, is meant in the workflow's time zone. Everything else stays as
 * it is.
 */
export function inZone(value: unknown, timezone: string): unknown {
	if (typeof value !== 'string' || !WITHOUT_ZONE.test(value.trim())) return value;
	const time = DateTime.fromISO(value.trim().replace(' ', 'T'), { zone: timezone });
	return time.isValid ? time.toUTC().toISO() : value;
}

/**
 * A point in time as ISO 8601 in UTC; undefined when there is none.
 *
 * @throws {InputError} when the value is no time
 */
export function timeOf(value: unknown, field: string, timezone: string): string | undefined {
	return checkDateTime(inZone(value, timezone), field, `'${field}'`);
}
