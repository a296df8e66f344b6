import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readEvent } from '../../lib/kustomer/events/envelope';
import { whyIgnored } from '../../lib/kustomer/events/filter';
import { isSignedWith, SIGNATURE_HEADER } from '../../lib/kustomer/events/signature';
import { Memory } from '../../lib/process/memory';
import { note } from '../../lib/n8n/run/log';
import { receive, Refusal, type Webhook } from '../../lib/n8n/webhook/reception';
import { jsonOf } from '../../lib/n8n/webhook/request-body';
import { headerOf } from '../../lib/webhooks/authentication';
import { eventItem } from './outputs';
import { webhookSecret, type WebhookSecret } from './own-webhook';
import { eventSettings } from './settings';

/** Milliseconds: longer than Kustomer repeats an event, which is about an hour. */
const REMEMBERED_FOR = 2 * 60 * 60_000;

/** Events that were handed over, so that a repetition starts nothing. Of this process only. */
const seen = new Memory<true>(REMEMBERED_FOR, 20_000);

/** Objects in Kustomer have at most 100 kB; an event carries one, and what has changed about it. */
const LARGEST_BODY = 5_000_000;

/**
 * Answers one event of Kustomer: checks the signature, and hands wanted events to the workflow.
 *
 * | answer | when | starts the workflow |
 * |---|---|---|
 * | 200 | the event is wanted | yes |
 * | 200, `ignored` | signed, but not wanted, not known or not readable | no |
 * | 200, `duplicate` | Kustomer has sent it before | no |
 * | 401 | no signature, or a wrong one | no |
 * | 413, 415 | too large; sent as a form with files, which cannot be checked | no |
 * | 503 | it is not known here what Kustomer signs with | no |
 *
 * What is signed and cannot be used gets 200: Kustomer repeats everything else for an hour, and then switches the
 * webhook off.
 *
 * Never throws: n8n would answer 500 and start an execution that fails.
 */
export async function receiveEvent(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await receive(
		context,
		{ what: 'Event', largestBody: LARGEST_BODY, check: checkSignature },
		(webhook, secret) => answerEvent(context, webhook, secret),
	);
}

/** What the event was signed with. */
async function checkSignature(
	context: IWebhookFunctions,
	{ request, rawBody = Buffer.alloc(0), receivedAt }: Webhook,
): Promise<WebhookSecret | Refusal> {
	if (request.contentType?.startsWith('multipart/') === true) {
		return new Refusal(415, 'Send the event as JSON (content type application/json).');
	}
	const signature = headerOf(request.headers, SIGNATURE_HEADER);
	if (signature === undefined) {
		return new Refusal(401, 'The header X-Kustomer-Webhook-Signature is missing.');
	}
	const secret = await webhookSecret(context, receivedAt.getTime()).catch(() => undefined);
	if (secret === undefined) {
		return new Refusal(
			503,
			'It is not known here what Kustomer signs with. Publish the workflow again, so that its webhook is set up.',
		);
	}
	return isSignedWith(secret.token, rawBody, signature)
		? secret
		: new Refusal(401, 'The signature in X-Kustomer-Webhook-Signature does not fit the body.');
}

function answerEvent(
	context: IWebhookFunctions,
	{ rawBody, receivedAt }: Webhook,
	secret: WebhookSecret,
): IWebhookResponseData {
	const body = jsonOf(rawBody?.toString('utf8') ?? '');
	const event = readEvent(body);
	if ('reason' in event) {
		note(context, 'warn', `Event of Kustomer not used: ${event.reason}`);
		return ignored(event.reason);
	}
	const { filter, ignoreOwn, simplify, raw } = eventSettings(context);
	const reason = whyIgnored(event, { ...filter, ignoreBy: ignoreOwn ? secret.user : undefined });
	if (reason !== undefined) return ignored(reason);
	if (event.id !== undefined && isRepeated(context, event.id, receivedAt.getTime())) {
		return { webhookResponse: { duplicate: true, eventId: event.id } };
	}
	const json = eventItem(event, {
		receivedAt: receivedAt.toISOString(),
		simplify,
		raw: raw ? body : undefined,
	});
	return {
		workflowData: [[{ json }]],
		webhookResponse: { accepted: event.name, eventId: event.id ?? null },
	};
}

/**
 * Remembers an event. Forgets it again when the workflow could not be started: then Kustomer repeats the event, and it
 * must not count as a repetition.
 */
function isRepeated(context: IWebhookFunctions, eventId: string, now: number): boolean {
	// Test runs are to show an event as often as it comes.
	if (context.getMode() === 'manual') return false;
	const key = `${context.getWorkflow().id ?? ''} ${context.getNode().id} ${eventId}`;
	if (seen.get(key, now) === true) return true;
	seen.set(key, true, now);
	const response = context.getResponseObject();
	response.once('close', () => {
		if (!response.writableFinished || response.statusCode >= 300) seen.delete(key);
	});
	return false;
}

function ignored(reason: string): IWebhookResponseData {
	return { webhookResponse: { ignored: true, reason } };
}
