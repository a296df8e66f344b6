/** Misbehavior on demand: what a network and a busy service do to a client. */

export type Fault =
	/** Answers this instead of doing what was asked. */
	| { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
	/** Closes the connection; nothing was written. */
	| { kind: 'closeBeforeCommit' }
	/** Does what was asked, then closes the connection instead of answering. */
	| { kind: 'closeAfterCommit' }
	/** Waits, then goes on as usual. */
	| { kind: 'delay'; ms: number }
	/** From the first matching request on, answers every matching request with 429 for this long. */
	| { kind: 'rateLimitFor'; ms: number };

export interface FaultRule {
	/** Upper case; without it every method matches. */
	method?: string;
	/** Tested against the path as sent, without the query. */
	path?: RegExp;
	/** How many matching requests it hits. Default 1. Does not count for `rateLimitFor`, which lasts its time. */
	times?: number;
	/** How many matching requests go through first. Default 0. */
	skip?: number;
	fault: Fault;
}

interface ActiveRule {
	rule: FaultRule;
	left: number;
	skip: number;
	/** For `rateLimitFor`: milliseconds since the epoch. */
	endsAt?: number;
}

/** What a request meets: a rule's fault, and for `rateLimitFor` when it ends. */
export interface Met {
	fault: Fault;
	endsAt?: number;
}

export class Faults {
	private active: ActiveRule[] = [];

	/** Rules apply in the order in which they were added; a request meets at most one. */
	add(rule: FaultRule): void {
		this.active.push({ rule, left: rule.times ?? 1, skip: rule.skip ?? 0 });
	}

	clear(): void {
		this.active = [];
	}

	/** True when no rule is waiting for a request any more. */
	get isEmpty(): boolean {
		return this.active.length === 0;
	}

	/** Takes the fault that this request meets, if any. */
	take(method: string, path: string, now: number): Met | undefined {
		if (this.active.length === 0) return undefined;
		for (const entry of this.active) {
			const { rule } = entry;
			if (rule.method !== undefined && rule.method !== method) continue;
			if (rule.path !== undefined && path.search(rule.path) === -1) continue;
			if (entry.skip > 0) {
				entry.skip -= 1;
				continue;
			}
			if (rule.fault.kind === 'rateLimitFor') {
				entry.endsAt ??= now + rule.fault.ms;
				if (now < entry.endsAt) return { fault: rule.fault, endsAt: entry.endsAt };
				this.remove(entry);
				continue;
			}
			entry.left -= 1;
			if (entry.left <= 0) this.remove(entry);
			return { fault: rule.fault };
		}
		return undefined;
	}

	private remove(entry: ActiveRule): void {
		this.active = this.active.filter((other) => other !== entry);
	}
}
