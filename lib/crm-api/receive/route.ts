import { ENDPOINTS, type Endpoint } from '../endpoints';

/** Where a request goes to. */
export interface Route {
	endpoint: Endpoint;
	/** What stands behind the endpoint's path; undefined when nothing does. */
	id: string | undefined;
}

/** Parts of the longest address below the base: an endpoint's path, and an id. */
export const MOST_SEGMENTS = Math.max(
	...ENDPOINTS.map(({ path, idInPath }) => path.split('/').length + Number(idInPath)),
);

/**
 * The endpoint of an address.
 *
 * @param segments of the path below the base
 * @returns undefined when there is no such endpoint
 */
export function routeOf(segments: readonly string[]): Route | undefined {
	const whole = segments.join('/');
	const exact = ENDPOINTS.find(({ path }) => path === whole);
	if (exact !== undefined) return { endpoint: exact, id: undefined };
	const front = segments.slice(0, -1).join('/');
	const withId = ENDPOINTS.find(({ path, idInPath }) => idInPath && path === front);
	return withId === undefined ? undefined : { endpoint: withId, id: segments.at(-1) };
}
