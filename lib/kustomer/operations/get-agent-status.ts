/**
 * Which status agents have in Kustomer now (rule S5).
 */
import type { KustomerClient } from '../client';
import { listAgents } from '../resources/agents';
import { offlineStatus, recentStatuses, type AgentStatus } from '../resources/routing-statuses';
import { byUser, listActiveSessions, type AgentSession } from '../resources/work-sessions';
import { noActiveSession, severalSessions } from './agent-status-problems';
import { agentOf, labelOf, sessionsOf, type AgentTarget, type TargetedAgent } from './agent-target';

/** The status of one agent. */
export interface AgentStatusReport extends TargetedAgent {
	/** `found`; or why there is no status: the agent is offline, or has several sessions (rule S6). */
	outcome: 'found' | 'noActiveSession' | 'severalSessions';
	/** Whether the agent is signed in to routing. */
	signedIn: boolean;
	/** Without a session that of the status Offline; with several nothing. */
	statusId?: string;
	/** Name of the status. */
	status?: string;
	statusType?: string;
	/** ISO 8601: when the status began, as far as Kustomer says so. */
	statusAt?: string;
	signedInAt?: string;
	teamId?: string;
	workSessionId?: string;
	/** Ids of all sessions, when there are several. */
	workSessionIds?: string[];
	/** One sentence, when there is something to say. */
	reason?: string;
}

/**
 * One agent. Requests: the agent's sessions; users and statuses when they are not remembered.
 *
 * @throws {AgentStatusProblem} when it is not clear who is meant
 * @throws {KustomerError}
 */
export async function getAgentStatus(
	client: KustomerClient,
	target: AgentTarget,
): Promise<AgentStatusReport> {
	const agent = await agentOf(client, target);
	const sessions = await sessionsOf(client, target, agent.userId);
	return reportOf(agent, labelOf(target), sessions, await recentStatuses(client));
}

/**
 * All agents, whether signed in or not. Requests: one per 100 agents who are signed in; users once in ten minutes, one
 * request per 500, and statuses once a minute.
 *
 * @throws {KustomerError}
 */
export async function getAllAgentStatuses(client: KustomerClient): Promise<AgentStatusReport[]> {
	const sessions = await listActiveSessions(client);
	const statuses = await recentStatuses(client);
	const sessionsByUser = byUser(sessions);
	const agents = await listAgents(client, { teams: false, expecting: sessionsByUser.keys() });
	const known = new Map(agents.map((agent) => [agent.id, agent]));
	const present = agents.filter((agent) => !agent.deleted || sessionsByUser.has(agent.id));
	const strangers = [...sessionsByUser.keys()].filter((userId) => !known.has(userId));
	return [
		...present.map(({ id, name, email }) => ({ userId: id, name, email })),
		...strangers.map((userId): TargetedAgent => ({ userId })),
	].map((agent) =>
		reportOf(agent, agent.email || agent.userId, sessionsByUser.get(agent.userId) ?? [], statuses),
	);
}

function reportOf(
	agent: TargetedAgent,
	label: string,
	sessions: readonly AgentSession[],
	statuses: readonly AgentStatus[],
): AgentStatusReport {
	const [session, ...others] = sessions;
	if (session === undefined) {
		const offline = offlineStatus(statuses);
		return {
			...agent,
			outcome: 'noActiveSession',
			signedIn: false,
			statusId: offline?.id,
			status: offline?.name ?? 'Offline',
			statusType: 'offline',
			reason: noActiveSession(label).message,
		};
	}
	if (others.length > 0) {
		const workSessionIds = sessions.map(({ id }) => id);
		return {
			...agent,
			outcome: 'severalSessions',
			signedIn: true,
			workSessionIds,
			reason: severalSessions(label, workSessionIds).message,
		};
	}
	return {
		...agent,
		outcome: 'found',
		signedIn: true,
		statusId: session.statusId,
		status: statuses.find(({ id }) => id === session.statusId)?.name,
		statusType: session.statusType,
		statusAt: session.statusAt,
		signedInAt: session.signedInAt,
		teamId: session.teamId,
		workSessionId: session.id,
	};
}
