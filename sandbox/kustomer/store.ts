/**
 * The organization's objects and the rules that hold among them. Every change is one synchronous step: it is checked
 * as a whole and then made as a whole, so requests that arrive at once cannot see or leave half of it.
 */
import { randomBytes } from 'node:crypto';
import { badParameter, conflict, notFound } from './errors';
import {
	CONVERSATION_FIELDS,
	CUSTOMER_FIELDS,
	EMPTY_CUSTOMER,
	EMPTY_CUSTOMER_FIELDS,
	MESSAGE_FIELDS,
	NOTE_FIELDS,
	checkRev,
	directionType,
	emailKey,
	keysOf,
	mergeCustom,
	phoneKey,
	remove,
	rest,
	textOf,
	type Body,
} from './fields';
import type {
	AgentStatusRecord,
	AttachmentRecord,
	AttachmentReference,
	AttributeDefinition,
	ConversationRecord,
	Custom,
	CustomerRecord,
	CustomizableKind,
	Direction,
	ExternalIdEntry,
	MessageRecord,
	NoteRecord,
	QueueRecord,
	Status,
	TagRecord,
	TeamRecord,
	UserRecord,
} from './records';
import { attributeType, checkCustom, defaultDisplayName } from './schemas/custom';
import { UniqueIndex } from './unique-index';
import { WebhookRegistry } from './webhooks/registry';
import { WorkSessions } from './work-sessions';

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

const MAX_TAGS = 20;

export class KustomerStore {
	readonly customers = new Map<string, CustomerRecord>();
	readonly conversations = new Map<string, ConversationRecord>();
	readonly messages = new Map<string, MessageRecord>();
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

	private readonly tagIdsByName = new Map<string, string>();
	private readonly phones = new UniqueIndex();
	private readonly whatsapps = new UniqueIndex();
	private readonly emails = new UniqueIndex();
	private readonly socials = new UniqueIndex();
	private readonly customerExternalIds = new UniqueIndex();
	private readonly conversationExternalIds = new UniqueIndex();
	private readonly messageExternalIds = new UniqueIndex();
	private readonly noteExternalIds = new UniqueIndex();
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

	// --- people, queues, tags, attributes -------------------------------------------------------------------------

	addUser(user: UserRecord): void {
		this.users.set(user.id, user);
		this.tell({ type: 'user', id: user.id });
	}

	addTeam(team: TeamRecord): void {
		this.teams.set(team.id, team);
		this.tell({ type: 'team', id: team.id });
	}

	addQueue(queue: QueueRecord): void {
		this.queues.set(queue.id, queue);
	}

	addStatus(status: AgentStatusRecord): void {
		this.statuses.set(status.id, status);
	}

	/** Adds a tag unless there is one with this name. */
	addTag(name: string, id = this.newId(), createdAt = new Date().toISOString()): TagRecord {
		const known = this.tagIdsByName.get(name);
		if (known !== undefined) return this.tags.get(known)!;
		const tag: TagRecord = {
			id,
			name,
			color: TAG_COLORS[this.tags.size % TAG_COLORS.length]!,
			deleted: false,
			createdAt,
		};
		this.tags.set(id, tag);
		this.tagIdsByName.set(name, id);
		this.tell({ type: 'tag', id });
		return tag;
	}

	/** Adds or changes definitions of custom attributes. @throws 400 for a name without a known suffix */
	defineAttributes(kind: CustomizableKind, attributes: Record<string, Partial<AttributeDefinition>>): void {
		this.changeAttributes(kind, attributes);
	}

	/** The same, as the API does it. assumes: metadata-put-merges */
	putAttributes(kind: CustomizableKind, attributes: Record<string, Partial<AttributeDefinition>>): void {
		this.changeAttributes(kind, attributes, this.options.metadataPut === 'replace');
	}

	/** @param replace removes what is not named */
	private changeAttributes(
		kind: CustomizableKind,
		attributes: Record<string, Partial<AttributeDefinition>>,
		replace = false,
	): void {
		for (const name of Object.keys(attributes)) {
			if (attributeType(name) === undefined) {
				throw badParameter(name, 'Unknown suffix', '/properties/properties/additionalProperties');
			}
		}
		for (const name of replace ? [...this.definitions[kind].keys()] : []) {
			if (!Object.hasOwn(attributes, name)) this.definitions[kind].delete(name);
		}
		for (const [name, definition] of Object.entries(attributes)) {
			const before = replace ? undefined : this.definitions[kind].get(name);
			this.definitions[kind].set(name, {
				displayName: defaultDisplayName(name),
				...before,
				...definition,
				type: attributeType(name)!,
			});
		}
		this.tell({ type: 'metadata', id: kind });
	}

