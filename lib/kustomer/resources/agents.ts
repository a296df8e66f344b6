/**
 * Agents: the users of the organization who are people, with their teams.
 * https://developer.kustomer.com/api/access-management/get-users
 */
import { emailKey } from '../../domain/email-address';
import type { KustomerClient } from '../client';
import type { User } from '../documents';
import { SharedReading } from '../../process/shared-reading';
import { listTeams } from './teams';

/** One person who works in Kustomer. */
export interface Agent {
	id: string;
	name: string;
	/** As Kustomer has it, spaces around it removed; empty when there is none. */
	email: string;
	/** Ids of the teams that the agent is a member of; empty when teams were not asked for. */
	teams: string[];
	/** Deactivated: such a user is no agent any more, but sessions may still name it. */
	deleted: boolean;
	/** `user`, `limited` (collaborator) or `hourly`. */
	userType: string;
}

/** Users per page: https://developer.kustomer.com/docs/concepts/pagination */
const PAGE_SIZE = 500;

/** Milliseconds for which users and teams are believed: they change rarely, statuses all the time. */
export const AGENTS_REMEMBERED_FOR = 10 * 60_000;

/** Milliseconds after which an unknown user is reason enough to read the users again. */
export const AGENTS_READ_AGAIN_AFTER = 60_000;

export type AgentWithoutTeams = Omit<Agent, 'teams'>;

const users = new SharedReading(readAgents, AGENTS_REMEMBERED_FOR);
const teamsByMember = new SharedReading(readTeamsByMember, AGENTS_REMEMBERED_FOR);

/**
 * All agents of the organization, deactivated ones included. One request per 500 users and one per 500 teams, at most
 * every ten minutes.
 *
 * @param options.teams whether the teams are wanted; without them their role is not needed. Wanted unless told.
 * @param options.expecting ids of users that should be among them; when one is missing, the users are read again, but
 * no sooner than a minute after the last time
 * @throws {KustomerError}
 */
export async function listAgents(
	client: KustomerClient,
	options: { teams?: boolean; expecting?: Iterable<string> } = {},
): Promise<Agent[]> {
	let agents = await users.get(client);
	if (isIncomplete(agents, options.expecting)) agents = await users.get(client, AGENTS_READ_AGAIN_AFTER);
	const teams = options.teams === false ? undefined : await teamsByMember.get(client);
	return agents.map((agent) => ({ ...agent, teams: [...(teams?.get(agent.id) ?? [])] }));
}

/**
 * The agents with this email address, upper and lower case alike: none, one, or several. Without the deactivated ones,
 * and without teams. An address that is not known has the users read again, at most once a minute.
 *
 * @throws {KustomerError}
 */
export async function agentsWithEmail(client: KustomerClient, email: string): Promise<AgentWithoutTeams[]> {
	const wanted = emailKey(email);
	const matching = (agents: readonly AgentWithoutTeams[]) =>
		agents.filter((agent) => !agent.deleted && emailKey(agent.email) === wanted);
	const known = matching(await users.get(client));
	return known.length > 0 ? known : matching(await users.get(client, AGENTS_READ_AGAIN_AFTER));
}

function isIncomplete(
	agents: readonly AgentWithoutTeams[],
	expecting: Iterable<string> | undefined,
): boolean {
	if (expecting === undefined) return false;
	const known = new Set(agents.map((agent) => agent.id));
	return [...expecting].some((id) => !known.has(id));
}

async function readAgents(client: KustomerClient): Promise<AgentWithoutTeams[]> {
	const all = await client.list<User>({ operation: 'user.list', path: ['users'], pageSize: PAGE_SIZE });
	return all.flatMap(({ id, attributes = {} }) => {
		const { name, displayName, email, userType = 'user', deletedAt } = attributes;
		if (userType === 'machine') return [];
		return {
			id,
			name: textOf(name) || textOf(displayName),
			email: textOf(email),
			deleted: Boolean(deletedAt),
			userType,
		};
	});
}

/** Users do not say which teams they belong to; teams name their members. */
async function readTeamsByMember(client: KustomerClient): Promise<Map<string, string[]>> {
	const byMember = new Map<string, string[]>();
	for (const team of await listTeams(client)) {
		const members: unknown = team.attributes?.members;
		for (const member of Array.isArray(members) ? (members as unknown[]) : []) {
			if (typeof member !== 'string') continue;
			byMember.set(member, [...(byMember.get(member) ?? []), team.id]);
		}
	}
	return byMember;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
