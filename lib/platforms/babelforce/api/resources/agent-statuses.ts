/** Reads and sets what agents are doing. https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml) */
import { HOLD_WORDS, callHoldOf, isEnabled, withStatus, type Hold } from '../../agent-hold';
import type { BabelforceClient } from '../client';
import type { Agent, AgentStatus } from '../documents';
import { unexpectedAnswerError } from '../errors';
import { wireId } from '../ids';
import type { PresenceChoice } from './presences';

/** What came of setting something. */
export interface StatusOutcome {
	/**
	 * - `set`: it is so now.
	 * - `alreadySet`: it was so before; nothing was sent.
	 * - `waits`: the agent is called, on a call or wrapping up; nothing was sent, to be tried again later (rule S8).
	 * - `refused`: babelforce took the request and did not do it.
	 */
	outcome: 'set' | 'alreadySet' | 'waits' | 'refused';
	/** Why it waits. */
	hold?: Hold;
	/** One sentence, unless it is set. */
	reason?: string;
	/** The agent, as known afterwards. */
	agent: Agent;
	/** The presence before. */
	previousPresence?: string;
}

/** What is to be set. */
export interface StatusWish {
	presence?: PresenceChoice;
	/** Whether the account is to be enabled. Left as it is without it. */
	enabled?: boolean;
	/** Sets it also while the agent is called, on a call or wrapping up. */
	duringCalls: boolean;
}

/**
 * The agent's states as they are now.
 *
 * @throws {BabelforceError}
 */
export async function getAgentStatus(client: BabelforceClient, id: string): Promise<AgentStatus> {
	const item = await client.item<AgentStatus | AgentStatus[]>({
		operation: "read the agent's status",
		path: ['agents', wireId(id, 'Agent'), 'status'],
	});
	// By the contract, a list with one entry.
	const status = Array.isArray(item) ? item[0] : item;
	if (typeof status === 'object' && status !== null) return status;
	throw unexpectedAnswerError("read the agent's status", 'the answer holds no status', 200);
}

/** The agent with states that can be relied on: they are asked for when the agent's object does not hold them. */
export async function withKnownStatus(client: BabelforceClient, agent: Agent): Promise<Agent> {
	const { status, presence } = agent;
	const isKnown =
		typeof status?.line_status === 'string' && typeof (status.presence ?? presence)?.name === 'string';
	return isKnown ? agent : withStatus(agent, await getAgentStatus(client, agent.id));
}

/** The name of an agent's presence; undefined when babelforce does not say. */
export function presenceOf({ presence, status }: Agent): string | undefined {
	return status?.presence?.name ?? presence?.name ?? undefined;
}

/**
 * Sets presence and account in one request, unless they are so already, or the agent must not be touched.
 *
 * @param agent as just read, with states: see {@link withKnownStatus}
 * @throws {BabelforceError}
 */
export async function setAgentStatus(
	client: BabelforceClient,
	agent: Agent,
	{ presence, enabled, duringCalls }: StatusWish,
): Promise<StatusOutcome> {
	const previousPresence = presenceOf(agent);
	const hasPresence = presence === undefined || previousPresence === presence.name;
	const hasAccount = enabled === undefined || isEnabled(agent) === enabled;
	if (hasPresence && hasAccount) {
		const what = presence === undefined ? accountWords(enabled) : `has the presence "${presence.name}"`;
		return { outcome: 'alreadySet', reason: `The agent ${what} already.`, agent, previousPresence };
	}
	const held = heldBack(agent, duringCalls);
	if (held !== undefined) return { ...held, previousPresence };

	const answer = await client.put({
		operation: "set the agent's presence",
		path: ['agents', wireId(agent.id, 'Agent'), 'status'],
		body: {
			...(hasAccount ? {} : { enabled }),
			...(hasPresence ? {} : { presence: { name: presence?.name } }),
		},
	});
	const status = statusIn(answer);
	const after = status === undefined ? agent : withStatus(agent, status);
	const now = status?.presence?.name ?? undefined;
	if (presence !== undefined && now !== undefined && now !== presence.name) {
		const reason = `babelforce took the request, but the agent has the presence "${now}".`;
		return { outcome: 'refused', reason, agent: after, previousPresence };
	}
	if (status !== undefined) return { outcome: 'set', agent: after, previousPresence };
	// An answer without a body is a success; what was asked for is what is known.
	const assumed: AgentStatus = {
		...(enabled === undefined ? {} : { enabled }),
		...(presence === undefined ? {} : { presence: { name: presence.name, label: presence.label } }),
	};
	return { outcome: 'set', agent: withStatus(agent, assumed), previousPresence };
}

/**
 * Enables or disables an agent's account, unless it is so already, or the agent must not be touched.
 *
 * @param agent as just read, with states
 * @throws {BabelforceError}
 */
export async function setAgentEnabled(
	client: BabelforceClient,
	agent: Agent,
	{ enabled, duringCalls }: { enabled: boolean; duringCalls: boolean },
): Promise<StatusOutcome> {
	if (isEnabled(agent) === enabled) {
		return { outcome: 'alreadySet', reason: `The agent ${accountWords(enabled)} already.`, agent };
	}
	const held = heldBack(agent, duringCalls);
	if (held !== undefined) return held;
	await client.put({
		operation: enabled ? 'enable the agent' : 'disable the agent',
		path: ['agents', wireId(agent.id, 'Agent'), enabled ? 'enable' : 'disable'],
	});
	return { outcome: 'set', agent: withStatus(agent, { enabled }) };
}

function heldBack(agent: Agent, duringCalls: boolean): StatusOutcome | undefined {
	const hold = duringCalls ? undefined : callHoldOf(agent);
	if (hold === undefined) return undefined;
	const reason = `The agent is ${HOLD_WORDS[hold]}: nothing was changed. It can be set when the agent is done.`;
	return { outcome: 'waits', hold, reason, agent };
}

function accountWords(enabled: boolean | undefined): string {
	return enabled === true ? 'is enabled' : 'is disabled';
}

/** By the contract the status itself; other answers of babelforce put it under `item`. */
function statusIn(answer: unknown): AgentStatus | undefined {
	if (typeof answer !== 'object' || answer === null) return undefined;
	const { item } = answer as { item?: unknown };
	const status: unknown = Array.isArray(item) ? item[0] : (item ?? answer);
	const isStatus =
		typeof status === 'object' && status !== null && ('presence' in status || 'line_status' in status);
	return isStatus ? (status as AgentStatus) : undefined;
}