	/** Names of tags, for people and tests. */
	tagNames(tagIds: readonly string[]): string[] {
		return tagIds.map((id) => this.tags.get(id)?.name ?? id);
	}

	// --- reading --------------------------------------------------------------------------------------------------

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

	/** Opens the conversation again when its snooze is over. assumes: snooze-rules */
	wake(conversation: ConversationRecord): ConversationRecord {
		const { snooze } = conversation;
		if (
			conversation.status === 'snoozed' &&
			snooze?.time !== undefined &&
			Date.parse(snooze.time) <= Date.now()
		) {
			conversation.snooze = { ...snooze, status: 'elapsed' };
			this.setStatus(conversation, 'open', snooze.time);
			this.touch(conversation);
		}
		return conversation;
	}

	// --- customers ------------------------------------------------------------------------------------------------

	/** @throws 400 and 409 as the API answers them */
	createCustomer(body: Body, by: string, own: { id?: string } = {}): CustomerRecord {
		const now = new Date().toISOString();
		const createdAt = textOf(body.createdAt) ?? now;
		const customer: CustomerRecord = {
			...EMPTY_CUSTOMER(),
			id: own.id ?? this.newId(),
			createdAt,
			updatedAt: createdAt,
			modifiedAt: createdAt,
			createdBy: by,
			modifiedBy: by,
			rev: 1,
			lastActivityAt: textOf(body.lastActivityAt) ?? createdAt,
		};
		this.writeCustomer(customer, body);
		this.customers.set(customer.id, customer);
		this.tell({ type: 'customer', id: customer.id, customerId: customer.id });
		return customer;
	}

	/** @param replace empties what the body does not name */
	updateCustomer(id: string, body: Body, by: string, replace = false): CustomerRecord {
		const customer = this.customers.get(id);
		if (customer === undefined) throw notFound('id');
		checkRev(customer, body);
		const base = replace ? { ...customer, ...EMPTY_CUSTOMER_FIELDS() } : { ...customer };
		const { lastActivityAt } = body;
		this.writeCustomer(base, body, customer);
		Object.assign(customer, base);
		if (typeof lastActivityAt === 'string') customer.lastActivityAt = lastActivityAt;
		this.edited(customer, by);
		this.tell({ type: 'customer', id, customerId: id });
		return customer;
	}

	/** assumes: delete-cascades */
	deleteCustomer(id: string): void {
		const customer = this.customers.get(id);
		if (customer === undefined) throw notFound('id');
		for (const conversationId of [...customer.conversationIds]) this.deleteConversation(conversationId);
		this.releaseCustomer(customer);
		this.customers.delete(id);
		this.tell({ type: 'customer', id, customerId: id });
	}

	/**
	 * Applies a body to a customer that is not in the store yet, or to a copy of one that is.
	 * Checks come first: nothing in the store has changed when it throws.
	 */
	private writeCustomer(customer: CustomerRecord, body: Body, before?: CustomerRecord): void {
		checkCustom(body.custom as Custom | undefined, this.definitions.customer);
		const lists = ['phones', 'sharedPhones', 'whatsapps', 'emails', 'sharedEmails', 'socials'] as const;
		for (const name of lists) if (body[name] !== undefined) Object.assign(customer, { [name]: body[name] });
		if (body.name !== undefined) customer.name = textOf(body.name) ?? null;
		this.writeCustomerExternalIds(customer, body);

		// assumes: conflict-is-409
		const keys = keysOf(customer);
		for (const [index, parameter, values] of [
			[this.phones, 'phones', keys.phones],
			[this.whatsapps, 'whatsapps', keys.whatsapps],
			[this.emails, 'emails', keys.emails],
			[this.socials, 'socials', keys.socials],
			[this.customerExternalIds, 'externalIds', keys.externalIds],
		] as const) {
			if (index.takenBy(values, customer.id) !== undefined) {
				throw conflict(parameter, `${parameter}: another customer has this value`);
			}
		}

		if (body.tags !== undefined) customer.tags = this.tagIds(body.tags as string[]);
		customer.custom = mergeCustom(customer.custom, body.custom as Custom | undefined);
		customer.other = { ...customer.other, ...rest(body, CUSTOMER_FIELDS) };

		if (before !== undefined) this.releaseCustomer(before);
		this.phones.assign(customer.id, keys.phones);
		this.whatsapps.assign(customer.id, keys.whatsapps);
		this.emails.assign(customer.id, keys.emails);
		this.socials.assign(customer.id, keys.socials);
		this.customerExternalIds.assign(customer.id, keys.externalIds);
	}

