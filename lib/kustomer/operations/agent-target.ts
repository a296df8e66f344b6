import type { KustomerClient } from '../client';
import { KustomerError } from '../errors';
import { agentsWithEmail } from '../resources/agents';
import { activeSessionsOf, type AgentSession } from '../resources/work-sessions';
import { agentNotFound, severalAgents } from './agent-status-problems';

/** Who is meant: a Kustomer user, by id or by email address. */
export type AgentTarget = { id: string } | { email: string };

/** An agent, as far as it is known: an id says no more than itself. */
export interface TargetedAgent {
	userId: string;
	name?: string;
	email?: string;
}

/** How the agent is called in messages. */
export function labelOf(target: AgentTarget): string {
	return 'id' in target ? target.id : target.email;
}

/**
 * The agent who is meant. An id costs no request; the first email address has all users read, one request per 500,
 * and none for the next ten minutes.
 *
 * @throws {AgentStatusProblem} when nobody, or more than one, has the email address (rule S6)
 * @throws {KustomerError}
 */
export async function agentOf(client: KustomerClient, target: AgentTarget): Promise<TargetedAgent> {
	if ('id' in target) return { userId: target.id };
	const [agent, ...others] = await agentsWithEmail(client, target.email);
	if (agent === undefined) throw agentNotFound(target.email);
	if (others.length > 0) throw severalAgents(target.email, others.length + 1);
	return { userId: agent.id, name: agent.name, email: agent.email };
}

/**
 * The agent's work sessions that go on.
 *
 * @throws {AgentStatusProblem} when there is no such user
 * @throws {KustomerError}
 */
export async function sessionsOf(client: KustomerClient, target: AgentTarget, userId: string) {
	return await activeSessionsOf(client, userId).then(
		(sessions) => sessions,
		(error: unknown): Promise<AgentSession[]> =>
			Promise.reject(
				error instanceof KustomerError && error.kind === 'notFound' ? agentNotFound(labelOf(target)) : error,
			),
	);
}
