/**
 * What has to be done for one agent, from what both sides show now and what little is remembered of the last look. No
 * events: an agent who was not looked at for a while is brought to the right state all the same.
 */
import type { AgentMemory } from './agent-memory';
import {
	changesOf,
	isConsistent,
	leadOf,
	targetOf,
	withoutFallenLead,
	type Changes,
	type Lead,
	type SyncRules,
} from './lead';
import { onlyUnsettable, toKustomer } from './mapping';
import { REPORTED_AFTER, askFor } from './repeat';
import { keyOf } from '../../domain/status-text';
import type { AgentView, Hold, Side, Status } from '../../domain/agent-status';
import {
	notTakenSentence,
	platformReason,
	kustomerReason,
	standingSentence,
	unmappedKustomerSentence,
	unmappedPlatformSentence,
	waitingForCallSentence,
	waitingForSignInSentence,
} from './words';

/** A status that an agent is to be given. */
export type Write =
	| { side: 'platform'; /** As the table has it: id or name. */ status: string; repetition: number }
	| { side: 'kustomer'; status: Status; session: string; repetition: number };

/** What must be looked at by a person. */
export type AgentProblemCode = 'unmappedKustomerStatus' | 'unmappedPlatformStatus' | 'changeNotTaken';

export interface AgentProblem {
	code: AgentProblemCode;
	sentence: string;
	/** Whether it was not reported at the last look. */
	isNew: boolean;
}

/** A change that cannot be made yet. */
export interface Waiting {
	/** Where it is to be made. */
	side: Side;
	/** `signedOut`: the agent has no work session in Kustomer. */
	because: Hold | 'signedOut';
}

export interface Decision {
	write?: Write;
	waits?: Waiting;
	problem?: AgentProblem;
	/** In a sentence. */
	reason: string;
	/** Undefined: nothing is worth remembering, and the next look is a first one. */
	memory?: AgentMemory;
}

/**
 * Decides for one agent.
 *
 * @param remembered what the last decision left; undefined when there was none
 * @param now milliseconds since the epoch
 */
export function decide(
	shown: AgentView,
	remembered: AgentMemory | undefined,
	rules: SyncRules,
	now: number,
): Decision {
	const view = withHold(shown);
	const memory = withoutFallenLead(view, remembered);
	if (view.platform.hold === 'offline') return { reason: standingSentence('offline') };
	const next = remember(view, memory);
	if (isConsistent(rules.mapping, view)) {
		return { reason: standingSentence('fits'), memory: { ...next, lead: undefined, write: undefined } };
	}
	const changes = changesOf(view, memory);
	const before = mayRepeat(view, changes, memory) ? withoutDelay(memory) : memory;
	const look: Look = { view, memory: before, next, rules, now };
	if (view.platform.status === undefined) return whileHidden(look, changes);
	const lead = leadOf(view, memory, changes, rules);
	look.next = { ...next, lead: lead.side };
	return lead.side === 'kustomer'
		? followKustomer(look, lead)
		: followPlatform(look, view.platform.status, lead);
}

/** Without a status nobody knows what a change would do. */
function withHold(view: AgentView): AgentView {
	const { platform } = view;
	if (platform.status !== undefined || platform.hold !== undefined) return view;
	return { ...view, platform: { ...platform, hold: 'unknown' } };
}

/** What one look is made of. */
interface Look {
	view: AgentView;
	memory: AgentMemory | undefined;
	/** What will be remembered. */
	next: AgentMemory;
	rules: SyncRules;
	now: number;
}

/** What the look itself leaves behind. */
function remember({ kustomer, platform }: AgentView, memory: AgentMemory | undefined): AgentMemory {
	return {
		kustomer: keyOf(kustomer.status),
		session: kustomer.session,
		platform: platform.status === undefined ? memory?.platform : keyOf(platform.status),
		hidden: platform.status === undefined ? true : undefined,
		lead: memory?.lead,
		write: memory?.write,
	};
}

/**
 * Whether a change may be asked for again without delay: on the platform after a call (S8), and when somebody changed
 * something since, so that the last attempt says nothing about the next. A call keeps nobody from changing Kustomer.
 */
function mayRepeat({ platform }: AgentView, changes: Changes, memory: AgentMemory | undefined): boolean {
	const wasHeldUp = platform.hold !== undefined && memory?.write?.side === 'platform';
	return wasHeldUp || changes.kustomer || changes.platform;
}