	/** assumes: external-ids-mirror */
	private writeCustomerExternalIds(customer: CustomerRecord, body: Body): void {
		if (body.externalIds !== undefined) {
			customer.externalIds = body.externalIds as ExternalIdEntry[];
			customer.externalId = customer.externalIds[0]?.externalId ?? null;
		}
		if (body.externalId === undefined) return;
		const externalId = textOf(body.externalId) ?? null;
		const others = customer.externalIds.filter(
			(entry) => entry.externalId !== externalId && entry.externalId !== customer.externalId,
		);
		customer.externalIds = externalId === null ? others : [{ externalId, verified: true }, ...others];
		customer.externalId = customer.externalIds[0]?.externalId ?? null;
	}

	private releaseCustomer(customer: CustomerRecord): void {
		const keys = keysOf(customer);
		this.phones.release(customer.id, keys.phones);
		this.whatsapps.release(customer.id, keys.whatsapps);
		this.emails.release(customer.id, keys.emails);
		this.socials.release(customer.id, keys.socials);
		this.customerExternalIds.release(customer.id, keys.externalIds);
	}

	// --- conversations --------------------------------------------------------------------------------------------

	createConversation(customerId: string, body: Body, by: string): ConversationRecord {
		const customer = this.customers.get(customerId);
		// assumes: unknown-reference-is-400
		if (customer === undefined) throw badParameter('customer', 'Unknown customer');
		const id = this.chosenId(body, this.conversations);
		this.checkConversationBody(body);
		this.checkExternalId(this.conversationExternalIds, body.externalId, undefined);

		const now = new Date().toISOString();
		const createdAt = textOf(body.createdAt) ?? now;
		const conversation: ConversationRecord = {
			id,
			customerId,
			createdAt,
			updatedAt: createdAt,
			modifiedAt: createdAt,
			createdBy: by,
			modifiedBy: by,
			rev: 1,
			name: null,
			status: 'open',
			channels: [],
			tags: [],
			assignedUsers: [],
			assignedTeams: [],
			custom: {},
			satisfaction: null,
			other: {},
			messageIds: [],
			noteIds: [],
			inboundCount: 0,
			outboundCount: 0,
			doneCount: 0,
			reopenCount: 0,
			snoozeCount: 0,
			openedAt: createdAt,
			statusAt: createdAt,
		};
		// assumes: tags-on-create-stay
		this.writeConversation(conversation, body);
		if (body.status === 'done') {
			conversation.status = 'done';
			conversation.doneCount = 1;
			conversation.firstDoneAt = createdAt;
			conversation.lastDoneAt = createdAt;
		}
		this.conversations.set(id, conversation);
		customer.conversationIds.push(id);
		customer.counts.all += 1;
		customer.counts[conversation.status] += 1;
		this.customerActive(customer, createdAt);
		this.tell({ type: 'conversation', id, customerId });
		return conversation;
	}

	updateConversation(id: string, body: Body, by: string, replace = false): ConversationRecord {
		const conversation = this.conversations.get(id);
		if (conversation === undefined) throw notFound('id');
		this.wake(conversation);
		checkRev(conversation, body);
		this.checkConversationBody(body);
		this.checkExternalId(this.conversationExternalIds, body.externalId, id);
		this.checkSnooze(body);

		if (replace) {
			Object.assign(conversation, {
				name: null,
				priority: undefined,
				direction: undefined,
				tags: [],
				assignedUsers: [],
				assignedTeams: [],
				custom: {},
				queueId: undefined,
				externalQueue: undefined,
				other: {},
			});
			if (body.externalId === undefined) body = { ...body, externalId: null };
		}
		this.writeConversation(conversation, body);
		const now = new Date().toISOString();
		if (body.snooze !== undefined) {
			conversation.snooze = body.snooze as NonNullable<ConversationRecord['snooze']>;
		}
		if (body.status !== undefined) this.setStatus(conversation, body.status as Status, now);
		this.edited(conversation, by);
		this.tell({ type: 'conversation', id, customerId: conversation.customerId });
		return conversation;
	}

