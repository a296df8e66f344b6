/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listUserStatuses } from '../../../lib/platforms/ccaip/api/resources/user-statuses';
import { ask } from './client';

/** Statuses that can be given to agents. Their values are ids, which stay when a status is renamed. */
export async function getSettableStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const statuses = await ask(this, async (client) => await listUserStatuses(client));
	return statuses
		.filter(({ isSystem }) => !isSystem)
		.map(({ id, name }) => ({ name, value: id }))
		.sort((a, b) => a.name.localeCompare(b.name));
}
