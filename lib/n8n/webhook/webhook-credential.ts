import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { Memory } from '../../process/memory';
import {
	authenticateWebhook,
	type Authentication,
	type WebhookCredential,
} from '../../webhooks/authentication';

const CREDENTIAL = 'contactCenterWebhookApi';

/** Milliseconds for which a secret that was taken away is still accepted; a new one counts at once. */
const BELIEVED_MS = 10_000;

/**
 * Credentials as they were read last. n8n reads a webhook's credential in an isolate of its own, which takes longer than
 * everything else that is done with an event.
 */
const remembered = new Memory<WebhookCredential>(BELIEVED_MS, 100);

/**
 * Checks an event against the node's credential. What does not fit a remembered credential is checked against the
 * current one.
 *
 * @returns undefined when n8n cannot give the credential
 */
export async function authenticate(
	context: IWebhookFunctions,
	webhook: Parameters<typeof authenticateWebhook>[0],
	now: number,
): Promise<Authentication | undefined> {
	const id = context.getMode() === 'manual' ? undefined : context.getNode().credentials?.[CREDENTIAL]?.id;
	const known = typeof id === 'string' ? remembered.get(id, now) : undefined;
	if (known !== undefined) {
		const authentication = authenticateWebhook(webhook, known, now);
		if (authentication.ok) return authentication;
	}
	return await context.getCredentials(CREDENTIAL).then(
		(data): Authentication => {
			const credential = webhookCredential(data as IDataObject);
			if (typeof id === 'string') remembered.set(id, credential, now);
			return authenticateWebhook(webhook, credential, now);
		},
		(): undefined => undefined,
	);
}

/** The credential's data as n8n stores it, with the types that the check relies on. Anything else is left out. */
export function webhookCredential(data: IDataObject): WebhookCredential {
	const text = (name: keyof WebhookCredential) => {
		const value = data[name];
		return typeof value === 'string' ? value : undefined;
	};
	const choice = <T extends string>(name: keyof WebhookCredential, ...choices: T[]) =>
		choices.find((value) => value === data[name]);

	return {
		method: choice('method', 'basicAuth', 'header', 'hmac'),
		user: text('user'),
		password: text('password'),
		headerName: text('headerName'),
		headerValue: text('headerValue'),
		signatureHeader: text('signatureHeader'),
		signatureEncoding: choice('signatureEncoding', 'hex', 'base64'),
		signaturePrefix: text('signaturePrefix'),
		secret: text('secret'),
		secondSecret: text('secondSecret'),
		timestampHeader: text('timestampHeader'),
		timestampTolerance: Number(data.timestampTolerance ?? Number.NaN),
		signedContent: choice('signedContent', 'body', 'timestampBody', 'timestampDotBody'),
	};
}