	/** Gives a conversation, its messages and its notes to another customer. */
	moveConversation(id: string, customerId: string, by: string): ConversationRecord {
		const conversation = this.conversations.get(id);
		if (conversation === undefined) throw notFound('id');
		const to = this.customers.get(customerId);
		if (to === undefined) throw badParameter('customer', 'Unknown customer');
		const from = this.customers.get(conversation.customerId);
		if (from !== undefined) {
			remove(from.conversationIds, id);
			from.counts.all -= 1;
			from.counts[conversation.status] -= 1;
			for (const noteId of conversation.noteIds) remove(from.noteIds, noteId);
			this.touch(from);
		}
		to.conversationIds.push(id);
		to.counts.all += 1;
		to.counts[conversation.status] += 1;
		conversation.customerId = customerId;
		for (const message of this.messagesOf(id)) message.customerId = customerId;
		for (const note of this.notesOf(id)) {
			note.customerId = customerId;
			to.noteIds.push(note.id);
		}
		this.edited(conversation, by);
		this.touch(to);
		this.tell({ type: 'conversation', id, customerId });
		return conversation;
	}

	/** assumes: tag-limit-after-append */
	addTags(id: string, tags: string[], by: string): ConversationRecord {
		const conversation = this.conversations.get(id);
		if (conversation === undefined) throw notFound('id');
		const known = new Set(conversation.tags);
		const added = tags.filter((tag) => {
			const tagId = this.tags.has(tag) ? tag : this.tagIdsByName.get(tag);
			return tagId === undefined || !known.has(tagId);
		});
		if (known.size + added.length > MAX_TAGS)
			throw badParameter('tags', `Too many items, at most ${MAX_TAGS}`, '/maxItems');
		conversation.tags = [...new Set([...conversation.tags, ...this.tagIds(tags)])];
		this.edited(conversation, by);
		this.tell({ type: 'conversation', id, customerId: conversation.customerId });
		return conversation;
	}

	removeTags(id: string, tags: string[], by: string): ConversationRecord {
		const conversation = this.conversations.get(id);
		if (conversation === undefined) throw notFound('id');
		const removed = new Set(tags.map((tag) => (this.tags.has(tag) ? tag : this.tagIdsByName.get(tag))));
		conversation.tags = conversation.tags.filter((tag) => !removed.has(tag));
		this.edited(conversation, by);
		this.tell({ type: 'conversation', id, customerId: conversation.customerId });
		return conversation;
	}

	deleteConversation(id: string): void {
		const conversation = this.conversations.get(id);
		if (conversation === undefined) throw notFound('id');
		for (const messageId of conversation.messageIds) {
			const message = this.messages.get(messageId);
			if (message?.externalId !== undefined) this.messageExternalIds.release(messageId, [message.externalId]);
			this.messages.delete(messageId);
		}
		for (const noteId of [...conversation.noteIds]) this.deleteNote(noteId);
		if (conversation.externalId !== undefined)
			this.conversationExternalIds.release(id, [conversation.externalId]);
		this.conversations.delete(id);
		const customer = this.customers.get(conversation.customerId);
		if (customer !== undefined) {
			remove(customer.conversationIds, id);
			customer.counts.all -= 1;
			customer.counts[conversation.status] -= 1;
			this.touch(customer);
		}
		this.tell({ type: 'conversation', id, customerId: conversation.customerId });
	}

	private checkConversationBody(body: Body): void {
		checkCustom(body.custom as Custom | undefined, this.definitions.conversation);
		for (const userId of (body.assignedUsers as string[] | undefined) ?? []) {
			if (!this.users.has(userId)) throw badParameter('assignedUsers', 'Unknown user');
		}
		for (const teamId of (body.assignedTeams as string[] | undefined) ?? []) {
			if (!this.teams.has(teamId)) throw badParameter('assignedTeams', 'Unknown team');
		}
		const queueId = (body.queue as { id?: string | null } | undefined)?.id;
		if (typeof queueId === 'string' && !this.queues.has(queueId))
			throw badParameter('queue', 'Unknown queue');
	}

