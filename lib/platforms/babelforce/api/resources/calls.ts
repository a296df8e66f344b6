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

/** A call that an agent makes. */
export interface CallToStart {
	/** Whom to call, in E.164. */
	to: string;
	/** Number that the other side sees; the account's own unless told. */
	displayAsTo?: string;
	/** Whether the agent's browser rings in place of the agent's number. */
	webrtc: boolean;
	autoRecord: boolean;
	/** Variables of the call: names begin with `app.`. */
	session: Record<string, string>;
}

/**
 * Places a call for an agent: babelforce rings the agent, and calls the number once the agent has answered. Not sent twice: without an
 * answer nobody knows whether the call was placed.
 *
 * @returns the call as it was scheduled
 * @throws {BabelforceError}
 */
export async function startCall(
	client: BabelforceClient,
	agentId: string,
	{ to, displayAsTo, webrtc, autoRecord, session }: CallToStart,
): Promise<Call> {
	return await client.post<Call>({
		operation: 'start the call',
		path: ['agents', wireId(agentId, 'Agent'), 'calls'],
		body: {
			to,
			...(displayAsTo === undefined ? {} : { displayAsTo }),
			webrtc,
			autoRecord,
			...(Object.keys(session).length === 0 ? {} : { session }),
		},
	});
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
