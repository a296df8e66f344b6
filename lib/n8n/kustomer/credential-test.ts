/** Tests credentials when somebody saves them. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { createKustomerClient } from '../../kustomer/client';
import { KustomerError } from '../../kustomer/errors';
import type { SendHttp } from '../../http/http';
import { getCurrentUser } from '../../kustomer/resources/users';
import { askForTest, failed } from '../run/credential-test-answer';
import { systemClock } from './client';
import { apiKeyOf, isHostProblem, kustomerHost } from './host';

/** Long enough for a slow line, short enough for a person who waits. */
const TIMEOUT = 10_000;

/**
 * Asks Kustomer whose key it is, which any valid key may (rules X8, X9). A wrong key, a key of another region and a
 * host that does not answer give different messages.
 */
export async function testKustomerApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const apiKey = apiKeyOf(data);
	if (apiKey === '')
		return failed('The API key is empty.', 'Create one in Kustomer under Settings > Security > API Keys.');
	const host = kustomerHost(data);
	if (isHostProblem(host)) return failed(`${host.message}.`, host.advice);

	const client = createKustomerClient({
		send: sendWithKey(this, host.baseUrl, apiKey),
		clock: systemClock,
		credentialKey: `test:${host.baseUrl}`,
		organization: host.organization,
		timeoutMs: TIMEOUT,
		// Somebody waits: one attempt must do.
		maxWaitMs: 0,
	});
	return await getCurrentUser(client).then(
		(user) => ({
			status: 'OK' as const,
			message: `Connection successful. The key belongs to "${user.attributes?.displayName ?? user.attributes?.name ?? user.id}".`,
		}),
		(error: unknown) =>
			error instanceof KustomerError
				? failed(error.message, error.advice)
				: failed('The test did not come to an end.', 'Try again; if it goes on, look into the log of n8n.'),
	);
}

function sendWithKey(context: ICredentialTestFunctions, baseUrl: string, apiKey: string): SendHttp {
	return async (request) =>
		await askForTest(context, {
			method: request.method,
			uri: `${baseUrl}${request.path}`,
			headers: { Accept: 'application/json', Authorization: `Bearer ${apiKey}` },
			timeout: request.timeoutMs,
		});
}
