/** How every trigger receives a webhook: reads it, checks who sent it, and answers. */
import type { IWebhookFunctions, IWebhookResponseData, JsonObject } from 'n8n-workflow';

import { noteRefusal } from './refusals';
import { readRawBody, type WebhookServerRequest } from './request-body';

/** A webhook, read and not yet believed. */
export interface Webhook {
	request: WebhookServerRequest;
	/** The body byte for byte, after any gzip. Undefined when it cannot be had, as with multipart. */
	rawBody: Buffer | undefined;
	receivedAt: Date;
}

/**
 * That a webhook is not accepted.
 *
 * | status | meaning |
 * |---|---|
 * | 401 | the caller has not shown who it is |
 * | 403 | the caller is known to be one that may not send here, or not this |
 * | 413, 415 | the body is too large, or of a kind that cannot be checked |
 * | 500 | the node is not set up |
 * | 503 | it cannot be checked at the moment |
 */
export class Refusal {
	constructor(
		readonly status: 401 | 403 | 413 | 415 | 500 | 503,
		/** For the caller: nothing of how the node is set up, and nothing of what was sent. */
		readonly reason: string,
		/** Value for the answer's `WWW-Authenticate` header. */
		readonly challenge?: string,
		/** For n8n's log, where it may say more than the caller learns: never a secret. `reason` unless told. */
		readonly detail = reason,
	) {}
}

/** How a trigger receives. */
export interface Reception<Caller> {
	/** What arrives, for the log: `Webhook`, `Event`, `Push`. */
	what: string;
	/** Bytes that the body may have. n8n's own limit (`N8N_PAYLOAD_SIZE_MAX`) holds besides. */
	largestBody?: number;
	/** Leaves the body to whoever uses the webhook: it may be a file that is larger than memory, and nobody has shown yet who sends it. */
	bodyLater?: boolean;
	/** Decides whether the webhook is accepted. What it finds out about the caller goes along. */
	check: (context: IWebhookFunctions, webhook: Webhook) => Promise<Caller | Refusal>;
}

/**
 * Receives one webhook. A refusal is answered with its status and `{"error": reason}`, and stands in n8n's log, in more detail.
 *
 * @param use answers a webhook that was accepted, and says what starts the workflow. It should not throw: n8n would answer
 * 500 and start an execution that fails
 */
export async function receive<Caller>(
	context: IWebhookFunctions,
	{ what, largestBody = Number.POSITIVE_INFINITY, bodyLater = false, check }: Reception<Caller>,
	use: (webhook: Webhook, caller: Caller) => IWebhookResponseData | Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	const receivedAt = new Date();
	const request = context.getRequestObject();
	const refuse = ({ status, reason, challenge, detail }: Refusal) => {
		noteRefusal(context, `${what} refused: ${detail}`);
		if (challenge !== undefined) context.getResponseObject().setHeader('WWW-Authenticate', challenge);
		return answer(context, status, { error: reason });
	};

	const tooLarge = new Refusal(
		413,
		`The ${what.toLowerCase()} is larger than ${largestBody / 1_000_000} MB.`,
	);
	// What says that it is too large is not read at all.
	if (Number(request.headers['content-length']) > largestBody) return refuse(tooLarge);
	const rawBody = bodyLater ? undefined : await readRawBody(request);
	if (rawBody !== undefined && rawBody.length > largestBody) return refuse(tooLarge);

	const webhook: Webhook = { request, rawBody, receivedAt };
	const checked = await check(context, webhook);
	return checked instanceof Refusal ? refuse(checked) : await use(webhook, checked);
}

/** Writes the answer and tells n8n that there is nothing left to answer or to start. */
export function answer(context: IWebhookFunctions, status: number, body: JsonObject): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}
