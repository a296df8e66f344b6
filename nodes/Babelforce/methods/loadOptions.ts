/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listPresences } from '../../../lib/platforms/babelforce/api/resources/presences';
import { ask } from './client';

/** Presences of the account. Their values are names, by which babelforce takes them. */
export async function getPresences(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const presences = await ask(this, async (client) => await listPresences(client));
	return presences
		.map(({ name, label }) => ({ name: label, value: name }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
