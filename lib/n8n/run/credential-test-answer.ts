/** What the tests of credentials have in common: how they ask, how long, and how they say that something is wrong. */
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import { ServiceError } from '../../http/errors';
import type { HttpResponse } from '../../http/http';
import { systemClock } from '../http/client-settings';
import { readFailure } from '../http/http';

/** How a client asks for a test: one attempt, long enough for a slow line and short enough for a person who waits. */
export const TEST_SETTINGS = { clock: systemClock, timeoutMs: 10_000, maxWaitMs: 0 };

/** What a person sees whose credential does not work: what happened, and what to do. */
export function failed(message: string, advice: string): INodeCredentialTestResult {
	return { status: 'Error', message: `${message} ${advice}` };
}

/**
 * What a person sees of a test. A failure names the address that was asked: it is made of what they have typed, and a slip
 * there is the most usual reason.
 *
 * @param test says that it works, or what is wrong. What it wants to do is called "connect"
 * @param baseUrl the address, without a slash at the end
 */
export async function outcomeOf(
	test: () => Promise<INodeCredentialTestResult>,
	baseUrl: string,
): Promise<INodeCredentialTestResult> {
	return await test().catch((error: unknown) =>
		error instanceof ServiceError
			? failed(`Connection failed: ${happened(error.message)}`, `${error.advice} n8n has asked ${baseUrl}.`)
			: failed(
					'Connection failed: the test did not come to an end.',
					'Try again; if it goes on, look into the log of n8n.',
				),
	);
}

/** A message as the rest of a sentence that says already that it did not work. */
function happened(message: string): string {
	return message.replace(/^Could not connect[:.] /, '').replace(/^The /, 'the ');
}

/** One request of a test. */
export interface TestRequest {
	method: string;
	/** Absolute. */
	uri: string;
	/** Values of the query. */
	qs?: object;
	headers: Record<string, string>;
	/** A form, encoded. */
	body?: string;
	/** Milliseconds. */
	timeout?: number;
}

/**
 * Asks with n8n's request helper for credential tests, which knows no other way to send. Redirects are not followed, and
 * every status is an answer.
 *
 * @throws {NoAnswer} when no answer came
 */
export async function askForTest(
	{ helpers }: ICredentialTestFunctions,
	request: TestRequest,
): Promise<HttpResponse> {
	return await helpers
		.request({
			...request,
			headers: { Accept: 'application/json', ...request.headers },
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
		})
		.then(
			(answer: {
				statusCode: number;
				headers: Record<string, string | string[] | undefined>;
				body: unknown;
			}) => ({ status: answer.statusCode, headers: { ...answer.headers }, body: parsed(answer.body) }),
			readFailure,
		);
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return body === '' ? undefined : (JSON.parse(body) as unknown);
	} catch {
		return body;
	}
}
