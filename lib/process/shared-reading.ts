/**
 * Lists that change rarely and that many items ask for: read once per credential, remembered for a while, and read
 * once even when many ask at the same time.
 */
import { ServiceError } from '../http/errors';
import { Memory } from './memory';

/** What reads: a client of a service, by whose credential a list is kept apart from those of others. */
export interface ReadingClient {
	readonly credentialKey: string;
	/** Milliseconds since the epoch. */
	readonly clock: { now(): number };
}

const CANCELED = Symbol('canceled');

/** That another run was stopped does not concern those who waited for what it read. */
function unlessCanceled(error: unknown): typeof CANCELED | Promise<never> {
	return error instanceof ServiceError && error.kind === 'canceled' ? CANCELED : Promise.reject(error);
}

/** One such list, kept for every credential. */
export class SharedReading<Client extends ReadingClient, Value> {
	private readonly remembered: Memory<{ value: Value; readAt: number }>;
	private readonly underway = new Map<string, Promise<Value>>();

	/**
	 * @param read reads the list from the service
	 * @param lifetimeMs milliseconds for which a list is believed
	 */
	constructor(
		private readonly read: (client: Client) => Promise<Value>,
		private readonly lifetimeMs: number,
	) {
		this.remembered = new Memory(lifetimeMs, 100);
	}

	/**
	 * The list, remembered or read.
	 *
	 * @param maxAgeMs milliseconds; what was read longer ago is read again
	 * @throws what reading throws; failures are not remembered
	 */
	async get(client: Client, maxAgeMs = this.lifetimeMs): Promise<Value> {
		const key = client.credentialKey;
		for (;;) {
			const now = client.clock.now();
			const known = this.remembered.get(key, now);
			if (known !== undefined && now - known.readAt < maxAgeMs) return known.value;
			const other = this.underway.get(key);
			if (other === undefined) break;
			const value = await other.catch(unlessCanceled);
			if (value !== CANCELED) return value;
		}

		const readAt = client.clock.now();
		const reading = this.read(client);
		this.underway.set(key, reading);
		try {
			const value = await reading;
			this.remembered.set(key, { value, readAt }, client.clock.now());
			return value;
		} finally {
			this.underway.delete(key);
		}
	}
}
