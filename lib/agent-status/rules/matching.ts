/** Which agent of the platform is which user of Kustomer (S2, S6, S7). Whatever is not certain is reported, not guessed. */

import type { PlatformIdentity } from '../../domain/agent-status';
import { emailKey } from '../../domain/email-address';

/** An agent as Kustomer knows them. */
export interface KustomerAgent {
	id: string;
	name: string;
	/** Empty when there is none. */
	email: string;
	/** Ids. */
	teams: readonly string[];
	/** Such a user is no agent any more. */
	deleted: boolean;
}

/** One person on both sides. */
export interface AgentPair<Platform extends PlatformIdentity> {
	kustomer: KustomerAgent;
	platform: Platform;
}

export type MatchProblemCode =
	| 'notInKustomer'
	| 'notOnPlatform'
	| 'noEmail'
	| 'duplicateInKustomer'
	| 'duplicateOnPlatform'
	| 'contradictingMatch';

/** Agents who are left out. */
export interface MatchProblem<Platform extends PlatformIdentity> {
	code: MatchProblemCode;
	/** Those it is about; on either side none, one or several. */
	kustomer: KustomerAgent[];
	platform: Platform[];
}

export interface Matches<Platform extends PlatformIdentity> {
	pairs: Array<AgentPair<Platform>>;
	problems: Array<MatchProblem<Platform>>;
}

export interface MatchOptions<Platform extends PlatformIdentity = PlatformIdentity> {
	/** Whether agents who are signed in to Kustomer but not on the platform are a problem. */
	expectOnPlatform: (agent: KustomerAgent) => boolean;
	/** Whether the agent's status is to be followed (S7), given the platform's agents that may be the same person. */
	belongs: (agent: KustomerAgent, others: readonly Platform[]) => boolean;
}

/** Matches by email address; by the source id where the platform's agents carry Kustomer user ids. */
export function matchAgents<Platform extends PlatformIdentity>(
	kustomer: readonly KustomerAgent[],
	platform: readonly Platform[],
	options: MatchOptions<Platform>,
): Matches<Platform> {
	const present = kustomer.filter(({ deleted }) => !deleted);
	const byId = new Map(present.map((agent) => [agent.id, agent]));
	const byEmail = grouped(present, ({ email }) => emailKey(email));
	const problems: Array<MatchProblem<Platform>> = [];
	const found = new Map<KustomerAgent, Platform[]>();

	const once = [...new Map(platform.map((agent) => [agent.id, agent])).values()];
	/** By address: those who share it with several users, in one problem however many they are. */
	const sharing = new Map<string, Platform[]>();
	const unmatched: Array<MatchProblem<Platform>> = [];
	for (const agent of once) {
		const source = agent.sourceId === undefined ? undefined : byId.get(agent.sourceId);
		const email = emailKey(agent.email);
		const namesakes = email === '' ? [] : (byEmail.get(email) ?? []);
		const [match] = source === undefined ? namesakes : [source];
		if (source !== undefined && namesakes.length > 0 && !namesakes.includes(source)) {
			unmatched.push({ code: 'contradictingMatch', kustomer: [source, ...namesakes], platform: [agent] });
		} else if (match === undefined) {
			unmatched.push({ code: email === '' ? 'noEmail' : 'notInKustomer', kustomer: [], platform: [agent] });
		} else if (source !== undefined || namesakes.length === 1) {
			push(found, match, agent);
		} else if (push(sharing, email, agent)) {
			const agents = sharing.get(email) ?? [];
			unmatched.push({ code: 'duplicateInKustomer', kustomer: namesakes, platform: agents });
		}
	}
	for (const { code, kustomer: users, platform: agents } of unmatched) report(code, users, agents);

	const pairs: Array<AgentPair<Platform>> = [];
	for (const [agent, others] of found) {
		const [only] = others;
		if (only === undefined || !options.belongs(agent, others)) continue;
		if (others.length > 1) report('duplicateOnPlatform', [agent], others);
		else pairs.push({ kustomer: agent, platform: only });
	}
	const mentioned = new Set(problems.flatMap((problem) => problem.kustomer));
	for (const agent of present) {
		if (found.has(agent) || mentioned.has(agent)) continue;
		if (options.belongs(agent, []) && options.expectOnPlatform(agent)) report('notOnPlatform', [agent], []);
	}
	return { pairs, problems };

	/** Agents of other teams are nobody's concern here. */
	function report(code: MatchProblemCode, users: KustomerAgent[], agents: Platform[]): void {
		if (users.length > 0 && !users.some((user) => options.belongs(user, agents))) return;
		problems.push({ code, kustomer: users, platform: agents });
	}
}

function grouped<Item>(items: readonly Item[], keyFor: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) push(groups, keyFor(item), item);
	return groups;
}

/** Adds to the list of a key. @returns whether it is the first of that key */
function push<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): boolean {
	const group = groups.get(key);
	if (group === undefined) groups.set(key, [item]);
	else group.push(item);
	return group === undefined;
}
