/** What agents are doing: presence and account, which people choose, and the line, which babelforce sets. */
import { randomBytes } from 'node:crypto';
import type {
	Agent,
	AgentStatus,
	Presence,
	PresenceReference,
} from '../../lib/platforms/babelforce/api/documents';
import { ApiError } from './errors';
import type { StatusChange } from './types';

/** What a fresh account has. */
export const PRESENCES: readonly Presence[] = [
	{ name: 'available', label: 'Available', available: true, is_default: true },
	{ name: 'busy', label: 'Busy', available: false, is_default: false },
	{ name: 'lunch', label: 'Lunch Break', available: false, is_default: false },
	{ name: 'training', label: 'Training', available: false, is_default: false },
	{ name: 'email', label: 'E-mail', available: false, is_default: false },
];

/** Line statuses during which an agent is occupied with a call. */
export const CALL_LINES: ReadonlySet<string> = new Set(['selected', 'ringing', 'in-call', 'wrap-up']);

export class AgentStates {
	readonly presences = new Map<string, Presence>();
	readonly changes: StatusChange[] = [];

	constructor(private readonly agents: Map<string, Agent>) {
		this.reset();
	}

	reset(): void {
		this.changes.length = 0;
		this.presences.clear();
		for (const presence of PRESENCES) this.presences.set(presence.name ?? '', { ...presence });
	}

	/** The presences, with how many agents have each. */
	list(): Presence[] {
		const all = [...this.agents.values()];
		return [...this.presences.values()].map((presence) => ({
			...presence,
			count: all.filter((agent) => agent.presence?.name === presence.name).length,
		}));
	}

	/** The agent as the API shows it: with the status, which is made of its states. */
	shown(agent: Agent): Agent {
		const status = this.statusOf(agent);
		return { ...agent, available: status.available, display_status: status.display_status, status };
	}

	statusOf(agent: Agent): AgentStatus {
		const presence = agent.presence ?? this.presence('available');
		const line = agent.state ?? 'available';
		const enabled = agent.enabled ?? false;
		return {
			enabled,
			available: enabled && presence.available === true && line === 'available',
			outbound_status: 'offline',
			line_status: line,
			presence,
			display_status: line === 'available' ? (presence.name ?? '') : line,
		};
	}

	/**
	 * Sets presence and account. assumes: presence-during-calls
	 *
	 * @throws {ApiError} 400 for a presence that does not exist; assumes: unknown-presence-is-400
	 */
	change(agent: Agent, by: StatusChange['by'], wanted: { presence?: string; enabled?: boolean }): void {
		const presence = wanted.presence === undefined ? undefined : this.presence(wanted.presence);
		this.changes.push({
			at: Date.now(),
			by,
			agentId: agent.id,
			...(presence === undefined ? {} : { presence: presence.name ?? '' }),
			...(wanted.enabled === undefined ? {} : { enabled: wanted.enabled }),
			duringCall: CALL_LINES.has(agent.state ?? ''),
		});
		if (presence !== undefined) agent.presence = presence;
		if (wanted.enabled !== undefined) agent.enabled = wanted.enabled;
		agent.lastUpdated = new Date().toISOString();
	}

	line(agentId: string, state: string): void {
		const agent = this.agents.get(agentId);
		if (agent === undefined) throw new Error(`There is no agent ${agentId}`);
		agent.state = state;
	}

	private presence(name: string): PresenceReference {
		const found = this.presences.get(name);
		if (found === undefined) throw new ApiError(400, `Presence ${name} does not exist`);
		return { name, label: found.label, available: found.available };
	}
}

/** Reads the body of a request that sets a status, strictly. assumes: unknown-property-is-400 */
export function wantedStatus(body: unknown): { presence?: string; enabled?: boolean } {
	const { enabled, presence } = onlyWith(body, ['enabled', 'presence']);
	if (enabled !== undefined && typeof enabled !== 'boolean') throw new ApiError(400, 'enabled is no boolean');
	if (presence === undefined) return { enabled };
	const { name } = onlyWith(presence, ['name']);
	if (typeof name !== 'string' || name === '') throw new ApiError(400, 'presence.name is required');
	return { enabled, presence: name };
}

function onlyWith(value: unknown, names: readonly string[]): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ApiError(400, 'The body must be a JSON object');
	}
	const unknown = Object.keys(value).find((name) => !names.includes(name));
	if (unknown !== undefined) throw new ApiError(400, `Unknown property ${unknown}`);
	return value as Record<string, unknown>;
}

/** An agent with what is given; the rest is filled. */
export function filledAgent(given: Partial<Agent>): Agent {
	const now = new Date().toISOString();
	return {
		id: randomBytes(16).toString('hex'),
		name: 'Agent',
		enabled: true,
		available: true,
		state: 'available',
		presence: { name: 'available', label: 'Available', available: true },
		display_status: 'available',
		groups: [],
		tags: [],
		dateCreated: now,
		lastUpdated: now,
		...given,
	};
}
