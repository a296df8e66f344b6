/**
 * One look at the statuses of all agents. Costs one request per 100 agents who are signed in; statuses and users are
 * remembered for a while, and read again when a session names one that is not known.
 */
import type { KustomerClient } from '../../kustomer/client';
import { listAgents } from '../../kustomer/resources/agents';
import { listStatuses, type AgentStatus } from '../../kustomer/resources/routing-statuses';
import { listActiveSessions } from '../../kustomer/resources/work-sessions';
import { SharedReading } from '../../process/shared-reading';
import type { StatusLook } from './status-changes';

const STATUSES_REMEMBERED_FOR = 10 * 60_000;
const STATUSES_READ_AGAIN_AFTER = 60_000;

const statuses = new SharedReading(listStatuses, STATUSES_REMEMBERED_FOR);

/**
 * Looks.
 *
 * @param withTeams whether the agents' teams are wanted; without them their role is not needed
 * @throws {KustomerError}
 */
export async function lookAtStatuses(client: KustomerClient, withTeams: boolean): Promise<StatusLook> {
	const at = client.clock.now();
	const sessions = await listActiveSessions(client);
	const agents = await listAgents(client, {
		teams: withTeams,
		expecting: sessions.map(({ userId }) => userId),
	});
	const named = new Set(sessions.flatMap(({ statusId }) => statusId ?? []));
	const known = await statuses.get(client);
	const isComplete = holdsAll(known, named);
	return {
		sessions,
		agents,
		statuses: isComplete ? known : await statuses.get(client, STATUSES_READ_AGAIN_AFTER),
		at,
	};
}

function holdsAll(known: readonly AgentStatus[], ids: ReadonlySet<string>): boolean {
	const all = new Set(known.map(({ id }) => id));
	return [...ids].every((id) => all.has(id));
}
