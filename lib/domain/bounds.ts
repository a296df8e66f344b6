/**
 * How much one event may hold. Everything that reads an event checks this first, so that no reader, regular expression or
 * list of ours ever meets more (rule X16).
 */

/** The limits of one event or record, each far above what any contact center sends. */
export const BOUNDS = {
	/** Objects and lists inside each other. Metadata of CCAI Platform have seven. */
	depth: 32,
	/** Values, inner ones included. Metadata of a chat with a hundred transfers have about five thousand. */
	values: 10_000,
	/** Characters of a name. */
	name: 500,
	/** Characters of one text. The longest that is kept of one is 2,000, of a mail's or transcript's 2,000,000. */
	text: 2_000_000,
	/** Characters of all texts together that are JSON themselves, as in form fields. They are read as what they hold. */
	json: 200_000,
} as const;

/** Events that one webhook may carry. More would keep all other events waiting while they are read. */
export const MOST_EVENTS = 200;

/** Characters of JSON that hold few values, however it is written. */
const SHORT_JSON = 60;

/** Whether a text is meant as an object or a list in JSON: it begins and ends like one. Looks at its ends only. */
export function isJsonLike(text: string): boolean {
	const ends = `${text.slice(0, 100).trimStart()[0] ?? ''}${text.slice(-100).trimEnd().at(-1) ?? ''}`;
	return ends === '{}' || ends === '[]';
}

/** A name that can stand in a message: what people and programs call fields, and no data. */
const PLAIN_NAME = /^[A-Za-z_][\w.-]{0,39}$/;

/**
 * What of a value is more than an event may hold, as a sentence that names the limit; undefined when nothing is.
 * Looks at no more than the limits allow, whatever it is given.
 *
 * @param value JSON that was parsed, or anything else
 */
export function excessOf(value: unknown): string | undefined {
	const waiting: Array<{ value: unknown; depth: number; top: string }> = [{ value, depth: 1, top: '' }];
	let values = 0;
	let json = 0;
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { value: found, depth, top } = next;
		if (typeof found === 'string' && found.length > BOUNDS.text) {
			return `A text${inside(top)} has more than ${grouped(BOUNDS.text)} characters.`;
		}
		if (typeof found === 'string' && isJsonLike(found)) {
			json += found.length;
			if (json > BOUNDS.json) {
				return `The JSON in texts${inside(top)} has more than ${grouped(BOUNDS.json)} characters.`;
			}
			// What it holds counts, too; a short one holds few values.
			if (found.length > SHORT_JSON) waiting.push({ value: fromJson(found), depth: depth + 1, top });
		}
		if (typeof found !== 'object' || found === null) continue;
		if (depth > BOUNDS.depth) {
			return `The values${inside(top)} are nested more than ${BOUNDS.depth} levels deep.`;
		}
		// To name all its places, as the loop does, takes long for a long list.
		if (Array.isArray(found) && values + found.length > BOUNDS.values) {
			return `There are more than ${grouped(BOUNDS.values)} values${inside(top)}.`;
		}
		for (const name in found) {
			if (!Object.hasOwn(found, name)) continue;
			values += 1;
			if (values > BOUNDS.values) {
				return `There are more than ${grouped(BOUNDS.values)} values${inside(top)}.`;
			}
			if (name.length > BOUNDS.name) {
				return `A name${inside(top)} has more than ${BOUNDS.name} characters.`;
			}
			waiting.push({
				value: (found as Record<string, unknown>)[name],
				depth: depth + 1,
				top: top === '' ? name : top,
			});
		}
	}
	return undefined;
}

function fromJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function inside(top: string): string {
	return PLAIN_NAME.test(top) ? ` in '${top}'` : '';
}

function grouped(number: number): string {
	return number.toLocaleString('en-US');
}
