/**
 * Agents who are asked to take a session and have not answered it. They take part in it, and handle it only once they answer
 * (rules C8, C16): of a group that rings, one does.
 */
import type { Agent, Direction, EventKind, Participant } from '../domain/session';

/** The word for it in `participants`. */
const ASKED = 'assigned';

/** Events before an agent has answered. On an outbound call the agent is the one who calls. */
const BEFORE_AN_ANSWER: ReadonlySet<EventKind> = new Set(['incoming', 'queued', 'assigned']);

/** Whether an agent whom an event of this kind names is only asked. */
export function isOnlyAsked(kind: EventKind, direction: Direction | undefined): boolean {
	return direction !== 'out' && BEFORE_AN_ANSWER.has(kind);
}

/** The agent as somebody who is asked; undefined when none is named. */
export function askedAgent(agent: Agent | undefined): Participant[] | undefined {
	return agent === undefined ? undefined : [{ ...agent, type: 'agent', status: ASKED }];
}
