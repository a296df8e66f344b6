/** Kustomer's limits: requests of the organization, searches, and creations for one customer. */
import { ApiError } from './errors';

const MINUTE = 60_000;
const SEARCHES_PER_MINUTE = 100;
const CREATIONS_PER_MINUTE = 120;

interface Window {
	/** Milliseconds since the epoch. */
	endsAt: number;
	used: number;
}

/** assumes: rate-limit-window */
export class RateLimit {
	private requests: Window = { endsAt: 0, used: 0 };
	private searches: Window = { endsAt: 0, used: 0 };
	private creations = new Map<string, Window>();
	private creationsSweptAt = 0;

	/** @param perMinute 0 switches every limit off */
	constructor(private readonly perMinute: number) {}

	reset(): void {
		this.requests = { endsAt: 0, used: 0 };
		this.searches = { endsAt: 0, used: 0 };
		this.creations.clear();
	}

	/** What every answer says about the budget. */
	headers(): Record<string, string> {
		if (this.perMinute === 0) return UNLIMITED;
		return {
			'x-ratelimit-limit': String(this.perMinute),
			'x-ratelimit-remaining': String(Math.max(0, this.perMinute - this.requests.used)),
		};
	}

	/** Counts one request. @throws 429 */
	request(now: number): void {
		if (this.perMinute === 0) return;
		this.requests = current(this.requests, now);
		if (this.requests.used >= this.perMinute) throw tooMany(this.requests.endsAt, 'requests');
		this.requests.used += 1;
	}

	/** Counts one search. @throws 429 */
	search(now: number): void {
		if (this.perMinute === 0) return;
		this.searches = current(this.searches, now);
		if (this.searches.used >= SEARCHES_PER_MINUTE) throw tooMany(this.searches.endsAt, 'searches');
		this.searches.used += 1;
	}

	/**
	 * Counts one creation for a customer; updates are not counted.
	 * assumes: create-limit-per-kind
	 * assumes: no-update-limit
	 *
	 * @throws 429
	 */
	creation(kind: 'conversation' | 'message' | 'note', customerId: string, now: number): void {
		if (this.perMinute === 0) return;
		if (now - this.creationsSweptAt > MINUTE) {
			this.creationsSweptAt = now;
			for (const [key, window] of this.creations) if (window.endsAt <= now) this.creations.delete(key);
		}
		const key = `${kind}:${customerId}`;
		const window = current(this.creations.get(key) ?? { endsAt: 0, used: 0 }, now);
		this.creations.set(key, window);
		if (window.used >= CREATIONS_PER_MINUTE) throw tooMany(window.endsAt, `${kind}s for this customer`);
		window.used += 1;
	}
}

const UNLIMITED = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' };

function current(window: Window, now: number): Window {
	return now < window.endsAt ? window : { endsAt: now + MINUTE, used: 0 };
}

/**
 * assumes: rate-limit-body
 * assumes: rate-limit-reset-header
 *
 * @param endsAt milliseconds since the epoch
 */
export function tooMany(endsAt: number, what: string): ApiError {
	return new ApiError(
		429,
		'ratelimited',
		'Too Many Requests',
		{ detail: `Too many ${what}` },
		{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(endsAt / 1000)) },
	);
}