function withoutDelay(memory: AgentMemory | undefined): AgentMemory | undefined {
	if (memory?.write === undefined) return memory;
	return { ...memory, write: { ...memory.write, at: 0, count: 0 } };
}

/** The platform shows a status of its own, such as In-call: only what happens in Kustomer can be noticed (S8). */
function whileHidden(look: Look, changes: Changes): Decision {
	const { view, memory, next, rules } = look;
	const changed = changes.kustomer && rules.direction !== 'platformToKustomer';
	const lead = changed ? 'kustomer' : next.lead;
	if (lead === 'kustomer') {
		return followKustomer({ ...look, next: { ...next, lead } }, { side: 'kustomer', reason: 'changed' });
	}
	return {
		reason: standingSentence(view.platform.hold ?? 'unknown'),
		memory: { ...next, write: memory?.write, reported: memory?.reported },
	};
}

function followKustomer(look: Look, lead: Lead): Decision {
	const { view, memory, next, rules, now } = look;
	const target = targetOf(rules.mapping, view.kustomer);
	if (target === undefined) return unmappedInKustomer(view, memory, { ...next, write: undefined });
	const { hold } = view.platform;
	if (hold !== undefined) {
		return {
			waits: { side: 'platform', because: hold },
			reason: waitingForCallSentence(view, target.platform, hold),
			memory: { ...next, write: memory?.write },
		};
	}
	return ask(
		look,
		{ side: 'platform', to: target.platform },
		platformReason(view, target, lead),
		(repetition) => ({
			side: 'platform',
			status: target.platform,
			repetition,
		}),
		now,
	);
}

function followPlatform(look: Look, shown: Status, lead: Lead): Decision {
	const { view, memory, next, rules, now } = look;
	const status = toKustomer(rules.mapping, shown);
	if (status === undefined) {
		const sentence = unmappedPlatformSentence(shown, onlyUnsettable(rules.mapping, shown));
		return problem('unmappedPlatformStatus', keyOf(shown), sentence, memory, { ...next, write: undefined });
	}
	const { session } = view.kustomer;
	if (session === undefined) {
		return {
			waits: { side: 'kustomer', because: 'signedOut' },
			reason: waitingForSignInSentence(status, shown),
			memory: { ...next, write: undefined },
		};
	}
	return ask(
		look,
		{ side: 'kustomer', to: keyOf(status) },
		kustomerReason(view, status, shown, lead),
		(repetition) => ({
			side: 'kustomer',
			status,
			session,
			repetition,
		}),
		now,
	);
}

/** Asks for a change, now or when its time comes again. */
function ask(
	{ memory, next }: Look,
	wanted: { side: Side; to: string },
	reason: string,
	writeFor: (repetition: number) => Write,
	now: number,
): Decision {
	const { due, write } = askFor(memory?.write, wanted, now);
	const kept: AgentMemory = { ...next, write };
	if (!due) {
		// A problem that was reported lasts until the change takes effect.
		return { reason: standingSentence('asked'), memory: { ...kept, reported: memory?.reported } };
	}
	const decision = { write: writeFor(write.count - 1), reason, memory: kept };
	if (write.count <= REPORTED_AFTER) return decision;
	const sentence = notTakenSentence(wanted.side, write.count - 1, reason);
	return {
		...decision,
		...problem('changeNotTaken', `${wanted.side}:${wanted.to}`, sentence, memory, kept),
		reason,
	};
}

function unmappedInKustomer(
	{ kustomer }: AgentView,
	memory: AgentMemory | undefined,
	next: AgentMemory,
): Decision {
	// Offline without a row is what most tables want: agents who went home are left alone.
	if (kustomer.session === undefined) return { reason: standingSentence('signedOut'), memory: next };
	const sentence = unmappedKustomerSentence(kustomer.status);
	return problem('unmappedKustomerStatus', keyOf(kustomer.status), sentence, memory, next);
}

function problem(
	code: AgentProblemCode,
	detail: string,
	sentence: string,
	memory: AgentMemory | undefined,
	next: AgentMemory,
): Decision & { problem: AgentProblem } {
	const reported = `${code}:${detail}`;
	return {
		problem: { code, sentence, isNew: memory?.reported !== reported },
		reason: sentence,
		memory: { ...next, reported },
	};
}
