import type { IAllExecuteFunctions } from 'n8n-workflow';

import type { ResolveName } from '../../files/remote-address';

type Helpers = IAllExecuteFunctions['helpers'];

/**
 * How this machine resolves names, by n8n's own means: its nodes may not do it themselves. Undefined where n8n has none, as
 * in n8n 1. What n8n's protection refuses counts as unknown here: the request itself is then refused by n8n, in its words.
 */
export function nameResolver(helpers: Helpers): ResolveName | undefined {
	const { getSecureEgressFilter } = helpers as Partial<Helpers>;
	if (getSecureEgressFilter === undefined) return undefined;
	const lookup = getSecureEgressFilter().createSecureLookup();
	return async (hostname) =>
		await new Promise<readonly string[]>((resolve) => {
			lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }, (error, found) => {
				resolve(
					error === null ? [found].flat().map((one) => (typeof one === 'string' ? one : one.address)) : [],
				);
			});
		});
}
