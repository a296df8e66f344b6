/**
 * The organization's objects, how each is found, and what all of them share: ids, versions, and whoever is told.
 *
 * The store stands in layers, each of which knows those below it. Every change is one synchronous step: it is checked
 * as a whole and then made as a whole, so requests that arrive at once cannot see or leave half of it.
 */
import { randomBytes } from 'node:crypto';
import { conflict } from '../errors';
import { emailKey, phoneKey, type Body } from '../fields';
import type {
	AgentStatusRecord,
	AttachmentRecord,
	AttributeDefinition,
	ConversationRecord,
	CustomerRecord,
	CustomizableKind,
	MessageRecord,
	NoteRecord,
	QueueRecord,
	TagRecord,
	TeamRecord,
	UserRecord,
} from '../records';
import { UniqueIndex } from '../unique-index';
import { WebhookRegistry } from '../webhooks/registry';
import { WorkSessions } from '../work-sessions';

export interface StoreOptions {
	phoneLookup: 'normalized' | 'exact';
	externalIds: 'unique' | 'free';
	metadataPut: 'merge' | 'replace';
}

/** Told after every change; `customerId` says whose timeline it is. */
export interface Change {
	type:
		| 'customer'
		| 'conversation'
		| 'message'
		| 'note'
		| 'attachment'
		| 'metadata'
		| 'workSession'
		| 'user'
		| 'team'
		| 'tag'
		| 'reset';
	id: string;
	customerId?: string;
}

export abstract class StoredObjects {
	readonly customers = new Map<string, CustomerRecord>();
	readonly conversations = new Map<string, ConversationRecord>();
	readonly messages = new Map<string, MessageRecord>();
	/** Messages that were deleted with their conversation, for searches that ask for them. */
	readonly deletedMessages = new Map<string, MessageRecord>();
	readonly notes = new Map<string, NoteRecord>();
	readonly attachments = new Map<string, AttachmentRecord>();
	readonly users = new Map<string, UserRecord>();
	readonly teams = new Map<string, TeamRecord>();
	readonly queues = new Map<string, QueueRecord>();
	readonly statuses = new Map<string, AgentStatusRecord>();
	readonly workSessions = new WorkSessions(this, ({ id }) => this.tell({ type: 'workSession', id }));
	readonly tags = new Map<string, TagRecord>();
	readonly outboundWebhooks = new WebhookRegistry(() => this.newId());
	readonly definitions: Record<CustomizableKind, Map<string, AttributeDefinition>> = {
		customer: new Map(),
		conversation: new Map(),
		message: new Map(),
		company: new Map(),
	};

	protected readonly tagIdsByName = new Map<string, string>();
	protected readonly phones = new UniqueIndex();
	protected readonly whatsapps = new UniqueIndex();
	protected readonly emails = new UniqueIndex();
	protected readonly socials = new UniqueIndex();
	protected readonly customerExternalIds = new UniqueIndex();
	protected readonly conversationExternalIds = new UniqueIndex();
	protected readonly messageExternalIds = new UniqueIndex();
	protected readonly noteExternalIds = new UniqueIndex();
	private readonly listeners = new Set<(change: Change) => void>();
	private idPrefix = '';
	private idCounter = 0;

	constructor(readonly options: StoreOptions) {
		this.clear();
	}

	/** Empties everything. Whoever listens keeps listening. */
	clear(): void {
		for (const collection of [
			this.customers,
			this.conversations,
			this.messages,
			this.deletedMessages,
			this.notes,
			this.attachments,
			this.users,
			this.teams,
			this.queues,
			this.statuses,
			this.workSessions,
			this.tags,
			this.outboundWebhooks,
			this.tagIdsByName,
			this.phones,
			this.whatsapps,
			this.emails,
			this.socials,
			this.customerExternalIds,
			this.conversationExternalIds,
			this.messageExternalIds,
			this.noteExternalIds,
			...Object.values(this.definitions),
		]) {
			collection.clear();
		}
		this.idPrefix = `${Math.floor(Date.now() / 1000)
			.toString(16)
			.padStart(8, '0')}${randomBytes(5).toString('hex')}`;
		this.idCounter = 0;
		this.tell({ type: 'reset', id: '' });
	}

