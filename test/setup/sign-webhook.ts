/** The caller's side of a webhook's authentication, written on its own so that both sides cannot err alike. */
import { createHmac } from 'node:crypto';

import type { WebhookCredential } from '../../lib/webhooks/authentication';

/**
 * The headers that a caller has to send so that the body is accepted.
 *
 * @param body the exact bytes that are sent, empty for a GET
 * @param now the time of sending in milliseconds; written as Unix seconds
 */
export function signWebhook(
	body: string | Uint8Array,
	credential: WebhookCredential,
	now = Date.now(),
): Record<string, string> {
	if (credential.method === 'basicAuth') {
		const pair = Buffer.from(`${credential.user ?? ''}:${credential.password ?? ''}`, 'utf8');
		return { Authorization: `Basic ${pair.toString('base64')}` };
	}
	if (credential.method === 'header') return { [credential.headerName ?? '']: credential.headerValue ?? '' };
	if (credential.method === 'signedToken') {
		const facts = Buffer.from(JSON.stringify({ exp: Math.floor(now / 1000) + 60, id: 'a-token' })).toString(
			'base64url',
		);
		const signature = createHmac('sha256', credential.secret ?? '')
			.update(`desktop.${facts}`)
			.digest('base64url');
		return { Authorization: `Bearer ${facts}.${signature}` };
	}
	if (credential.method !== 'hmac') return {};
	const timestamp = String(Math.floor(now / 1000));
	const before = { body: '', timestampBody: timestamp, timestampDotBody: `${timestamp}.` };
	const digest = createHmac('sha256', credential.secret ?? '')
		.update(before[credential.signedContent ?? 'body'])
		.update(body)
		.digest(credential.signatureEncoding ?? 'hex');
	return {
		[credential.signatureHeader ?? '']: `${credential.signaturePrefix ?? ''}${digest}`,
		...(credential.timestampHeader ? { [credential.timestampHeader]: timestamp } : {}),
	};
}
