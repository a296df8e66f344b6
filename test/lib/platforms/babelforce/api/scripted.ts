/** A babelforce client whose answers are written down, and a clock that does not wait. */
import {
	createBabelforceClient,
	type BabelforceClientOptions,
} from '../../../../../lib/platforms/babelforce/api/client';
import type { HttpRequest } from '../../../../../lib/http/http';
import { Answers, FakeClock, type Step } from '../../../http/scripted';

export const BASE = 'https://services.babelforce.com';

/** @param steps the answers, one after the other, the last one again and again */
export function scripted(steps: Array<Step<HttpRequest>>, options: Partial<BabelforceClientOptions> = {}) {
	const { requests, send } = new Answers(steps);
	const clock = new FakeClock();
	const client = createBabelforceClient({ baseUrl: BASE, clock, credentialKey: 'key', send, ...options });
	return { client, requests, clock };
}
