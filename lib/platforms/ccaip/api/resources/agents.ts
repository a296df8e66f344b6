/** Agents of the manager API. https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-agent */
import { emailKey } from '../../../../domain/email-address';
import { textIn } from '../../../item-fields';
import type { CcaiPlatformClient } from '../client';
import { hasId, type Agent } from '../documents';
import { InputError } from '../../../../http/errors';
import { CcaiPlatformError, unexpectedAnswerError } from '../errors';
import { listRecords } from './records';

/** Times that all agents are read when some were missed, because others came or went meanwhile. */
const MOST_READINGS = 3;

/** Pages of agents that are read to find one by email address or name. */
const MOST_PAGES = 100;

const NOT_FOUND =
	'Check the ID: it is the number of the agent in CCAI Platform, not the "agent number" that people give. The agent may have been deleted.';

/** Which agents are wanted. */
export interface AgentQuery {
	/** Only those whose status changed then or later; ISO 8601. Without it all, also those who never had one. */
	statusUpdatedFrom?: string;
	/** Agents wanted; all without it. */
	limit?: number;
	/** Pages of 100 that are read at most. */
	maxPages: number;
}

/**
 * One agent.
 *
 * @param id as people write it
 * @throws {CcaiPlatformError} of the kind `notFound`
 * @throws {InputError} when it is no id
 */
export async function getAgent(client: CcaiPlatformClient, id: string): Promise<Agent> {
	const number = agentId(id, 'Agent');
	const operation = `get agent ${number}`;
	const { body } = await client.get({ operation, path: ['agents', String(number)], whenNotFound: NOT_FOUND });
	if (hasId(body)) return body;
	throw unexpectedAnswerError(operation, 'the answer is not an agent');
}

/**
 * The number of an agent.
 *
 * @param field the field's name in the panel
 * @throws {InputError} when it is none
 */
export function agentId(written: string, field: string): number {
	const text = written.trim();
	if (/^\d{1,15}$/.test(text) && Number(text) > 0) return Number(text);
	throw new InputError(
		field,
		`'${field}' is not the ID of an agent.`,
		"Enter the agent's number in CCAI Platform, for example 12, or choose the agent by email address.",
	);
}

/**
 * Agents, each once and in the newest state.
 *
 * @throws {CcaiPlatformError}
 */
export async function listAgents(client: CcaiPlatformClient, query: AgentQuery): Promise<Agent[]> {
	const { statusUpdatedFrom, limit, maxPages } = query;
	const read = async () =>
		await listRecords<Agent>(client, {
			operation: 'list agents',
			path: ['agents'],
			what: 'agents',
			isRecord: hasId,
			...(statusUpdatedFrom === undefined ? {} : { timeField: 'status_updated_at', from: statusUpdatedFrom }),
			limit,
			maxPages,
			whenTooMany: "Choose a later time in 'Status Updated From', or raise the option 'Pages at Most'.",
		});

	const found = new Map<string, Agent>();
	for (let reading = 1; ; reading += 1) {
		const { records, total = 0 } = await read();
		for (const agent of records) found.set(String(agent.id), agent);
		// With numbered pages, an agent who moves up while the list is read is missed. Nobody may seem to be gone (rule S6).
		const isWhole = statusUpdatedFrom !== undefined || limit !== undefined || found.size >= total;
		if (isWhole || reading >= MOST_READINGS) return [...found.values()];
	}
}

/**
 * All agents, to look for one among them.
 *
 * @throws {CcaiPlatformError}
 */
export async function listAllAgents(client: CcaiPlatformClient): Promise<Agent[]> {
	return await listAgents(client, { maxPages: MOST_PAGES });
}

/**
 * The one agent with an email address, among those given.
 *
 * @throws {CcaiPlatformError} of the kind `notFound` or `severalMatches` (rule S6)
 */
export function agentWithEmail(agents: readonly Agent[], email: string): Agent {
	const found = agents.filter((agent) => emailKey(agent.email) === emailKey(email));
	if (found.length === 1 && found[0] !== undefined) return found[0];
	throw found.length === 0
		? new CcaiPlatformError({
				kind: 'notFound',
				status: 404,
				message: `CCAI Platform has no agent with the email address ${email.trim()}.`,
				advice:
					'Check the address. The agent needs the same one in both systems, and a role with agent permission in CCAI Platform.',
			})
		: new CcaiPlatformError({
				kind: 'severalMatches',
				message: `CCAI Platform has ${found.length} agents with the email address ${email.trim()}: ${found.map(({ id }) => id).join(', ')}.`,
				advice: 'Choose the agent by ID, or give each agent an address of their own.',
			});
}

/** First, middle and last name. */
export function agentName({ first_name, middle_name, last_name }: Agent): string {
	return [first_name, middle_name, last_name].flatMap((part) => textIn(part) ?? []).join(' ');
}
