/** Fills the lists of resource locators. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { Agent } from '../../../lib/babelforce/documents';
import { plainId } from '../../../lib/babelforce/ids';
import { listAgents } from '../../../lib/babelforce/resources/agents';
import { createBabelforceClientFor } from '../../../lib/n8n/babelforce-client';
import { toNodeError } from '../../../lib/n8n/errors';

/** Entries that a list shows; to find more, people type. */
const SHOWN = 100;
/** A person waits for the list to open, so waiting is short. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/** Agents by name, email address, number or group. babelforce does the searching. */
export async function searchAgents(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const text = filter?.trim();
	const node = this.getNode();
	const agents = await createBabelforceClientFor(this, LIMITS)
		.then(async (client) => await listAgents(client, { text: text === '' ? undefined : text }, SHOWN))
		.then(
			(found) => found,
			(error: unknown) => Promise.reject(toNodeError(error, { node })),
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
