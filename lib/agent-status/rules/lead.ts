/** Which side is followed when the two differ (S3, S4, S5). */
import type { AgentMemory } from './agent-memory';
import { toKustomer, toPlatform, type Mapping, type Target } from './mapping';
import { keyOf, means } from '../../domain/status-text';
import type { AgentView, SyncDirection, KustomerSide, Priority, Side } from '../../domain/agent-status';

/** How the two sides are to be kept alike. */
export interface SyncRules {
	mapping: Mapping;
	direction: SyncDirection;
	/** Counts for `both` only. */
	priority: Priority;
}

/** Why a side is followed. */
export type LeadReason =
	| 'onlyDirection'
	| 'firstSight'
	| 'signedIn'
	| 'changed'
	| 'laterChange'
	| 'overrides'
	| 'unknownOrder'
	| 'pending'
	| 'standing';

export interface Lead {
	side: Side;
	reason: LeadReason;
}

/** What has changed since the last look. */
export interface Changes {
	/** Nothing is known of the agent, or not what was chosen on the platform. */
	firstSight: boolean;
	/** A work session began. */
	signedIn: boolean;
	kustomer: boolean;
	platform: boolean;
}

/** Compares the agent with the last look. What this synchronization wrote itself is no change. */
export function changesOf(view: AgentView, memory: AgentMemory | undefined): Changes {
	const { kustomer } = view;
	if (memory === undefined) return { firstSight: true, signedIn: false, kustomer: false, platform: false };
	const signedIn = kustomer.session !== undefined && kustomer.session !== memory.session;
	const written = memory.write;
	const key = keyOf(kustomer.status);
	const writtenToKustomer = written?.side === 'kustomer' && written.to === key;
	return {
		firstSight: memory.platform === undefined,
		signedIn,
		kustomer:
			signedIn ||
			(memory.session !== undefined && kustomer.session === undefined) ||
			(key !== memory.kustomer && !writtenToKustomer),
		platform: isChosenNow(view, memory),
	};
}

/** Whether the platform's status is a choice that was not seen before. */
function isChosenNow({ platform }: AgentView, memory: AgentMemory): boolean {
	const { status } = platform;
	if (status === undefined || keyOf(status) === memory.platform) return false;
	const written = memory.write;
	if (written?.side === 'platform' && means(written.to, status)) return false;
	return !hasFallenBack({ platform }, memory);
}

/** After a call the platform falls back to this status by itself: nobody chose it (S8). */
function hasFallenBack({ platform }: Pick<AgentView, 'platform'>, memory: AgentMemory): boolean {
	const { status, isDefault } = platform;
	return (
		status !== undefined && memory.hidden === true && isDefault === true && keyOf(status) !== memory.platform
	);
}

/**
 * What the agent chose on the platform before the call is gone when the platform falls back to a status of its own. To
 * follow the platform then would bring a status to Kustomer that nobody chose (S8).
 */
export function withoutFallenLead(view: AgentView, memory: AgentMemory | undefined): AgentMemory | undefined {
	if (memory?.lead !== 'platform' || !hasFallenBack(view, memory)) return memory;
	return { ...memory, lead: undefined };
}

/** Which side is followed, given that the pair does not fit the table. */
export function leadOf(
	view: AgentView,
	memory: AgentMemory | undefined,
	changes: Changes,
	rules: SyncRules,
): Lead {
	if (rules.direction !== 'both') {
		const side = rules.direction === 'kustomerToPlatform' ? 'kustomer' : 'platform';
		return { side, reason: 'onlyDirection' };
	}
	if (changes.signedIn) return { side: 'kustomer', reason: 'signedIn' };
	if (changes.firstSight) return { side: 'kustomer', reason: 'firstSight' };

	const pending = pendingSide(view, memory, rules.mapping);
	const kustomer = changes.kustomer || pending === 'kustomer';
	const platform = changes.platform || pending === 'platform';
	if (kustomer && platform) return conflict(view, changes, rules.priority);
	if (changes.kustomer) return { side: 'kustomer', reason: 'changed' };
	if (changes.platform) return { side: 'platform', reason: 'changed' };
	// A status without a row changes nothing, and nothing changes it either (S9).
	if (memory?.lead !== undefined) return { side: memory.lead, reason: 'pending' };
	return { side: 'kustomer', reason: 'standing' };
}

/** The side whose change is known and mapped but has not arrived on the other one yet. */
function pendingSide(
	{ kustomer, platform }: AgentView,
	memory: AgentMemory | undefined,
	mapping: Mapping,
): Side | undefined {
	if (memory?.lead === 'kustomer') {
		return targetOf(mapping, kustomer) === undefined ? undefined : 'kustomer';
	}
	if (memory?.lead !== 'platform' || platform.status === undefined) return undefined;
	return toKustomer(mapping, platform.status) === undefined ? undefined : 'platform';
}

/** Both sides changed since they last fitted (S4). */
function conflict({ kustomer, platform }: AgentView, changes: Changes, priority: Priority): Lead {
	if (priority === 'kustomer') return { side: 'kustomer', reason: 'overrides' };
	const times = [kustomer.changedAt, platform.changedAt] as const;
	if (times[0] !== undefined && times[1] !== undefined && times[0] !== times[1]) {
		return { side: times[1] > times[0] ? 'platform' : 'kustomer', reason: 'laterChange' };
	}
	// Without times, what was not there at the last look is the later one.
	if (changes.kustomer !== changes.platform) {
		return { side: changes.platform ? 'platform' : 'kustomer', reason: 'laterChange' };
	}
	return { side: 'kustomer', reason: 'unknownOrder' };
}

/** Where Kustomer's side leads. For agents who are not signed in only a row of their own counts, no fallback. */
export function targetOf(mapping: Mapping, kustomer: KustomerSide): Target | undefined {
	return toPlatform(mapping, kustomer.status, kustomer.session !== undefined);
}

/** Whether the table leads from the Kustomer status to the platform's. Such a pair is never touched. */
export function isConsistent(mapping: Mapping, { kustomer, platform }: AgentView): boolean {
	const target = targetOf(mapping, kustomer);
	return target !== undefined && platform.status !== undefined && means(target.platform, platform.status);
}
