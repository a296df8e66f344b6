/**
 * Custom attributes, checked against the type that the end of their name stands for (rule B4).
 * https://developer.kustomer.com/docs/concepts/custom-attributes
 */
import { InputError } from '../../http/errors';
import type { CustomAttributes } from '../inputs';
import { redact } from '../../http/redact';
import { toDateTime } from '../../domain/time';
import { wellFormed } from './text';

/** Most custom attributes in one request. */
export const MAX_ATTRIBUTES = 100;
/** Longest value of `Str` and `Txt` attributes. */
export const MAX_ATTRIBUTE_LENGTH = 1024;

/** The ends of names that Kustomer gives a type to. `Id` and `Tree` are not checked here; Kustomer does. */
export type AttributeSuffix = 'Num' | 'At' | 'Str' | 'Txt' | 'Bool' | 'Url' | 'Id' | 'Tree';

/** The type of an attribute by the end of its name, upper and lower case told apart; undefined when it has none. */
export function suffixOf(name: string): AttributeSuffix | undefined {
	return /(?:Num|At|Str|Txt|Bool|Url|Id|Tree)$/.exec(name)?.[0] as AttributeSuffix | undefined;
}

/** What a value was turned into, or why it does not fit. */
type Fit = { value: unknown } | { problem: string; advice: string };

/**
 * Custom attributes in the form in which Kustomer takes them.
 *
 * Undefined values are left out; null empties an attribute. Values that people type into a panel are understood:
 * `"42"` for a number, `"yes"`, `"true"` or `1` for a boolean, a number for a text, dates in the forms of
 * {@link toDateTime}. A blank text means null, except for `Str` and `Txt`, where it is an empty text.
 *
 * @throws {InputError} naming the attribute and the rule, for the first value that does not fit
 */
export function checkCustomAttributes(
	custom: CustomAttributes | undefined,
	parameter = 'custom',
): CustomAttributes | undefined {
	if (custom === undefined || custom === null) return undefined;
	if (typeof custom !== 'object' || Array.isArray(custom)) {
		throw new InputError(
			parameter,
			'The custom attributes are not an object.',
			'Give them as names and values, for example { "callIdStr": "abc" }.',
		);
	}
	const entries = Object.entries(custom).filter(([, value]) => value !== undefined);
	if (entries.length > MAX_ATTRIBUTES) {
		throw new InputError(
			parameter,
			`There are ${entries.length} custom attributes; Kustomer takes at most ${MAX_ATTRIBUTES} at once.`,
			'Write the rest in a second step.',
		);
	}
	const checked = entries.map(
		([name, value]) => [name.trim(), checkOne(name.trim(), value, parameter)] as const,
	);
	return checked.length === 0 ? undefined : Object.fromEntries(checked);
}

function checkOne(name: string, value: unknown, parameter: string): unknown {
	if (name === '') {
		throw new InputError(
			parameter,
			'A custom attribute has no name.',
			'Enter the name of the attribute as Kustomer shows it under Settings > Platform > Klasses.',
		);
	}
	if (value === null) return null;
	const fit = fitBySuffix(suffixOf(name), value);
	if ('value' in fit) return fit.value;
	const shown = redact(name);
	throw new InputError(
		`${parameter}.${shown}`,
		`The custom attribute "${shown}" ${fit.problem}.`,
		fit.advice,
	);
}

function fitBySuffix(suffix: AttributeSuffix | undefined, value: unknown): Fit {
	switch (suffix) {
		case 'Str':
		case 'Txt':
			return fitText(suffix, value);
		case 'Num':
			return isBlank(value) ? { value: null } : fitNumber(value);
		case 'At':
			return isBlank(value) ? { value: null } : fitDate(value);
		case 'Bool':
			return isBlank(value) ? { value: null } : fitBoolean(value);
		case 'Url':
			return isBlank(value) ? { value: null } : fitUrl(value);
		default:
			return fitAnything(value);
	}
}

function isBlank(value: unknown): boolean {
	return typeof value === 'string' && value.trim() === '';
}

