/** Conversations: status and snooze, tags and assignment, and whose they are. */
import { badParameter, notFound } from '../errors';
import { CONVERSATION_FIELDS, checkRev, mergeCustom, remove, rest, textOf, type Body } from '../fields';
import type { ConversationRecord, Custom, Direction, Status } from '../records';
import { checkCustom } from '../schemas/custom';
import { Notes } from './notes';

const MAX_TAGS = 20;

export abstract class Conversations extends Notes {
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
			if (message !== undefined) this.deletedMessages.set(messageId, message);
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
		if (body.assignedUsers !== undefined) {
			const users = body.assignedUsers as string[];
			// assumes: modification-history
			if (users.join() !== conversation.assignedUsers.join()) {
				conversation.assignedUsersAt = new Date().toISOString();
			}
			conversation.assignedUsers = users;
		}
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

	protected setStatus(conversation: ConversationRecord, status: Status, at: string): void {
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
}
