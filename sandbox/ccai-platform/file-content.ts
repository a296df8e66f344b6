/** Made-up content of files: the same for the same size, never held as a whole. */
import { createHash } from 'node:crypto';

const PIECE_BYTES = 64 * 1024;
const PIECE = Buffer.from(
	Array.from({ length: PIECE_BYTES }, (_, index) => (index * 31 + (index >> 8)) & 255),
);

/** The content of a file, piece by piece. */
export function* piecesOf(size: number): Generator<Buffer> {
	for (let left = size; left > 0; left -= PIECE_BYTES) yield PIECE.subarray(0, Math.min(left, PIECE_BYTES));
}

/** The content of a small file. */
export function bytesOf(size: number): Buffer {
	return Buffer.concat([...piecesOf(size)]);
}

/** In hexadecimal. */
export function sha256Of(size: number): string {
	const hash = createHash('sha256');
	for (const piece of piecesOf(size)) hash.update(piece);
	return hash.digest('hex');
}
