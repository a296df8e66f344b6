/** Fills the lists of resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { byName, toldApart } from '../../../lib/n8n/panel/sorting';
import type { Agent } from '../../../lib/platforms/ccaip/api/documents';
import { agentName, listAllAgents } from '../../../lib/platforms/ccaip/api/resources/agents';
import { askCcaiPlatform } from '../../../lib/n8n/ccaip/ask';

/** Entries that a list shows; to find more, people type. */
const SHOWN = 100;

/** Agents by name, email address or agent number. The platform does not search, so all are read. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const text = filter?.trim().toLowerCase() ?? '';
	const agents = await askCcaiPlatform(this, listAllAgents);
	return {
		results: toldApart(
			agents
				.filter((agent) =>
					[agentName(agent), agent.email, agent.agent_number].some((one) =>
						one?.toLowerCase().includes(text),
					),
				)
				.map((agent) => ({ name: labelOf(agent), value: String(agent.id) }))
				.sort(byName)
				.slice(0, SHOWN),
		),
	};
}

function labelOf(agent: Agent): string {
	const name = agentName(agent);
	const email = agent.email?.trim() ?? '';
	if (name === '') return email === '' ? String(agent.id) : email;
	return email === '' ? name : `${name} (${email})`;
}