	/** assumes: snooze-rules */
	private checkSnooze(body: Body): void {
		const snooze = body.snooze as ConversationRecord['snooze'];
		if (body.status === 'snoozed' && snooze?.status !== 'scheduled') {
			throw badParameter('snooze', 'Status snoozed needs snooze with status scheduled and a time');
		}
		if (snooze?.status !== 'scheduled') return;
		if (body.status !== 'snoozed')
			throw badParameter('snooze', 'A scheduled snooze needs the status snoozed');
		if (snooze.time === undefined)
			throw badParameter('time', 'Property required: time', '/properties/snooze/required');
		if (Date.parse(snooze.time) <= Date.now())
			throw badParameter('time', 'The time of a snooze must be in the future');
	}

	private writeConversation(conversation: ConversationRecord, body: Body): void {
		if (body.name !== undefined) conversation.name = textOf(body.name) ?? null;
		if (body.priority !== undefined) conversation.priority = body.priority as number;
		if (body.direction !== undefined) conversation.direction = body.direction as Direction;
		if (body.satisfaction !== undefined) conversation.satisfaction = body.satisfaction as number | null;
		if (body.tags !== undefined) conversation.tags = this.tagIds(body.tags as string[]);
		if (body.assignedUsers !== undefined) conversation.assignedUsers = body.assignedUsers as string[];
		if (body.assignedTeams !== undefined) conversation.assignedTeams = body.assignedTeams as string[];
		conversation.custom = mergeCustom(conversation.custom, body.custom as Custom | undefined);
		const queue = body.queue as { id?: string | null; external?: string | null } | undefined;
		if (queue?.id !== undefined) conversation.queueId = queue.id ?? undefined;
		if (queue?.external !== undefined) conversation.externalQueue = queue.external ?? undefined;
		if (body.externalId !== undefined) {
			if (conversation.externalId !== undefined) {
				this.conversationExternalIds.release(conversation.id, [conversation.externalId]);
			}
			conversation.externalId = textOf(body.externalId);
			if (conversation.externalId !== undefined) {
				this.conversationExternalIds.assign(conversation.id, [conversation.externalId]);
			}
		}
		conversation.other = { ...conversation.other, ...rest(body, CONVERSATION_FIELDS) };
	}

	private setStatus(conversation: ConversationRecord, status: Status, at: string): void {
		const before = conversation.status;
		if (status !== 'snoozed' && conversation.snooze?.status === 'scheduled') {
			conversation.snooze = { ...conversation.snooze, status: 'canceled' };
		}
		if (before === status) return;
		conversation.status = status;
		conversation.statusAt = at;
		if (status === 'done') {
			conversation.doneCount += 1;
			conversation.firstDoneAt ??= at;
			// assumes: last-done-stays
			conversation.lastDoneAt = at;
		} else if (status === 'snoozed') conversation.snoozeCount += 1;
		else {
			conversation.openedAt = at;
			conversation.reopenCount += 1;
		}
		const customer = this.customers.get(conversation.customerId);
		if (customer !== undefined) {
			customer.counts[before] -= 1;
			customer.counts[status] += 1;
			this.touch(customer);
		}
	}

	// --- messages -------------------------------------------------------------------------------------------------

	/**
	 * Records a message in a conversation, or for a customer in a new conversation.
	 * assumes: message-needs-a-home
	 */
	createMessage(
		home: { conversationId?: string; customerId?: string },
		body: Body,
		by: string,
	): MessageRecord {
		const id = this.chosenId(body, this.messages);
		checkCustom(body.custom as Custom | undefined, this.definitions.message);
		this.checkExternalId(this.messageExternalIds, body.externalId, undefined);
		const attachments = this.checkAttachments(body.attachments);
		const queueId = (body.queue as { id?: string } | undefined)?.id;
		if (queueId !== undefined && !this.queues.has(queueId)) throw badParameter('queue', 'Unknown queue');
		const conversation = this.homeOf(home, body, by);

		const now = new Date().toISOString();
		const createdAt = textOf(body.createdAt) ?? now;
		const sentAt = textOf(body.sentAt) ?? createdAt;
		// assumes: direction-default
		const direction = (body.direction as Direction | undefined) ?? 'in';
		const preview = textOf(body.preview) ?? null;
		const createdBy = textOf(body.createdBy) ?? by;
		const message: MessageRecord = {
			id,
			customerId: conversation.customerId,
			conversationId: conversation.id,
			createdAt,
			updatedAt: createdAt,
			modifiedAt: textOf(body.modifiedAt) ?? createdAt,
			createdBy,
			modifiedBy: textOf(body.modifiedBy) ?? createdBy,
			rev: 1,
			channel: body.channel as string,
			app: body.app as string,
			direction,
			directionType: directionType(conversation, direction),
			externalId: textOf(body.externalId),
			subject: textOf(body.subject) ?? null,
			preview,
			// assumes: message-defaults
			status: textOf(body.status) ?? (direction === 'in' ? 'received' : 'sent'),
			size: (body.size as number | undefined) ?? preview?.length ?? 0,
			sentAt,
			meta: (body.meta as Record<string, unknown> | undefined) ?? {},
			custom: mergeCustom({}, body.custom as Custom | undefined),
			attachments,
			other: rest(body, MESSAGE_FIELDS),
		};
		this.messages.set(id, message);
		if (message.externalId !== undefined) this.messageExternalIds.assign(id, [message.externalId]);
		for (const { _id } of attachments) {
			const attachment = this.attachments.get(_id);
			if (attachment !== undefined) attachment.messageId = id;
		}
		this.receive(conversation, message, body.importedAt !== undefined);
		this.tell({ type: 'message', id, customerId: conversation.customerId });
		return message;
	}

