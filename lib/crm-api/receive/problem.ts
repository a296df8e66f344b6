/** A request that cannot be used as it was sent: none of these is cured by sending it again (rule G8). */
export class RequestProblem extends Error {
	constructor(
		/** 413: too large. 415: of a kind that is not read. 422: not understood. */
		readonly status: 413 | 415 | 422,
		/** A sentence for the administrator of the platform: what, where, and what to do. Holds nothing of what was sent. */
		reason: string,
	) {
		super(reason);
		this.name = 'RequestProblem';
	}
}
