/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listTags } from '../../../lib/kustomer/resources/tags';
import { ask } from './client';

/** Tags of the organization. Their values are names: Kustomer takes names and makes those that are new. */
export async function getTags(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const tags = await ask(this, (client) => listTags(client));
	return tags
		.filter(({ attributes }) => attributes.deleted !== true)
		.map(({ attributes }) => ({ name: attributes.name, value: attributes.name }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
