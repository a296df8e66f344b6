/** Tests the credential of CCAI Platform when somebody saves it. In lib, because two nodes offer the credential. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { isHostProblem, pastedSecret } from '../../http/host';
import type { SendHttp } from '../../http/http';
import { createCcaiPlatformClient } from '../../platforms/ccaip/api/client';
import { authorizationOf, tenantOf } from '../../platforms/ccaip/api/tenant';
import { TEST_SETTINGS, askForTest, failed, outcomeOf } from '../run/credential-test-answer';

/**
 * Asks for one call, which is what the node needs to be allowed. The list of calls and its parameter `per` are documented:
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/manager-api-pagination-tailing
 */
export async function testCcaiPlatformApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const data = credential.data ?? {};
	const tenant = tenantOf(data);
	if (isHostProblem(tenant)) return failed(`${tenant.message}.`, tenant.advice);
	if (pastedSecret(data.token) === '') {
		return failed(
			'The token is empty.',
			'Make one in CCAI Platform under Settings > Developer Settings > API Credentials.',
		);
	}
	const client = createCcaiPlatformClient({
		...TEST_SETTINGS,
		send: sendSignedIn(this, tenant.baseUrl, authorizationOf(data)),
		tenant,
	});
	return await outcomeOf(async () => {
		const { body } = await client.get({ operation: 'connect', path: ['calls'], query: { per: 1 } });
		return Array.isArray(body)
			? { status: 'OK', message: 'Connection successful. The credential may read calls.' }
			: failed(
					'Connection failed: the answer is not a list of calls.',
					`Check the domain and the base URL: another service may be answering at ${tenant.baseUrl}.`,
				);
	}, tenant.baseUrl);
}

function sendSignedIn(context: ICredentialTestFunctions, baseUrl: string, authorization: string): SendHttp {
	return async ({ method, path, query, timeoutMs }) =>
		await askForTest(context, {
			method,
			uri: `${baseUrl}${path}`,
			qs: query,
			headers: { Authorization: authorization },
			timeout: timeoutMs,
		});
}
