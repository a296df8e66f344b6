/** The organization's outbound webhooks. https://developer.kustomer.com/docs/events/outbound-webhooks */
import { randomBytes } from 'node:crypto';
import type { Resource } from '../documents';
import { badParameter, notFound } from '../errors';
import type { Body } from '../fields';

const OBJECTS = ['customer', 'conversation', 'message', 'user', 'team', 'tag'] as const;

/** Everything that a webhook can subscribe to. */
export const EVENTS: readonly string[] = OBJECTS.flatMap((object) => [
	`kustomer.${object}.create`,
	`kustomer.${object}.update`,
]);

/** Webhooks that an organization can create. */
export const LIMIT = 5;

export interface WebhookRecord {
	id: string;
	name: string;
	url: string;
	events: string[];
	headers: Array<{ name: string; value: string }>;
	enabled: boolean;
	isError: boolean;
	/** What events are signed with. */
	token: string;
	createdAt: string;
	updatedAt: string;
	createdBy: string;
	modifiedBy: string;
}

export class WebhookRegistry {
	/** In the order of their creation. */
	readonly all = new Map<string, WebhookRecord>();
	private readonly listeners = new Set<() => void>();

	constructor(private readonly newId: () => string) {}

	clear(): void {
		this.all.clear();
		this.tell();
	}

	/** Told after every change of the list. */
	onChange(listener: () => void): void {
		this.listeners.add(listener);
	}

	/** @throws 400 when none is free. assumes: webhook-limit-is-400 */
	create(body: Body, by: string): WebhookRecord {
		if (this.all.size >= LIMIT) {
			throw badParameter('name', `An organization can have at most ${LIMIT} outbound webhooks`);
		}
		const now = new Date().toISOString();
		const webhook: WebhookRecord = {
			id: this.newId(),
			name: '',
			url: '',
			events: [],
			headers: [],
			enabled: true,
			isError: false,
			// assumes: webhook-token
			token: randomBytes(32).toString('hex'),
			createdAt: now,
			updatedAt: now,
			createdBy: by,
			modifiedBy: by,
			...body,
		};
		this.all.set(webhook.id, webhook);
		this.tell();
		return webhook;
	}

	/** assumes: webhook-enabled-again */
	update(id: string, body: Body, by: string): WebhookRecord {
		const webhook = this.get(id);
		Object.assign(webhook, body, { updatedAt: new Date().toISOString(), modifiedBy: by });
		if (body.enabled === true) webhook.isError = false;
		this.tell();
		return webhook;
	}

	delete(id: string): void {
		this.get(id);
		this.all.delete(id);
		this.tell();
	}

	/** @throws 404 */
	get(id: string): WebhookRecord {
		const webhook = this.all.get(id);
		if (webhook === undefined) throw notFound('id');
		return webhook;
	}

	/** Gives up on a webhook, as Kustomer does after the last repetition. */
	fail(webhook: WebhookRecord): void {
		webhook.isError = true;
		webhook.enabled = false;
		this.tell();
	}

	private tell(): void {
		for (const listener of this.listeners) listener();
	}
}

/** A webhook as the API answers it. */
export function webhookDocument(webhook: WebhookRecord): Resource {
	const { id, createdBy, modifiedBy, ...attributes } = webhook;
	const user = (userId: string) => ({
		links: { self: `/v1/users/${userId}` },
		data: { type: 'user', id: userId },
	});
	return {
		type: 'outbound_webhook',
		id,
		attributes,
		relationships: { createdBy: user(createdBy), modifiedBy: user(modifiedBy) },
		links: { self: `/v1/outbound-webhooks/${id}` },
	};
}
