/** Tests the credential of CCAI Platform when somebody saves it. In lib, because two nodes offer the credential. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { createCcaiPlatformClient } from '../../platforms/ccaip/api/client';
import { CcaiPlatformError } from '../../platforms/ccaip/api/errors';
import type { SendHttp } from '../../platforms/ccaip/api/http';
import { authorizationOf, isTenantProblem, tenantOf, tokenOf } from '../../platforms/ccaip/api/tenant';
import { askForTest, failed } from '../run/credential-test-answer';
import { systemClock } from '../kustomer/client';

/** Long enough for a slow line, short enough for a person who waits. */
const TIMEOUT = 10_000;

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
	if (isTenantProblem(tenant)) return failed(`${tenant.message}.`, tenant.advice);
	if (tokenOf(data) === '') {
		return failed(
			'The token is empty.',
			'Make one in CCAI Platform under Settings > Developer Settings > API Credentials.',
		);
	}
	const client = createCcaiPlatformClient({
		send: sendSignedIn(this, authorizationOf(data)),
		clock: systemClock,
		tenant,
		timeoutMs: TIMEOUT,
		// Somebody waits: one attempt must do.
		maxWaitMs: 0,
	});
	return await client.get({ does: 'list calls', path: ['calls'], query: { per: 1 } }).then(
		({ body }) =>
			Array.isArray(body)
				? { status: 'OK' as const, message: `Connection successful. The credential may read calls.` }
				: failed(
						'The answer is not a list of calls.',
						'Check the domain and the base URL: another service may be answering.',
					),
		(error: unknown) =>
			error instanceof CcaiPlatformError
				? failed(error.message, error.advice)
				: failed('The test did not come to an end.', 'Try again; if it goes on, look into the log of n8n.'),
	);
}

function sendSignedIn(context: ICredentialTestFunctions, authorization: string): SendHttp {
	return async ({ url, query, timeoutMs }) =>
		await askForTest(context, {
			method: 'GET',
			uri: url,
			qs: query,
			headers: { Accept: 'application/json', Authorization: authorization },
			timeout: timeoutMs,
		});
}
