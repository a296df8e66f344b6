import { emailKey } from '../../../../domain/email-address';
import type { BabelforceClient } from '../client';
import type { Agent } from '../documents';
import { BabelforceError } from '../errors';
import { plainId, wireId } from '../ids';

/** Which agents are wanted. Everything that is given must fit. */
export interface AgentFilters {
	/** Part of a name, a group's name, a number, an email address or a source id. */
	text?: string;
	enabled?: boolean;
	name?: string;
	number?: string;
	sourceId?: string;
	/** State of the line. */
	state?: string;
	groups?: string[];
	tags?: string[];
}

/**
 * One agent.
 *
 * @throws {BabelforceError} of the kind `notFound`
 */
export async function getAgent(client: BabelforceClient, id: string): Promise<Agent> {
	return await client.item<Agent>({ operation: 'read the agent', path: ['agents', wireId(id, 'Agent')] });
}

/**
 * The one agent who was made from an object of another system: for agents from Kustomer, the user id.
 *
 * @throws {BabelforceError} of the kind `notFound` or `severalMatches`
 */
export async function getAgentBySource(client: BabelforceClient, sourceId: string): Promise<Agent> {
	// Whether the filter compares whole ids is not documented.
	const agents = (await listAgents(client, { sourceId })).filter((agent) => agent.sourceId === sourceId);
	if (agents.length === 1 && agents[0] !== undefined) return agents[0];
	throw agents.length === 0
		? new BabelforceError({
				kind: 'notFound',
				status: 404,
				message: 'babelforce has no agent with this source ID.',
				advice:
					'Check the source ID. Agents that were entered by hand have none; agents that babelforce synchronizes from Kustomer carry their Kustomer user ID.',
			})
		: new BabelforceError({
				kind: 'severalMatches',
				message: `babelforce has ${agents.length} agents with this source ID.`,
				advice: 'Choose the agent by ID, or delete the agents that are not needed in babelforce.',
			});
}

/**
 * The one agent with an email address. Capital letters do not matter.
 *
 * @throws {BabelforceError} of the kind `notFound` or `severalMatches` (rule S6)
 */
export async function getAgentByEmail(client: BabelforceClient, email: string): Promise<Agent> {
	const key = emailKey(email);
	// The search looks in several fields, and for parts.
	const agents = (await listAgents(client, { text: key })).filter((agent) => emailKey(agent.email) === key);
	if (agents.length === 1 && agents[0] !== undefined) return agents[0];
	throw agents.length === 0
		? new BabelforceError({
				kind: 'notFound',
				status: 404,
				message: `babelforce has no agent with the email address ${email.trim()}.`,
				advice: 'Check the address: the agent needs the same one in both systems.',
			})
		: new BabelforceError({
				kind: 'severalMatches',
				message: `babelforce has ${agents.length} agents with the email address ${email.trim()}: ${agents.map(({ id }) => plainId(id)).join(', ')}.`,
				advice: 'Choose the agent by ID, or give each agent an address of their own.',
			});
}

/** Agents that fit all filters, in babelforce's order. */
export async function listAgents(
	client: BabelforceClient,
	filters: AgentFilters,
	limit?: number,
): Promise<Agent[]> {
	const { text, ...others } = filters;
	return await client.list<Agent>({
		operation: 'list agents',
		path: ['agents'],
		limit,
		query: { q: text, ...others },
	});
}
