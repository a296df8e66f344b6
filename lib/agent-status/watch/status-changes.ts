/**
 * Which agents have another status than at the last look: pure.
 */
import { isRecord, ownValue } from '../../domain/record';
import { offlineStatus } from '../../kustomer/resources/routing-statuses';
import { byUser, type AgentSession } from '../../kustomer/resources/work-sessions';
import type { KustomerLook } from '../kustomer-look';
import { isBySelectedTeam, isFollowed, type TeamChoice } from '../rules/team-choice';

/** An agent at the last look; the selected team, empty for none, only where it counts. */
type Known = readonly [sessionId: string, statusId: string, teamId?: string];

/** What is remembered of the last look. Small, because n8n saves it with every change. */
export interface StatusMemory {
	/** Names the credential: another organization has other agents. */
	of: string;
	/** By user. Who has no session is not in it. */
	agents: Record<string, Known>;
	/** Users whose session was not seen at the last look, and who may be gone. */
	missed: readonly string[];
	/** By user: the sessions of a problem that was reported. */
	reported: Record<string, string>;
}

/** The agent of a change. */
export interface ChangedAgent {
	id: string;
	name: string;
	email: string;
	/** Ids of the teams that the agent is a member of; empty unless that counts. */
	teams: string[];
}

/** A status of a change. */
export interface StatusValue {
	id: string | null;
	name: string;
	/** `available`, `busy`, `unavailable` or `offline`. */
	statusType: string;
}

/** One agent has another status. */
export interface StatusChange {
	/** Stays the same when the change is reported again. */
	id: string;
	agent: ChangedAgent;
	/** Null when it is not known, at the first look and for a login, and when nothing has changed. */
	before: StatusValue | null;
	after: StatusValue;
	/** ISO 8601, as Kustomer tells it; for a logout the time at which it was noticed. */
	changedAt: string;
	/** A work session has begun since the last look (rule S5). */
	login: boolean;
	/** The work session has ended. */
	logout: boolean;
	/** Reported because the agent is seen for the first time, not because the status changed. */
	initial: boolean;
	session: { id: string; signedInAt: string | null; teamId: string | null } | null;
}

/** An agent whose status is not clear (rule S6). */
export interface StatusProblem {
	id: string;
	problem: 'severalSessions';
	agent: ChangedAgent;
	sessions: Array<{ id: string; status: string; signedInAt: string | null }>;
	message: string;
}

export interface StatusComparison {
	changes: StatusChange[];
	problems: StatusProblem[];
	/** To be kept once the changes are handed over. */
	memory: StatusMemory;
}

/** Only agents of the chosen teams are reported (rule S7). */
export interface CompareOptions extends TeamChoice {
	/** Names the credential. */
	of: string;
	/** Whether a first look reports everybody. */
	reportFirst: boolean;
	/** Whether this look reports everybody, also who has not changed since the last one. No unless told. */
	reportAll?: boolean;
}

/**
 * Compares a look with the last one. Agents with several sessions are reported as a problem, once until the sessions
 * change, and their status is not guessed (rule S6).
 *
 * @param before undefined at the first look
 */
