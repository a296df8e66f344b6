/** Agents and their statuses, and what calls, chats and the agents themselves do to them. */
import type { Agent, StatusAnswer, UserStatus } from '../../lib/platforms/ccaip/api/documents';
import { SANDBOX } from '../kustomer/seed';

/** The statuses of a fresh tenant: the platform's own, and two that an organization has made. */
export const STATUSES = [
	{ id: 0, name: 'Available', color: 'green' },
	{ id: -1, name: 'Unavailable', color: 'red' },
	{ id: -2, name: 'Break', color: 'yellow' },
	{ id: -3, name: 'Special Task', color: 'pink' },
	{ id: -4, name: 'Meal', color: 'brown' },
	{ id: -5, name: 'Missed Call', color: 'blue_grey' },
	{ id: -6, name: 'Wrap-up', color: 'purple' },
	{ id: -7, name: 'In-call', color: 'light_blue' },
	{ id: -8, name: 'In-chat', color: 'indigo' },
	{ id: 21, name: 'Training', color: 'orange' },
	{ id: 22, name: 'Email', color: 'teal' },
] as const satisfies readonly UserStatus[];

/** From here down only the platform sets a status. */
const FIRST_SYSTEM = -5;
const WRAP_UP = -6;

/** An agent as tests describe one. Everything but the id has a default. */
export interface AgentOptions {
	id: number;
	name?: string;
	email?: string | null;
	/** By name. Default Available. */
	status?: string;
	online?: boolean;
	teams?: Array<{ id: number; name: string }>;
}

/** A change of an agent's status. */
export interface StatusChange {
	/** Milliseconds since the epoch. */
	at: number;
	/** `api`: through the API. `agent`: the agent chose it. `platform`: a call or its end brought it. */
	by: 'api' | 'agent' | 'platform';
	agentId: number;
	/** Their names. */
	from: string;
	to: string;
}

interface Member extends Agent {
	id: number;
	status: UserStatus;
	status_updated_at: string;
	online: boolean;
	teams: Array<{ id: number; name: string }>;
}

export class AgentStore {
	/** May be changed: a deleted status is unknown from then on, those who have it keep it. */
	readonly statuses: UserStatus[] = [];
	/** Newest last. */
	readonly changes: StatusChange[] = [];
	private readonly members = new Map<number, Member>();
	/** What agents who are on a call or in a chat get afterwards: what they had, or what they chose meanwhile. */
	private readonly afterwards = new Map<number, UserStatus>();

	constructor() {
		this.reset();
	}

	/** Back to three agents, two of whom are Kustomer users of the sandbox. */
	reset(): void {
		this.clear();
		const { ana, ben } = SANDBOX.users;
		this.add({ id: 12, name: ana.name, email: ana.email });
		this.add({ id: 13, name: ben.name, email: ben.email });
		this.add({ id: 14, name: 'Dora Klein', email: 'dora.klein@sandbox.example' });
	}

	/** No agents, and the statuses of a fresh tenant. */
	clear(): void {
		this.members.clear();
		this.afterwards.clear();
		this.changes.length = 0;
		this.statuses.splice(0, this.statuses.length, ...STATUSES.map((status) => ({ ...status })));
	}

	/** Adds an agent, or replaces the one with the same id. */
	add({
		id,
		name = `Agent ${id}`,
		email,
		status = 'Available',
		online = true,
		teams = [],
	}: AgentOptions): void {
		const [first = '', ...last] = name.split(' ');
		this.members.set(id, {
			id,
			email: email === undefined ? `agent${id}@sandbox.example` : email,
			first_name: first,
			middle_name: '',
			last_name: last.join(' '),
			agent_number: String(100 + id),
			status: this.named(status),
			status_updated_at: new Date().toISOString(),
			online,
			location: 'Lisbon',
			roles: ['agent'],
			teams,
		});
	}

	remove(id: number): void {
		this.members.delete(id);
	}

	list(): Agent[] {
		return [...this.members.values()];
	}

	get(id: number): Agent | undefined {
		return this.members.get(id);
	}

	/** The agent with this address; capital letters do not matter. */
	withEmail(email: string): Agent | undefined {
		return this.list().find((agent) => agent.email?.toLowerCase() === email.toLowerCase());
	}

	/** The name of the agent's status. */
	statusOf(id: number): string {
		return this.member(id).status.name ?? '';
	}

	/** The agent is connected to a caller. */
	callStarts(id: number): void {
		this.begins(id, 'In-call');
	}

	/** The agent is connected to somebody who writes. */
	chatStarts(id: number): void {
		this.begins(id, 'In-chat');
	}

