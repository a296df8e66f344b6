/**
 * Texts, ids and choices, checked against Kustomer's limits before anything is sent.
 *
 * Lengths are counted in UTF-16 units, as JavaScript counts them: most emoji count as two. Kustomer does not say how
 * it counts; its servers run JavaScript, and where both ways differ this is the stricter one, so what passes here
 * passes there.
 */
import { isKustomerId } from '../../domain/kustomer-id';
import { InputError } from '../../http/errors';

/** What a text is checked for. */
export interface TextRule {
	/** Name of the thing for people, with its article: "The name". */
	label: string;
	maxLength: number;
	/** Advice when it is too long. */
	tooLong?: string;
}

const SHORTEN = (max: number) =>
	`Shorten it in an expression, for example {{ $json.text.slice(0, ${max}) }}.`;

/**
 * A text that fits. Empty and blank texts become undefined: in a panel and in an expression they mean "nothing given".
 *
 * @throws {InputError} when it is no text or too long
 */
export function checkText(value: unknown, parameter: string, rule: TextRule): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
		throw new InputError(
			parameter,
			`${rule.label} is not a text.`,
			'Choose a single field in the expression, not an object or a list.',
		);
	}
	const text = wellFormed(String(value)).trim();
	if (text === '') return undefined;
	if (text.length > rule.maxLength) {
		throw new InputError(
			parameter,
			`${rule.label} has ${text.length} characters; Kustomer takes at most ${rule.maxLength}.`,
			rule.tooLong ?? SHORTEN(rule.maxLength),
		);
	}
	return text;
}

/** Replaces the halves of emoji that a cut in the middle leaves behind; JSON could carry them, Kustomer could not. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Name of a conversation or customer, at most 256 characters. */
export function checkName(value: unknown, parameter = 'name'): string | undefined {
	return checkText(value, parameter, { label: 'The name', maxLength: 256 });
}

/** External id, at most 256 characters. Spaces around it are dropped, so that the same fact has one id. */
export function checkExternalId(value: unknown, parameter = 'externalId'): string | undefined {
	return checkText(value, parameter, {
		label: 'The external ID',
		maxLength: 256,
		tooLong: 'Use an ID of the telephony platform, such as the session ID, not a text.',
	});
}

/**
 * Body of a note, 1 to 10,240 characters.
 *
 * @throws {InputError} when it is empty or too long
 */
export function checkNoteBody(value: unknown, parameter = 'note.body'): string {
	const text = checkText(value, parameter, { label: 'The note', maxLength: 10_240 });
	if (text !== undefined) return text;
	throw new InputError(parameter, 'The note is empty.', 'Enter a text, or remove the note.');
}

/** Longest key of a note: with the conversation's id in front it has to fit into an external id. */
const LONGEST_NOTE_KEY = 200;

/** Key of a note. */
export function checkNoteKey(value: unknown, parameter = 'note.key'): string | undefined {
	return checkText(value, parameter, {
		label: 'The key of the note',
		maxLength: LONGEST_NOTE_KEY,
		tooLong: 'A key is a short name of the fact, for example "bridged".',
	});
}

/**
 * Kustomer id: 24 hexadecimal characters.
 *
 * @param label name of the thing with its article: "The customer ID"
 * @throws {InputError} when it is missing or something else
 */
export function checkId(value: unknown, parameter: string, label: string): string {
	const id = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (isKustomerId(id)) return id;
	throw new InputError(
		parameter,
		id === '' ? `${label} is missing.` : `${label} is not a Kustomer ID.`,
		'A Kustomer ID has 24 characters, 0 to 9 and a to f, as at the end of the address of its page in Kustomer.',
	);
}

/** The same as {@link checkId}, for ids that may be left out. */
export function checkOptionalId(value: unknown, parameter: string, label: string): string | undefined {
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === ''))
		return undefined;
	return checkId(value, parameter, label);
}

/** Most users and most teams that one conversation can be assigned to. */
export const MAX_ASSIGNEES = 10;

/**
 * Ids of users or teams, each once, blank entries left out.
 *
 * @param what "user" or "team"
 */
export function checkAssignees(
	values: unknown,
	parameter: string,
	what: 'user' | 'team',
): string[] | undefined {
	if (values === undefined || values === null) return undefined;
	const list = Array.isArray(values) ? values : [values];
	const ids = list.flatMap(
		(value, index) => checkOptionalId(value, `${parameter}[${index}]`, `The ${what} ID`) ?? [],
	);
	const distinct = [...new Set(ids)];
	if (distinct.length > MAX_ASSIGNEES) {
		throw new InputError(
			parameter,
			`There are ${distinct.length} ${what}s; Kustomer assigns a conversation to at most ${MAX_ASSIGNEES}.`,
			`Remove ${what}s from the list.`,
		);
	}
	return distinct;
}

/** Priority, a whole number from 1 (lowest) to 5. Digits in a text are taken too. */
export function checkPriority(value: unknown, parameter = 'priority'): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value;
	if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 5) return number;
	throw new InputError(
		parameter,
		'The priority is not a whole number from 1 to 5.',
		'Kustomer knows the priorities 1 (lowest), 2, 3, 4 and 5 (highest).',
	);
}

/**
 * One of several words. Upper and lower case are alike, blank means "not given".
 *
 * @param label name of the thing with its article: "The status"
 */
export function checkChoice<Choice extends string>(
	value: unknown,
	choices: readonly Choice[],
	parameter: string,
	label: string,
): Choice | undefined {
	if (value === undefined || value === null) return undefined;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : undefined;
	if (word === '') return undefined;
	const found = choices.find((choice) => choice === word);
	if (found !== undefined) return found;
	throw new InputError(
		parameter,
		`${label} is not one of ${choices.join(', ')}.`,
		`Choose one of ${choices.join(', ')}.`,
	);
}
