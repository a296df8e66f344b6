/**
 * Expressions that n8n takes for plain text, because a brace is missing or the field is set to Fixed: the text itself would be
 * written to Kustomer, or looked for there.
 */
import type { INodeProperties } from 'n8n-workflow';

import { cutText } from '../../domain/session-shape';
import { InputError } from '../../http/errors';

/** Where such a text stands, and what is wrong with it. */
export interface Mistyped {
	/** Names of the parameter and of the fields in it. */
	path: string[];
	/** Continues "'Phone Number' holds an expression that …". */
	fault: string;
	/** The expression as it should be. */
	meant: string;
}

/** Levels of fields in fields. */
const DEEPEST = 8;
/** Characters of an expression that are shown. */
const LONGEST_SHOWN = 120;
/** One of n8n's own names, as an expression begins with it. */
const OWN_NAME = String.raw`\$(?:json|input|node|item|execution|workflow|now|today|vars|fromAI|\()`;
/** With one brace at its beginning, whatever stands at its end. */
const ONE_BRACE = new RegExp(String.raw`(?<!\{)\{\s{0,5}(${OWN_NAME}[^{}]{0,300})\}{1,2}`);
const IN_BRACES = new RegExp(String.raw`\{\{\s{0,5}(${OWN_NAME}[^{}]{0,300})\}\}`);

/**
 * The first text in a parameter, as it was written, that looks like an expression and is none.
 *
 * @param value with its expressions unresolved: text, or fields and lists of them
 */
export function mistypedIn(value: unknown, path: string[]): Mistyped | undefined {
	if (typeof value === 'string') return mistypedText(value, path);
	if (typeof value !== 'object' || value === null || path.length > DEEPEST) return undefined;
	for (const [name, inner] of Object.entries(value)) {
		const found = mistypedIn(inner, [...path, name]);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** What stands outside of every pair of `{{` and `}}`. No regular expression: many braces that nobody closes would take it long. */
function outsideOf(text: string): string {
	let outside = '';
	let from = 0;
	for (;;) {
		const opens = text.indexOf('{{', from);
		const closes = opens < 0 ? -1 : text.indexOf('}}', opens + 2);
		if (closes < 0) return outside + text.slice(from);
		outside += text.slice(from, opens);
		from = closes + 2;
	}
}

function mistypedText(text: string, path: string[]): Mistyped | undefined {
	const isExpression = text.startsWith('=');
	const opened = text.lastIndexOf('{{');
	if (opened >= 0 && opened > text.lastIndexOf('}}')) {
		const inner = text.slice(opened + 2).replace(/(?<![\s}])[\s}]+$/, '');
		if (isExpression || new RegExp(String.raw`^\s*${OWN_NAME}`).test(inner)) {
			return { path, fault: 'is not closed', meant: inner };
		}
	}
	const outside = isExpression ? outsideOf(text) : text;
	const single = ONE_BRACE.exec(outside)?.[1];
	if (single !== undefined) return { path, fault: 'begins with one brace', meant: single };
	const fixed = isExpression ? undefined : IN_BRACES.exec(text)?.[1];
	return fixed === undefined
		? undefined
		: { path, fault: 'is not evaluated, because the field is set to Fixed', meant: fixed };
}

/**
 * Refuses it in words that a person finds in the panel.
 *
 * @param properties the panel of the operation or trigger, for the name that the field has there
 * @throws {InputError} always
 */
export function refuseMistyped({ path, fault, meant }: Mistyped, properties: INodeProperties[]): never {
	const field = labelFor(path, properties) ?? path[0] ?? '';
	throw new InputError(
		path[0] ?? '',
		`'${field}' holds an expression that ${fault}.`,
		`Set the field to Expression and write {{ ${cutText(meant.trim(), LONGEST_SHOWN)} }}, with two braces at each end.`,
	);
}

/** The innermost name of the path that the panel shows. Several fields may have one name, each for another choice. */
function labelFor(path: readonly string[], properties: INodeProperties[]): string | undefined {
	let label: string | undefined;
	let level: Array<INodeProperties & { values?: unknown[] }> = properties;
	for (const name of path) {
		const found = level.filter((one) => one.name === name);
		if (found[0] === undefined) continue;
		label = found[0].displayName;
		level = found.flatMap(({ options, values }) => (options ?? values ?? []) as typeof level);
	}
	return label;
}
