/**
 * Compares all agents of a platform with Kustomer and says what has to be changed where. Writes nothing. What it remembers
 * for the next time is a text.
 */
import type { KustomerClient } from '../kustomer/client';
import { shortHash } from '../kustomer/own-id';
import type { AgentSession } from '../kustomer/resources/work-sessions';
import { isKustomerId } from '../domain/kustomer-id';
import type { AgentMemory } from './rules/agent-memory';
import { decide, type AgentProblemCode, type Write } from './rules/decision';
import type { SyncRules } from './rules/lead';
import { isByMembership, isBySelectedTeam, isFollowed, type TeamChoice } from './rules/team-choice';
import { readTable, type RowProblem, type TableRow } from './rules/mapping';
import { matchAgents, type AgentPair, type Matches, type MatchProblemCode } from './rules/matching';
import { MOST_AGENTS, MOST_SUBJECTS, hourOf, readMemory, writeMemory, type SyncMemory } from './rules/memory';
import { labelOf } from '../domain/status-text';
import type { KustomerSide, PlatformAgent, Priority, Status, SyncDirection } from '../domain/agent-status';
import { readPlatformAgent } from '../platforms/read-agent';
import { FOR_A_STEP, lookAtKustomer } from './kustomer-look';
import { sidesIn, type KustomerSides } from './kustomer-sides';
import {
	NO_AGENTS,
	matchSentence,
	platformLabel,
	rowSentence,
	severalSessionsSentence,
	tooManySentence,
	unreadableSentence,
} from './sentences';

/** How the two are compared. */
export interface CompareInput extends TeamChoice {
	/** What the platform's node gave. */
	items: readonly unknown[];
	table: readonly TableRow[];
	/** Platform status for Kustomer statuses without a row. */
	fallback?: string;
	direction: SyncDirection;
	priority: Priority;
	/** Whether agents who are signed in to Kustomer but not on the platform are reported. */
	reportMissing: boolean;
	/** What the last comparison left. */
	memory: unknown;
}

/** Who it is about, and what both sides show. */
export interface AgentFacts {
	agentName?: string;
	agentEmail?: string;
	platformAgentId?: string;
	kustomerUserId?: string;
	workSessionId?: string;
	kustomerStatus?: string;
	kustomerStatusId?: string;
	platformStatus?: string;
}

/** A status that has to be changed. */
export interface Change extends AgentFacts {
	newStatus: string;
	newStatusId?: string;
	/** How often it was asked for before without effect. */
	repetition: number;
	reason: string;
}

export type CompareProblemCode =
	| AgentProblemCode
	| MatchProblemCode
	| `table${Capitalize<RowProblem['kind']>}`
	| 'severalSessions'
	| 'noAgents'
	| 'unreadableItems'
	| 'tooMany';

/** Something for a person. */
export interface Attention extends AgentFacts {
	problem: CompareProblemCode;
	reason: string;
}

/** An entry together with the item that it came from; without one when it belongs to none. */
export interface Entry<Value> {
	item?: number;
	value: Value;
}

export interface Comparison {
	platform: Array<Entry<Change>>;
	kustomer: Array<Entry<Change>>;
	/** Each problem once, until it is solved. */
	attention: Array<Entry<Attention>>;
	/** For the next time. */
	memory: string;
}

/** An agent of the platform with the item's number. */
interface Incoming extends PlatformAgent {
	item: number;
}

/**
 * Compares.
 *
 * @throws {KustomerError} when Kustomer cannot be read; then nothing is to be remembered
 */
export async function compareAgents(client: KustomerClient, input: CompareInput): Promise<Comparison> {
	const now = client.clock.now();
	const run = new Run(readMemory(input.memory), now);
	const incoming = input.items.flatMap((item, index): Incoming[] => {
		const agent = readPlatformAgent(item);
		return agent === undefined ? [] : [{ ...agent, item: index }];
	});
	if (incoming.length === 0) {
		run.report('items', 'empty', { problem: 'noAgents', reason: NO_AGENTS });
		return run.result();
	}
	reportUnreadable(run, input.items, incoming);

	const { sides, matches } = await match(client, input, incoming, run);
	const { mapping, problems } = readTable(input.table, input.fallback, sides.statuses);
	for (const problem of problems) {
		const code = `table${problem.kind[0]?.toUpperCase()}${problem.kind.slice(1)}` as CompareProblemCode;
		run.report(`row ${problem.row}`, `${problem.kind} ${problem.status}`, {
			problem: code,
			reason: rowSentence(problem),
		});
	}
	for (const problem of matches.problems) {
		const [agent] = problem.platform;
		const [user] = problem.kustomer;
		run.report(subjectOf(problem), problem.code, {
			...(problem.platform.length === 1 && agent !== undefined ? platformFacts(agent) : {}),
			...(problem.kustomer.length === 1 && user !== undefined
				? { agentName: user.name || undefined, agentEmail: user.email || undefined, kustomerUserId: user.id }
				: {}),
			problem: problem.code,
			reason: matchSentence(problem),
			item: agent?.item,
		});
	}
	const rules: SyncRules = { mapping, direction: input.direction, priority: input.priority };
	if (isBySelectedTeam(input)) run.forgetOthers(incoming, matches.pairs);
	for (const pair of matches.pairs) run.decide(pair, sides, rules);
	run.reportTooMany();
	run.forgetSolved();
	return run.result();
}

