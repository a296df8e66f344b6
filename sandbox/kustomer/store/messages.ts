/** Messages, and what they change in their conversation and customer. */
import { badParameter, notFound } from '../errors';
import { MESSAGE_FIELDS, directionType, mergeCustom, remove, rest, textOf, type Body } from '../fields';
import type { ConversationRecord, Custom, Direction, MessageRecord } from '../records';
import { checkCustom } from '../schemas/custom';
import { Conversations } from './conversations';

export abstract class Messages extends Conversations {
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
}
