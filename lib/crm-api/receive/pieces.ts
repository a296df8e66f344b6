/** The bytes of a body, piece by piece, with the possibility to give a part back. */
export class Pieces {
	private readonly iterator: AsyncIterator<Uint8Array>;

	private rest: Uint8Array | undefined;

	constructor(content: AsyncIterable<Uint8Array>) {
		this.iterator = content[Symbol.asyncIterator]();
	}

	/** The next bytes; undefined at the end. */
	async next(): Promise<Uint8Array | undefined> {
		if (this.rest !== undefined) {
			const { rest } = this;
			this.rest = undefined;
			return rest;
		}
		const next = await this.iterator.next();
		return next.done === true ? undefined : next.value;
	}

	/** What the next call of `next` gives. */
	putBack(piece: Uint8Array): void {
		this.rest = piece;
	}
}

/** Text that is kept while the rest of a body passes by. */
export class Kept {
	private readonly pieces: Uint8Array[] = [];

	length = 0;

	add(piece: Uint8Array): void {
		this.pieces.push(piece);
		this.length += piece.byteLength;
	}

	/** Takes away the last so many bytes, and returns them. */
	takeBack(bytes: number): Uint8Array {
		const all = Buffer.concat(this.pieces);
		const kept = all.subarray(0, all.length - bytes);
		this.pieces.length = 0;
		this.pieces.push(kept);
		this.length = kept.length;
		return all.subarray(kept.length);
	}

	text(): string {
		return Buffer.concat(this.pieces).toString('utf8');
	}
}

/** The same bytes, up to a limit. @param refuse called when there are more */
export async function* atMost(
	content: AsyncIterable<Uint8Array>,
	bytes: number,
	refuse: () => Error,
): AsyncGenerator<Uint8Array> {
	let seen = 0;
	for await (const piece of content) {
		seen += piece.byteLength;
		if (seen > bytes) throw refuse();
		yield piece;
	}
}
