/** A client whose answers are written down, and a clock that does not wait. */
import type { ResolveName } from '../../../../../lib/files/remote-address';
import {
	createCcaiPlatformClient,
	type CcaiPlatformClient,
} from '../../../../../lib/platforms/ccaip/api/client';
import {
	NoAnswer,
	type HttpRequest,
	type HttpResponse,
	type OpenRequest,
} from '../../../../../lib/http/http';

/** One request, for the API or for a file. */
export interface Sent extends OpenRequest, Partial<Omit<HttpRequest, 'path'>> {
	timeoutMs: number;
	/** Whether it is for a file. */
	stream: boolean;
}

export type Answer = Partial<HttpResponse> | NoAnswer['reason'] | ((request: Sent) => Partial<HttpResponse>);

export interface Scripted {
	client: CcaiPlatformClient;
	/** In the order in which they were sent. */
	sent: Sent[];
	/** Milliseconds that would have passed. */
	waited(): number;
}

/** @param answers the last one is given again and again */
export function scripted(
	answers: Answer[],
	options: { maxWaitMs?: number; baseUrl?: string; signal?: AbortSignal; resolve?: ResolveName } = {},
): Scripted {
	const sent: Sent[] = [];
	const baseUrl = options.baseUrl ?? 'https://acme.uc1.ccaiplatform.com';
	const answered = async (request: Sent): Promise<HttpResponse> => {
		sent.push(request);
		const answer = answers[Math.min(sent.length, answers.length) - 1];
		if (typeof answer === 'string') throw new NoAnswer(answer);
		const given = typeof answer === 'function' ? answer(request) : answer;
		return { status: 200, headers: {}, body: undefined, ...given };
	};
	let now = 1_000_000;
	const started = now;
	const client = createCcaiPlatformClient({
		tenant: { baseUrl, subdomain: 'acme' },
		clock: {
			now: () => now,
			sleep: async (milliseconds) => {
				now += milliseconds;
				await new Promise((resolve) => setImmediate(resolve));
			},
			random: () => 0.5,
		},
		maxWaitMs: options.maxWaitMs,
		signal: options.signal,
		resolve: options.resolve,
		timeoutMs: 5000,
		send: async ({ path, ...request }) =>
			await answered({ ...request, url: `${baseUrl}${path}`, signedIn: true, stream: false }),
		open: async (request) => await answered({ ...request, stream: true }),
	});
	return { client, sent, waited: () => now - started };
}

/** A stream of these pieces. `stall` waits for ever; an error breaks it off. */
export function streamOf(...pieces: Array<string | Error | 'stall'>) {
	let isDestroyed = false;
	async function* read(): AsyncGenerator<Uint8Array> {
		for (const piece of pieces) {
			if (piece instanceof Error) throw piece;
			// As a stream that is made of another one: ending it does not end the wait for the next bytes.
			if (piece === 'stall') await new Promise(() => undefined);
			if (isDestroyed) throw new Error('Premature close');
			yield Buffer.from(piece);
		}
	}
	const reading = read();
	return {
		[Symbol.asyncIterator]: () => reading,
		destroy: () => {
			isDestroyed = true;
		},
		get destroyed() {
			return isDestroyed;
		},
	};
}
