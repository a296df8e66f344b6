/**
 * Sends events to the outbound webhooks whenever something changes: signed, at least once, repeated when they are not
 * accepted. https://developer.kustomer.com/docs/events/delivery-and-retries
 */
import { createHmac } from 'node:crypto';
import axios from 'axios';
import type { Documents, Resource } from '../documents';
import type { Change, KustomerStore } from '../store';
import type { WebhookRecord, WebhookRegistry } from './registry';

const MINUTE = 60_000;

/** Kustomer's waits between two attempts, in milliseconds. */
const RETRY_WAITS: readonly number[] = [1, 1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE);

/** assumes: webhook-answer-timeout */
const ANSWER_TIMEOUT = 5000;

/** One attempt to send an event. */
export interface Delivery {
	webhookId: string;
	/** As configured, before any redirection to this machine. */
	url: string;
	event: KustomerEventEnvelope;
	/** 0 when there was no answer. */
	status: number;
	/** What was answered. */
	answer: unknown;
	/** Milliseconds until the answer. */
	ms: number;
}

export interface KustomerEventEnvelope {
	id: string;
	name: string;
	data: Resource;
	changes?: {
		attributes: Record<string, { op: string; before?: unknown; after?: unknown }>;
		relationships?: Record<string, unknown>;
	};
	[field: string]: unknown;
}

export interface DeliveriesOptions {
	organization: string;
	organizationId: string;
	/** Milliseconds before each repetition. Default: Kustomer's, which take an hour. */
	retryWaits?: readonly number[];
	/** Where to send what is meant for a public address: webhooks must have https, tests have none. */
	redirect?: (url: string) => string;
}

type Kind = 'customer' | 'conversation' | 'message' | 'user' | 'team' | 'tag';

/** Sends events. Costs nothing while there is no webhook. */
export class Deliveries {
	/** Newest last. */
	readonly attempts: Delivery[] = [];
	private readonly underway = new Set<Promise<void>>();
	private readonly timers = new Set<NodeJS.Timeout>();
	/** The objects as they were sent last, by type and id; undefined while nobody listens. */
	private snapshots: Map<string, string> | undefined;

	constructor(
		private readonly store: KustomerStore,
		private readonly documents: Documents,
		private readonly registry: WebhookRegistry,
		private readonly options: DeliveriesOptions,
	) {
		registry.onChange(() => this.listenIfNeeded());
		store.onChange((change) => this.changed(change));
	}

	/** Waits until everything that is being sent has been answered. Repetitions in the future do not count. */
	async settled(): Promise<void> {
		while (this.underway.size > 0) await Promise.all(this.underway);
	}

	/** Sends an event that a test has made up, or one that was sent already, as Kustomer's repetitions do. */
	send(event: KustomerEventEnvelope): void {
		for (const webhook of this.registry.all.values()) {
			if (webhook.enabled && webhook.events.includes(event.name)) this.deliver(webhook, event, 0);
		}
	}

	/** What Kustomer would send about an object; `changed` names what has changed and how it was before. */
	envelope(name: string, data: Resource, changed?: Record<string, unknown>): KustomerEventEnvelope {
		const attributes = Object.entries(changed ?? {}).map(([field, before]) => [
			field,
			changeOf(before, data.attributes[field]),
		]);
		return {
			id: this.store.newId(),
			name,
			org: this.options.organizationId,
			partition: this.options.organizationId,
			orgName: this.options.organization,
			data,
			createdAt: new Date().toISOString(),
			persist: true,
			// assumes: webhook-client
			client: 'api-gw',
			dataId: data.id,
			...(changed === undefined
				? {}
				: { changes: { attributes: Object.fromEntries(attributes), relationships: {} } }),
			meta: { customChanged: changed !== undefined && 'custom' in changed },
			snsFilters: [],
		};
	}

	close(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.snapshots = undefined;
	}

	private listenIfNeeded(): void {
		if (this.registry.all.size === 0) this.snapshots = undefined;
		else this.snapshots ??= this.everything();
	}

	private everything(): Map<string, string> {
		const all = new Map<string, string>();
		const keep = (resource: Resource | undefined) => {
			if (resource !== undefined) all.set(keyOf(resource), JSON.stringify(resource.attributes));
		};
		for (const kind of ['customer', 'conversation', 'message', 'user', 'team', 'tag'] as const) {
			for (const id of this.recordsOf(kind).keys()) keep(this.resource(kind, id));
		}
		return all;
	}

