/** Tests the credential of babelforce when somebody saves it. In lib, because two nodes offer the credential. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { createBabelforceClient } from '../../platforms/babelforce/api/client';
import {
	BabelforceError,
	SIGN_IN,
	errorFromNoAnswer,
	errorFromResponse,
} from '../../platforms/babelforce/api/errors';
import { NoAnswer, type HttpResponse, type SendHttp } from '../../http/http';
import { babelforceHost } from './host';
import { authenticationHeaders, credentialProblem, methodOf, readToken, signInForm } from './sign-in';
import { readFailure } from '../http/http';
import { failed } from '../run/credential-test-answer';
import { systemClock } from '../kustomer/client';
import { isHostProblem } from '../kustomer/host';

/** Long enough for a slow line, short enough for a person who waits. */
const TIMEOUT = 10_000;

/**
 * Signs in, and asks for the agents, which every user with manager rights may. A wrong password, missing rights and a
 * host that does not answer give different messages.
 */
export async function testBabelforceApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const host = babelforceHost(data);
	const problem = isHostProblem(host) ? host : credentialProblem(data);
	if (isHostProblem(host) || problem !== undefined) {
		return failed(`${problem?.message ?? ''}.`, problem?.advice ?? '');
	}
	return await headersFor(this, host.baseUrl, data)
		.then(async (headers) => {
			const client = createBabelforceClient({
				baseUrl: host.baseUrl,
				send: sendWith(this, host.baseUrl, headers),
				clock: systemClock,
				credentialKey: `test:${host.baseUrl}`,
				timeoutMs: TIMEOUT,
				// Somebody waits: one attempt must do.
				maxWaitMs: 0,
			});
			return await client.list({ doing: 'check the credential', path: ['agents'], limit: 1 });
		})
		.then(
			() => ({ status: 'OK' as const, message: 'Connection successful' }),
			(error: unknown) =>
				error instanceof BabelforceError
					? failed(error.message, error.advice)
					: failed('The test did not come to an end.', 'Try again; if it goes on, look into the log of n8n.'),
		);
}

async function headersFor(
	context: ICredentialTestFunctions,
	baseUrl: string,
	data: ICredentialDataDecryptedObject,
): Promise<Record<string, string>> {
	if (methodOf(data) === 'accessToken') return authenticationHeaders(data);
	const answer = await ask(context, `${baseUrl}/oauth/token`, {
		method: 'POST',
		headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
		body: signInForm(data),
		timeout: TIMEOUT,
	}).catch((error: unknown) =>
		Promise.reject(
			error instanceof NoAnswer ? errorFromNoAnswer(error.reason, 'check the credential') : error,
		),
	);
	const token = readToken(answer.status, parsed(answer.body));
	if (token !== undefined) return { Authorization: `Bearer ${token}` };
	const body = parsed(answer.body);
	const said = typeof body === 'object' && body !== null ? body : {};
	throw errorFromResponse(
		{ ...answer, status: answer.status === 200 ? 404 : answer.status, body: { ...said, [SIGN_IN]: true } },
		'check the credential',
	);
}

function sendWith(
	context: ICredentialTestFunctions,
	baseUrl: string,
	headers: Record<string, string>,
): SendHttp {
	return async (request) => {
		const answer = await ask(context, `${baseUrl}${request.path}`, {
			method: request.method,
			headers: { Accept: 'application/json', ...headers },
			timeout: request.timeoutMs,
		});
		return { ...answer, body: parsed(answer.body) };
	};
}

/** The answer of n8n's request helper for credential tests, which knows no other way to send. */
interface TestAnswer {
	statusCode: number;
	headers: Record<string, string | string[] | undefined>;
	body: unknown;
}

async function ask(
	{ helpers }: ICredentialTestFunctions,
	uri: string,
	options: { method: string; headers: Record<string, string>; body?: string; timeout: number },
): Promise<HttpResponse> {
	return await helpers
		.request({
			...options,
			uri,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
		} as never)
		.then(
			(answer: TestAnswer) => ({
				status: answer.statusCode,
				headers: { ...answer.headers },
				body: answer.body,
			}),
			readFailure,
		);
}

function parsed(body: unknown): unknown {
	if (typeof body !== 'string' || body === '') return body === '' ? undefined : body;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
