/** Reads Kustomer's side: who works there, in which status. */
import type { KustomerClient } from '../kustomer/client';
import { isUsable } from '../kustomer/operations/set-agent-status';
import { listAgents, type Agent } from '../kustomer/resources/agents';
import { recentStatuses, type AgentStatus } from '../kustomer/resources/routing-statuses';
import { readActiveSessions, type AgentSession } from '../kustomer/resources/work-sessions';
import type { KnownStatus } from './rules/mapping';
import type { KustomerSide, Status } from '../domain/agent-status';

/** Milliseconds: a status that is not known may be new, but this young a list knows it. */
const FRESH = 5_000;

/** What Kustomer shows at one moment. */
export interface KustomerLook {
	agents: Agent[];
	/** All statuses of the organization. */
	statuses: KnownStatus[];
	/** The sessions that go on, by user. */
	sessions: ReadonlyMap<string, AgentSession[]>;
	/** Whether a session that goes on may be missing: the list had several pages. */
	mayMissSome: boolean;
	/** The side of one agent, by the session that goes on. */
	sideOf(session: AgentSession | undefined): KustomerSide;
}

/**
 * Looks at Kustomer. One request per 100 agents who are signed in; statuses, users and teams are remembered for a while.
 *
 * @param options.teams whether the agents' teams are wanted
 * @param options.expectMore whether somebody is missing, so that the users are read again unless that was just done
 * @param options.earlier a look of just now, whose sessions still count
 * @throws {KustomerError}
 */
export async function lookAtKustomer(
	client: KustomerClient,
	options: { teams: boolean; expectMore?: boolean; earlier?: Pick<KustomerLook, 'sessions' | 'mayMissSome'> },
): Promise<KustomerLook> {
	const { sessions, mayMissSome } = options.earlier ?? (await readSessions(client));
	const all = [...sessions.values()].flat();
	const [statuses, agents] = await Promise.all([
		statusesFor(client, all),
		// An id that no user has makes the list be read again, unless it is young.
		listAgents(client, {
			teams: options.teams,
			expecting: options.expectMore === true ? [''] : sessions.keys(),
		}),
	]);
	const byId = new Map(statuses.map((status) => [status.id, status]));
	const offline = offlineOf(statuses);
	return {
		agents,
		statuses: statuses.map((status) => ({
			id: status.id,
			name: status.name,
			settable: isUsable(status, false),
		})),
		sessions,
		mayMissSome,
		sideOf: (session) =>
			session === undefined ? { status: offline } : sideOf(session, byId.get(session.statusId ?? '')),
	};
}

async function readSessions(client: KustomerClient): Promise<Pick<KustomerLook, 'sessions' | 'mayMissSome'>> {
	const { sessions, mayMissSome } = await readActiveSessions(client);
	return { sessions: byUser(sessions), mayMissSome };
}

function byUser(sessions: readonly AgentSession[]): Map<string, AgentSession[]> {
	const found = new Map<string, AgentSession[]>();
	for (const session of sessions) {
		found.set(session.userId, [...(found.get(session.userId) ?? []), session]);
	}
	return found;
}

async function statusesFor(
	client: KustomerClient,
	sessions: readonly AgentSession[],
): Promise<AgentStatus[]> {
	const statuses = await recentStatuses(client);
	const known = new Set(statuses.map(({ id }) => id));
	const isNew = ({ statusId }: AgentSession) => statusId !== undefined && !known.has(statusId);
	return sessions.some(isNew) ? await recentStatuses(client, FRESH) : statuses;
}

function offlineOf(statuses: readonly AgentStatus[]): Status {
	const offline = statuses.filter(({ statusType }) => statusType === 'offline');
	const status = offline.find(({ system }) => system) ?? offline[0];
	return status === undefined ? { name: 'Offline' } : { id: status.id, name: status.name };
}

function sideOf(session: AgentSession, status: AgentStatus | undefined): KustomerSide {
	const changedAt = Date.parse(session.statusAt ?? '');
	return {
		status: status === undefined ? { id: session.statusId ?? 'none' } : { id: status.id, name: status.name },
		session: session.id,
		...(Number.isNaN(changedAt) ? {} : { changedAt }),
	};
}
