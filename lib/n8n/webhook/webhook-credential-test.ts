import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { checkWebhookCredential } from '../../webhooks/authentication';
import { webhookCredential } from './webhook-credential';

/**
 * The credential's test button. The secrets are for callers, so there is nobody to ask: the test looks at whether
 * everything is filled in, and says that it can do no more.
 */
export async function testWebhookCredential(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { missing, warnings } = checkWebhookCredential(webhookCredential(credential.data ?? {}));
	if (missing.length > 0) return { status: 'Error', message: missing.join(' ') };
	return {
		status: 'OK',
		message: [
			'Complete. Whether the contact center sends the same values shows with its first event.',
			...warnings,
		].join(' '),
	};
}