function reportUnreadable(run: Run, items: readonly unknown[], incoming: readonly Incoming[]): void {
	const count = items.length - incoming.length;
	if (count === 0) return;
	const readable = new Set(incoming.map(({ item }) => item));
	const first = items.findIndex((_, index) => !readable.has(index));
	run.report('items', 'unreadable', {
		problem: 'unreadableItems',
		reason: unreadableSentence(count, first + 1),
		item: first,
	});
}

/** Matches; once more with the users read again before somebody is said to be missing. */
async function match(
	client: KustomerClient,
	input: CompareInput,
	incoming: readonly Incoming[],
	run: Run,
): Promise<{ sides: KustomerSides; matches: Matches<Incoming> }> {
	const options = { teams: isByMembership(input), statusAge: FOR_A_STEP };
	const look = await lookAtKustomer(client, options);
	const sides = sidesIn(look);
	const matches = matchIn(sides, input, incoming, run);
	if (!matches.problems.some((problem) => run.isNew(subjectOf(problem), problem.code))) {
		return { sides, matches };
	}
	const again = sidesIn(await lookAtKustomer(client, { ...options, expectMore: true, earlier: look }));
	return { sides: again, matches: matchIn(again, input, incoming, run) };
}

function matchIn(
	sides: KustomerSides,
	input: CompareInput,
	incoming: readonly Incoming[],
	run: Run,
): Matches<Incoming> {
	return matchAgents(sides.agents, incoming, {
		belongs: (agent, others) => {
			const sessions = sides.sessions.get(agent.id);
			// Who has gone offline has selected no team any more, and belongs where they belonged before.
			if (sessions === undefined && isBySelectedTeam(input)) return others.some(({ id }) => run.knows(id));
			const selected = (sessions ?? []).map(({ teamId }) => teamId);
			return isFollowed(input, { memberOf: agent.teams, selected });
		},
		expectOnPlatform: ({ id }) => input.reportMissing && sides.sessions.has(id),
	});
}

function subjectOf({ platform, kustomer }: Matches<Incoming>['problems'][number]): string {
	const ids = [...platform.map(({ id }) => `p${id}`), ...kustomer.map(({ id }) => `k${id}`)];
	const text = ids.sort().join(' ');
	// It is remembered, and many agents may share one address.
	return `match ${text.length > LONGEST_SUBJECT ? shortHash(text) : text}`;
}

/** Characters by which a problem is remembered. */
const LONGEST_SUBJECT = 200;

/** What the problem is about that something was left out. */
const TOO_MANY = 'too many';

/**
 * Whether the session of an agent who had one was not missed before. From a list of several pages one can be missing; only
 * when two looks in a row do not show it, it is believed that the agent has signed out.
 */
function isFirstMiss(known: AgentMemory | undefined): known is AgentMemory {
	return known?.session !== undefined && known.missed !== true;
}

/** What comes together while the agents are gone through. */
class Run {
	private readonly platform: Array<Entry<Change>> = [];
	private readonly kustomer: Array<Entry<Change>> = [];
	private readonly attention: Array<Entry<Attention>> = [];
	private readonly mentioned = new Set<string>();
	/** What was left out because no more can be remembered. */
	private readonly left = { agents: 0, problems: 0 };

	constructor(
		private readonly memory: SyncMemory,
		private readonly now: number,
	) {}

	isNew(subject: string, what: string): boolean {
		return this.memory.subjects.get(subject)?.value !== what;
	}

	/** Whether this agent of the platform was looked at before. */
	knows(id: string): boolean {
		return this.memory.agents.has(id);
	}

	/** Agents who are not followed any more are seen for the first time when they come back. */
	forgetOthers(incoming: readonly Incoming[], pairs: ReadonlyArray<AgentPair<Incoming>>): void {
		const followed = new Set(pairs.map(({ platform }) => platform.id));
		for (const { id } of incoming) if (!followed.has(id)) this.memory.agents.delete(id);
	}

