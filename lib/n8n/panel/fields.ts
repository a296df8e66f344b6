/** Reads the fields of a panel that must be filled, or have a form of their own. Field names are those that the panel shows. */
import { InputError } from '../../http/errors';
import type { ItemParameters } from './parameters';
import { listOf, locatedOf, numberOf, textOf, type Located } from './values';

/** The fields of a collection; empty when nothing was added. */
export type Fields = Record<string, unknown>;

/** A parameter of the type collection, or a fixed collection with one group. */
export function fieldsOf(value: unknown): Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** One of the options below the fields; undefined when it was not added or has no value. */
export function optionOf(parameters: ItemParameters, name: string): unknown {
	const options = fieldsOf(parameters.get('options'));
	return Object.hasOwn(options, name) ? (options[name] ?? undefined) : undefined;
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

/**
 * Text that must be filled.
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

const ON = ['true', 'yes', 'on', '1'];
const OFF = ['false', 'no', 'off', '0'];

/**
 * A switch; undefined when it says nothing.
 *
 * @throws {InputError} when the value is neither on nor off
 */
export function flagOf(value: unknown, field: string): boolean | undefined {
	const word = textOf(value, field)?.toLowerCase();
	if (word === undefined) return undefined;
	if (ON.includes(word)) return true;
	if (OFF.includes(word)) return false;
	throw new InputError(field, `'${field}' must be on or off.`, 'Let the expression give true or false.');
}

/**
 * How many, 0 or more; undefined when there is no number.
 *
 * @throws {InputError} when the value is no number, or less than 0
 */
export function amountOf(value: unknown, field: string): number | undefined {
	const amount = numberOf(value, field);
	if (amount === undefined || amount >= 0) return amount;
	throw new InputError(
		field,
		`'${field}' must not be less than 0.`,
		'Enter 0 to turn it off, or correct the expression.',
	);
}

/**
 * A whole number from 1 on; undefined when there is none.
 *
 * @throws {InputError} when it is something else
 */
export function countOf(value: unknown, field: string): number | undefined {
	const number = numberOf(value, field);
	if (number === undefined || (Number.isInteger(number) && number >= 1)) return number;
	throw new InputError(field, `'${field}' must be a whole number from 1 on.`, 'Correct the number.');
}

/**
 * Ids from a list of resource locators, or from a fixed collection with a locator in each row. Those without a value are left
 * out; a list counts as several.
 *
 * @param entry name of the locator in a row of the fixed collection
 */
export function locatedIds(value: unknown, entry: string, field: string): string[] {
	const { entries, value: inner } = fieldsOf(value);
	if (Array.isArray(entries)) return entries.flatMap((row) => locatedValues(fieldsOf(row)[entry], field));
	const isEmptyCollection = typeof value === 'object' && !Array.isArray(value) && inner === undefined;
	return isEmptyCollection ? [] : locatedValues(value, field);
}

/** What one resource locator holds, or a list of them. Plain text, as expressions give it, counts as a locator's value. */
export function locatedValues(value: unknown, field: string): string[] {
	return [value].flat().flatMap((one: unknown) => {
		const inner = typeof one === 'object' && one !== null && 'value' in one ? one.value : one;
		return listOf(inner, field) ?? [];
	});
}

/** How many results are wanted; undefined for all. */
export function wantedResults(parameters: ItemParameters): number | undefined {
	if (parameters.get('returnAll') === true) return undefined;
	const limit = Number(parameters.get('limit') ?? 50);
	return Number.isFinite(limit) && limit >= 1 ? Math.floor(limit) : 50;
}
