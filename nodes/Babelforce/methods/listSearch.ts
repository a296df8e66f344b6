/** Fills the lists of resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { byName, toldApart } from '../../../lib/n8n/panel/sorting';
import type { Agent } from '../../../lib/platforms/babelforce/api/documents';
import { plainId } from '../../../lib/platforms/babelforce/api/ids';
import { listAgents } from '../../../lib/platforms/babelforce/api/resources/agents';
import { askBabelforce } from '../../../lib/n8n/babelforce/ask';

/** Entries that a list shows; to find more, people type. */
const SHOWN = 100;

/** Agents by name, email address, number or group. babelforce does the searching. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const text = filter?.trim();
	const agents = await askBabelforce(
		this,
		async (client) => await listAgents(client, { text: text === '' ? undefined : text }, SHOWN),
	);
	return {
		results: toldApart(
			agents.map((agent) => ({ name: labelOf(agent), value: plainId(agent.id) ?? agent.id })).sort(byName),
		),
	};
}

function labelOf({ id, name, email }: Agent): string {
	const label = name ?? email ?? id;
	return typeof email === 'string' && email !== '' && email !== label ? `${label} (${email})` : label;
}