export function compareStatuses(
	before: StatusMemory | undefined,
	look: KustomerLook,
	options: CompareOptions,
): StatusComparison {
	const known = before?.of === options.of ? before : undefined;
	const statuses = new Map(look.statuses.map((status) => [status.id, status]));
	const agents = new Map(look.agents.map((agent) => [agent.id, agent]));
	const sessions = byUser(look.sessions);

	const missedBefore = new Set(known?.missed);
	const missed: string[] = [];
	const seen = new Map<string, Known>();
	const reported = new Map<string, string>();
	const changes: StatusChange[] = [];
	const problems: StatusProblem[] = [];
	const bySelectedTeam = isBySelectedTeam(options);
	const isWanted = (userId: string, selected: ReadonlyArray<string | undefined>) =>
		isFollowed(options, { memberOf: agents.get(userId)?.teams ?? [], selected });
	const agentOf = (id: string): ChangedAgent => {
		const { name = '', email = '', teams = [] } = agents.get(id) ?? {};
		return { id, name, email, teams: [...teams] };
	};
	const statusOf = (id: string | undefined, statusType?: string): StatusValue => {
		const status = id === undefined ? undefined : statuses.get(id);
		return {
			id: id ?? null,
			name: status?.name ?? '',
			statusType: status?.statusType ?? statusType ?? '',
		};
	};

	for (const [userId, own] of sessions) {
		const last = ownValue(known?.agents, userId);
		const [session] = own;
		if (session === undefined || own.length > 1) {
			if (last !== undefined) seen.set(userId, last);
			const ids = own.map(({ id }) => id).sort();
			reported.set(userId, ids.join());
			const isKnown = ownValue(known?.reported, userId) === ids.join() && options.reportAll !== true;
			const selected = own.map(({ teamId }) => teamId);
			if (isKnown || !isWanted(userId, selected)) continue;
			problems.push(severalSessions(agentOf(userId), own, statusOf));
			continue;
		}
		const statusId = session.statusId ?? '';
		const { teamId } = session;
		seen.set(userId, bySelectedTeam ? [session.id, statusId, teamId ?? ''] : [session.id, statusId]);
		if (!isWanted(userId, [teamId])) continue;
		const isSame = last?.[0] === session.id && last[1] === statusId;
		// Whoever selects one of the teams in the middle of a shift is followed from then on.
		const joins = bySelectedTeam && last?.[2] !== undefined && !isWanted(userId, [last[2]]);
		if (isSame && !joins && options.reportAll !== true) continue;
		if (known === undefined && !options.reportFirst) continue;
		const login = known !== undefined && last?.[0] !== session.id;
		const time = (login ? (session.signedInAt ?? session.statusAt) : session.statusAt) ?? iso(look.at);
		changes.push({
			id: `${session.id}:${statusId}:${time}`,
			agent: agentOf(userId),
			before: last === undefined || isSame ? null : statusOf(last[1]),
			after: statusOf(session.statusId, session.statusType),
			changedAt: time,
			login,
			logout: false,
			initial: known === undefined || isSame,
			session: { id: session.id, signedInAt: session.signedInAt ?? null, teamId: teamId ?? null },
		});
	}

	const offline = offlineStatus(look.statuses);
	for (const [userId, last] of Object.entries(known?.agents ?? {})) {
		if (sessions.has(userId)) continue;
		if (look.mayMissSome && !missedBefore.has(userId)) {
			seen.set(userId, last);
			missed.push(userId);
			continue;
		}
		// The team of the shift that has ended counts.
		if (!isWanted(userId, [last[2]])) continue;
		changes.push({
			id: `${last[0]}:offline`,
			agent: agentOf(userId),
			before: statusOf(last[1]),
			after: { id: offline?.id ?? null, name: offline?.name ?? 'Offline', statusType: 'offline' },
			changedAt: iso(look.at),
			login: false,
			logout: true,
			initial: false,
			session: null,
		});
	}
	const memory = {
		of: options.of,
		agents: Object.fromEntries(seen),
		missed,
		reported: Object.fromEntries(reported),
	};
	return { changes, problems, memory };
}

/** Whether two memories say the same, so that nothing has to be saved. */
export function isSameMemory(one: StatusMemory | undefined, other: StatusMemory): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** Reads what n8n has kept; undefined when there is none or it is of another form. */
export function readMemory(kept: unknown): StatusMemory | undefined {
	if (typeof kept !== 'string') return undefined;
	try {
		const memory = JSON.parse(kept) as Partial<StatusMemory> | null;
		const isWhole =
			typeof memory?.of === 'string' &&
			isRecord(memory.agents) &&
			Object.values(memory.agents).every(isKnown) &&
			isRecord(memory.reported) &&
			Array.isArray(memory.missed);
		return isWhole ? (memory as StatusMemory) : undefined;
	} catch {
		return undefined;
	}
}

/** Whether what is kept of an agent has its form. Damaged, it would make every look fail. */
function isKnown(value: unknown): value is Known {
	const [session, status, team, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
	const isText = (one: unknown) => typeof one === 'string';
	return isText(session) && isText(status) && (team === undefined || isText(team)) && more.length === 0;
}

function severalSessions(
	agent: ChangedAgent,
	sessions: readonly AgentSession[],
	statusOf: (id: string | undefined, statusType?: string) => StatusValue,
): StatusProblem {
	const listed = sessions.map(({ id, statusId, statusType, signedInAt }) => {
		const { name } = statusOf(statusId, statusType);
		return { id, status: name === '' ? statusType : name, signedInAt: signedInAt ?? null };
	});
	const who = agent.name === '' ? agent.id : agent.name;
	return {
		id: sessions
			.map(({ id }) => id)
			.sort()
			.join(),
		problem: 'severalSessions',
		agent,
		sessions: listed,
		message: `${who} has ${sessions.length} work sessions in Kustomer at the same time (${listed.map(({ status }) => status).join(', ')}), so the status is not clear. Let the agent go offline once and come back.`,
	};
}

function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
