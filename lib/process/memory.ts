/** All that was made in this process: one for each question, held by the module that asks it, so the set stays small. */
const memories = new Set<{ clear(): void }>();

/** Empties every memory of this process; see {@link file://./forget.ts}. */
export function clearMemories(): void {
	for (const memory of memories) memory.clear();
}

/**
 * What this process remembers for a while, so that later calls need fewer requests. Bounded in size and age. To be made
 * once, when a module is loaded, and never for one call.
 */
export class Memory<Value> {
	private readonly entries = new Map<string, { value: Value; since: number; setAt: number }>();

	/**
	 * @param lifetimeMs milliseconds for which an entry is believed, also when the clock is set back meanwhile
	 * @param capacity entries that are kept; the oldest goes first
	 */
	constructor(
		private readonly lifetimeMs: number,
		private readonly capacity = 1000,
	) {
		memories.add(this);
	}

	/** @param now milliseconds since the epoch */
	get(key: string, now: number): Value | undefined {
		const entry = this.entries.get(key);
		if (entry === undefined) return undefined;
		const isYoung = (age: number) => age >= 0 && age < this.lifetimeMs;
		// A clock can be set back: then only the time for which the process has run tells how old an entry is.
		if (isYoung(now - entry.since) && isYoung(performance.now() - entry.setAt)) return entry.value;
		this.entries.delete(key);
		return undefined;
	}

	/** @param now milliseconds since the epoch */
	set(key: string, value: Value, now: number): void {
		this.entries.delete(key);
		this.entries.set(key, { value, since: now, setAt: performance.now() });
		if (this.entries.size <= this.capacity) return;
		const oldest = this.entries.keys().next();
		if (oldest.done !== true) this.entries.delete(oldest.value);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	clear(): void {
		this.entries.clear();
	}

	get size(): number {
		return this.entries.size;
	}
}
