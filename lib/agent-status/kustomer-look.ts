/** Looks at Kustomer: who works there, in which status. */
import type { KustomerClient } from '../kustomer/client';
import { listAgents, type Agent } from '../kustomer/resources/agents';
import { recentStatuses, type AgentStatus } from '../kustomer/resources/routing-statuses';
import { readActiveSessions, type AgentSession } from '../kustomer/resources/work-sessions';

/** What Kustomer shows at one moment. */
export interface KustomerLook {
	agents: readonly Agent[];
	/** All statuses of the organization. */
	statuses: readonly AgentStatus[];
	/** The sessions that go on. */
	sessions: readonly AgentSession[];
	/** Whether a session that goes on may be missing: the list had several pages. */
	mayMissSome: boolean;
	/** Milliseconds since the epoch. */
	at: number;
}

export interface LookOptions {
	/** Whether the agents' teams are wanted; without them their role is not needed. */
	teams: boolean;
	/** How old the list of statuses may be, and how old when a session has one that is not in it. Milliseconds. */
	statusAge: { usual: number; unknown: number };
	/** Whether somebody is missing, so that the users are read again unless that was just done. */
	expectMore?: boolean;
	/** A look of just now, whose sessions still count. */
	earlier?: Pick<KustomerLook, 'sessions' | 'mayMissSome'>;
}

/** Statuses that a step reads once in a while: a status that is not known may be new, but this young a list knows it. */
export const FOR_A_STEP: LookOptions['statusAge'] = { usual: 60_000, unknown: 5_000 };

/** Statuses for somebody who looks all day. */
export const FOR_A_WATCH: LookOptions['statusAge'] = { usual: 10 * 60_000, unknown: 60_000 };

/**
 * Looks. One request per 100 agents who are signed in; statuses, users and teams are remembered for a while.
 *
 * @throws {KustomerError}
 */
export async function lookAtKustomer(
	client: KustomerClient,
	{ teams, statusAge, expectMore, earlier }: LookOptions,
): Promise<KustomerLook> {
	const at = client.clock.now();
	const { sessions, mayMissSome } = earlier ?? (await readActiveSessions(client));
	const [statuses, agents] = await Promise.all([
		statusesFor(client, sessions, statusAge),
		listAgents(client, {
			teams,
			// An id that no user has makes the list be read again, unless it is young.
			expecting: expectMore === true ? [''] : sessions.map(({ userId }) => userId),
		}),
	]);
	return { agents, statuses, sessions, mayMissSome, at };
}

async function statusesFor(
	client: KustomerClient,
	sessions: readonly AgentSession[],
	age: LookOptions['statusAge'],
): Promise<AgentStatus[]> {
	const statuses = await recentStatuses(client, age.usual);
	const known = new Set(statuses.map(({ id }) => id));
	const isNew = ({ statusId }: AgentSession) => statusId !== undefined && !known.has(statusId);
	return sessions.some(isNew) ? await recentStatuses(client, age.unknown) : statuses;
}
