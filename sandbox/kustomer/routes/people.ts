/** Users and teams. */
import { badParameter, notFound } from '../errors';
import type { UserRecord } from '../records';
import { found, idOf, idsOf, type Call, type Endpoint } from './endpoint';
import { pageOf } from './paging';

const FILTERS = ['email', 'pending', 'deleted', 'userType'] as const;

/** assumes: user-filters */
function filtered(call: Call): UserRecord[] {
	const given = FILTERS.filter((name) => call.query[name] !== undefined);
	if (given.length > 1) throw badParameter(given[1]!, 'Filters cannot be combined');
	const users = [...call.store.users.values()];
	const { email, userType, deleted, pending } = call.query;
	if (deleted === 'true') return users.filter((user) => user.deletedAt !== undefined);
	const present = users.filter((user) => user.deletedAt === undefined);
	if (email !== undefined) return present.filter((user) => user.email.toLowerCase() === email.toLowerCase());
	if (userType !== undefined) return present.filter((user) => user.userType === userType);
	return pending === 'true' ? [] : present;
}

export const endpoints: Endpoint[] = [
	{
		method: 'get',
		path: '/users',
		access: 'userRead',
		handle: (call) =>
			pageOf(call, filtered(call), (user) => call.documents.user(user), { maxSize: 500, defaultSize: 100 }),
	},
	{
		method: 'get',
		path: '/users/:id',
		access: 'userRead',
		handle: (call) => {
			const ids = idsOf(call);
			const users = ids.flatMap((id) => call.store.users.get(id) ?? []);
			if (ids.length > 1) return found(users.map((user) => call.documents.user(user)));
			if (users[0] === undefined) throw notFound('id');
			return found(call.documents.user(users[0]));
		},
	},
	{
		method: 'get',
		path: '/users/:id/teams',
		access: 'teamRead',
		handle: (call) => {
			const id = idOf(call);
			if (!call.store.users.has(id)) throw notFound('id');
			const teams = [...call.store.teams.values()].filter((team) => team.members.includes(id));
			return pageOf(call, teams, (team) => call.documents.team(team), { maxSize: 500 });
		},
	},
	{
		method: 'get',
		path: '/teams',
		access: 'teamRead',
		handle: (call) =>
			pageOf(call, [...call.store.teams.values()], (team) => call.documents.team(team), { maxSize: 500 }),
	},
	{
		method: 'get',
		path: '/teams/:id',
		access: 'teamRead',
		handle: (call) => {
			const team = call.store.teams.get(idOf(call));
			if (team === undefined) throw notFound('id');
			return found(call.documents.team(team));
		},
	},
];
