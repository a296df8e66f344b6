/** What the API answers. https://github.com/babelforce/manager-sdk (static/openapi/manager.openapi.yaml) */
import type { Agent, Call, Recording } from '../../lib/platforms/babelforce/api/documents';
import {
	CALL_DOMAINS,
	CALL_SOURCES,
	CALL_STATES,
	CALL_TYPES,
	FINISH_REASONS,
	LINE_STATUSES,
} from '../../lib/platforms/babelforce/api/documents';
import { SANDBOX } from '../kustomer/seed';
import { wantedStatus, type AgentStates } from './agent-states';
import { ApiError } from './errors';
import { Query, type Pairs, type Parameter } from './query';

/** What routes read. */
export interface World {
	agents: Map<string, Agent>;
	calls: Map<string, Call>;
	states: AgentStates;
	/** Puts a call into the list; missing fields are filled. */
	place(call: Partial<Call>): Call;
	/** A signed address of a file; undefined when there is no such file. */
	link(fileId: string): string | undefined;
	/** The address of the API. */
	url(): string;
}

export interface RouteCall {
	/** Decoded parts of the path. */
	params: string[];
	pairs: Pairs;
	/** Parsed JSON; undefined when there was none. */
	body: unknown;
	world: World;
}

export type RouteAnswer = { status: 200 | 201; body: unknown } | { status: 302; location: string };

export interface Route {
	/** GET unless told. */
	method?: 'PUT' | 'POST';
	/** Tested against the whole path. */
	path: RegExp;
	handle(call: RouteCall): RouteAnswer;
}

const several = (kind: Parameter['kind']): Parameter => ({ kind, many: true });

const CALL_FILTERS: Record<string, Parameter> = {
	sessionId: { kind: 'uuid' },
	conversationId: { kind: 'uuid' },
	id: several('uuid'),
	parentId: several('uuid'),
	type: several(CALL_TYPES),
	from: { kind: 'text' },
	fromNumber: { kind: 'text' },
	to: several('text'),
	toNumber: several('text'),
	'time.start': { kind: 'number' },
	'time.end': { kind: 'number' },
	agentId: several('uuid'),
	q: { kind: 'text' },
	state: several(CALL_STATES),
	domain: several(CALL_DOMAINS),
	source: several(CALL_SOURCES),
	finishReason: several(FINISH_REASONS),
	anonymous: { kind: 'boolean' },
};

const AGENT_FILTERS: Record<string, Parameter> = {
	q: { kind: 'text' },
	enabled: { kind: 'boolean' },
	name: { kind: 'text' },
	number: { kind: 'text' },
	sourceId: { kind: 'text' },
	state: { kind: LINE_STATUSES },
	source: { kind: 'text' },
	groupIds: several('text'),
	groups: several('text'),
	tags: several('text'),
};

const found = (item: unknown): RouteAnswer => ({ status: 200, body: { item, success: true } });
const listed = (body: unknown): RouteAnswer => ({ status: 200, body });

export const ROUTES: readonly Route[] = [
	{
		path: /^\/api\/v2\/calls\/reporting$/,
		handle: ({ pairs, world }) => {
			const query = new Query(pairs, CALL_FILTERS, 'filters.');
			// assumes: list-order
			const calls = [...world.calls.values()]
				.filter((call) => fitsCall(query, call))
				.sort((a, b) => (b.dateCreated ?? '').localeCompare(a.dateCreated ?? ''));
			return listed(query.page(calls));
		},
	},
	{
		path: /^\/api\/v2\/calls\/([^/]+)$/,
		handle: ({ params, world }) => found(world.calls.get(params[0] ?? '') ?? missing('Call')),
	},
	{
		path: /^\/api\/v2\/recordings$/,
		handle: ({ pairs, world }) => listed(new Query(pairs, {}).page(recordingsOf(world))),
	},
	{
		path: /^\/api\/v2\/recordings\/([^/]+)$/,
		handle: ({ params, world }) =>
			found(recordingsOf(world).find(({ id }) => id === params[0]) ?? missing('Recording')),
	},
	{
		path: /^\/api\/v2\/files\/([^/]+)\/download$/,
		handle: ({ params, world }) => ({
			status: 302,
			location: world.link(params[0] ?? '') ?? missing('File'),
		}),
	},
	{
		path: /^\/api\/v2\/files\/([^/]+)$/,
		handle: ({ params, world }) => found(storedFile(world, params[0] ?? '')),
	},
	{
		path: /^\/api\/v2\/agents$/,
		handle: ({ pairs, world }) => {
			const query = new Query(pairs, AGENT_FILTERS);
			// assumes: list-order
			const agents = [...world.agents.values()]
				.filter((agent) => fitsAgent(query, agent))
				.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''));
			return listed(query.page(agents.map((agent) => world.states.shown(agent))));
		},
	},
	{
		path: /^\/api\/v2\/agents\/presence\/available$/,
		handle: ({ pairs, world }) => {
			if (pairs.length > 0) throw new ApiError(400, 'This list takes no parameters');
			return listed({ items: world.states.list(), success: true });
		},
	},
	{
		path: /^\/api\/v2\/agents\/([^/]+)$/,
		handle: (call) => found(call.world.states.shown(agentOf(call))),
	},
	{
		method: 'POST',
		path: /^\/api\/v2\/agents\/([^/]+)\/calls$/,
		handle: (call) => {
			agentOf(call);
			const { to, displayAsTo } = wantedCall(call.body);
			// assumes: agent-call-is-the-parent
			const placed = call.world.place({
				type: 'outbound',
				source: 'api',
				domain: 'external',
				state: 'scheduled',
				from: displayAsTo ?? SANDBOX.ownNumbers[0],
				to,
				dateCreated: new Date().toISOString(),
				dateEstablished: undefined,
				dateFinished: undefined,
				duration: undefined,
				finishReason: undefined,
			});
			return found(placed);
		},
	},
	{
		// By the contract, the one status stands in a list.
		path: /^\/api\/v2\/agents\/([^/]+)\/status$/,
		handle: (call) => found([call.world.states.statusOf(agentOf(call))]),
	},
	{
		method: 'PUT',
		path: /^\/api\/v2\/agents\/([^/]+)\/status$/,
		handle: (call) => {
			const agent = agentOf(call);
			call.world.states.change(agent, 'api', wantedStatus(call.body));
			return { status: 201, body: call.world.states.statusOf(agent) };
		},
	},
	{
		method: 'PUT',
		path: /^\/api\/v2\/agents\/([^/]+)\/(enable|disable)$/,
		handle: (call) => {
			if (call.body !== undefined) throw new ApiError(400, 'This request takes no body');
			call.world.states.change(agentOf(call), 'api', { enabled: call.params[1] === 'enable' });
			return { status: 200, body: { success: true, message: 'OK' } };
		},
	},
];

