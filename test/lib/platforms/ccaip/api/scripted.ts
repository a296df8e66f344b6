/** A client whose answers are written down, and a clock that does not wait. */
import type { ResolveName } from '../../../../../lib/files/remote-address';
import {
	createCcaiPlatformClient,
	type CcaiPlatformClient,
} from '../../../../../lib/platforms/ccaip/api/client';
import type { HttpRequest, OpenRequest } from '../../../../../lib/http/http';
import { Answers, FakeClock, type Step } from '../../../http/scripted';

/** One request, for the API or for a file. */
export interface Sent extends OpenRequest, Partial<Omit<HttpRequest, 'path'>> {
	timeoutMs: number;
	/** Whether it is for a file. */
	stream: boolean;
}

export type Answer = Step<Sent>;

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
	const { requests: sent, send } = new Answers<Sent>(answers);
	const baseUrl = options.baseUrl ?? 'https://acme.uc1.ccaiplatform.com';
	const clock = new FakeClock();
	const started = clock.now();
	const client = createCcaiPlatformClient({
		tenant: { baseUrl, subdomain: 'acme' },
		clock,
		maxWaitMs: options.maxWaitMs,
		signal: options.signal,
		resolve: options.resolve,
		timeoutMs: 5000,
		send: async ({ path, ...request }) =>
			await send({ ...request, url: `${baseUrl}${path}`, signedIn: true, stream: false }),
		open: async (request) => await send({ ...request, stream: true }),
	});
	return { client, sent, waited: () => clock.now() - started };
}
