import type { HttpResponse } from './http';

/** The first value of a header; undefined when it is absent or empty. */
export function headerOf(headers: HttpResponse['headers'], name: string): string | undefined {
	const value = headers[name];
	const first = (Array.isArray(value) ? value[0] : value)?.trim();
	return first === undefined || first === '' ? undefined : first;
}