	/** The call or chat is over; the agent wraps it up, unless told that there is nothing to do. */
	sessionEnds(id: number, { wrapUp = true } = {}): void {
		if (wrapUp) this.change(this.member(id), this.named('Wrap-up'), 'platform');
		else this.wrapUpEnds(id);
	}

	/** The agent gets what was before, or what was chosen meanwhile. assumes: falls-back-after-calls */
	wrapUpEnds(id: number): void {
		const next = this.afterwards.get(id) ?? this.named('Available');
		this.afterwards.delete(id);
		this.change(this.member(id), next, 'platform');
	}

	/** The agent did not take a call. */
	missesCall(id: number): void {
		this.change(this.member(id), this.named('Missed Call'), 'platform');
	}

	/** The agent signs out. The status is kept: https://cloud.google.com/contact-center/ccai-platform/docs/agent-status */
	signsOut(id: number): void {
		this.member(id).online = false;
	}

	/** The agent signs in again, with a status or the one of before. */
	signsIn(id: number, status?: string): void {
		const member = this.member(id);
		member.online = true;
		if (status !== undefined) this.change(member, this.named(status), 'agent');
	}

	/** The agent chooses a status; during a call or chat, it is the one for afterwards. */
	picks(id: number, status: string): void {
		const member = this.member(id);
		const wanted = this.named(status);
		if (isOccupied(member)) this.afterwards.set(id, wanted);
		else this.change(member, wanted, 'agent');
	}

	/**
	 * What `POST /apps/api/v1/agent_statuses` does. Agents who do not exist are left out. assumes: unknown-agents-left-out
	 *
	 * @throws {StatusRefusal} for a status that nobody can be given
	 */
	set(status: string, agentIds: readonly number[], teamIds: readonly number[]): StatusAnswer[] {
		// assumes: status-names-are-exact
		const wanted = this.statuses.find(({ name }) => name === status);
		if (wanted === undefined) throw new StatusRefusal(`Status '${status}' doesn't exist`);
		// assumes: system-statuses-are-400
		if (isSystem(wanted)) throw new StatusRefusal(`Status '${status}' is a system status`);
		const inTeams = [...this.members.values()].filter(({ teams }) =>
			teams.some(({ id }) => teamIds.includes(id)),
		);
		const ids = new Set([...agentIds, ...inTeams.map(({ id }) => id)]);
		return [...ids].flatMap((id) => {
			const member = this.members.get(id);
			if (member === undefined) return [];
			const previous = member.status.name ?? '';
			const refusal = refusalFor(member);
			if (refusal === undefined) this.change(member, wanted, 'api');
			return [
				{
					agent_id: id,
					name: `${member.first_name} ${member.last_name}`.trim(),
					email: member.email,
					agent_number: member.agent_number,
					previous_status: previous,
					current_status: member.status.name,
					...(refusal === undefined ? {} : { message: refusal }),
				},
			];
		});
	}

	private begins(id: number, status: string): void {
		const member = this.member(id);
		if (!isOccupied(member)) this.afterwards.set(id, member.status);
		this.change(member, this.named(status), 'platform');
	}

	private change(member: Member, to: UserStatus, by: StatusChange['by']): void {
		const from = member.status;
		if (from.id === to.id) return;
		member.status = to;
		member.status_updated_at = new Date().toISOString();
		this.changes.push({ at: Date.now(), by, agentId: member.id, from: from.name ?? '', to: to.name ?? '' });
	}

	private member(id: number): Member {
		const member = this.members.get(id);
		if (member === undefined) throw new Error(`There is no agent ${id}`);
		return member;
	}

	private named(name: string): UserStatus {
		const status = this.statuses.find((one) => one.name === name);
		if (status === undefined) throw new Error(`There is no status ${name}`);
		return status;
	}
}

/** Becomes an answer with the status 400. */
export class StatusRefusal extends Error {}

function isSystem({ id }: UserStatus): boolean {
	return Number(id) <= FIRST_SYSTEM;
}

/** Whether the agent is on a call, in a chat or wrapping up. */
function isOccupied({ status }: Member): boolean {
	return Number(status.id) <= WRAP_UP;
}

/** Why the API does not touch an agent. The words for system statuses are documented. */
function refusalFor({ status, online }: Member): string | undefined {
	// assumes: missed-call-is-system
	if (isSystem(status)) return `Agent can't be changed from system status '${status.name}'`;
	// assumes: offline-agents-are-refused
	return online ? undefined : 'Agent is offline';
}
