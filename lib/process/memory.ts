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
	private readonly entries = new Map<string, { value: Value; until: number }>();

	/**
	 * @param lifetimeMs milliseconds for which an entry is believed
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
		if (entry.until > now) return entry.value;
		this.entries.delete(key);
		return undefined;
	}

	/** @param now milliseconds since the epoch */
	set(key: string, value: Value, now: number): void {
		this.entries.delete(key);
		this.entries.set(key, { value, until: now + this.lifetimeMs });
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
