import { KustomerError } from '../kustomer/errors';

/** For what a session can do without: what the key may not do is left as it is, and the session is logged all the same. */
export function unlessForbidden(error: unknown): undefined | Promise<never> {
	return error instanceof KustomerError && (error.kind === 'forbidden' || error.kind === 'unauthorized')
		? undefined
		: Promise.reject(error);
}
