import type { HttpResponse } from './http';

/** The first value of a header; undefined when it is absent or empty. */
export function headerOf(headers: HttpResponse['headers'], name: string): string | undefined {
	const value = headers[name];
	const first = (Array.isArray(value) ? value[0] : value)?.trim();
	return first === undefined || first === '' ? undefined : first;
}

/**
 * The id that a service gave a request, for its support; undefined when there is none, or what is there is no id.
 *
 * @param names of headers that may hold it, the best first
 */
export function requestIdOf(headers: HttpResponse['headers'], names: readonly string[]): string | undefined {
	const id = names.map((name) => headerOf(headers, name)).find((value) => value !== undefined);
	return id === undefined || !/^[\w.:;=+/-]{1,200}$/.test(id) ? undefined : id;
}