	/** @returns a function that ends the listening */
	onChange(listener: (change: Change) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** A fresh id: 24 hexadecimal characters. */
	newId(): string {
		this.idCounter += 1;
		return this.idPrefix + this.idCounter.toString(16).padStart(6, '0');
	}

	/** assumes: phone-lookup */
	customerByPhone(phone: string): CustomerRecord | undefined {
		const customer = this.owned(this.customers, this.phones.get(phoneKey(phone)));
		if (customer === undefined || this.options.phoneLookup === 'normalized') return customer;
		return customer.phones.some((entry) => entry.phone === phone) ? customer : undefined;
	}

	customerByEmail(email: string): CustomerRecord | undefined {
		return this.owned(this.customers, this.emails.get(emailKey(email)));
	}

	customerByExternalId(externalId: string): CustomerRecord | undefined {
		return this.owned(this.customers, this.customerExternalIds.get(externalId));
	}

	conversationByExternalId(externalId: string): ConversationRecord | undefined {
		return this.owned(this.conversations, this.conversationExternalIds.get(externalId));
	}

	messageByExternalId(externalId: string): MessageRecord | undefined {
		return this.owned(this.messages, this.messageExternalIds.get(externalId));
	}

	/** Oldest first. */
	conversationsOf(customerId: string): ConversationRecord[] {
		return this.pick(this.conversations, this.customers.get(customerId)?.conversationIds ?? []);
	}

	/** Oldest first. */
	messagesOf(conversationId: string): MessageRecord[] {
		return this.pick(this.messages, this.conversations.get(conversationId)?.messageIds ?? []);
	}

	/** Oldest first. */
	notesOf(conversationId: string): NoteRecord[] {
		return this.pick(this.notes, this.conversations.get(conversationId)?.noteIds ?? []);
	}

	/** assumes: chosen-id-accepted */
	protected chosenId(body: Body, collection: ReadonlyMap<string, unknown>): string {
		if (body.id === undefined) return this.newId();
		const id = (body.id as string).toLowerCase();
		if (collection.has(id)) throw conflict('id', 'id: there is an object with this id');
		return id;
	}

	/** assumes: external-id-unique */
	protected checkExternalId(index: UniqueIndex, externalId: unknown, ownId: string | undefined): void {
		if (typeof externalId !== 'string' || this.options.externalIds === 'free') return;
		if (index.takenBy([externalId], ownId) !== undefined) {
			throw conflict('externalId', 'externalId: there is an object with this external id');
		}
	}

	private owned<T>(collection: ReadonlyMap<string, T>, id: string | undefined): T | undefined {
		return id === undefined ? undefined : collection.get(id);
	}

	private pick<T>(collection: ReadonlyMap<string, T>, ids: readonly string[]): T[] {
		return ids.flatMap((id) => collection.get(id) ?? []);
	}

	/** assumes: rev-counts-writes */
	protected touch(record: { updatedAt: string; rev: number }): void {
		record.updatedAt = new Date().toISOString();
		record.rev += 1;
	}

	/** assumes: modified-means-edited */
	protected edited(
		record: { updatedAt: string; modifiedAt: string; modifiedBy: string; rev: number },
		by: string,
	): void {
		this.touch(record);
		record.modifiedAt = record.updatedAt;
		record.modifiedBy = by;
	}

	protected customerActive(customer: CustomerRecord, at: string): void {
		if (at > customer.lastActivityAt) customer.lastActivityAt = at;
		this.touch(customer);
	}

	protected tell(change: Change): void {
		for (const listener of this.listeners) listener(change);
	}
}
