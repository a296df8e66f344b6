import { notFound } from '../errors';
import type { MessageRecord } from '../records';
import {
	checkMessageReplacement,
	checkMessageUpdate,
	checkNewMessage,
	checkNewMessageOfConversation,
	checkNewMessageOfCustomer,
} from '../schemas/message';
import {
	bodyOf,
	checkBackdating,
	checkChosenId,
	found,
	idOf,
	made,
	type Answer,
	type Call,
	type Endpoint,
} from './endpoint';
import { pageOf } from './paging';

function create(call: Call, home: { conversationId?: string; customerId?: string }): Answer {
	checkBackdating(call);
	checkChosenId(call);
	const body = bodyOf(call);
	if (body.importedAt === undefined) {
		const conversationId = home.conversationId ?? (body.conversation as string | undefined);
		const customerId =
			home.customerId ??
			call.store.conversations.get(conversationId ?? '')?.customerId ??
			(body.customer as string | undefined);
		if (customerId !== undefined) call.limits.creation('message', customerId, call.now);
	}
	return made(call.documents.message(call.store.createMessage(home, body, call.userId)));
}

function update(call: Call, replace: boolean): Answer {
	checkBackdating(call);
	const message = call.store.updateMessage(idOf(call), bodyOf(call), call.userId, replace);
	return found(call.documents.message(message));
}

function lookUp(call: Call, parameter: string, message: MessageRecord | undefined): Answer {
	if (message === undefined) throw notFound(parameter);
	return found(call.documents.message(message));
}

function listed(call: Call, messages: MessageRecord[]): Answer {
	return pageOf(call, messages, (message) => call.documents.message(message));
}

export const endpoints: Endpoint[] = [
	{
		method: 'post',
		path: '/messages',
		access: 'messageCreate',
		handle: (call) => {
			checkNewMessage(call.body);
			return create(call, {});
		},
	},
	{
		method: 'post',
		path: '/conversations/:id/messages',
		access: 'messageCreate',
		handle: (call) => {
			const conversationId = idOf(call);
			checkNewMessageOfConversation(call.body);
			if (!call.store.conversations.has(conversationId)) throw notFound('id');
			return create(call, { conversationId });
		},
	},
	{
		method: 'post',
		path: '/customers/:id/messages',
		access: 'messageCreate',
		handle: (call) => {
			const customerId = idOf(call);
			checkNewMessageOfCustomer(call.body);
			if (!call.store.customers.has(customerId)) throw notFound('id');
			return create(call, { customerId });
		},
	},
	{
		method: 'get',
		path: '/messages',
		access: 'messageRead',
		handle: (call) => listed(call, [...call.store.messages.values()]),
	},
	{
		method: 'get',
		path: '/conversations/:id/messages',
		access: 'messageRead',
		handle: (call) => {
			const id = idOf(call);
			if (!call.store.conversations.has(id)) throw notFound('id');
			return listed(call, call.store.messagesOf(id));
		},
	},
	{
		method: 'get',
		path: '/customers/:id/messages',
		access: 'messageRead',
		handle: (call) => {
			const id = idOf(call);
			if (!call.store.customers.has(id)) throw notFound('id');
			return listed(
				call,
				call.store.conversationsOf(id).flatMap((conversation) => call.store.messagesOf(conversation.id)),
			);
		},
	},
	{
		method: 'get',
		path: '/messages/externalId=:value',
		access: 'messageRead',
		handle: (call) => lookUp(call, 'externalId', call.store.messageByExternalId(call.params.value ?? '')),
	},
	{
		// The published schema writes it in lower case.
		method: 'get',
		path: '/messages/externalid=:value',
		access: 'messageRead',
		handle: (call) => lookUp(call, 'externalId', call.store.messageByExternalId(call.params.value ?? '')),
	},
	{
		method: 'get',
		path: '/messages/:id',
		access: 'messageRead',
		handle: (call) => lookUp(call, 'id', call.store.messages.get(idOf(call))),
	},
	{
		method: 'put',
		path: '/messages/:id',
		access: 'messageUpdate',
		handle: (call) => {
			checkMessageReplacement(call.body);
			return update(call, call.query.replace === 'true');
		},
	},
	{
		method: 'patch',
		path: '/messages/:id',
		access: 'messageUpdate',
		handle: (call) => {
			checkMessageUpdate(call.body);
			return update(call, false);
		},
	},
	{
		method: 'get',
		path: '/messages/:messageId/attachments/:id',
		access: 'attachmentRead',
		handle: (call) => {
			const message = call.store.messages.get(idOf(call, 'messageId'));
			if (message === undefined) throw notFound('messageId');
			const id = idOf(call);
			const attachment = call.store.attachments.get(id);
			if (attachment === undefined || !message.attachments.some(({ _id }) => _id === id))
				throw notFound('id');
			return found(call.documents.attachment(attachment));
		},
	},
];