	updateMessage(id: string, body: Body, by: string, replace = false): MessageRecord {
		const message = this.messages.get(id);
		if (message === undefined) throw notFound('id');
		checkCustom(body.custom as Custom | undefined, this.definitions.message);
		this.checkExternalId(this.messageExternalIds, body.externalId, id);
		const attachments = body.attachments === undefined ? undefined : this.checkAttachments(body.attachments);
		if (body.conversation !== undefined) this.moveMessage(message, body.conversation as string);

		if (replace) {
			Object.assign(message, {
				subject: null,
				preview: null,
				meta: {},
				custom: {},
				attachments: [],
				other: {},
			});
			if (body.externalId === undefined) body = { ...body, externalId: null };
		}
		if (body.externalId !== undefined) {
			if (message.externalId !== undefined) this.messageExternalIds.release(id, [message.externalId]);
			message.externalId = textOf(body.externalId);
			if (message.externalId !== undefined) this.messageExternalIds.assign(id, [message.externalId]);
		}
		if (body.subject !== undefined) message.subject = textOf(body.subject) ?? null;
		if (body.preview !== undefined) message.preview = textOf(body.preview) ?? null;
		if (body.status !== undefined) message.status = body.status as string;
		if (body.size !== undefined) message.size = body.size as number;
		if (typeof body.sentAt === 'string') message.sentAt = body.sentAt;
		// assumes: meta-replaced
		if (body.meta !== undefined) message.meta = body.meta as Record<string, unknown>;
		if (typeof body.createdAt === 'string') message.createdAt = body.createdAt;
		if (attachments !== undefined) message.attachments = attachments;
		message.custom = mergeCustom(message.custom, body.custom as Custom | undefined);
		message.other = { ...message.other, ...rest(body, MESSAGE_FIELDS) };
		this.edited(message, textOf(body.modifiedBy) ?? by);
		this.tell({ type: 'message', id, customerId: message.customerId });
		return message;
	}

	private moveMessage(message: MessageRecord, conversationId: string): void {
		const to = this.conversations.get(conversationId);
		if (to === undefined) throw badParameter('conversation', 'Unknown conversation');
		if (to.id === message.conversationId) return;
		const from = this.conversations.get(message.conversationId);
		if (from !== undefined) {
			remove(from.messageIds, message.id);
			from.channels = [...new Set(this.messagesOf(from.id).map((other) => other.channel))];
			if (message.direction === 'in') from.inboundCount -= 1;
			else from.outboundCount -= 1;
			this.touch(from);
		}
		message.conversationId = to.id;
		message.customerId = to.customerId;
		this.receive(to, message, true);
	}

	/** What a message changes in its conversation and customer. */
	private receive(conversation: ConversationRecord, message: MessageRecord, imported: boolean): void {
		const { id, sentAt, channel, direction } = message;
		conversation.messageIds.push(id);
		if (!conversation.channels.includes(channel)) conversation.channels.push(channel);
		conversation.direction ??= direction;
		conversation.lastMessageAt = sentAt;
		conversation.lastMessageDirection = direction;
		if (message.preview !== null) conversation.preview = message.preview;
		const customer = this.customers.get(conversation.customerId);
		if (direction === 'in') {
			conversation.inboundCount += 1;
			conversation.lastMessageIn = { id, sentAt };
			// assumes: inbound-reopens
			if (!imported && conversation.status !== 'open') {
				this.setStatus(conversation, 'open', new Date().toISOString());
			}
			if (customer !== undefined) customer.lastMessageInAt = sentAt;
		} else {
			conversation.outboundCount += 1;
			conversation.lastMessageOut = { id, sentAt };
			if (conversation.inboundCount > 0) conversation.firstResponse ??= { id, sentAt };
		}
		this.touch(conversation);
		if (customer !== undefined) {
			customer.lastMessagePreview = {
				at: sentAt,
				channel,
				text: message.preview ?? '',
				subject: message.subject ?? '',
			};
			this.customerActive(customer, sentAt);
		}
	}

