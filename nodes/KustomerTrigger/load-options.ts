/** Fills lists of choices. */
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { listTeams } from '../../lib/kustomer/resources/teams';
import { toNodeError } from '../../lib/n8n/run/errors';
import { createClient, type KustomerAuthentication } from '../../lib/n8n/kustomer/client';

/** A person waits for the list to open, so waiting is short. */
const LIMITS = { timeoutMs: 15_000, maxWaitMs: 10_000 };

/** Teams of the organization, by name. */
export async function getTeams(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	try {
		const authentication = this.getNodeParameter('authentication', 'apiKey') as KustomerAuthentication;
		const teams = await listTeams(await createClient(this, authentication, LIMITS));
		return teams
			.map(({ id, attributes }) => ({ name: attributes.displayName ?? attributes.name ?? id, value: id }))
			.sort((a, b) => a.name.localeCompare(b.name));
	} catch (error) {
		throw toNodeError(error, { node: this.getNode() });
	}
}
