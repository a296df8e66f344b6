import { badParameter, notFound } from '../errors';
import type { ConversationRecord } from '../records';
import {
	checkConversationMove,
	checkConversationUpdate,
	checkNewConversation,
	checkNewConversationOfCustomer,
	checkTagList,
} from '../schemas/conversation';
import { hasFormat } from '../schemas/validate';
import {
	bodyOf,
	checkChosenId,
	found,
	gone,
	idOf,
	idsOf,
	made,
	type Answer,
	type Call,
	type Endpoint,
} from './endpoint';
import { pageOf } from './paging';

function create(call: Call, customerId: string): Answer {
	checkChosenId(call);
	const body = bodyOf(call);
	if (body.importedAt === undefined) call.limits.creation('conversation', customerId, call.now);
	return made(call.documents.conversation(call.store.createConversation(customerId, body, call.userId)));
}

function update(call: Call, replace: boolean): Answer {
	const id = idOf(call);
	const body = call.body as Record<string, unknown> | null | undefined;
	const given = typeof body === 'object' && body !== null ? body : {};
	if ('customer' in given) {
		checkConversationMove(body);
		return found(
			call.documents.conversation(call.store.moveConversation(id, given.customer as string, call.userId)),
		);
	}
	checkConversationUpdate(body);
	// assumes: empty-update-is-400
	if (Object.keys(given).length === 0) throw badParameter('body', 'Nothing to update');
	return found(call.documents.conversation(call.store.updateConversation(id, given, call.userId, replace)));
}

function lookUp(call: Call, parameter: string, conversation: ConversationRecord | undefined): Answer {
	if (conversation === undefined) throw notFound(parameter);
	return found(call.documents.conversation(call.store.wake(conversation)));
}

function listed(call: Call, conversations: ConversationRecord[]): Answer {
	return pageOf(call, conversations, (conversation) =>
		call.documents.conversation(call.store.wake(conversation)),
	);
}

export const endpoints: Endpoint[] = [
	{
		method: 'post',
		path: '/conversations',
		access: 'conversationCreate',
		handle: (call) => {
			checkNewConversation(call.body);
			return create(call, (bodyOf(call).customer as string).toLowerCase());
		},
	},
	{
		method: 'post',
		path: '/customers/:id/conversations',
		access: 'conversationCreate',
		handle: (call) => {
			const customerId = idOf(call);
			checkNewConversationOfCustomer(call.body);
			if (!call.store.customers.has(customerId)) throw notFound('id');
			return create(call, customerId);
		},
	},
	{
		method: 'get',
		path: '/conversations',
		access: 'conversationRead',
		handle: (call) => {
			const { sort } = call.query;
			if (sort !== undefined && sort !== 'desc') throw badParameter('sort', 'Not one of: desc');
			const all = [...call.store.conversations.values()];
			return listed(call, sort === 'desc' ? all.reverse() : all);
		},
	},
	{
		method: 'get',
		path: '/customers/:id/conversations',
		access: 'conversationRead',
		handle: (call) => {
			const customerId = idOf(call);
			if (!call.store.customers.has(customerId)) throw notFound('id');
			const { fromDate } = call.query;
			if (fromDate !== undefined && !hasFormat('date-time', fromDate)) {
				throw badParameter('fromDate', 'Not a valid date-time');
			}
			const from = fromDate === undefined ? '' : new Date(fromDate).toISOString();
			return listed(
				call,
				call.store.conversationsOf(customerId).filter(({ createdAt }) => createdAt >= from),
			);
		},
	},
	{
		method: 'get',
		path: '/conversations/externalId=:value',
		access: 'conversationRead',
		handle: (call) =>
			lookUp(call, 'externalId', call.store.conversationByExternalId(call.params.value ?? '')),
	},
	{
		method: 'get',
		path: '/conversations/:id',
		access: 'conversationRead',
		handle: (call) => {
			const ids = idsOf(call);
			const conversations = ids.flatMap((id) => call.store.conversations.get(id) ?? []);
			if (ids.length > 1) {
				return found(conversations.map((one) => call.documents.conversation(call.store.wake(one))));
			}
			return lookUp(call, 'id', conversations[0]);
		},
	},
	{
		method: 'put',
		path: '/conversations/:id',
		access: 'conversationUpdate',
		handle: (call) => update(call, call.query.replace === 'true'),
	},
	{
		method: 'patch',
		path: '/conversations/:id',
		access: 'conversationUpdate',
		handle: (call) => update(call, false),
	},
	{
		method: 'delete',
		path: '/conversations/:id',
		access: 'conversationDelete',
		handle: (call) => {
			call.store.deleteConversation(idOf(call));
			return gone;
		},
	},
	{
		method: 'post',
		path: '/conversations/:id/tags',
		access: 'conversationUpdate',
		handle: (call) => {
			const id = idOf(call);
			checkTagList(call.body);
			return found(call.documents.conversation(call.store.addTags(id, call.body as string[], call.userId)));
		},
	},
	{
		method: 'delete',
		path: '/conversations/:id/tags',
		access: 'tagRemove',
		handle: (call) => {
			const id = idOf(call);
			checkTagList(call.body);
			return found(
				call.documents.conversation(call.store.removeTags(id, call.body as string[], call.userId)),
			);
		},
	},
	{
		method: 'get',
		path: '/conversations/:id/attachments',
		access: 'attachmentRead',
		handle: (call) => {
			const id = idOf(call);
			if (!call.store.conversations.has(id)) throw notFound('id');
			const attachments = call.store
				.messagesOf(id)
				.flatMap((message) =>
					message.attachments.flatMap(({ _id }) => call.store.attachments.get(_id) ?? []),
				);
			return pageOf(call, attachments, (attachment) => call.documents.attachment(attachment));
		},
	},
];
