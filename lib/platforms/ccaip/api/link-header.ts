/** Reads the header `Link`, by which the manager API tells of the next page: https://datatracker.ietf.org/doc/html/rfc8288 */
import { headerOf } from '../../../http/headers';
import type { HttpResponse } from '../../../http/http';

/** Characters. A longer header is none that a person or a platform has written. */
const LONGEST_HEADER = 8000;

const LINK = /<([^<>]*)>((?:\s*;\s*[\w!#$&+\-.^`|~*]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)/g;
const RELATION = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i;

/**
 * The query of the next page.
 *
 * Only the query is taken: where the request goes, and with which credential, is not for the answer to say.
 *
 * @returns undefined when there is no next page
 */
export function nextPageQuery(headers: HttpResponse['headers']): Record<string, string> | undefined {
	const header = headerOf(headers, 'link') ?? '';
	if (header.length > LONGEST_HEADER) return undefined;
	for (const [, address = '', parameters = ''] of header.matchAll(LINK)) {
		const [, quoted, plain] = RELATION.exec(parameters) ?? [];
		const relations = (quoted ?? plain ?? '').toLowerCase().split(/\s+/);
		const base = 'https://tenant.invalid';
		if (!relations.includes('next') || !URL.canParse(address, base)) continue;
		return Object.fromEntries(new URL(address, base).searchParams);
	}
	return undefined;
}
