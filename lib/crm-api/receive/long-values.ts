/**
 * Takes the file out of a body that carries it as one long value among others (rule G9): the rest of the body is small and
 * kept, the long value goes by piece by piece. So a recording of any size is never in memory as a whole.
 */
import { Kept, type Pieces } from './pieces';
import { RequestProblem } from './problem';

/** Bytes of a value from which on it can only be a file. */
export const LONG_VALUE = 64 * 1024;

/** How a body writes its values. */
interface Syntax {
	/** The sign after which a value begins. */
	opens: number;
	/** Position of the sign that ends the value that is being read, at or after `from`; -1 when it is not in this piece. */
	endFinder(): (piece: Uint8Array, from: number) => number;
}

const [QUOTE, BACKSLASH, EQUALS, AMPERSAND] = ['"', '\\', '=', '&'].map((sign) => sign.charCodeAt(0)) as [
	number,
	number,
	number,
	number,
];

/** https://www.rfc-editor.org/rfc/rfc8259#section-7 */
export const JSON_SYNTAX: Syntax = {
	opens: QUOTE,
	endFinder: () => {
		let isEscaped = false;
		return (piece, from) => {
			for (let at = from; at < piece.length; at += 1) {
				if (isEscaped) isEscaped = false;
				else if (piece[at] === BACKSLASH) isEscaped = true;
				else if (piece[at] === QUOTE) return at;
			}
			return -1;
		};
	},
};

/** https://url.spec.whatwg.org/#application/x-www-form-urlencoded */
export const FORM_SYNTAX: Syntax = {
	opens: EQUALS,
	endFinder: () => (piece, from) => piece.indexOf(AMPERSAND, from),
};

/** What stands in the text where the long value was. */
export const TAKEN_OUT = 'the file that was taken out of this value';

/**
 * Reads a body to its end.
 *
 * @param most bytes that the body may have without its long value
 * @param take gets the long value as it is written; has to read it to its end
 * @returns the body with {@link TAKEN_OUT} in place of the long value
 * @throws {RequestProblem} when what is kept is too large, or several values are long
 */
export async function takeOutLongValue(
	pieces: Pieces,
	syntax: Syntax,
	most: number,
	take: (value: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<string> {
	const kept = new Kept();
	/** Finds the end of the value that is being read; undefined between values. */
	let findEnd: ReturnType<Syntax['endFinder']> | undefined;
	/** Bytes of that value that are kept so far. */
	let length = 0;
	let isTaken = false;

	for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
		/** What is kept is added in one piece, however many values it has. */
		let keptUpTo = 0;
		let at = 0;
		while (at < piece.length) {
			if (findEnd === undefined) {
				const opening = piece.indexOf(syntax.opens, at);
				at = opening < 0 ? piece.length : opening + 1;
				if (opening >= 0) findEnd = syntax.endFinder();
				length = 0;
				continue;
			}
			const found = findEnd(piece, at);
			const end = found < 0 ? piece.length : found;
			length += end - at;
			if (length <= LONG_VALUE) {
				at = found < 0 ? end : end + 1;
				if (found >= 0) findEnd = undefined;
				continue;
			}
			if (isTaken) throw twoFiles();
			isTaken = true;
			kept.add(piece.subarray(keptUpTo, at));
			const begun = [kept.takeBack(length - (end - at)), piece.subarray(at, end)];
			if (found >= 0) pieces.putBack(piece.subarray(found));
			await take(found >= 0 ? allOf(begun) : upTo(begun, pieces, findEnd));
			kept.add(Buffer.from(TAKEN_OUT));
			length = 0;
			at = piece.length;
			keptUpTo = at;
			findEnd = syntax.endFinder();
		}
		kept.add(piece.subarray(keptUpTo));
		if (kept.length > most) throw tooMuchText(most);
	}
	return kept.text();
}

async function* allOf(begun: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* begun;
}

async function* upTo(
	begun: readonly Uint8Array[],
	pieces: Pieces,
	findEnd: (piece: Uint8Array, from: number) => number,
): AsyncGenerator<Uint8Array> {
	yield* begun;
	for (let piece = await pieces.next(); piece !== undefined; piece = await pieces.next()) {
		const found = findEnd(piece, 0);
		if (found < 0) {
			yield piece;
			continue;
		}
		pieces.putBack(piece.subarray(found));
		yield piece.subarray(0, found);
		return;
	}
}

/** The body has more than may be kept. */
export function tooMuchText(most: number): RequestProblem {
	return new RequestProblem(
		413,
		`The body has more than ${Math.floor(most / 1024)} kB of parameters. Send fewer of them.`,
	);
}

/** A request carries one file. */
export function twoFiles(): RequestProblem {
	return new RequestProblem(422, 'The body carries more than one file. Send one file with each request.');
}
