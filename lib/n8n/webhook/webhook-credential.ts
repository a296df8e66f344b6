import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { Memory } from '../../process/memory';
import {
	authenticateWebhook,
	checkWebhookCredential,
	headerOf,
	methodLabel,
	methodsInWords,
	type Authentication,
	type ReceivedWebhook,
	type WebhookCredential,
	type WebhookMethod,
} from '../../webhooks/authentication';
import { checkToken, type TokenCheck } from '../../webhooks/oauth2';
import { createAskServer } from './authorization-server';
import { Refusal, type Webhook } from './reception';

export const CREDENTIAL = 'contactCenterWebhookApi';

/** Who sends the webhooks. */
export interface Sender {
	/** In texts: `CCAI Platform`. */
	label: string;
	/** How it can show who it is. */
	webhookMethods: readonly WebhookMethod[];
}

/** The same sentence for everything: whoever guesses learns neither what is asked for nor how close they came. */
const NOT_SHOWN =
	"The webhook does not show who sent it in the way that this node's credential asks for. The log of n8n says what is wrong.";

const CANNOT_BE_CHECKED = 'It cannot be checked at the moment who sent the webhook. Send it again later.';

/** Milliseconds for which a secret that was taken away is still accepted; a new one counts at once. */
const BELIEVED_MS = 10_000;

/**
 * Credentials as they were read last. n8n reads a webhook's credential in an isolate of its own, which takes longer than
 * everything else that is done with an event.
 */
const remembered = new Memory<WebhookCredential>(BELIEVED_MS, 100);

/**
 * Checks a webhook against the node's credential: for {@link receive}. What does not fit a remembered credential is
 * checked against the current one.
 *
 * @param sender who the node says sends it; the log of n8n then says when the credential cannot be the right one
 */
export async function checkCredential(
	context: IWebhookFunctions,
	{ request, rawBody, receivedAt }: Webhook,
	sender?: () => Sender | undefined,
): Promise<undefined | Refusal> {
	const now = receivedAt.getTime();
	const webhook = { method: request.method, headers: request.headers, rawBody };
	const id = context.getMode() === 'manual' ? undefined : context.getNode().credentials?.[CREDENTIAL]?.id;
	const known = typeof id === 'string' ? remembered.get(id, now) : undefined;
	const byKnown = known === undefined ? undefined : await isAccepted(context, webhook, known, now);
	if (byKnown?.ok === true) return undefined;

	const data = await context.getCredentials(CREDENTIAL).catch(() => undefined);
	if (data === undefined) {
		return new Refusal(500, 'The webhook credential of this node could not be read in n8n.');
	}
	const credential = webhookCredential(data as IDataObject);
	if (typeof id === 'string') remembered.set(id, credential, now);
	// The same credential says the same; with tokens the authorization server would be asked once more.
	const isKnown = JSON.stringify(credential) === JSON.stringify(known);
	const authentication =
		byKnown !== undefined && isKnown ? byKnown : await isAccepted(context, webhook, credential, now);
	if (authentication.ok) return undefined;
	if (authentication.status === 503) {
		return new Refusal(503, CANNOT_BE_CHECKED, undefined, authentication.reason);
	}
	const expected = sender?.();
	const problem = expected === undefined ? undefined : methodProblem(credential, expected);
	const detail = problem === undefined ? authentication.reason : `${authentication.reason} ${problem}`;
	return new Refusal(authentication.status ?? 401, NOT_SHOWN, authentication.challenge, detail);
}

async function isAccepted(
	context: IWebhookFunctions,
	webhook: ReceivedWebhook,
	credential: WebhookCredential,
	now: number,
): Promise<TokenCheck | Authentication> {
	const { method, issuer = '', checkedBy = 'keys', checkUrl = '' } = credential;
	if (method !== 'oAuth2' || checkWebhookCredential(credential).missing.length > 0) {
		return authenticateWebhook(webhook, credential, now);
	}
	return await checkToken(
		headerOf(webhook.headers, 'authorization'),
		{ ...credential, issuer, checkedBy, checkUrl: checkUrl.trim() === '' ? undefined : checkUrl.trim() },
		createAskServer(context),
		now,
	);
}

/**
 * Why a credential cannot be the right one for who sends, and what to do; undefined when it may be. n8n fills in the only
 * credential of a type by itself, also that of another platform.
 */
export function methodProblem({ method }: WebhookCredential, sender: Sender): string | undefined {
	if (method === undefined || sender.webhookMethods.includes(method)) return undefined;
	return `${sender.label} shows who it is by ${methodsInWords(sender.webhookMethods)}: choose or create a webhook credential with that method.`;
}

/** What a node's panel says of its credential: one line, and a sentence with what to do where there is something to do. */
export function credentialInWords(
	credential: WebhookCredential | undefined,
	sender: Sender | undefined,
): { line: string; advice?: string } {
	if (credential === undefined) return { line: 'No webhook credential is chosen yet' };
	const label = methodLabel(credential);
	const problem = sender === undefined ? undefined : methodProblem(credential, sender);
	if (problem !== undefined) return { line: `Not for ${sender?.label}: ${label}`, advice: problem };
	const [missing] = checkWebhookCredential(credential).missing;
	return missing === undefined ? { line: label } : { line: `Not complete: ${label}`, advice: missing };
}

/** The credential's data as n8n stores it, with the types that the check relies on. Anything else is left out. */
export function webhookCredential(data: IDataObject): WebhookCredential {
	const text = (name: keyof WebhookCredential) => {
		const value = data[name];
		return typeof value === 'string' ? value : undefined;
	};
	const trimmed = (name: keyof WebhookCredential) => text(name)?.trim();
	const choice = <T extends string>(name: keyof WebhookCredential, ...choices: T[]) =>
		choices.find((value) => value === data[name]);

	return {
		method: choice('method', 'basicAuth', 'header', 'hmac', 'signedToken', 'oAuth2'),
		user: text('user'),
		password: text('password'),
		headerName: text('headerName'),
		headerValue: text('headerValue'),
		moreHeaders: text('moreHeaders'),
		signatureHeader: text('signatureHeader'),
		signatureEncoding: choice('signatureEncoding', 'hex', 'base64'),
		signaturePrefix: text('signaturePrefix'),
		secret: text('secret'),
		secondSecret: text('secondSecret'),
		timestampHeader: text('timestampHeader'),
		timestampTolerance: Number(data.timestampTolerance ?? Number.NaN),
		signedContent: choice('signedContent', 'body', 'timestampBody', 'timestampDotBody'),
		issuer: trimmed('issuer'),
		audience: trimmed('audience'),
		client: trimmed('client'),
		scope: trimmed('scope'),
		checkedBy: choice('checkedBy', 'keys', 'introspection'),
		checkUrl: trimmed('checkUrl'),
		ownClient: trimmed('ownClient'),
		ownSecret: trimmed('ownSecret'),
	};
}
