/**
 * The webhooks of CCAI Platform's Apps API for chats. Their signature is documented: base64 of HMAC-SHA-256 over the
 * timestamp and the body, in `X-Signature: primary=... secondary=...`; with one secret only `primary=`.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/webhooks
 *
 * Assumed, because the payloads stand in a reference that was not available: the timestamp is in seconds; the payload has
 * `event_type`, `chat_id` and `body`, and a message its sender, id and content.
 */
import { createHmac, randomUUID } from 'node:crypto';

import { platformTime } from './ccaip-events';
import type { WireRequest } from './index';

export interface ChatWebhookSecrets {
	primary: string;
	/** While secrets are being changed. */
	secondary?: string;
}

/** The body of the webhook for one message that the end user wrote. */
export function chatMessageWebhook(chatId: number, text: string, at: number): Record<string, unknown> {
	return {
		event_type: 'message_received',
		event_id: randomUUID(),
		chat_id: chatId,
		body: {
			timestamp: platformTime(at),
			sender: { type: 'end_user' },
			message: { id: randomUUID(), type: 'text', content: text },
		},
	};
}

/**
 * Signs a body as the platform does.
 *
 * @param now milliseconds since the epoch
 */
export function signedChatWebhook(
	webhookUrl: string,
	body: Record<string, unknown>,
	secrets: ChatWebhookSecrets,
	now: number,
): WireRequest {
	const content = JSON.stringify(body);
	const timestamp = String(Math.floor(now / 1000));
	const sign = (secret: string) =>
		createHmac('sha256', secret)
			.update(timestamp + content)
			.digest('base64');
	const signatures = [
		`primary=${sign(secrets.primary)}`,
		...(secrets.secondary === undefined ? [] : [`secondary=${sign(secrets.secondary)}`]),
	];
	return {
		method: 'POST',
		url: webhookUrl,
		headers: {
			'content-type': 'application/json',
			'X-Signature': signatures.join(' '),
			'X-Signature-Timestamp': timestamp,
		},
		body: content,
	};
}
