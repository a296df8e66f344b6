/**
 * Gives agents another status. https://docs.cloud.google.com/contact-center/ccai-platform/docs/apps-api-agent-status
 */
import type { CcaiPlatformClient } from '../client';
import type { StatusAnswer } from '../documents';
import { CcaiPlatformError, unexpectedAnswerError } from '../errors';

/** Agents of one request. No limit is documented; this one keeps requests as long as a page of a list. */
export const AGENTS_PER_REQUEST = 100;

/** What came of it for one agent. */
export type StatusResult = StatusAnswer | CcaiPlatformError;

/** Refusals that may concern one agent of many. */
const MAY_BE_ONE_AGENT = new Set([400, 404, 422]);

/**
 * Sets one status for many agents, in one request for each {@link AGENTS_PER_REQUEST}.
 *
 * When the platform refuses a request as a whole, its halves are sent, so that one agent who does not exist stops no other.
 *
 * @param status the status's name, as the platform writes it
 * @returns by the agent's id; an agent of whom the platform says nothing does not exist for it
 * @throws {CcaiPlatformError} when nobody could be set: no connection, a wrong credential
 */
export async function setAgentStatuses(
	client: CcaiPlatformClient,
	status: string,
	agentIds: readonly number[],
): Promise<Map<number, StatusResult>> {
	const results = new Map<number, StatusResult>();
	for (let start = 0; start < agentIds.length; start += AGENTS_PER_REQUEST) {
		const some = agentIds.slice(start, start + AGENTS_PER_REQUEST);
		for (const [id, result] of await setSome(client, status, some)) results.set(id, result);
	}
	return results;
}

async function setSome(
	client: CcaiPlatformClient,
	status: string,
	agentIds: readonly number[],
): Promise<Array<readonly [number, StatusResult]>> {
	const operation = `set the status "${status}"`;
	const answered = await client
		.post({
			operation,
			whenNotFound: 'Check the ID of the agent.',
			path: ['agent_statuses'],
			// All three are required, also when they are empty.
			body: { status, agent_ids: agentIds, team_ids: [] },
		})
		.catch((error: unknown) =>
			error instanceof CcaiPlatformError && MAY_BE_ONE_AGENT.has(error.status ?? 0)
				? error
				: Promise.reject(error),
		);
	if (answered instanceof CcaiPlatformError) {
		const [only] = agentIds;
		if (agentIds.length === 1 && only !== undefined) return [[only, answered]];
		const half = Math.ceil(agentIds.length / 2);
		return [
			...(await setSome(client, status, agentIds.slice(0, half))),
			...(await setSome(client, status, agentIds.slice(half))),
		];
	}
	const { body } = answered;
	if (!Array.isArray(body)) throw unexpectedAnswerError(operation, 'the answer is not a list of agents');
	const answers = new Map(body.filter(isAnswer).map((answer) => [Number(answer.agent_id), answer]));
	return agentIds.map((id) => [id, answers.get(id) ?? unknownAgent(operation, id)]);
}

function isAnswer(value: unknown): value is StatusAnswer {
	return typeof value === 'object' && value !== null && 'agent_id' in value;
}

function unknownAgent(operation: string, id: number): CcaiPlatformError {
	return new CcaiPlatformError({
		kind: 'notFound',
		message: `Could not ${operation} for agent ${id}: CCAI Platform did not answer for this agent.`,
		advice: 'Check the ID. The agent may have been deleted, or has no role with agent permission.',
	});
}
