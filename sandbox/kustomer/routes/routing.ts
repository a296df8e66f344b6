/** Agent statuses and work sessions. */
import { badParameter, notFound } from '../errors';
import type { WorkSessionRecord } from '../records';
import { checkWorkSessionUpdate } from '../schemas/work-session';
import { bodyOf, found, idOf, type Answer, type Call, type Endpoint } from './endpoint';
import { pageOf } from './paging';

const STATUS_TYPES = ['available', 'unavailable', 'busy'];

function flag(call: Call, name: string): boolean {
	const value = call.query[name];
	if (value === undefined) return false;
	if (value !== 'true' && value !== 'false') throw badParameter(name, 'Not one of: true, false');
	return value === 'true';
}

/** The documented filters of the list: `user` asks for those of the caller, it names no user. */
function filtered(call: Call): WorkSessionRecord[] {
	const ownOnly = flag(call, 'user');
	const activeOnly = flag(call, 'active');
	const { statusType } = call.query;
	if (statusType !== undefined && !STATUS_TYPES.includes(statusType)) {
		throw badParameter('statusType', `Not one of: ${STATUS_TYPES.join(', ')}`);
	}
	return [...call.store.workSessions.all.values()].filter(
		(session) =>
			(!ownOnly || session.userId === call.userId) &&
			(!activeOnly || session.signedOutAt === undefined) &&
			(statusType === undefined || call.store.statuses.get(session.statusId)?.statusType === statusType),
	);
}

function listed(call: Call, sessions: readonly WorkSessionRecord[]): Answer {
	return pageOf(call, sessions, (session) => call.documents.workSession(session));
}

/** assumes: no-current-session-is-404 */
function current(call: Call, userId: string): Answer {
	const session = call.store.workSessions.activeOf(userId).at(-1);
	if (session === undefined) throw notFound('id');
	return found(call.documents.workSession(session));
}

function userOf(call: Call): string {
	const id = idOf(call);
	if (!call.store.users.has(id)) throw notFound('id');
	return id;
}

export const endpoints: Endpoint[] = [
	{
		method: 'get',
		path: '/routing/statuses',
		access: 'statusRead',
		handle: (call) =>
			pageOf(call, [...call.store.statuses.values()], (status) => call.documents.agentStatus(status)),
	},
	{
		method: 'get',
		path: '/routing/statuses/:id',
		access: 'statusRead',
		handle: (call) => {
			const status = call.store.statuses.get(idOf(call));
			if (status === undefined) throw notFound('id');
			return found(call.documents.agentStatus(status));
		},
	},
	{
		method: 'get',
		path: '/routing/work-sessions',
		access: 'workSessionRead',
		handle: (call) => listed(call, filtered(call)),
	},
	{
		method: 'get',
		path: '/routing/work-sessions/current',
		access: 'workSessionRead',
		handle: (call) => current(call, call.userId),
	},
	{
		method: 'get',
		path: '/routing/work-sessions/:id',
		access: 'workSessionRead',
		handle: (call) => {
			const session = call.store.workSessions.all.get(idOf(call));
			if (session === undefined) throw notFound('id');
			return found(call.documents.workSession(session));
		},
	},
	{
		method: 'put',
		path: '/routing/work-sessions/:id',
		access: 'workSessionUpdate',
		handle: (call) => {
			const id = idOf(call);
			checkWorkSessionUpdate(call.body);
			return found(call.documents.workSession(call.store.workSessions.update(id, bodyOf(call), call.userId)));
		},
	},
	{
		method: 'get',
		path: '/routing/users/:id/work-sessions',
		access: 'userWorkSessionRead',
		handle: (call) => listed(call, call.store.workSessions.ofUser(userOf(call))),
	},
	{
		method: 'get',
		path: '/routing/users/:id/work-sessions/current',
		access: 'userWorkSessionRead',
		handle: (call) => current(call, userOf(call)),
	},
];
