/**
 * Who gets the conversation, and whether that has to be written now (rules C8, C16).
 */
import type { KustomerClient } from '../kustomer/client';
import type { ResolvedAgent } from '../kustomer/inputs';
import { resolveAgent } from '../kustomer/operations/resolve-agent';
import { Memory } from '../process/memory';
import { wasConnected, type SessionRecord } from '../domain/session-record';
import type { Agent, Session } from '../domain/session';
import type { LogSessionInput } from './inputs';
import { settled } from './merge-done';
import type { Run } from './run';
import type { Assigned } from './stored-session';

const ONE_DAY = 24 * 3_600_000;
const MOST_AGENTS = 5000;
const emails = new Memory<string>(ONE_DAY, MOST_AGENTS);

/**
 * Events of some platforms name an agent by an id of their own and only their metadata tell the email address, by which
 * Kustomer knows the agent. Remembers the pairs for a day, so that the next call is assigned while it lasts.
 *
 * @param idPrefix the beginning of the sessions' external ids: two instances of a platform number their agents alike
 * @returns the agent, with the email address when it is known
 */
export function withKnownEmail(
	{ credentialKey, clock }: KustomerClient,
	idPrefix: string,
	agent: Agent,
): Agent {
	if (agent.id === undefined) return agent;
	const key = `${credentialKey}\n${idPrefix}\n${agent.id}`;
	if (agent.email !== undefined) {
		emails.set(key, agent.email, clock.now());
		return agent;
	}
	const email = emails.get(key, clock.now());
	return email === undefined ? agent : { ...agent, email };
}

/** The agent to whom the conversation has to go, when that is not done yet. */
export function agentToAssign(
	{ client, idPrefix, input }: Run,
	{ session }: SessionRecord,
	assigned: Assigned | undefined,
): Agent | undefined {
	const settings = input.agent;
	const told = session.agent === undefined ? {} : withKnownEmail(client, idPrefix, session.agent);
	if (settings.assign === 'never' || !isReached(session, settings.assign)) return undefined;
	const agent: Agent = {
		...told,
		...(settings.userId === undefined ? {} : { sourceId: settings.userId }),
		...(settings.email === undefined ? {} : { email: settings.email }),
	};
	if (Object.values(agent).every((value) => value === undefined)) return undefined;
	return assigned !== undefined && isDone(agent, assigned) ? undefined : agent;
}

function isReached(session: Session, from: 'assigned' | 'connected'): boolean {
	if (wasConnected(session)) return true;
	return from === 'assigned' && session.agent !== undefined;
}

/** Whether the same agent was looked for before, with at least as much known of them. */
function isDone(agent: Agent, { agent: before, by }: Assigned): boolean {
	const same = (['sourceId', 'email', 'id'] as const).find(
		(name) => agent[name] !== undefined && before[name] !== undefined,
	);
	if (same !== undefined ? agent[same] !== before[same] : agent.name !== before.name) return false;
	if (by === 'userId' || by === 'email') return true;
	// Nobody was found then; with a new way to name the agent it is worth another try.
	return (
		(agent.sourceId === undefined || agent.sourceId === before.sourceId) &&
		(agent.email === undefined || agent.email === before.email)
	);
}

/** That somebody else has the conversation, and that this is not asked again for this agent. */
export function leftAsItIs(agent: Agent, before: Assigned | undefined): Assigned {
	const { id, sourceId, email, name } = agent;
	return {
		...(before === undefined ? {} : settled(before)),
		agent: { id, sourceId, email, name },
		by: 'userId',
	};
}

/**
 * Looks the agent up. Requests: none for a Kustomer user id, else one in ten minutes for each email address.
 *
 * @param left users who keep the conversation when nobody is found
 */
export async function findAgent(
	client: KustomerClient,
	agent: Agent,
	settings: LogSessionInput['agent'],
	left: readonly string[],
): Promise<{ found: ResolvedAgent; assigned: Assigned }> {
	const found = await resolveAgent(client, {
		userId: agent.sourceId,
		email: agent.email,
		fallbackUserId: settings.fallbackUserId,
	});
	const { id, sourceId, email, name } = agent;
	return {
		found,
		assigned: {
			agent: { id, sourceId, email, name },
			...(found.userId === undefined ? { left: [...left] } : { userId: found.userId }),
			by: found.by,
		},
	};
}
