import type { KustomerClient } from '../client';
import type { Tag } from '../documents';
import { Memory } from '../../process/memory';

/**
 * Tags of the organization. Requests name tags, answers carry their ids: this list leads from one to the other.
 * Widely used, although Kustomer's published reference does not list it.
 */
export function listTags(client: KustomerClient, options: { limit?: number } = {}): Promise<Tag[]> {
	return client.list<Tag>({
		operation: 'tag.list',
		path: ['tags'],
		query: { deleted: false },
		limit: options.limit,
	});
}

const TEN_MINUTES = 10 * 60_000;
const idsByName = new Memory<string>(TEN_MINUTES);

/** The id of a tag, or undefined when the organization has none of this name. Remembered for ten minutes. */
export async function findTagId(client: KustomerClient, name: string): Promise<string | undefined> {
	const keyOf = (tagName: string) => `${client.credentialKey}\n${tagName.trim().toLowerCase()}`;
	const now = client.clock.now();
	const known = idsByName.get(keyOf(name), now);
	if (known !== undefined) return known;
	const tags = await listTags(client);
	const found = tags.find((tag) => tag.attributes?.name?.trim().toLowerCase() === name.trim().toLowerCase());
	if (found !== undefined) idsByName.set(keyOf(name), found.id, now);
	return found?.id;
}
