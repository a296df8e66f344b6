/** Tests credentials when somebody saves them. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { isHostProblem, pastedSecret } from '../../http/host';
import type { SendHttp } from '../../http/http';
import { createKustomerClient } from '../../kustomer/client';
import { getCurrentUser } from '../../kustomer/resources/users';
import { TEST_SETTINGS, askForTest, failed, outcomeOf } from '../run/credential-test-answer';
import { kustomerHost } from './host';

/**
 * Asks Kustomer whose key it is, which any valid key may (rules X8, X9). A wrong key, a key of another region and a
 * host that does not answer give different messages.
 */
export async function testKustomerApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const apiKey = pastedSecret(data.apiKey);
	if (apiKey === '')
		return failed('The API key is empty.', 'Create one in Kustomer under Settings > Security > API Keys.');
	const host = kustomerHost(data);
	if (isHostProblem(host)) return failed(`${host.message}.`, host.advice);

	const client = createKustomerClient({
		...TEST_SETTINGS,
		send: sendWithKey(this, host.baseUrl, apiKey),
		credentialKey: `test:${host.baseUrl}`,
		organization: host.organization,
	});
	return await outcomeOf(async () => {
		const { id, attributes } = await getCurrentUser(client);
		return {
			status: 'OK',
			message: `Connection successful. The key belongs to "${attributes?.displayName ?? attributes?.name ?? id}".`,
		};
	}, host.baseUrl);
}

function sendWithKey(context: ICredentialTestFunctions, baseUrl: string, apiKey: string): SendHttp {
	return async ({ method, path, timeoutMs }) =>
		await askForTest(context, {
			method,
			uri: `${baseUrl}${path}`,
			headers: { Authorization: `Bearer ${apiKey}` },
			timeout: timeoutMs,
		});
}
