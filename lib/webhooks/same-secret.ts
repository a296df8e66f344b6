/** Compares what a caller presents with what it should be, so that the time taken tells nothing of it. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether both are the same; texts are bytes of UTF-8. Neither the content nor the length of the secret shows in the time taken. */
export function sameSecret(presented: string | Uint8Array, secret: string | Uint8Array): boolean {
	const digest = (value: string | Uint8Array) => createHash('sha256').update(value).digest();
	return timingSafeEqual(digest(presented), digest(secret));
}