	private homeOf(
		home: { conversationId?: string; customerId?: string },
		body: Body,
		by: string,
	): ConversationRecord {
		const conversationId = home.conversationId ?? textOf(body.conversation);
		const customerId = home.customerId ?? textOf(body.customer);
		if (
			home.conversationId !== undefined &&
			body.conversation !== undefined &&
			body.conversation !== home.conversationId
		) {
			throw badParameter('conversation', 'Not the conversation of the path');
		}
		if (conversationId !== undefined) {
			const conversation = this.conversations.get(conversationId);
			if (conversation === undefined) throw badParameter('conversation', 'Unknown conversation');
			if (customerId !== undefined && conversation.customerId !== customerId) {
				throw badParameter('customer', 'Not the customer of this conversation');
			}
			return this.wake(conversation);
		}
		if (customerId === undefined)
			throw badParameter('conversation', 'Property required: conversation or customer');
		if (!this.customers.has(customerId)) throw badParameter('customer', 'Unknown customer');
		return this.createConversation(
			customerId,
			body.direction === undefined ? {} : { direction: body.direction },
			by,
		);
	}

	// --- notes ----------------------------------------------------------------------------------------------------

	createNote(conversationId: string, body: Body, by: string): NoteRecord {
		const conversation = this.conversations.get(conversationId);
		if (conversation === undefined) throw badParameter('conversation', 'Unknown conversation');
		if (body.conversation !== undefined && body.conversation !== conversationId) {
			throw badParameter('conversation', 'Not the conversation of the path');
		}
		const id = this.chosenId(body, this.notes);
		this.checkExternalId(this.noteExternalIds, body.externalId, undefined);
		const attachments = this.checkAttachments(body.attachments);
		const createdAt = textOf(body.createdAt) ?? new Date().toISOString();
		const createdBy = textOf(body.createdBy) ?? by;
		const note: NoteRecord = {
			id,
			customerId: conversation.customerId,
			conversationId,
			createdAt,
			updatedAt: createdAt,
			modifiedAt: textOf(body.modifiedAt) ?? createdAt,
			createdBy,
			modifiedBy: textOf(body.modifiedBy) ?? createdBy,
			rev: 1,
			body: body.body as string,
			externalId: textOf(body.externalId),
			userMentions: (body.userMentions as NoteRecord['userMentions'] | undefined) ?? [],
			attachments,
			other: rest(body, NOTE_FIELDS),
		};
		this.notes.set(id, note);
		if (note.externalId !== undefined) this.noteExternalIds.assign(id, [note.externalId]);
		conversation.noteIds.push(id);
		this.touch(conversation);
		const customer = this.customers.get(conversation.customerId);
		customer?.noteIds.push(id);
		if (customer !== undefined) this.customerActive(customer, createdAt);
		this.tell({ type: 'note', id, customerId: conversation.customerId });
		return note;
	}

	updateNote(id: string, body: Body, by: string): NoteRecord {
		const note = this.notes.get(id);
		if (note === undefined) throw notFound('id');
		this.checkExternalId(this.noteExternalIds, body.externalId, id);
		const attachments = body.attachments === undefined ? undefined : this.checkAttachments(body.attachments);
		if (body.conversation !== undefined && body.conversation !== note.conversationId) {
			const to = this.conversations.get(body.conversation as string);
			if (to === undefined) throw badParameter('conversation', 'Unknown conversation');
			this.leave(note);
			note.conversationId = to.id;
			note.customerId = to.customerId;
			to.noteIds.push(id);
			this.customers.get(to.customerId)?.noteIds.push(id);
			this.touch(to);
		}
		if (body.externalId !== undefined) {
			if (note.externalId !== undefined) this.noteExternalIds.release(id, [note.externalId]);
			note.externalId = textOf(body.externalId);
			if (note.externalId !== undefined) this.noteExternalIds.assign(id, [note.externalId]);
		}
		if (body.body !== undefined) note.body = body.body as string;
		if (body.userMentions !== undefined) note.userMentions = body.userMentions as NoteRecord['userMentions'];
		if (attachments !== undefined) note.attachments = attachments;
		if (typeof body.createdAt === 'string') note.createdAt = body.createdAt;
		note.other = { ...note.other, ...rest(body, NOTE_FIELDS) };
		this.edited(note, textOf(body.modifiedBy) ?? by);
		this.tell({ type: 'note', id, customerId: note.customerId });
		return note;
	}