	/** Reports what was not reported before. */
	report(subject: string, what: string, { item, ...value }: Attention & { item?: number }): void {
		// What cannot be remembered would be reported at every look. One place is left for saying so.
		const { subjects } = this.memory;
		if (subject !== TOO_MANY && !subjects.has(subject) && subjects.size >= MOST_SUBJECTS - 1) {
			this.left.problems += 1;
			return;
		}
		if (this.isNew(subject, what)) this.attention.push({ item, value });
		this.mentioned.add(subject);
		subjects.set(subject, { value: what, seen: hourOf(this.now) });
	}

	/** Says once that something was left out. */
	reportTooMany(): void {
		const { agents, problems } = this.left;
		if (agents + problems === 0) return;
		const what = `${agents > 0 ? 'agents' : ''} ${problems > 0 ? 'problems' : ''}`;
		this.report(TOO_MANY, what, { problem: 'tooMany', reason: tooManySentence(agents, problems) });
	}

	/** What was not mentioned this time is solved, and is news when it comes back. */
	forgetSolved(): void {
		for (const subject of this.memory.subjects.keys()) {
			if (!this.mentioned.has(subject)) this.memory.subjects.delete(subject);
		}
	}

	decide(pair: AgentPair<Incoming>, sides: KustomerSides, rules: SyncRules): void {
		const { id, item, side } = pair.platform;
		const sessions = sides.sessions.get(pair.kustomer.id) ?? [];
		if (sessions.length > 1) {
			this.reportSessions(pair, sessions);
			return;
		}
		const kustomer = sides.sideOf(sessions[0]);
		const known = this.memory.agents.get(id)?.value;
		const seen = hourOf(this.now);
		if (sessions.length === 0 && sides.mayMissSome && side.hold !== 'offline' && isFirstMiss(known)) {
			this.memory.agents.set(id, { value: { ...known, missed: true }, seen });
			return;
		}
		const { write, problem, reason, memory } = decide({ kustomer, platform: side }, known, rules, this.now);
		if (memory === undefined) this.memory.agents.delete(id);
		else if (known === undefined && this.memory.agents.size >= MOST_AGENTS) {
			// Forgotten at once, the agent would be seen for the first time at every look, and Kustomer would always count.
			this.left.agents += 1;
			return;
		} else this.memory.agents.set(id, { value: memory, seen });

		const facts = factsOf(pair, kustomer);
		if (write !== undefined) {
			const change = { ...facts, ...statusOf(write), repetition: write.repetition, reason };
			this[write.side].push({ item, value: change });
		}
		if (problem?.isNew === true) {
			const reason = `${facts.agentName ?? platformLabel(pair.platform)}: ${problem.sentence}`;
			this.attention.push({ item, value: { ...facts, problem: problem.code, reason } });
		}
	}

	private reportSessions(pair: AgentPair<Incoming>, sessions: readonly AgentSession[]): void {
		const ids = sessions.map(({ id }) => id).sort();
		this.report(`sessions ${pair.kustomer.id}`, ids.join(' '), {
			...platformFacts(pair.platform),
			kustomerUserId: pair.kustomer.id,
			problem: 'severalSessions',
			reason: severalSessionsSentence(platformLabel(pair.platform), ids),
			item: pair.platform.item,
		});
	}

	result(): Comparison {
		const { platform, kustomer, attention } = this;
		return { platform, kustomer, attention, memory: writeMemory(this.memory, this.now) };
	}
}

function statusOf(write: Write): { newStatus: string; newStatusId?: string } {
	if (write.side === 'platform') return { newStatus: write.status };
	const status: Status = write.status;
	return { newStatus: labelOf(status), newStatusId: status.id };
}

function platformFacts({ id, name, email, shown }: Incoming): AgentFacts {
	return {
		agentName: name,
		agentEmail: email,
		platformAgentId: id,
		platformStatus: shown === '' ? undefined : shown,
	};
}

function factsOf({ kustomer: user, platform }: AgentPair<Incoming>, side: KustomerSide): AgentFacts {
	return {
		...platformFacts(platform),
		agentName: platform.name ?? (user.name || undefined),
		agentEmail: platform.email ?? (user.email || undefined),
		kustomerUserId: user.id,
		workSessionId: side.session,
		kustomerStatus: labelOf(side.status),
		// A session may have no status.
		kustomerStatusId: isKustomerId(side.status.id ?? '') ? side.status.id : undefined,
	};
}
