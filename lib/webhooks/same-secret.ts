/** Compares what a caller presents with what it should be, so that the time taken tells nothing of it. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether both are the same, bytes of UTF-8. Neither the content nor the length of the secret shows in the time taken. */
export function sameSecret(presented: string, secret: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
	return timingSafeEqual(digest(presented), digest(secret));
}
