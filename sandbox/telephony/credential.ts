/**
 * What a caller of the webhook presents. The shape is that of the data of the credential `contactCenterWebhookApi`, so
 * one object serves both sides: it is stored in n8n, and the simulator signs with it.
 */
import { createHmac } from 'node:crypto';

export interface BasicCredential {
	method: 'basicAuth';
	user: string;
	password: string;
}

export interface HeaderCredential {
	method: 'header';
	headerName: string;
	headerValue: string;
}

export interface HmacCredential {
	method: 'hmac';
	secret: string;
	signatureHeader: string;
	signatureEncoding: 'hex' | 'base64';
	signaturePrefix?: string;
	signedContent?: 'body' | 'timestampBody' | 'timestampDotBody';
	timestampHeader?: string;
}

export type WebhookCredential = BasicCredential | HeaderCredential | HmacCredential;

/**
 * The headers that prove who sends.
 *
 * @param body the exact bytes that are sent, empty for a GET
 * @param now milliseconds since the epoch, for the signature's timestamp
 */
export function credentialHeaders(
	credential: WebhookCredential | undefined,
	body: string,
	now: number,
): Record<string, string> {
	if (credential === undefined) return {};
	switch (credential.method) {
		case 'basicAuth': {
			const pair = Buffer.from(`${credential.user}:${credential.password}`, 'utf8').toString('base64');
			return { authorization: `Basic ${pair}` };
		}
		case 'header':
			return { [credential.headerName]: credential.headerValue };
		case 'hmac': {
			const timestamp = String(Math.floor(now / 1000));
			const prefixes = { body: '', timestampBody: timestamp, timestampDotBody: `${timestamp}.` };
			const signature = createHmac('sha256', credential.secret)
				.update(prefixes[credential.signedContent ?? 'body'] + body)
				.digest(credential.signatureEncoding);
			return {
				[credential.signatureHeader]: `${credential.signaturePrefix ?? ''}${signature}`,
				...(credential.timestampHeader ? { [credential.timestampHeader]: timestamp } : {}),
			};
		}
	}
}
