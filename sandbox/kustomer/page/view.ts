/** What the page shows, ready to be shown: names instead of ids, attributes under their display names. */
import type {
	AttachmentReference,
	AttributeDefinition,
	ConversationRecord,
	Custom,
	CustomerRecord,
} from '../records';
import type { KustomerStore } from '../store';

const SHOWN_CUSTOMERS = 200;
const SHOWN_AGENTS = 50;
const SHOWN_CONVERSATIONS = 25;
const SHOWN_ENTRIES = 100;

interface Attribute {
	name: string;
	label: string;
	type: string;
	value: unknown;
}

export function overview(store: KustomerStore) {
	const customers = [...store.customers.values()].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
	return {
		counts: {
			customers: customers.length,
			conversations: store.conversations.size,
			messages: store.messages.size,
			notes: store.notes.size,
		},
		customers: customers.slice(0, SHOWN_CUSTOMERS).map((customer) => ({
			id: customer.id,
			name: nameOf(customer),
			contact: contactOf(customer),
			counts: customer.counts,
			lastActivityAt: customer.lastActivityAt,
		})),
	};
}

/** Who works here, with which status, and which statuses can be chosen. */
export function agentsView(store: KustomerStore) {
	const people = [...store.users.values()].filter(
		({ userType, deletedAt }) => userType !== 'machine' && deletedAt === undefined,
	);
	const offline = [...store.statuses.values()].find(({ statusType }) => statusType === 'offline');
	return {
		agents: people.slice(0, SHOWN_AGENTS).map(({ id, name }) => {
			const session = store.workSessions.activeOf(id).at(-1);
			const statusId = session?.statusId ?? offline?.id;
			return {
				id,
				name,
				statusId,
				statusType: store.statuses.get(statusId ?? '')?.statusType,
				since: session?.times.get(session.statusId)?.statusAt,
			};
		}),
		otherAgents: Math.max(0, people.length - SHOWN_AGENTS),
		agentStatuses: [...store.statuses.values()]
			.filter(({ enabled }) => enabled !== false)
			.map(({ id, name }) => ({ value: id, label: name })),
	};
}

export function customerView(store: KustomerStore, customer: CustomerRecord) {
	const conversations = store.conversationsOf(customer.id).reverse();
	return {
		id: customer.id,
		name: nameOf(customer),
		contacts: [
			...customer.phones.map(({ phone, type }) => ({ kind: 'Phone', value: phone, type })),
			...customer.sharedPhones.map(({ phone, type }) => ({ kind: 'Shared phone', value: phone, type })),
			...customer.emails.map(({ email, type }) => ({ kind: 'Email', value: email, type })),
			...customer.sharedEmails.map(({ email, type }) => ({ kind: 'Shared email', value: email, type })),
			...customer.externalIds.map(({ externalId }) => ({ kind: 'External id', value: externalId })),
		],
		createdAt: customer.createdAt,
		tags: tagsOf(store, customer.tags),
		attributes: attributesOf(customer.custom, store.definitions.customer),
		counts: customer.counts,
		conversations: conversations
			.slice(0, SHOWN_CONVERSATIONS)
			.map((one) => conversationView(store, store.wake(one))),
		olderConversations: Math.max(0, conversations.length - SHOWN_CONVERSATIONS),
	};
}

function conversationView(store: KustomerStore, conversation: ConversationRecord) {
	const entries = [
		...store.messagesOf(conversation.id).map((message) => ({
			kind: 'message' as const,
			id: message.id,
			at: message.sentAt,
			author: message.direction === 'in' ? 'Customer' : userName(store, message.createdBy),
			channel: message.channel,
			direction: message.direction,
			subject: message.subject,
			text: message.preview,
			app: message.app,
			attributes: attributesOf(message.custom, store.definitions.message),
			files: filesOf(store, message.attachments),
		})),
		...store.notesOf(conversation.id).map((note) => ({
			kind: 'note' as const,
			id: note.id,
			at: note.createdAt,
			author: userName(store, note.createdBy),
			text: note.body,
			files: filesOf(store, note.attachments),
		})),
	].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
	return {
		id: conversation.id,
		name: conversation.name,
		status: conversation.status,
		snoozedUntil: conversation.status === 'snoozed' ? conversation.snooze?.time : undefined,
		priority: conversation.priority,
		direction: conversation.direction,
		channels: conversation.channels,
		externalId: conversation.externalId,
		createdAt: conversation.createdAt,
		updatedAt: conversation.updatedAt,
		tags: tagsOf(store, conversation.tags),
		users: conversation.assignedUsers.map((id) => userName(store, id)),
		teams: conversation.assignedTeams.map((id) => store.teams.get(id)?.name ?? id),
		queue: conversation.queueId === undefined ? undefined : store.queues.get(conversation.queueId)?.name,
		attributes: attributesOf(conversation.custom, store.definitions.conversation),
		entries: entries.slice(-SHOWN_ENTRIES),
		earlierEntries: Math.max(0, entries.length - SHOWN_ENTRIES),
	};
}

/** Files with their size in bytes, and the link that opens those that have been uploaded. */
function filesOf(store: KustomerStore, references: readonly AttachmentReference[]) {
	return references.map(({ _id, name, contentLength }) => {
		const attachment = store.attachments.get(_id);
		const href =
			attachment?.content === undefined ? undefined : `/files/${_id}?signature=${attachment.signature}`;
		return { name, size: contentLength, href };
	});
}

function nameOf(customer: CustomerRecord): string {
	return customer.name ?? customer.phones[0]?.phone ?? customer.emails[0]?.email ?? 'Unknown customer';
}

function contactOf(customer: CustomerRecord): string {
	return (
		customer.phones[0]?.phone ??
		customer.emails[0]?.email ??
		customer.sharedPhones[0]?.phone ??
		customer.externalId ??
		'No contact data'
	);
}

function userName(store: KustomerStore, id: string): string {
	return store.users.get(id)?.name ?? id;
}

function tagsOf(store: KustomerStore, ids: readonly string[]) {
	return ids.map((id) => store.tags.get(id)?.name ?? id);
}

function attributesOf(custom: Custom, defined: ReadonlyMap<string, AttributeDefinition>): Attribute[] {
	return Object.entries(custom).map(([name, value]) => {
		const definition = defined.get(name);
		return { name, label: definition?.displayName ?? name, type: definition?.type ?? 'string', value };
	});
}
