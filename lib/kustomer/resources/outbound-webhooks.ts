/**
 * Outbound webhooks: addresses to which Kustomer sends its events.
 * https://developer.kustomer.com/docs/events/outbound-webhooks
 */
import type { KustomerAnswer, KustomerClient } from '../client';
import type { KustomerObject } from '../documents';
import { objectIn, readOne } from './answers';

/** One address, and the events that go there. */
export interface OutboundWebhook {
	id: string;
	/** As people see it in Kustomer's settings. */
	name: string;
	url: string;
	events: string[];
	/** Sent along with every event. */
	headers: WebhookHeader[];
	enabled: boolean;
	/** Kustomer has given up sending to it. */
	isError: boolean;
	/** What Kustomer signs with. Undefined when the answer did not carry it. */
	token?: string;
	/** ISO 8601. */
	createdAt?: string;
}

export interface WebhookHeader {
	name: string;
	value: string;
}

/** What can be set. */
export interface OutboundWebhookInput {
	/** At most 255 characters. */
	name: string;
	/** Must begin with `https://`. */
	url: string;
	/** One to twelve. */
	events: string[];
	headers: WebhookHeader[];
	enabled: boolean;
}

/** Characters that a name may have. */
export const MAX_NAME = 255;

/**
 * How many webhooks people and API keys can create in an organization; those of installed apps do not count:
 * https://help.kustomer.com/en_us/outbound-webhooks-rkUQvela8
 */
export const MAX_WEBHOOKS = 5;

/**
 * All webhooks that the credential can see.
 *
 * @throws {KustomerError}
 */
export async function listOutboundWebhooks(client: KustomerClient): Promise<OutboundWebhook[]> {
	const webhooks = await client.list<KustomerObject>({
		operation: 'outboundWebhook.list',
		path: ['outbound-webhooks'],
	});
	return webhooks.map(readWebhook);
}

/**
 * One webhook, with its token: https://developer.kustomer.com/docs/events/delivery-and-retries
 *
 * @throws {KustomerError} of the kind `notFound` when there is none
 */
export async function getOutboundWebhook(client: KustomerClient, id: string): Promise<OutboundWebhook> {
	return readWebhook(
		await readOne<KustomerObject>(client, 'outboundWebhook.list', ['outbound-webhooks', id]),
	);
}

/**
 * Creates a webhook. Kustomer chooses the token. Not repeated after a lost answer: a second one would take a second of
 * the few places.
 *
 * @throws {KustomerError}
 */
export async function createOutboundWebhook(
	client: KustomerClient,
	input: OutboundWebhookInput,
): Promise<OutboundWebhook> {
	const answer = await client.request({
		operation: 'outboundWebhook.create',
		method: 'POST',
		path: ['outbound-webhooks'],
		body: input,
	});
	return withToken(client, 'outboundWebhook.create', answer);
}

/**
 * Changes a webhook; what is not named stays.
 *
 * @throws {KustomerError}
 */
export async function updateOutboundWebhook(
	client: KustomerClient,
	id: string,
	change: Partial<OutboundWebhookInput>,
): Promise<OutboundWebhook> {
	const answer = await client.request({
		operation: 'outboundWebhook.update',
		method: 'PATCH',
		path: ['outbound-webhooks', id],
		body: change,
	});
	return withToken(client, 'outboundWebhook.update', answer);
}

/**
 * Deletes a webhook, or finds it gone already.
 *
 * @throws {KustomerError}
 */
export async function deleteOutboundWebhook(client: KustomerClient, id: string): Promise<void> {
	await client.request({
		operation: 'outboundWebhook.delete',
		method: 'DELETE',
		path: ['outbound-webhooks', id],
		accept: [404],
	});
}

/** The webhook of an answer. Its token is read when the answer has left it out. */
async function withToken(
	client: KustomerClient,
	operation: 'outboundWebhook.create' | 'outboundWebhook.update',
	answer: KustomerAnswer,
): Promise<OutboundWebhook> {
	const webhook = readWebhook(objectIn<KustomerObject>(operation, answer));
	return webhook.token === undefined ? await getOutboundWebhook(client, webhook.id) : webhook;
}

function readWebhook({ id, attributes = {} }: KustomerObject): OutboundWebhook {
	const { name, url, events, headers, enabled, isError, token, createdAt } = attributes;
	return {
		id,
		name: text(name) ?? '',
		url: text(url) ?? '',
		events: Array.isArray(events) ? events.filter((event): event is string => typeof event === 'string') : [],
		headers: Array.isArray(headers) ? headers.flatMap(readHeader) : [],
		enabled: enabled !== false,
		isError: isError === true,
		token: text(token),
		createdAt: text(createdAt),
	};
}

function readHeader(header: unknown): WebhookHeader[] {
	if (typeof header !== 'object' || header === null || !('name' in header) || !('value' in header)) return [];
	const { name, value } = header;
	return typeof name === 'string' && typeof value === 'string' ? [{ name, value }] : [];
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
