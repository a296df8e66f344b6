/**
 * Ten requests in any second for a customer:
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api. assumes: rate-limit-answer
 */
export class RateLimit {
	private times: number[] = [];

	/** @param perSecond 0 switches the limit off */
	constructor(private readonly perSecond: number) {}

	/** Counts one request. @returns false when it is one too many; those do not count */
	take(now: number): boolean {
		if (this.perSecond === 0) return true;
		this.times = this.times.filter((time) => now - time < 1000);
		if (this.times.length >= this.perSecond) return false;
		this.times.push(now);
		return true;
	}

	reset(): void {
		this.times = [];
	}
}