	private changed({ type, id }: Change): void {
		if (this.snapshots === undefined) return;
		if (type === 'reset') this.snapshots = this.everything();
		if (isKind(type)) this.compare(type, id);
		// assumes: webhook-events-of-parents
		const parent =
			type === 'message'
				? this.store.messages.get(id)?.conversationId
				: type === 'note'
					? this.store.notes.get(id)?.conversationId
					: undefined;
		if (parent !== undefined) this.compare('conversation', parent);
	}

	private compare(kind: Kind, id: string): void {
		const resource = this.resource(kind, id);
		if (resource === undefined || this.snapshots === undefined) return;
		const key = keyOf(resource);
		const before = this.snapshots.get(key);
		const after = JSON.stringify(resource.attributes);
		if (before === after) return;
		this.snapshots.set(key, after);
		// What is sent later must not change with the object.
		const data = structuredClone(resource);
		data.attributes = JSON.parse(after) as Record<string, unknown>;
		this.send(
			before === undefined
				? this.envelope(`kustomer.${kind}.create`, data)
				: this.envelope(
						`kustomer.${kind}.update`,
						data,
						difference(JSON.parse(before) as Record<string, unknown>, data.attributes),
					),
		);
	}

	private recordsOf(kind: Kind): ReadonlyMap<string, unknown> {
		const { customers, conversations, messages, users, teams, tags } = this.store;
		return {
			customer: customers,
			conversation: conversations,
			message: messages,
			user: users,
			team: teams,
			tag: tags,
		}[kind];
	}

	private resource(kind: Kind, id: string): Resource | undefined {
		const record = this.recordsOf(kind).get(id);
		// Each kind has a function of its name that takes its record.
		return record === undefined ? undefined : this.documents[kind](record as never);
	}

	private deliver(webhook: WebhookRecord, event: KustomerEventEnvelope, attempt: number): void {
		const sending = this.attempt(webhook, event).then((accepted) => {
			if (accepted || !this.registry.all.has(webhook.id)) return;
			const wait = (this.options.retryWaits ?? RETRY_WAITS)[attempt];
			if (wait === undefined) {
				this.registry.fail(webhook);
				return;
			}
			const timer = setTimeout(() => {
				this.timers.delete(timer);
				if (this.registry.all.has(webhook.id)) this.deliver(webhook, event, attempt + 1);
			}, wait);
			timer.unref();
			this.timers.add(timer);
		});
		this.underway.add(sending);
		void sending.finally(() => this.underway.delete(sending));
	}

	private async attempt(webhook: WebhookRecord, event: KustomerEventEnvelope): Promise<boolean> {
		const body = JSON.stringify(event);
		const began = performance.now();
		const response = await axios
			.post<unknown>(this.options.redirect?.(webhook.url) ?? webhook.url, body, {
				headers: {
					'Content-Type': 'application/json',
					'X-Kustomer-Webhook-Event': event.name,
					'X-Kustomer-Webhook-Signature': createHmac('sha256', webhook.token).update(body).digest('hex'),
					...Object.fromEntries(webhook.headers.map(({ name, value }) => [name, value])),
				},
				timeout: ANSWER_TIMEOUT,
				maxRedirects: 0,
				proxy: false,
				validateStatus: () => true,
			})
			.catch(() => undefined);
		const status = response?.status ?? 0;
		this.attempts.push({
			webhookId: webhook.id,
			url: webhook.url,
			event,
			status,
			answer: response?.data,
			ms: Math.round(performance.now() - began),
		});
		return status >= 200 && status < 300;
	}
}

function isKind(type: string): type is Kind {
	return ['customer', 'conversation', 'message', 'user', 'team', 'tag'].includes(type);
}

function keyOf({ type, id }: Resource): string {
	return `${type} ${id}`;
}

/** Fields that differ, with what they were before. */
function difference(
	before: Record<string, unknown>,
	after: Record<string, unknown>,
): Record<string, unknown> {
	const names = new Set([...Object.keys(before), ...Object.keys(after)]);
	return Object.fromEntries(
		[...names]
			.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
			.map((name) => [name, before[name]]),
	);
}

function changeOf(before: unknown, after: unknown): { op: string; before?: unknown; after?: unknown } {
	if (before === undefined) return { op: 'add', after };
	return after === undefined ? { op: 'remove', before } : { op: 'replace', before, after };
}
