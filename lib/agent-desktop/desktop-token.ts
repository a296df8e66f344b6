/** Tokens with which the agent desktop passes events on (rule U7): short-lived, signed, for whoever has signed in. Pure. */
import { sign } from '../webhooks/signed-text';

/** Minutes for which a token holds unless told, and at most. */
export const USUAL_MINUTES = 15;
export const MOST_MINUTES = 12 * 60;

/**
 * Makes a token. The trigger accepts it by the method `signedToken` of its credential, with the same secret.
 *
 * @param now milliseconds since the epoch
 */
export function desktopToken(
	minutes: number,
	secret: string,
	now: number,
): { token: string; expiresAt: string } {
	const endsAt = now + minutes * 60_000;
	return { token: sign('desktop', {}, endsAt, secret), expiresAt: new Date(endsAt).toISOString() };
}
