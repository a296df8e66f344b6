/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { byName, toldApart } from '../../../lib/n8n/panel/sorting';
import { listUserStatuses } from '../../../lib/platforms/ccaip/api/resources/user-statuses';
import { askCcaiPlatform } from '../../../lib/n8n/ccaip/ask';

/** Statuses that can be given to agents. Their values are ids, which stay when a status is renamed. */
export async function getSettableStatuses(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const statuses = await askCcaiPlatform(this, listUserStatuses);
	return toldApart(
		statuses
			.filter(({ isSystem }) => !isSystem)
			.map(({ id, name }) => ({ name, value: id }))
			.sort(byName),
	);
}
