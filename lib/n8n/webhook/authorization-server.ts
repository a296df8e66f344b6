/** Asks an authorization server through n8n's own request helper, so that its proxy, certificates and protection apply. */
import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';

import type { AskServer } from '../../webhooks/oauth2';
import { readFailure } from '../http/http';

/** Milliseconds until the server is given up: the caller waits for an answer of its own. */
const TIMEOUT_MS = 2_500;

/** Makes the function that asks. It throws when no answer comes. */
export function createAskServer(context: IWebhookFunctions): AskServer {
	return async ({ method, url, headers, body }) => {
		const options: IHttpRequestOptions = {
			method,
			url,
			headers: { 'User-Agent': 'n8n-nodes-kustomer', ...headers },
			...(body === undefined ? {} : { body }),
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// A redirect would carry the secret to wherever it points.
			disableFollowRedirect: true,
		};
		return await context.helpers.httpRequest(options).then(
			({ statusCode, body: answered }: { statusCode: number; body: unknown }) => ({
				status: statusCode,
				body: parsed(answered),
			}),
			async (error: unknown) => {
				const { status, body: answered } = await readFailure(error);
				return { status, body: parsed(answered) };
			},
		);
	};
}

/** Key sets have media types of their own, which n8n does not read as JSON. */
function parsed(body: unknown): unknown {
	if (typeof body !== 'string') return body;
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return body;
	}
}
