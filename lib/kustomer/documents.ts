/**
 * The parts of Kustomer's answers that this package reads.
 * Answers are JSON:API-like: https://developer.kustomer.com/docs/concepts/json-api-format
 */

/** A pointer to another object. */
export interface Relationship {
	data?: { type: string; id: string } | null;
	links?: { self?: string };
}

/** One object as Kustomer answers it. */
export interface KustomerObject<Type extends string = string, Attributes = Record<string, unknown>> {
	type: Type;
	/** 24 hexadecimal characters. */
	id: string;
	attributes: Attributes;
	relationships?: Record<string, Relationship | undefined>;
	links?: { self?: string };
}

/** An answer that carries one object. */
export interface ObjectDocument<T> {
	data: T;
}

/** An answer that carries a list. `links.next` is a relative path, null or absent on the last page. */
export interface ListDocument<T> {
	data: T[];
	meta?: { page?: number; pageSize?: number; total?: number; totalPages?: number };
	links?: { self?: string; next?: string | null };
}

export interface Phone {
	phone: string;
	type?: string;
	verified?: boolean;
}

export interface Email {
	email: string;
	type?: string;
	verified?: boolean;
}

export interface CustomerAttributes {
	name?: string | null;
	displayName?: string;
	externalId?: string | null;
	externalIds?: Array<{ externalId: string; verified?: boolean }>;
	username?: string | null;
	company?: string | null;
	phones?: Phone[];
	sharedPhones?: Phone[];
	emails?: Email[];
	sharedEmails?: Email[];
	tags?: string[];
	custom?: Record<string, unknown>;
	locale?: string | null;
	timeZone?: string | null;
	createdAt?: string;
	updatedAt?: string;
	lastActivityAt?: string;
	rev?: number;
	[key: string]: unknown;
}
export type Customer = KustomerObject<'customer', CustomerAttributes>;

export type ConversationStatus = 'open' | 'snoozed' | 'done';

export interface ConversationAttributes {
	name?: string | null;
	externalId?: string | null;
	status: ConversationStatus;
	direction?: 'in' | 'out' | null;
	priority?: number;
	channels?: string[];
	/** Tag ids, although names are sent. */
	tags?: string[];
	assignedUsers?: string[];
	assignedTeams?: string[];
	custom?: Record<string, unknown>;
	createdAt?: string;
	updatedAt?: string;
	lastActivityAt?: string;
	rev?: number;
	[key: string]: unknown;
}
export type Conversation = KustomerObject<'conversation', ConversationAttributes>;

/** A file as a note or message names it. */
export interface AttachmentReference {
	_id: string;
	name: string;
	contentType: string;
	/** Bytes. */
	contentLength: number;
}

export interface AttachmentAttributes {
	name: string;
	contentType: string;
	/** Bytes. */
	contentLength: number;
	uploaded?: boolean;
	redacted?: boolean;
	[key: string]: unknown;
}
export type Attachment = KustomerObject<'attachment', AttachmentAttributes>;

export interface NoteAttributes {
	body: string;
	externalId?: string | null;
	attachments?: AttachmentReference[];
	createdAt?: string;
	updatedAt?: string;
	[key: string]: unknown;
}
export type Note = KustomerObject<'note', NoteAttributes>;

export interface MessageAttributes {
	channel: string;
	app: string;
	direction?: 'in' | 'out' | null;
	externalId?: string | null;
	subject?: string | null;
	preview?: string | null;
	status?: string;
	meta?: Record<string, unknown>;
	custom?: Record<string, unknown>;
	sentAt?: string;
	createdAt?: string;
	updatedAt?: string;
	rev?: number;
	[key: string]: unknown;
}
export type Message = KustomerObject<'message', MessageAttributes>;

export interface UserAttributes {
	name?: string;
	displayName?: string;
	email?: string;
	userType?: 'user' | 'machine' | 'limited' | 'hourly';
	deletedAt?: string | null;
	roles?: string[];
	[key: string]: unknown;
}
export type User = KustomerObject<'user', UserAttributes>;

/** A state that an agent can be in, such as Lunch: https://developer.kustomer.com/api/queues-and-routing/get-routing-user-statuses */
export interface RoutingStatusAttributes {
	name?: string;
	statusType?: string;
	system?: boolean;
	enabled?: boolean;
	selectable?: boolean;
	[key: string]: unknown;
}
export type RoutingStatus = KustomerObject<string, RoutingStatusAttributes>;

/** One shift of an agent: https://developer.kustomer.com/api/queues-and-routing/get-work-sessions */
export interface WorkSessionAttributes {
	statusType?: string;
	active?: boolean;
	signedInAt?: string;
	signedOutAt?: string | null;
	/** By status id: when it last began, and how long it lasted in all. */
	totalTimeByStatus?: Record<string, { statusAt?: string; time?: number } | null | undefined>;
	rev?: number;
	[key: string]: unknown;
}
export type WorkSession = KustomerObject<'work_session', WorkSessionAttributes>;

export type Team = KustomerObject<'team', { name?: string; displayName?: string; members?: string[] }>;
export type Queue = KustomerObject<'queue', { name?: string; displayName?: string }>;
export type Tag = KustomerObject<'tag', { name: string; color?: string; deleted?: boolean }>;

/** The custom attributes that an organization has defined for one kind of object. */
export interface AttributeDefinition {
	type?: string;
	displayName?: string;
	enumeration?: string[];
	multi?: boolean;
	[key: string]: unknown;
}
export type Metadata = KustomerObject<'metadata', { properties?: Record<string, AttributeDefinition> }>;

/** Kinds of object whose custom attributes can be read: `GET /v1/metadata/{kind}`. */
export type CustomizableKind = 'customer' | 'conversation' | 'message' | 'company';
