/** Tests the credential of babelforce when somebody saves it. In lib, because two nodes offer the credential. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { isHostProblem } from '../../http/host';
import { NoAnswer, type SendHttp } from '../../http/http';
import { createBabelforceClient } from '../../platforms/babelforce/api/client';
import { SIGN_IN, errorFromNoAnswer, errorFromResponse } from '../../platforms/babelforce/api/errors';
import { TEST_SETTINGS, askForTest, failed, outcomeOf } from '../run/credential-test-answer';
import { authenticationHeaders, methodOf, readToken, signInForm, signInHost } from './sign-in';

/**
 * Signs in, and asks for the agents, which every user with manager rights may. A wrong password, missing rights and a
 * host that does not answer give different messages.
 */
export async function testBabelforceApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const host = signInHost(data);
	if (isHostProblem(host)) return failed(`${host.message}.`, host.advice);
	const { baseUrl } = host;
	return await outcomeOf(async () => {
		const client = createBabelforceClient({
			...TEST_SETTINGS,
			baseUrl,
			send: sendWith(this, baseUrl, await headersFor(this, baseUrl, data)),
			credentialKey: `test:${baseUrl}`,
		});
		await client.list({ operation: 'connect', path: ['agents'], limit: 1 });
		return { status: 'OK', message: 'Connection successful' };
	}, baseUrl);
}

async function headersFor(
	context: ICredentialTestFunctions,
	baseUrl: string,
	data: ICredentialDataDecryptedObject,
): Promise<Record<string, string>> {
	if (methodOf(data) === 'accessToken') return authenticationHeaders(data);
	const answer = await askForTest(context, {
		method: 'POST',
		uri: `${baseUrl}/oauth/token`,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
		body: signInForm(data),
		timeout: TEST_SETTINGS.timeoutMs,
	}).catch((error: unknown) =>
		Promise.reject(error instanceof NoAnswer ? errorFromNoAnswer(error.reason, 'connect') : error),
	);
	const token = readToken(answer.status, answer.body);
	if (token !== undefined) return { Authorization: `Bearer ${token}` };
	const said = typeof answer.body === 'object' && answer.body !== null ? answer.body : {};
	throw errorFromResponse(
		{ ...answer, status: answer.status === 200 ? 404 : answer.status, body: { ...said, [SIGN_IN]: true } },
		'connect',
	);
}

function sendWith(
	context: ICredentialTestFunctions,
	baseUrl: string,
	headers: Record<string, string>,
): SendHttp {
	return async ({ method, path, timeoutMs }) =>
		await askForTest(context, { method, uri: `${baseUrl}${path}`, headers, timeout: timeoutMs });
}
