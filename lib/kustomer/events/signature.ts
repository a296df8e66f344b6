/**
 * Whether an event comes from Kustomer: its signature is the HMAC-SHA256 of the raw body in hexadecimal digits, with the
 * webhook's token as key. https://developer.kustomer.com/docs/events/delivery-and-retries
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-kustomer-webhook-signature';

/** Compared in constant time. */
export function isSignedWith(token: string, rawBody: Uint8Array, signature: string): boolean {
	if (token === '') return false;
	const expected = createHmac('sha256', token).update(rawBody).digest();
	const given = /^[0-9a-f]{64}$/i.test(signature) ? Buffer.from(signature, 'hex') : Buffer.alloc(0);
	return given.length === expected.length && timingSafeEqual(given, expected);
}
