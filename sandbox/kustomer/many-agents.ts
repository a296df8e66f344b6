import type { KustomerStore } from './store';
import type { UserRecord } from './records';

/** Adds agents `Agent 0001`, `Agent 0002` and so on, all in one team, each with a work session unless told otherwise. */
export function addAgents(
	store: KustomerStore,
	count: number,
	options: {
		/** Name or id of the status that they sign in with; undefined leaves them offline. */
		status?: (index: number) => string | undefined;
		/** Milliseconds since the epoch at which they signed in. Now unless told. */
		at?: number;
	} = {},
): UserRecord[] {
	const at = options.at ?? Date.now();
	const createdAt = new Date(at).toISOString();
	const agents = Array.from({ length: count }, (_, index): UserRecord => {
		const number = String(index + 1).padStart(4, '0');
		return {
			id: store.newId(),
			name: `Agent ${number}`,
			email: `agent.${number}@sandbox.example`,
			userType: 'user',
			createdAt,
		};
	});
	for (const agent of agents) store.addUser(agent);
	store.addTeam({
		id: store.newId(),
		name: `Team of ${count}`,
		members: agents.map(({ id }) => id),
		createdAt,
	});
	const statusOf = options.status ?? (() => 'available');
	agents.forEach((agent, index) => {
		const status = statusOf(index);
		if (status !== undefined) store.workSessions.signIn(agent.id, status, at);
	});
	return agents;
}
