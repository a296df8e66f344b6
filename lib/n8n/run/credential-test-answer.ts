/** What the tests of credentials have in common: how they ask, and how they say that something is wrong. */
import type { ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';

import type { HttpResponse } from '../../http/http';
import { readFailure } from '../http/http';

/** What a person sees whose credential does not work: what happened, and what to do. */
export function failed(message: string, advice: string): INodeCredentialTestResult {
	return { status: 'Error', message: `${message} ${advice}` };
}

/** One request of a test. */
export interface TestRequest {
	method: string;
	/** Absolute. */
	uri: string;
	/** Values of the query. */
	qs?: object;
	headers: Record<string, string>;
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
		.request({ ...request, json: true, simple: false, resolveWithFullResponse: true, followRedirect: false })
		.then(
			(answer: {
				statusCode: number;
				headers: Record<string, string | string[] | undefined>;
				body: unknown;
			}) => ({ status: answer.statusCode, headers: { ...answer.headers }, body: answer.body }),
			readFailure,
		);
}
