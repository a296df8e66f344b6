import type { RecordedRequest } from './types';

/** Keeps the newest requests in one array that callers may hold on to. */
export class Recorder {
	readonly requests: RecordedRequest[] = [];
	/** Counts on when old entries are dropped. */
	count = 0;
	/** Told after every request. */
	onRequest: ((request: RecordedRequest) => void) | undefined;

	constructor(private readonly max: number) {}

	add(request: RecordedRequest): void {
		this.count += 1;
		this.requests.push(request);
		// In blocks, because taking one off the front each time would cost at every request.
		if (this.requests.length > this.max * 1.1) this.requests.splice(0, this.requests.length - this.max);
		this.onRequest?.(request);
	}

	clear(): void {
		this.count = 0;
		this.requests.length = 0;
	}
}
