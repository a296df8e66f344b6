/** Reads the parameters that several operations share. */
import { InputError } from '../../../lib/platforms/ccaip/api/errors';
import {
	sessionNumberOf,
	type SessionKind,
	type SessionNumber,
} from '../../../lib/platforms/ccaip/api/session-id';
import type { ItemParameters } from '../../../lib/n8n/panel/parameters';
import { locatedOf, numberOf, textOf, type Located } from '../../../lib/n8n/panel/values';

/** One of the options; undefined when it was not added or has no value. */
export function optionOf(parameters: ItemParameters, name: string): unknown {
	const options = parameters.get('options');
	if (typeof options !== 'object' || options === null || !Object.hasOwn(options, name)) return undefined;
	return (options as Record<string, unknown>)[name] ?? undefined;
}

/**
 * The call or chat that a field names.
 *
 * @param kind what it has to be; undefined for either
 * @throws {InputError} when it is empty, or names none
 */
export function sessionOf(
	parameters: ItemParameters,
	name: string,
	kind: SessionKind | undefined,
	field: string,
): SessionNumber {
	return sessionNumberOf(requiredText(parameters, name, field), kind, field);
}

/**
 * Text that must be there.
 *
 * @throws {InputError} when it is empty
 */
export function requiredText(parameters: ItemParameters, name: string, field: string): string {
	const text = textOf(parameters.get(name), field);
	if (text !== undefined) return text;
	throw new InputError(
		name,
		`'${field}' is empty.`,
		'Fill it in, or check the expression: it gave no value for this item.',
	);
}

/**
 * A resource locator that must be filled.
 *
 * @throws {InputError} when it is empty
 */
export function requiredLocator(parameters: ItemParameters, name: string, field: string): Located {
	const located = locatedOf(parameters.get(name), field);
	if (located !== undefined) return located;
	throw new InputError(
		name,
		`'${field}' is empty.`,
		'Choose one, or check the expression: it gave no value for this item.',
	);
}

/** What stands in front of external ids. */
export function prefixOf(parameters: ItemParameters): string {
	return textOf(optionOf(parameters, 'externalIdPrefix'), 'External ID Prefix') ?? '';
}

/**
 * One of a few values; the first when there is none.
 *
 * @throws {InputError} when it is another
 */
export function choiceOf<const Choice extends string>(
	value: unknown,
	field: string,
	choices: readonly [Choice, ...Choice[]],
): Choice {
	const text = textOf(value, field);
	const found =
		text === undefined ? choices[0] : choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
	if (found !== undefined) return found;
	throw new InputError(
		field,
		`'${field}' has a value that does not exist.`,
		`Choose one of: ${choices.join(', ')}.`,
	);
}

/**
 * A whole number from 1 on.
 *
 * @throws {InputError} when it is something else
 */
export function countOf(value: unknown, field: string): number | undefined {
	const number = numberOf(value, field);
	if (number === undefined || (Number.isInteger(number) && number >= 1)) return number;
	throw new InputError(field, `'${field}' must be a whole number from 1 on.`, 'Correct the number.');
}
