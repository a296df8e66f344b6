/**
 * Work sessions: one per agent and shift, from the first status until the agent goes offline. The session of an agent
 * holds the agent's status. No request starts a session: https://developer.kustomer.com/api/queues-and-routing
 */
import { ownValue } from '../../domain/record';
import type { KustomerClient } from '../client';
import type { WorkSession } from '../documents';
import { objectIn, objectsIn, readOne } from './answers';

/** One shift of an agent, with the status that the agent has in it. */
export interface AgentSession {
	id: string;
	userId: string;
	/** The team that the agent works for in this shift. */
	teamId?: string;
	statusId?: string;
	/** `available`, `busy`, `unavailable`, or `offline` when the shift is over. */
	statusType: string;
	/** Whether the shift goes on. */
	active: boolean;
	/** ISO 8601. */
	signedInAt?: string;
	/**
	 * ISO 8601: when the present status began. Kustomer keeps it per status in `totalTimeByStatus`; that this is the
	 * last beginning, not the first, is known from recorded sessions, not from the reference. The times of the last
	 * change (`modifiedAt`, `updatedAt`) are no substitute: every conversation that the agent gets moves them.
	 */
	statusAt?: string;
	/** Number of the version, to find out that somebody changed the session meanwhile. */
	rev?: number;
}

/** Most lists give at most 100 entries a page: https://developer.kustomer.com/docs/concepts/pagination */
const PAGE_SIZE = 100;

/** How many of an agent's latest sessions are looked at: those that are over come after those that go on. */
const LATEST = 20;

/**
 * All shifts that go on: one request per 100 agents.
 *
 * @throws {KustomerError}
 */
export async function listActiveSessions(client: KustomerClient): Promise<AgentSession[]> {
	return (await readActiveSessions(client)).sessions;
}

/**
 * All shifts that go on, and whether one may be missing: with more than one page, a session that ends between two requests
 * can move another one to the page that was read already.
 *
 * @throws {KustomerError}
 */
export async function readActiveSessions(
	client: KustomerClient,
): Promise<{ sessions: AgentSession[]; mayMissSome: boolean }> {
	const sessions = await client.list<WorkSession>({
		operation: 'workSession.list',
		path: ['routing', 'work-sessions'],
		query: { active: true },
		pageSize: PAGE_SIZE,
	});
	// A session that ends or begins while the pages are read moves the others: one may be seen twice.
	const byId = new Map(sessions.flatMap((session) => entryOf(session)));
	return { sessions: [...byId.values()], mayMissSome: sessions.length >= PAGE_SIZE };
}

/** Sessions by the user whose they are. */
export function byUser(sessions: readonly AgentSession[]): Map<string, AgentSession[]> {
	const users = new Map<string, AgentSession[]>();
	for (const session of sessions) {
		const own = users.get(session.userId);
		if (own === undefined) users.set(session.userId, [session]);
		else own.push(session);
	}
	return users;
}

function entryOf(session: WorkSession): Array<[string, AgentSession]> {
	const read = readSession(session);
	return read.active && read.userId !== '' ? [[read.id, read]] : [];
}

/**
 * The shifts of one agent that go on: none, one, or several, which Kustomer says should not happen. One request;
 * two for an agent with a long history, should Kustomer list the oldest first.
 *
 * @throws {KustomerError} of the kind `notFound` when there is no such user
 */
export async function activeSessionsOf(client: KustomerClient, userId: string): Promise<AgentSession[]> {
	const path = ['routing', 'users', userId, 'work-sessions'];
	const latest = await client.list<WorkSession>({
		operation: 'workSession.ofUser',
		path,
		pageSize: LATEST,
		maxPages: 1,
	});
	const active = latest.map(readSession).filter((session) => session.active);
	if (active.length > 0 || latest.length < LATEST) return active;

	// Whether Kustomer answers 404 or nothing at all when there is no session is not documented: both mean none.
	const answer = await client.request({
		operation: 'workSession.ofUser',
		method: 'GET',
		path: [...path, 'current'],
		accept: [404],
	});
	if (answer.status === 404) return [];
	return objectsIn<WorkSession>(answer.body)
		.map(readSession)
		.filter((session) => session.active);
}

/**
 * One session, over or not.
 *
 * @throws {KustomerError} of the kind `notFound` when there is none
 */
export async function getSession(client: KustomerClient, id: string): Promise<AgentSession> {
	return readSession(await readOne<WorkSession>(client, 'workSession.get', ['routing', 'work-sessions', id]));
}

/**
 * Gives the agent of a session another status: https://developer.kustomer.com/api/queues-and-routing/update-work-session-by-id
 *
 * @returns the session after the change
 * @throws {KustomerError} of the kind `conflict` when the session has changed since it was read
 */
export async function updateSession(
	client: KustomerClient,
	id: string,
	change: { statusId: string; teamId?: string; rev?: number },
): Promise<AgentSession> {
	const answer = await client.request({
		operation: 'workSession.update',
		method: 'PUT',
		path: ['routing', 'work-sessions', id],
		body: { status: change.statusId, team: change.teamId, rev: change.rev },
	});
	return readSession(objectIn<WorkSession>('workSession.update', answer));
}

function readSession(session: WorkSession): AgentSession {
	const { attributes = {}, relationships } = session;
	const statusId = idIn(relationships?.status);
	const statusAt =
		statusId === undefined ? undefined : ownValue(attributes.totalTimeByStatus, statusId)?.statusAt;
	const statusType = typeof attributes.statusType === 'string' ? attributes.statusType.toLowerCase() : '';
	return {
		id: session.id,
		userId: idIn(relationships?.user) ?? '',
		teamId: idIn(relationships?.team),
		statusId,
		statusType,
		active: attributes.active !== false && !attributes.signedOutAt && statusType !== 'offline',
		signedInAt: typeof attributes.signedInAt === 'string' ? attributes.signedInAt : undefined,
		statusAt: typeof statusAt === 'string' ? statusAt : undefined,
		rev: typeof attributes.rev === 'number' ? attributes.rev : undefined,
	};
}

/** The id in a relationship. Kustomer has been seen to put the whole object where the id belongs. */
function idIn(relationship: { data?: unknown } | undefined): string | undefined {
	const data = relationship?.data;
	if (typeof data !== 'object' || data === null || !('id' in data)) return undefined;
	const { id } = data;
	if (typeof id === 'string' && id !== '') return id;
	if (typeof id !== 'object' || id === null || !('_id' in id)) return undefined;
	return typeof id._id === 'string' && id._id !== '' ? id._id : undefined;
}
