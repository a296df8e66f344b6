/** Fills the lists of resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Agent } from '../../../lib/platforms/babelforce/api/documents';
import { plainId } from '../../../lib/platforms/babelforce/api/ids';
import { listAgents } from '../../../lib/platforms/babelforce/api/resources/agents';
import { ask } from './client';

/** Entries that a list shows; to find more, people type. */
const SHOWN = 100;

/** Agents by name, email address, number or group. babelforce does the searching. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const text = filter?.trim();
	const agents = await ask(
		this,
		async (client) => await listAgents(client, { text: text === '' ? undefined : text }, SHOWN),
	);
	return {
		results: agents
			.map((agent) => ({ name: labelOf(agent), value: plainId(agent.id) ?? agent.id }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

function labelOf({ id, name, email }: Agent): string {
	const label = name ?? email ?? id;
	return typeof email === 'string' && email !== '' && email !== label ? `${label} (${email})` : label;
}