	deleteNote(id: string): void {
		const note = this.notes.get(id);
		if (note === undefined) throw notFound('id');
		this.leave(note);
		if (note.externalId !== undefined) this.noteExternalIds.release(id, [note.externalId]);
		this.notes.delete(id);
		this.tell({ type: 'note', id, customerId: note.customerId });
	}

	private leave(note: NoteRecord): void {
		const conversation = this.conversations.get(note.conversationId);
		if (conversation !== undefined) {
			remove(conversation.noteIds, note.id);
			this.touch(conversation);
		}
		const customer = this.customers.get(note.customerId);
		if (customer !== undefined) remove(customer.noteIds, note.id);
	}

	// --- attachments ----------------------------------------------------------------------------------------------

	createAttachment(body: Body): AttachmentRecord {
		const attachment: AttachmentRecord = {
			id: this.newId(),
			name: body.name as string,
			contentType: body.contentType as string,
			contentLength: body.contentLength as number,
			redacted: false,
			createdAt: new Date().toISOString(),
			externalUrl: textOf(body.externalUrl),
			renderMode: textOf(body.renderMode),
			signature: randomBytes(32).toString('hex'),
		};
		this.attachments.set(attachment.id, attachment);
		return attachment;
	}

	/** Keeps an uploaded file. */
	fileArrived(attachment: AttachmentRecord, content: Buffer): void {
		attachment.content = content;
		this.tell({ type: 'attachment', id: attachment.id });
	}

	/** assumes: attachment-before-upload */
	private checkAttachments(value: unknown): AttachmentReference[] {
		if (!Array.isArray(value)) return [];
		return (value as Array<string | AttachmentReference>).map((entry) => {
			const id = typeof entry === 'string' ? entry : entry._id;
			const attachment = this.attachments.get(id);
			if (attachment === undefined) throw badParameter('attachments', 'Unknown attachment');
			if (typeof entry !== 'string') return entry;
			const { name, contentType, contentLength } = attachment;
			return { _id: id, name, contentType, contentLength };
		});
	}

	// --- shared ---------------------------------------------------------------------------------------------------

	/** Ids of tags given by name or id; makes the tags that are missing. assumes: tags-by-name-or-id */
	private tagIds(namesOrIds: string[]): string[] {
		return [...new Set(namesOrIds.map((tag) => (this.tags.has(tag) ? tag : this.addTag(tag).id)))];
	}

	/** assumes: chosen-id-accepted */
	private chosenId(body: Body, collection: ReadonlyMap<string, unknown>): string {
		if (body.id === undefined) return this.newId();
		const id = (body.id as string).toLowerCase();
		if (collection.has(id)) throw conflict('id', 'id: there is an object with this id');
		return id;
	}

	/** assumes: external-id-unique */
	private checkExternalId(index: UniqueIndex, externalId: unknown, ownId: string | undefined): void {
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
	private touch(record: { updatedAt: string; rev: number }): void {
		record.updatedAt = new Date().toISOString();
		record.rev += 1;
	}

	/** assumes: modified-means-edited */
	private edited(
		record: { updatedAt: string; modifiedAt: string; modifiedBy: string; rev: number },
		by: string,
	): void {
		this.touch(record);
		record.modifiedAt = record.updatedAt;
		record.modifiedBy = by;
	}

	private customerActive(customer: CustomerRecord, at: string): void {
		if (at > customer.lastActivityAt) customer.lastActivityAt = at;
		this.touch(customer);
	}

	private tell(change: Change): void {
		for (const listener of this.listeners) listener(change);
	}
}

const TAG_COLORS = ['#2f6f8f', '#8f5f2f', '#5f7f3f', '#7f4f7f', '#3f5f9f', '#9f4f4f'] as const;
