/** Where an answer stands in the JSON: the platform's "Response Data Location" (rule G5). */
import { InputError } from '../http/errors';
import type { ResponseLocation } from './request';

/** Deeper, nobody finds anything. */
const MOST_LEVELS = 10;

/**
 * Reads the location as people write it: `data`, `result.record`, `list.0`.
 *
 * @throws {InputError}
 */
export function responseLocationOf(text: string | undefined): ResponseLocation | undefined {
	if (text === undefined) return undefined;
	const levels = text.split('.').map((name) => name.trim());
	if (levels.length <= MOST_LEVELS && levels.every((name) => /^[\w-]{1,60}$/.test(name))) return levels;
	throw new InputError(
		'responseLocation',
		"'Response Data Location' is not a list of names with dots between them.",
		'Enter it as in CCAI Platform, for example data or result.record, or leave it empty.',
	);
}

/** The answer at that place: `list.0` gives `{ list: [body] }`. */
export function placedAt(
	location: ResponseLocation | undefined,
	body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const around = (inner: unknown, step: string): unknown =>
		/^\d+$/.test(step) ? [inner] : { [step]: inner };
	return [...(location ?? [])].reverse().reduce(around, body) as Record<string, unknown>;
}