function agentOf({ params, world }: RouteCall): Agent {
	return world.agents.get(params[0] ?? '') ?? missing('Agent');
}

/** The body of a call that an agent makes (`AgentOutboundCallRequest`). assumes: agent-call-is-strict */
function wantedCall(body: unknown): { to: string; displayAsTo?: string } {
	const kinds: Record<string, string> = {
		to: 'string',
		displayAsTo: 'string',
		displayAsFrom: 'string',
		session: 'object',
		autoRecord: 'boolean',
		webrtc: 'boolean',
		id: 'string',
		otherId: 'string',
	};
	if (typeof body !== 'object' || body === null) throw new ApiError(400, 'A body is required');
	const fields = body as Record<string, unknown>;
	for (const [name, value] of Object.entries(fields)) {
		if (!Object.hasOwn(kinds, name)) throw new ApiError(400, `Unknown property ${name}`);
		if (typeof value !== kinds[name]) throw new ApiError(400, `${name} must be of the type ${kinds[name]}`);
	}
	const { to, displayAsTo } = fields as { to?: string; displayAsTo?: string };
	if (to === undefined || !/^\+\d{5,15}$/.test(to)) throw new ApiError(400, 'to must be a phone number');
	return { to, ...(displayAsTo === undefined ? {} : { displayAsTo }) };
}

/** Ids in the stores have no hyphens. assumes: hyphens-are-not-found */
function missing(what: string): never {
	throw new ApiError(404, `${what} not found`);
}

function recordingsOf(world: World): Recording[] {
	return [...world.calls.values()].flatMap((call) => call.recordings ?? []);
}

function storedFile(world: World, id: string): unknown {
	const file = recordingsOf(world).find((recording) => recording.file?.id === id)?.file ?? missing('File');
	return {
		id,
		filename: file.name,
		contentType: file.contentType,
		size: file.size,
		state: file.state,
		type: 'recording',
		path: `recordings/${file.name}`,
		url: world.link(id) ?? '',
		_url: `${world.url()}/api/v2/files/${id}`,
	};
}

function fitsCall(query: Query, call: Call): boolean {
	const { bridged } = call;
	const created = Date.parse(call.dateCreated ?? '') / 1000;
	const text = query.one('q')?.toLowerCase();
	const texts = [call.from, call.to, bridged?.name, bridged?.queueName, call.conversationId, call.sessionId];
	// assumes: call-time-filter
	const inTime =
		created >= Number(query.one('time.start') ?? 0) &&
		Math.floor(created) <= Number(query.one('time.end') ?? Number.POSITIVE_INFINITY);
	return (
		inTime &&
		query.admits('sessionId', call.sessionId) &&
		query.admits('conversationId', call.conversationId) &&
		query.admits('id', call.id) &&
		query.admits('parentId', call.parentId) &&
		query.admits('type', call.type) &&
		query.admits('from', call.from) &&
		query.admits('fromNumber', call.from) &&
		query.admits('to', call.to) &&
		query.admits('toNumber', call.to) &&
		query.admits('agentId', bridged?.agent?.id ?? bridged?.id) &&
		query.admits('state', call.state) &&
		query.admits('domain', call.domain) &&
		query.admits('source', call.source) &&
		query.admits('finishReason', call.finishReason) &&
		query.admits('anonymous', String(call.anonymous ?? false)) &&
		(text === undefined || texts.some((one) => one?.toLowerCase().includes(text)))
	);
}

/** assumes: agent-text-filters */
function fitsAgent(query: Query, agent: Agent): boolean {
	const groups = agent.groups ?? [];
	const text = query.one('q')?.toLowerCase();
	const texts = [agent.name, agent.number, agent.email, agent.sourceId, ...groups.map(({ name }) => name)];
	return (
		query.admits('enabled', String(agent.enabled ?? false)) &&
		query.admits('name', agent.name) &&
		query.admits('number', agent.number) &&
		query.admits('sourceId', agent.sourceId) &&
		query.admits('state', agent.state) &&
		query.admits('source', agent.agentSource) &&
		query.admitsSome(
			'groupIds',
			groups.flatMap(({ id }) => id ?? []),
		) &&
		query.admitsSome(
			'groups',
			groups.flatMap(({ name }) => name ?? []),
		) &&
		query.admitsSome('tags', agent.tags ?? []) &&
		(text === undefined || texts.some((one) => one?.toLowerCase().includes(text)))
	);
}
