/** Lists of objects: https://cloud.google.com/storage/docs/json_api/v1/objects/list */
import type { StoredObject } from './types';

export interface Listing {
	items: Array<Record<string, unknown>>;
	prefixes: string[];
	nextPageToken?: string;
}

export interface ListQuery {
	prefix: string;
	delimiter: string;
	pageToken?: string;
	/** Entries at most. */
	size: number;
}

/** One page of the objects whose names begin with the prefix, in the order of their names. */
export function listObjects(objects: ReadonlyMap<string, StoredObject>, query: ListQuery): Listing {
	const { prefix, delimiter, size } = query;
	// assumes: page-token-is-a-name
	const after = query.pageToken === undefined ? '' : Buffer.from(query.pageToken, 'base64').toString('utf8');
	const entries = new Map<string, Record<string, unknown> | undefined>();
	for (const [name, object] of objects) {
		if (!name.startsWith(prefix)) continue;
		const end = delimiter === '' ? -1 : name.indexOf(delimiter, prefix.length);
		if (end === -1) entries.set(name, resourceOf(name, object));
		else entries.set(name.slice(0, end + delimiter.length), undefined);
	}
	const names = [...entries.keys()].filter((name) => name > after).sort();
	const page = names.slice(0, size);
	const last = page.at(-1);
	return {
		items: page.map((name) => entries.get(name)).filter((item) => item !== undefined),
		prefixes: page.filter((name) => entries.get(name) === undefined),
		...(names.length > size && last !== undefined
			? { nextPageToken: Buffer.from(last).toString('base64') }
			: {}),
	};
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects#resource */
function resourceOf(name: string, { content, updated, contentType }: StoredObject): Record<string, unknown> {
	return {
		kind: 'storage#object',
		name,
		contentType,
		// An unsigned 64-bit number, which JSON carries as text.
		size: String(content.length),
		updated: new Date(updated).toISOString(),
		timeCreated: new Date(updated).toISOString(),
		storageClass: 'STANDARD',
	};
}

/**
 * A partial response, of the form `items(name,size),nextPageToken`:
 * https://cloud.google.com/storage/docs/json_api#partial-response
 */
export function partOf(listing: Listing, fields: string | undefined): Record<string, unknown> {
	const whole: Record<string, unknown> = { kind: 'storage#objects', ...listing };
	if (listing.items.length === 0) delete whole.items;
	if (listing.prefixes.length === 0) delete whole.prefixes;
	if (fields === undefined) return whole;
	const wanted = fields.match(/\w+(?:\([^)]*\))?/g) ?? [];
	return Object.fromEntries(
		wanted.flatMap((one) => {
			const [, name = '', inner] = /^(\w+)(?:\(([^)]*)\))?$/.exec(one) ?? [];
			const value = whole[name];
			if (value === undefined) return [];
			if (inner === undefined || !Array.isArray(value)) return [[name, value]];
			const names = inner.split(',');
			return [
				[
					name,
					value.map((item: Record<string, unknown>) =>
						Object.fromEntries(names.map((key) => [key, item[key]])),
					),
				],
			];
		}),
	);
}
