/**
 * Titles of conversations: a template with variables in braces (rule D7).
 */
import { IANAZone } from 'luxon';

import { callsFunction, evaluate, TemplateError } from '../../domain/parameter-functions';
import { checked, InputError } from '../../http/errors';
import { cutText } from '../../domain/session-shape';
import type { Session } from '../../domain/session';
import { platformIdOf } from '../../domain/session-questions';
import { callType, menuWords, oneLine, phoneWords, startOf, timeWords } from './session-words';

/** Kustomer takes no longer name. */
const LONGEST_TITLE = 256;
/** A template that is longer was not meant as one. */
const LONGEST_TEMPLATE = 2000;

/** What can stand in a title, with an example for the panel. */
export const TITLE_VARIABLES = [
	{ name: 'CALL_TYPE', description: 'What kind of call or chat it is', example: 'IVR call' },
	{ name: 'CALL_ID', description: "The platform's own ID of the call or chat", example: '4711' },
	{ name: 'MENU_PATH', description: 'What the customer chose in the menu', example: 'Orders / Delivery' },
	{ name: 'PHONE_NUMBER', description: "The customer's phone number", example: '+493012345678' },
	{
		name: 'SUPPORT_PHONE_NUMBER',
		description: "The company's number that was called, or that the call was made from",
		example: '+493023125000',
	},
	{ name: 'LANGUAGE', description: 'Language of the call or chat', example: 'en' },
	{ name: 'TIMESTAMP', description: 'When the call or chat began', example: '2026-11-22 14:05' },
] as const;
type VariableName = (typeof TITLE_VARIABLES)[number]['name'];
type Values = Readonly<Record<VariableName, string | undefined>>;

export const DEFAULT_TITLE = '{CALL_TYPE}: {PHONE_NUMBER}';

/** Something in a pair of braces. Braces without a partner, or with nothing between them, are text. */
const VARIABLE = /\{\s*([^{}\s](?:[^{}]*[^{}\s])?)\s*\}/g;

/** Stands for a variable without a value while a title is put together, and for the ends of one that has a value. */
const NOTHING = '\u0000';
const EDGE = '\u0001';
const SEPARATOR = String.raw`[\s,;:/|\\>·•–—\-#=]`;
const EMPTY_BRACKETS = new RegExp(
	String.raw`\((?:${SEPARATOR}|${NOTHING})*\)|\[(?:${SEPARATOR}|${NOTHING})*\]|<(?:${SEPARATOR}|${NOTHING})*>|"(?:${SEPARATOR}|${NOTHING})*"`,
	'g',
);
const GAP = new RegExp(`(?:${SEPARATOR}|${NOTHING})*${NOTHING}(?:${SEPARATOR}|${NOTHING})*`, 'g');

/**
 * The title of a session's conversation, in one line of at most 256 characters.
 *
 * A variable without a value is left out, together with the brackets around it and the sign before or behind it that
 * separates it from the rest. When nothing is left, the title is the type of the call. Throws nothing: unknown variables
 * stay as they are; see {@link checkTitle}.
 *
 * A title that the platform itself gives the record goes before the template. A template may be one of CCAI Platform's functions
 * with variables in it, such as `DEFAULT_VALUE({MENU_PATH}, {CALL_TYPE})` (rule G7).
 *
 * @param template empty for {@link DEFAULT_TITLE}
 */
export function renderTitle(
	template: string,
	session: Session,
	options: {
		/** The customer's number as E.164, when it is known. */
		phone?: string;
		/** IANA name. */
		timeZone: string;
	},
): string {
	const subject = oneLine(session.subject);
	if (subject !== '') return cutText(subject, LONGEST_TITLE);
	return fill(template, {
		CALL_TYPE: callType(session),
		CALL_ID: oneLine(platformIdOf(session)),
		MENU_PATH: menuWords(session),
		PHONE_NUMBER: phoneWords(session, options.phone),
		SUPPORT_PHONE_NUMBER: oneLine(session.line),
		LANGUAGE: oneLine(session.language),
		TIMESTAMP: timeWords(startOf(session), options.timeZone),
	});
}

/** The title with the examples of {@link TITLE_VARIABLES}. */
export function previewTitle(template: string): string {
	const examples = TITLE_VARIABLES.map(({ name, example }) => [name, example]);
	return fill(template, Object.fromEntries(examples) as Values);
}

/**
 * Refuses a title template with variables that do not exist, or that stand there without braces.
 *
 * @throws {InputError}
 */
