import type { KustomerSide, Status } from '../domain/agent-status';
import { millisecondsOf } from '../domain/time';
import { isUsable, offlineStatus, type AgentStatus } from '../kustomer/resources/routing-statuses';
import { byUser, type AgentSession } from '../kustomer/resources/work-sessions';
import type { KustomerLook } from './kustomer-look';
import type { KnownStatus } from './rules/mapping';

/** A look at Kustomer in the words of the comparison. */
export interface KustomerSides extends Pick<KustomerLook, 'agents' | 'mayMissSome'> {
	/** All statuses of the organization. */
	statuses: KnownStatus[];
	/** The sessions that go on, by user. */
	sessions: ReadonlyMap<string, AgentSession[]>;
	/** The side of one agent, by the session that goes on. */
	sideOf(session: AgentSession | undefined): KustomerSide;
}

export function sidesIn(look: KustomerLook): KustomerSides {
	const byId = new Map(look.statuses.map((status) => [status.id, status]));
	const { id, name } = offlineStatus(look.statuses) ?? { name: 'Offline' };
	const offline: Status = id === undefined ? { name } : { id, name };
	return {
		agents: look.agents,
		mayMissSome: look.mayMissSome,
		statuses: look.statuses.map((status) => ({
			id: status.id,
			name: status.name,
			settable: isUsable(status, false),
		})),
		sessions: byUser(look.sessions),
		sideOf: (session) =>
			session === undefined ? { status: offline } : sideOf(session, byId.get(session.statusId ?? '')),
	};
}

function sideOf(session: AgentSession, status: AgentStatus | undefined): KustomerSide {
	const changedAt = millisecondsOf(session.statusAt);
	return {
		status: status === undefined ? { id: session.statusId ?? 'none' } : { id: status.id, name: status.name },
		session: session.id,
		...(changedAt === undefined ? {} : { changedAt }),
	};
}
