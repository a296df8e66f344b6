import { Memory } from '../process/memory';

const DAY_MS = 24 * 60 * 60_000;

interface Reading<Value> {
	value?: Value;
	/** When the value was read; milliseconds since the epoch. */
	readAt: number;
	/** When it was asked for last, with or without success. */
	triedAt: number;
}

/**
 * What a server tells and rarely changes, such as its keys: asked for once however many wait for it, remembered, believed for a
 * day while the server cannot be reached, and not asked for again and again meanwhile.
 */
export class PoliteReading<Value> {
	private readonly readings = new Memory<Reading<Value>>(DAY_MS, 100);

	private readonly underway = new Map<string, Promise<Value>>();

	/**
	 * @param maxAgeMs milliseconds after which it is asked for again
	 * @param pauseMs milliseconds between two questions, whatever happens
	 */
	constructor(
		private readonly maxAgeMs: number,
		private readonly pauseMs: number,
	) {}

	/**
	 * @param key whose value it is
	 * @param newer asks again if the pause allows it, also where the remembered value is young
	 * @throws what `read` throws when nothing is remembered; {@link AskedTooOften} while it is not asked again yet
	 */
	async get(key: string, now: number, read: () => Promise<Value>, newer = false): Promise<Value> {
		const known = this.readings.get(key, now);
		const isYoung = known?.value !== undefined && !newer && now - known.readAt < this.maxAgeMs;
		const isPaused = known !== undefined && now - known.triedAt < this.pauseMs;
		const isBelieved = known?.value !== undefined && now - known.readAt < DAY_MS;
		if (isBelieved && (isYoung || isPaused)) return known.value as Value;
		const other = this.underway.get(key);
		if (other !== undefined) return await other;
		if (isPaused) throw new AskedTooOften();

		const reading = read();
		this.underway.set(key, reading);
		try {
			const value = await reading;
			this.readings.set(key, { value, readAt: now, triedAt: now }, now);
			return value;
		} catch (error) {
			this.readings.set(key, { value: known?.value, readAt: known?.readAt ?? 0, triedAt: now }, now);
			if (known?.value !== undefined && now - known.readAt < DAY_MS) return known.value;
			return await Promise.reject(error);
		} finally {
			this.underway.delete(key);
		}
	}
}

/** A server has just failed to answer, and is left alone for a moment. */
export class AskedTooOften extends Error {}
