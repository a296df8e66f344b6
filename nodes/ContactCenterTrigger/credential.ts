import type { IDataObject } from 'n8n-workflow';

import type { WebhookCredential } from '../../lib/telephony/webhook-authentication';

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
