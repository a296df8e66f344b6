/**
 * The agents' work sessions and the statuses in them. What the API may do is `update`; everything else is what agents
 * do in Kustomer itself, for tests and the page.
 */
import { badParameter, notFound } from './errors';
import { checkRev, textOf, type Body } from './fields';
import type { AgentStatusRecord, WorkSessionRecord } from './records';

/** What the sessions need of the organization. */
interface Organization {
	readonly statuses: ReadonlyMap<string, AgentStatusRecord>;
	readonly teams: ReadonlyMap<string, { id: string; members: readonly string[] }>;
	readonly users: ReadonlyMap<string, unknown>;
	newId(): string;
}

export class WorkSessions {
	/** In order of their beginning. */
	readonly all = new Map<string, WorkSessionRecord>();
	private readonly byUser = new Map<string, WorkSessionRecord[]>();

	constructor(
		private readonly organization: Organization,
		private readonly changed: (session: WorkSessionRecord) => void,
	) {}

	clear(): void {
		this.all.clear();
		this.byUser.clear();
	}

	/** Oldest first. */
	ofUser(userId: string): WorkSessionRecord[] {
		return this.byUser.get(userId) ?? [];
	}

	/** The sessions of a user that go on. Oldest first. */
	activeOf(userId: string): WorkSessionRecord[] {
		return this.ofUser(userId).filter((session) => session.signedOutAt === undefined);
	}

	/** Name of the status that the agent's desktop shows; Offline without a session. */
	statusNameOf(userId: string): string {
		const session = this.activeOf(userId).at(-1);
		return session === undefined
			? this.named('offline').name
			: (this.organization.statuses.get(session.statusId)?.name ?? session.statusId);
	}

	/**
	 * Starts a session, also when there is one already: how an agent comes to have several is not documented, only that
	 * it should not happen.
	 *
	 * @param status id, or name whatever its case; Available unless told
	 * @param at milliseconds since the epoch; now unless told
	 */
	signIn(userId: string, status = 'available', at = Date.now()): WorkSessionRecord {
		if (!this.organization.users.has(userId)) throw notFound('id');
		const time = new Date(at).toISOString();
		const { id: statusId } = this.named(status);
		const team = [...this.organization.teams.values()].find(({ members }) => members.includes(userId));
		const session: WorkSessionRecord = {
			id: this.organization.newId(),
			userId,
			...(team === undefined ? {} : { teamId: team.id }),
			statusId,
			times: new Map([[statusId, { statusAt: time, count: 1 }]]),
			signedInAt: time,
			createdAt: time,
			updatedAt: time,
			modifiedAt: time,
			modifiedBy: userId,
			rev: 1,
		};
		this.all.set(session.id, session);
		this.byUser.set(userId, [...this.ofUser(userId), session]);
		this.changed(session);
		return session;
	}

	/** Ends all sessions of a user. */
	signOut(userId: string, at = Date.now()): void {
		const offline = this.named('offline').id;
		for (const session of this.activeOf(userId)) this.write(session, offline, userId, at);
	}

	/**
	 * What an agent does in Kustomer's status menu: the first status starts a session, Offline ends it.
	 *
	 * @param status id, or name whatever its case
	 * @returns the session; undefined when the agent is offline afterwards
	 */
	choose(userId: string, status: string, at = Date.now()): WorkSessionRecord | undefined {
		const wanted = this.named(status);
		const session = this.activeOf(userId).at(-1);
		if (wanted.statusType === 'offline') this.signOut(userId, at);
		else if (session === undefined) return this.signIn(userId, wanted.id, at);
		else this.write(session, wanted.id, userId, at);
		return this.activeOf(userId).at(-1);
	}

	/** Something else than the status changes, as with every conversation that the agent gets. */
	touch(session: WorkSessionRecord, at = Date.now()): void {
		session.updatedAt = new Date(at).toISOString();
		session.modifiedAt = session.updatedAt;
		session.rev += 1;
		this.changed(session);
	}

	/** `PUT /v1/routing/work-sessions/{id}`. @throws 400, 404 and 409 as the API answers them */
	update(id: string, body: Body, by: string): WorkSessionRecord {
		const session = this.all.get(id);
		if (session === undefined) throw notFound('id');
		checkRev(session, body);
		// assumes: ended-session-is-400
		if (session.signedOutAt !== undefined) throw badParameter('id', 'The work session has ended');
		const status = this.organization.statuses.get((textOf(body.status) ?? '').toLowerCase());
		// assumes: unknown-reference-is-400
		if (status === undefined) throw badParameter('status', 'Unknown status');
		// assumes: unusable-status-is-400
		if (status.enabled === false) throw badParameter('status', 'The status is disabled');
		if (status.statusType === 'busy') throw badParameter('status', 'Kustomer sets this status by itself');
		const teamId = textOf(body.team)?.toLowerCase();
		if (teamId !== undefined) {
			if (!this.organization.teams.has(teamId)) throw badParameter('team', 'Unknown team');
			session.teamId = teamId;
		}
		this.write(session, status.id, by, Date.now());
		return session;
	}

	/** assumes: same-status-keeps-its-time */
	private write(session: WorkSessionRecord, statusId: string, by: string, at: number): void {
		const time = new Date(at).toISOString();
		if (statusId !== session.statusId) {
			const left = session.times.get(session.statusId);
			if (left !== undefined) left.time = (left.time ?? 0) + Math.max(0, at - Date.parse(left.statusAt));
			const before = session.times.get(statusId);
			session.times.set(statusId, { ...before, statusAt: time, count: (before?.count ?? 0) + 1 });
			session.statusId = statusId;
		}
		if (this.organization.statuses.get(statusId)?.statusType === 'offline') session.signedOutAt = time;
		session.modifiedBy = by;
		this.touch(session, at);
	}

	private named(status: string): AgentStatusRecord {
		const wanted = status.toLowerCase();
		const all = [...this.organization.statuses.values()];
		const found = all.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
		if (found === undefined) throw badParameter('status', 'Unknown status');
		return found;
	}
}
