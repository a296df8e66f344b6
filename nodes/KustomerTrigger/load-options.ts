/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listTeams } from '../../lib/kustomer/resources/teams';
import { askKustomer } from '../../lib/n8n/kustomer/ask';
import { byName, toldApart } from '../../lib/n8n/panel/sorting';

/** Teams of the organization, by name. */
export async function getTeams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const teams = await askKustomer(this, listTeams);
	return toldApart(
		teams
			.map(({ id, attributes }) => ({ name: attributes.displayName ?? attributes.name ?? id, value: id }))
			.sort(byName),
	);
}
