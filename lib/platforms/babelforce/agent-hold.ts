/**
 * When an agent is left alone (rule S8).
 *
 * babelforce keeps the presence, which people choose, apart from the line status, which it sets by itself. Nothing that it
 * publishes says that a presence is refused or delayed during a call, so it is not even tried then.
 * https://help.babelforce.com/hc/en-us/articles/23265298191378-Understanding-the-Difference-Between-Line-Status-and-Presence-Status
 */
import * as domain from '../../domain/agent-status';
import { ownValue } from '../../domain/record';
import type { Agent, AgentStatus } from './api/documents';

/** Why an agent is not touched now. */
export type Hold = Extract<domain.Hold, 'ringing' | 'onCall' | 'wrapUp' | 'offline'>;

/** What the agent is doing, to stand after "the agent is". */
export const HOLD_WORDS: Readonly<Record<Hold, string>> = {
	...domain.BUSY_WORDS,
	offline: 'disabled in babelforce',
};

/**
 * `busy`, `declined` and `unreachable` are no calls: the line stays so until somebody does something about it.
 * https://help.babelforce.com/hc/en-us/articles/360018340151-What-is-the-Line-status-
 */
const BY_LINE: Readonly<Record<string, Hold | undefined>> = {
	selected: 'ringing',
	originated: 'ringing',
	ringing: 'ringing',
	'in-call': 'onCall',
	'wrap-up': 'wrapUp',
};

/** Calls that the dialer makes for the agent. */
const BY_OUTBOUND: Readonly<Record<string, Hold | undefined>> = {
	in_progress: 'onCall',
	disposition: 'wrapUp',
};

/** The part of an agent's states in which a call shows; undefined when there is none. */
export function callHoldOf(agent: Pick<Agent, 'state' | 'status'>): Hold | undefined {
	const line = lineStatusOf(agent) ?? '';
	const outbound = agent.status?.outbound_status ?? '';
	return ownValue(BY_LINE, line) ?? ownValue(BY_OUTBOUND, outbound);
}

/** Why an agent should not be touched: a call, or an account that is disabled. */
export function holdOf(agent: Pick<Agent, 'state' | 'status' | 'enabled'>): Hold | undefined {
	return callHoldOf(agent) ?? (isEnabled(agent) === false ? 'offline' : undefined);
}

/** The state of an agent's line. An agent carries it twice; the one in the status counts. */
export function lineStatusOf({ state, status }: Pick<Agent, 'state' | 'status'>): string | undefined {
	return status?.line_status ?? state ?? undefined;
}

/** Whether the agent's account is enabled; undefined when babelforce does not say. */
export function isEnabled({ enabled, status }: Pick<Agent, 'enabled' | 'status'>): boolean | undefined {
	return enabled ?? status?.enabled ?? undefined;
}

/** The agent with newer states. */
export function withStatus(agent: Agent, status: AgentStatus): Agent {
	return {
		...agent,
		state: status.line_status ?? agent.state,
		enabled: status.enabled ?? agent.enabled,
		available: status.available ?? agent.available,
		display_status: status.display_status ?? agent.display_status,
		presence: status.presence ?? agent.presence,
		status: { ...agent.status, ...status },
	};
}
