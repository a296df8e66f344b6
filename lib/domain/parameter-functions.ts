/**
 * Templates with CCAI Platform's variables and parameter functions, evaluated as the platform evaluates them (rule G7):
 * `=DEFAULT_VALUE({AGENT_EMAIL}, support@example.com)`, `=CONCAT_OR((Phone:equals:{PHONE_NUMBER}), (Email:equals:{EMAIL}))`,
 * `https://www.example.com/record/{RECORD_ID}`.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */

/** Gives the value of a variable, by its name without braces; undefined when it has none. */
export type ValueOfVariable = (name: string) => string | undefined;

/** A template that cannot be read. */
export class TemplateError extends Error {
	constructor(
		/** One sentence: what is wrong. */
		message: string,
		/** Of the character at which it is wrong; the first is 1. */
		readonly position: number,
	) {
		super(`${message} (character ${position})`);
		this.name = 'TemplateError';
	}
}

const FUNCTIONS: Readonly<Record<string, (values: readonly string[]) => string>> = {
	DEFAULT_VALUE: ([first = '']) => first,
	CONCAT_OR: (values) => values.join(' or '),
	CONCAT_AND: (values) => values.join(' and '),
};

/** Whether a template calls a function, with the equals sign in front or, as it is left of it in a panel of n8n, without. */
export function callsFunction(template: string): boolean {
	const [, name = ''] = CALL.exec(template.slice(0, 200)) ?? [];
	return Object.hasOwn(FUNCTIONS, name);
}

/** Names of the functions that a template may call. */
export const FUNCTION_NAMES = Object.keys(FUNCTIONS);

/** A template that is longer was not meant as one. */
const LONGEST_TEMPLATE = 10_000;
/** `{PHONE_NUMBER}`. */
const VARIABLE = /\{\s{0,20}(\w{1,100})\s{0,20}\}/g;
/** `=NAME(`, with blanks where people put them. */
const CALL = /^\s{0,20}=?\s{0,20}(\w{1,100})\s{0,20}\(/;

/**
 * The value of a template. A function leaves out arguments without a value: those that are empty, and those with a variable that
 * has none.
 *
 * @returns always a text; undefined when there is no value: then the parameter is not sent
 * @throws {TemplateError} for a function that does not exist, or brackets that do not match
 */
export function evaluate(template: string, valueOf: ValueOfVariable): string | undefined {
	if (template.length > LONGEST_TEMPLATE) {
		throw new TemplateError(
			`The template has more than ${LONGEST_TEMPLATE} characters`,
			LONGEST_TEMPLATE + 1,
		);
	}
	const call = CALL.exec(template);
	const [beginning = '', name = ''] = call ?? [];
	// Without the equals sign, only what is a function calls one: other words may stand before a bracket.
	const isCall = call !== null && (beginning.includes('=') || callsFunction(template));
	if (!isCall) return filled(template, valueOf);
	const apply = Object.hasOwn(FUNCTIONS, name.toUpperCase()) ? FUNCTIONS[name.toUpperCase()] : undefined;
	if (apply === undefined) {
		throw new TemplateError(
			`There is no function ${name}: known are ${FUNCTION_NAMES.join(', ')}`,
			template.indexOf(name) + 1,
		);
	}
	const values = argumentsOf(template, beginning.length)
		.map((argument) => filled(argument, valueOf))
		.filter((value) => value !== undefined);
	const value = apply(values);
	return value === '' ? undefined : value;
}

/** The texts between the commas of a call. A comma inside brackets or quotes separates nothing. */
function argumentsOf(template: string, from: number): string[] {
	const found: string[] = [];
	let depth = 0;
	let quote: string | undefined;
	let start = from;
	for (let at = from; at < template.length; at += 1) {
		const sign = template.charAt(at);
		if (quote !== undefined) {
			if (sign === quote) quote = undefined;
		} else if ((sign === '"' || sign === "'") && template.slice(start, at).trim() === '') quote = sign;
		else if (sign === '(') depth += 1;
		else if (sign === ',' && depth === 0) {
			found.push(template.slice(start, at));
			start = at + 1;
		} else if (sign === ')') {
			if (depth === 0) return endOfCall(template, at, [...found, template.slice(start, at)]);
			depth -= 1;
		}
	}
	const what = quote === undefined ? 'A bracket' : 'A quotation mark';
	throw new TemplateError(`${what} is not closed`, template.length + 1);
}

function endOfCall(template: string, at: number, found: string[]): string[] {
	const rest = template.slice(at + 1);
	if (rest.trim() === '') return found;
	const first = at + 1 + (rest.length - rest.trimStart().length);
	throw new TemplateError('Nothing may follow the closing bracket of a function', first + 1);
}

/** The text with its variables replaced; undefined when one has no value, or when nothing is left. */
function filled(template: string, valueOf: ValueOfVariable): string | undefined {
	let isWhole = true;
	const text = unquoted(template.trim()).replace(VARIABLE, (_written, name: string) => {
		const value = valueOf(name);
		if (value === undefined || value === '') isWhole = false;
		return value ?? '';
	});
	return isWhole && text !== '' ? text : undefined;
}

function unquoted(text: string): string {
	const first = text.charAt(0);
	return (first === '"' || first === "'") && text.length > 1 && text.endsWith(first)
		? text.slice(1, -1)
		: text;
}
