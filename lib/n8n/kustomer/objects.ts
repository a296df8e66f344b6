/** Kustomer's objects as the nodes give them back: flat, with the fields that workflows use. */
import type { IDataObject } from 'n8n-workflow';

import type {
	Conversation,
	Customer,
	KustomerObject,
	Message,
	Note,
	Relationship,
	Tag,
	Team,
	User,
} from '../../kustomer/documents';
import { present } from '../run/present';

function relatedId(object: KustomerObject, name: string): string | undefined {
	const relationship: Relationship | undefined = object.relationships?.[name];
	return relationship?.data?.id;
}

/** A customer, flat. `phone` and `email` are the first of their list. */
export function simpleCustomer(customer: Customer): IDataObject {
	const { attributes } = customer;
	const phones = (attributes.phones ?? []).map((entry) => entry.phone);
	const emails = (attributes.emails ?? []).map((entry) => entry.email);
	return present({
		id: customer.id,
		name: attributes.name ?? attributes.displayName,
		externalId: attributes.externalId,
		phone: phones[0],
		email: emails[0],
		phones,
		emails,
		sharedPhones: (attributes.sharedPhones ?? []).map((entry) => entry.phone),
		sharedEmails: (attributes.sharedEmails ?? []).map((entry) => entry.email),
		username: attributes.username,
		companyId: relatedId(customer, 'company'),
		tags: attributes.tags ?? [],
		locale: attributes.locale,
		timeZone: attributes.timeZone,
		custom: attributes.custom ?? {},
		createdAt: attributes.createdAt,
		updatedAt: attributes.updatedAt,
		lastActivityAt: attributes.lastActivityAt,
	});
}

/** A conversation, flat. */
export function simpleConversation(conversation: Conversation): IDataObject {
	const { attributes } = conversation;
	return present({
		id: conversation.id,
		name: attributes.name,
		externalId: attributes.externalId,
		customerId: relatedId(conversation, 'customer'),
		status: attributes.status,
		direction: attributes.direction,
		priority: attributes.priority,
		channels: attributes.channels ?? [],
		tags: attributes.tags ?? [],
		assignedUsers: attributes.assignedUsers ?? [],
		assignedTeams: attributes.assignedTeams ?? [],
		queueId: relatedId(conversation, 'queue'),
		custom: attributes.custom ?? {},
		createdAt: attributes.createdAt,
		updatedAt: attributes.updatedAt,
		lastActivityAt: attributes.lastActivityAt,
	});
}

/** A note, flat. */
export function simpleNote(note: Note): IDataObject {
	const { attributes } = note;
	return present({
		id: note.id,
		body: attributes.body,
		externalId: attributes.externalId,
		conversationId: relatedId(note, 'conversation'),
		customerId: relatedId(note, 'customer'),
		createdAt: attributes.createdAt,
		updatedAt: attributes.updatedAt,
	});
}

/** A message, flat. */
export function simpleMessage(message: Message): IDataObject {
	const { attributes } = message;
	return present({
		id: message.id,
		conversationId: relatedId(message, 'conversation'),
		customerId: relatedId(message, 'customer'),
		externalId: attributes.externalId,
		channel: attributes.channel,
		app: attributes.app,
		direction: attributes.direction,
		subject: attributes.subject,
		preview: attributes.preview,
		status: attributes.status,
		sentAt: attributes.sentAt,
		meta: attributes.meta ?? {},
		custom: attributes.custom ?? {},
		createdAt: attributes.createdAt,
		updatedAt: attributes.updatedAt,
	});
}

/** A user, flat. */
export function simpleUser(user: User): IDataObject {
	const { attributes } = user;
	return present({
		id: user.id,
		name: attributes.name ?? attributes.displayName,
		email: attributes.email,
		userType: attributes.userType,
	});
}

/** A team, flat. `members` are ids of users. */
export function simpleTeam({ id, attributes }: Team): IDataObject {
	return present({
		id,
		name: attributes.name ?? attributes.displayName,
		members: attributes.members ?? [],
	});
}

/** A tag, flat. */
export function simpleTag({ id, attributes }: Tag): IDataObject {
	return present({ id, name: attributes.name, color: attributes.color, deleted: attributes.deleted });
}
