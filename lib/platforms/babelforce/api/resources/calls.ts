import type { BabelforceClient } from '../client';
import type { Call } from '../documents';
import { filterId, wireId } from '../ids';

/** Which calls are wanted. Everything that is given must fit; of a list, one entry. */
export interface CallFilters {
	/** Seconds since the epoch. */
	since?: number;
	/** Seconds since the epoch. */
	until?: number;
	/** Ids of agents. */
	agentIds?: string[];
	ids?: string[];
	parentIds?: string[];
	sessionId?: string;
	conversationId?: string;
	/** As babelforce writes it; the contract allows one. */
	from?: string;
	to?: string[];
	/** Part of a number, of an agent's or a queue's name, or a session or conversation id. */
	text?: string;
	types?: string[];
	states?: string[];
	domains?: string[];
	sources?: string[];
	finishReasons?: string[];
	anonymous?: boolean;
}

/**
 * One call.
 *
 * @throws {BabelforceError} of the kind `notFound`
 */
export async function getCall(client: BabelforceClient, id: string): Promise<Call> {
	return await client.item<Call>({ operation: 'read the call', path: ['calls', wireId(id, 'Call')] });
}

/** Calls that fit all filters, in babelforce's order. */
export async function listCalls(
	client: BabelforceClient,
	filters: CallFilters,
	limit?: number,
): Promise<Call[]> {
	const id = (value: string | undefined, label: string) =>
		value === undefined ? undefined : filterId(value, label);
	const ids = (values: string[] | undefined, label: string) => values?.map((value) => filterId(value, label));
	return await client.list<Call>({
		operation: 'list calls',
		path: ['calls', 'reporting'],
		limit,
		query: {
			'time.start': filters.since,
			'time.end': filters.until,
			agentId: ids(filters.agentIds, 'Agent'),
			id: ids(filters.ids, 'Call IDs'),
			parentId: ids(filters.parentIds, 'Parent Call IDs'),
			sessionId: id(filters.sessionId, 'Session ID'),
			conversationId: id(filters.conversationId, 'Conversation ID'),
			from: filters.from,
			to: filters.to,
			q: filters.text,
			type: filters.types,
			state: filters.states,
			domain: filters.domains,
			source: filters.sources,
			finishReason: filters.finishReasons,
			anonymous: filters.anonymous,
		},
	});
}
