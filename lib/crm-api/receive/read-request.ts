/** From what arrived in path, query and body to one request with named values (rules G1, G5, G6). */
import { excessOf } from '../../domain/bounds';
import { isRecord } from '../../domain/record';
import { Fields } from '../../platforms/fields';
import { RequestProblem } from './problem';

/** Where values come from, the weakest first: of a name that comes twice, the value of the later place holds. */
export interface Places {
	/** As the web server has parsed it. */
	query: unknown;
	/** Objects, lists, or undefined for an empty body. */
	body: unknown;
	/** The id in the path, as it was sent; undefined when there is none. */
	id: string | undefined;
}

/** Objects inside each other: a container around the parameters, and one more for whoever forwards requests. */
const DEEPEST = 4;

/**
 * The values by name, without those that are missing.
 *
 * A container is opened whatever it is called: `{name: {...}}` and `{name: [{...}]}` (rule G5).
 *
 * @throws {RequestProblem} naming the place, when there is more than one set of parameters, or more than is read
 */
export function requestFields({ query, body, id }: Places): Record<string, string> {
	const fields = new Map<string, string>();
	collect(withinBounds(query, 'query'), 'query', fields);
	collect(withinBounds(body, 'body'), 'body', fields);
	if (id !== undefined && !isMissing(id)) fields.set('id', decodedSegment(id));
	return Object.fromEntries(fields);
}

function withinBounds(value: unknown, place: string): unknown {
	const excess = excessOf(value);
	if (excess !== undefined) throw new RequestProblem(413, `The ${place} holds too much. ${excess}`);
	return value;
}

function collect(value: unknown, place: string, into: Map<string, string>, depth = 1): void {
	if (Array.isArray(value)) {
		if (value.length > 1) {
			throw new RequestProblem(
				422,
				`The ${place} holds a list of ${value.length} entries. One request is about one account or record: send a list of one, or none.`,
			);
		}
		if (value.length === 1) collect(value[0], place, into, depth);
		return;
	}
	if (!isRecord(value)) return;
	if (depth > DEEPEST) {
		throw new RequestProblem(
			422,
			`The ${place} holds objects inside each other, more than ${DEEPEST} deep. The parameters belong into the body, or into one container in it.`,
		);
	}
	for (const [name, one] of Object.entries(value)) {
		if (
			Array.isArray(one) &&
			one.length > 0 &&
			one.every((entry) => !isRecord(entry) && !Array.isArray(entry))
		) {
			// A name that comes twice in a query: the last one counts, as in a form.
			set(name, one.at(-1), into);
		} else if (isRecord(one) || Array.isArray(one)) {
			collect(one, place, into, depth + 1);
		} else {
			set(name, one, into);
		}
	}
}

function set(name: string, value: unknown, into: Map<string, string>): void {
	const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value);
	if (!isMissing(text)) into.set(name, text);
}

/** Longer texts say something. */
const LONGEST_NOTHING = 200;

/** Whether a value says that there is none: empty, `null`, or a variable that was left as it was (rule G6). */
export function isMissing(text: string): boolean {
	return text.length <= LONGEST_NOTHING && new Fields({ value: text }).text('value') === undefined;
}

function decodedSegment(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
