/** Fills the lists of resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Agent } from '../../../lib/platforms/ccaip/api/documents';
import { agentName, listAgents, MAX_PAGES } from '../../../lib/platforms/ccaip/api/resources/agents';
import { ask } from './client';

/** Entries that a list shows; to find more, people type. */
const SHOWN = 100;

/** Agents by name, email address or agent number. The platform does not search, so all are read. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const text = filter?.trim().toLowerCase() ?? '';
	const agents = await ask(this, async (client) => await listAgents(client, { maxPages: MAX_PAGES }));
	return {
		results: agents
			.filter((agent) =>
				[agentName(agent), agent.email, agent.agent_number].some((one) => one?.toLowerCase().includes(text)),
			)
			.map((agent) => ({ name: labelOf(agent), value: String(agent.id) }))
			.sort((a, b) => a.name.localeCompare(b.name))
			.slice(0, SHOWN),
	};
}

function labelOf(agent: Agent): string {
	const name = agentName(agent);
	const email = agent.email?.trim() ?? '';
	if (name === '') return email === '' ? String(agent.id) : email;
	return email === '' ? name : `${name} (${email})`;
}