function fitText(suffix: 'Str' | 'Txt', value: unknown): Fit {
	const text = textOf(value);
	if (text === undefined) {
		return {
			problem: `has to be a text, because its name ends in ${suffix}`,
			advice:
				'Choose a single field in the expression, or turn the object into a text with JSON.stringify().',
		};
	}
	if (text.length > MAX_ATTRIBUTE_LENGTH) {
		return {
			problem: `has ${text.length} characters; names that end in ${suffix} take at most ${MAX_ATTRIBUTE_LENGTH}`,
			advice: `Shorten it in an expression, for example {{ $json.text.slice(0, ${MAX_ATTRIBUTE_LENGTH}) }}, or write it as a note.`,
		};
	}
	return { value: text };
}

function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return wellFormed(value);
	if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	return typeof value === 'object' ? toDateTime(value) : undefined;
}

function fitNumber(value: unknown): Fit {
	const number = numberOf(value);
	if (number !== undefined) return { value: number };
	return {
		problem: 'has to be a number or empty, because its name ends in Num',
		advice: 'Write digits with a point before the decimals, for example 12.5, without a unit.',
	};
}

function numberOf(value: unknown): number | undefined {
	const number =
		typeof value === 'string' && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(value.trim())
			? Number(value.trim())
			: value;
	if (typeof number === 'bigint') return numberOf(Number(number));
	if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
	// JSON has no negative zero.
	return number === 0 ? 0 : number;
}

function fitDate(value: unknown): Fit {
	const date = toDateTime(value);
	if (date !== undefined) return { value: date };
	return {
		problem: 'has to be a date with time or empty, because its name ends in At',
		advice: 'Write it like 2026-01-31T09:30:00Z, or use a date field or a Unix time.',
	};
}

const TRUE = new Set(['true', 'yes', 'y', 'on', '1']);
const FALSE = new Set(['false', 'no', 'n', 'off', '0']);

function fitBoolean(value: unknown): Fit {
	const plain = typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';
	const word = plain ? String(value).trim().toLowerCase() : '';
	if (TRUE.has(word)) return { value: true };
	if (FALSE.has(word)) return { value: false };
	return {
		problem: 'has to be true, false or empty, because its name ends in Bool',
		advice: 'Write true or false.',
	};
}

/** Addresses that would run code in the browser of the agent who opens them. */
const CODE = new Set(['javascript:', 'vbscript:', 'data:']);

function fitUrl(value: unknown): Fit {
	const text = typeof value === 'string' ? value.trim() : value instanceof URL ? value.href : undefined;
	if (text !== undefined && URL.canParse(text)) {
		const url = new URL(text);
		if (CODE.has(url.protocol)) {
			return {
				problem: `must not be a ${url.protocol} address`,
				advice: 'Use an address that starts with https://.',
			};
		}
		// Kustomer takes URIs, which are ASCII: an address with an emoji or a space goes in its encoded form.
		return { value: /^[!-~]+$/.test(text) ? text : url.href };
	}
	return {
		problem: 'has to be a web address or empty, because its name ends in Url',
		advice: 'Write the whole address, for example https://example.com/recording/1.',
	};
}

/** Without a suffix that this package knows, anything that JSON can carry goes; Kustomer decides. */
function fitAnything(value: unknown): Fit {
	const date = value instanceof Date ? toDateTime(value) : undefined;
	if (date !== undefined) return { value: date };
	if (typeof value === 'string') return { value: wellFormed(value) };
	if (typeof value === 'boolean') return { value };
	// JSON has no -0.
	if (typeof value === 'number' && Number.isFinite(value)) return { value: value === 0 ? 0 : value };
	const json = jsonOf(value);
	if (json !== undefined) return { value: JSON.parse(json) as unknown };
	return {
		problem: 'has a value that cannot be sent',
		advice: 'Use a text, a number, a boolean or a list.',
	};
}

function jsonOf(value: unknown): string | undefined {
	if (typeof value !== 'object') return undefined;
	try {
		return JSON.stringify(value);
	} catch {
		// A circle, or a number that JSON cannot hold.
		return undefined;
	}
}