export function checkTitle(template: string): void {
	const known = TITLE_VARIABLES.map(({ name }) => `{${name}}`).join(', ');
	if (template === undefined || template === null) return;
	if (typeof template !== 'string') {
		throw new InputError('title', 'The title is not a text.', `It may hold ${known}.`);
	}
	if (template.length > LONGEST_TEMPLATE) {
		throw new InputError(
			'title',
			`The title has ${template.length} characters; Kustomer takes at most ${LONGEST_TITLE}.`,
			'Use a shorter title.',
		);
	}
	for (const [, name = ''] of template.matchAll(VARIABLE)) {
		if (variableOf(name) !== undefined) continue;
		throw new InputError(
			'title',
			`The title holds the variable {${cutText(oneLine(name), 40)}}, which does not exist.`,
			`Known are ${known}.`,
		);
	}
	if (callsFunction(template)) evaluated(template, {} as Values);
	const text = template.replace(VARIABLE, ' ');
	const bare = TITLE_VARIABLES.find(
		({ name }) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text) && !usesVariable(template, name),
	);
	if (bare === undefined) return;
	throw new InputError(
		'title',
		`The title holds ${bare.name} without braces, which would stand in every title as it is.`,
		`Write {${bare.name}}. Known are ${known}.`,
	);
}

/** Whether the template has the variable in braces: then the bare word beside it is a label. */
function usesVariable(template: string, name: VariableName): boolean {
	return [...template.matchAll(VARIABLE)].some(([, written = '']) => variableOf(written) === name);
}

/**
 * Refuses a time zone that does not exist.
 *
 * @throws {InputError}
 */
export function checkTimeZone(timeZone: string, parameter = 'timeZone'): void {
	if (typeof timeZone === 'string' && IANAZone.create(timeZone.trim()).isValid) return;
	throw new InputError(
		parameter,
		'The time zone does not exist.',
		'Use a name like Europe/Berlin, America/New_York or UTC.',
	);
}

function fill(template: string, values: Values): string {
	const written = typeof template === 'string' ? oneLine(template.slice(0, LONGEST_TEMPLATE)) : '';
	if (callsFunction(written)) {
		return cutText(oneLine(valueOf(written, values) ?? values.CALL_TYPE), LONGEST_TITLE);
	}
	const filled = (written === '' ? DEFAULT_TITLE : written).replace(VARIABLE, (text, name: string) => {
		const variable = variableOf(name);
		if (variable === undefined) return text;
		const value = oneLine(values[variable]);
		return value === '' ? NOTHING : EDGE + value + EDGE;
	});
	const title = oneLine(withoutGaps(filled));
	return cutText(title === '' ? oneLine(values.CALL_TYPE) : title, LONGEST_TITLE);
}

/**
 * The value of a template that calls a function.
 *
 * @returns undefined when it has none, or cannot be read
 */
function valueOf(template: string, values: Values): string | undefined {
	const outcome = checked(() => evaluated(template, values));
	return 'value' in outcome ? outcome.value : undefined;
}

/** @throws {InputError} that names the position */
function evaluated(template: string, values: Values): string | undefined {
	let failure: unknown;
	try {
		return evaluate(template, (name) => {
			const variable = variableOf(name);
			return variable === undefined ? undefined : oneLine(values[variable]);
		});
	} catch (error) {
		failure = error;
	}
	if (!(failure instanceof TemplateError)) throw failure;
	throw new InputError(
		'title',
		`The title cannot be read as a function: ${failure.message}.`,
		'Write for example DEFAULT_VALUE({MENU_PATH}, {CALL_TYPE}).',
	);
}

function variableOf(name: string): VariableName | undefined {
	const wanted = name.trim().toUpperCase();
	return TITLE_VARIABLES.find((variable) => variable.name === wanted)?.name;
}

/** Takes out what surrounded variables without a value. */
function withoutGaps(filled: string): string {
	let text = filled;
	for (let before = ''; before !== text; ) {
		before = text;
		text = text.replace(EMPTY_BRACKETS, (brackets) => (brackets.includes(NOTHING) ? NOTHING : brackets));
	}
	text = text.replace(GAP, (gap: string, at: number, whole: string) => {
		const isFirst = at === 0 || /[([<]/.test(whole[at - 1] ?? '');
		const end = at + gap.length;
		const isLast = end === whole.length || /[)\]>]/.test(whole[end] ?? '');
		if (isFirst || isLast) return '';
		const signs = gap.split(NOTHING);
		return signs.find((sign) => sign.trim() !== '') ?? (/\s/.test(gap) ? ' ' : '');
	});
	return text.replaceAll(EDGE, '');
}
