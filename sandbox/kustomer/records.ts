/** The objects as the store keeps them. Answers are made of them in `documents.ts`. */

export type Custom = Record<string, unknown>;
export type CustomizableKind = 'customer' | 'conversation' | 'message' | 'company';
export type Status = 'open' | 'snoozed' | 'done';
export type Direction = 'in' | 'out';

interface Tracked {
	id: string;
	/** ISO 8601 in UTC with milliseconds, as all times here. */
	createdAt: string;
	/** Changes with everything. */
	updatedAt: string;
	/** Changes with an edit of the object itself. */
	modifiedAt: string;
	/** User id. */
	createdBy: string;
	modifiedBy: string;
	rev: number;
}

export interface PhoneEntry {
	phone: string;
	type?: string;
	verified?: boolean;
}
export interface EmailEntry {
	email: string;
	type?: string;
	verified?: boolean;
}
export interface ExternalIdEntry {
	externalId: string;
	verified?: boolean;
}

export interface CustomerRecord extends Tracked {
	name: string | null;
	externalId: string | null;
	externalIds: ExternalIdEntry[];
	phones: PhoneEntry[];
	sharedPhones: PhoneEntry[];
	whatsapps: PhoneEntry[];
	emails: EmailEntry[];
	sharedEmails: EmailEntry[];
	socials: Array<{ type: string; username: string; userid?: string }>;
	/** Tag ids. */
	tags: string[];
	custom: Custom;
	/** Written fields without any behavior: locale, company, birthdayAt … */
	other: Record<string, unknown>;
	/** Oldest first. */
	conversationIds: string[];
	noteIds: string[];
	counts: { all: number; open: number; snoozed: number; done: number };
	lastActivityAt: string;
	lastMessageInAt?: string;
	lastMessagePreview?: { at: string; channel: string; text: string; subject: string };
}

export interface ConversationRecord extends Tracked {
	customerId: string;
	name: string | null;
	externalId?: string;
	status: Status;
	priority?: number;
	direction?: Direction;
	channels: string[];
	/** Tag ids. */
	tags: string[];
	assignedUsers: string[];
	assignedTeams: string[];
	custom: Custom;
	queueId?: string;
	externalQueue?: string;
	snooze?: { status: 'scheduled' | 'canceled' | 'elapsed'; time?: string };
	satisfaction: number | null;
	/** Written fields without any behavior: replyChannel, defaultLang, ended … */
	other: Record<string, unknown>;
	/** Oldest first. */
	messageIds: string[];
	noteIds: string[];
	inboundCount: number;
	outboundCount: number;
	doneCount: number;
	reopenCount: number;
	snoozeCount: number;
	firstDoneAt?: string;
	lastDoneAt?: string;
	openedAt: string;
	/** When its status changed last. */
	statusAt: string;
	/** When somebody else was assigned last. */
	assignedUsersAt?: string;
	firstResponse?: { id: string; sentAt: string };
	lastMessageIn?: { id: string; sentAt: string };
	lastMessageOut?: { id: string; sentAt: string };
	lastMessageAt?: string;
	lastMessageDirection?: Direction;
	preview?: string;
}

export interface AttachmentReference {
	_id: string;
	name: string;
	contentType: string;
	contentLength: number;
}

export interface MessageRecord extends Tracked {
	customerId: string;
	conversationId: string;
	channel: string;
	app: string;
	direction: Direction;
	directionType: string;
	externalId?: string;
	subject: string | null;
	preview: string | null;
	status: string;
	size: number;
	sentAt: string;
	meta: Record<string, unknown>;
	custom: Custom;
	attachments: AttachmentReference[];
	other: Record<string, unknown>;
}

export interface NoteRecord extends Tracked {
	customerId: string;
	conversationId: string;
	body: string;
	externalId?: string;
	userMentions: Array<{ user?: string; team?: string }>;
	attachments: AttachmentReference[];
	other: Record<string, unknown>;
}

export interface AttachmentRecord {
	id: string;
	name: string;
	contentType: string;
	contentLength: number;
	redacted: boolean;
	createdAt: string;
	/** Where it is, when it was never uploaded here. */
	externalUrl?: string;
	renderMode?: string;
	/** The file, once uploaded. */
	content?: Buffer;
	/** Secret of the upload form. */
	signature: string;
	messageId?: string;
}

export interface UserRecord {
	id: string;
	name: string;
	email: string;
	userType: 'user' | 'machine' | 'limited' | 'hourly';
	createdAt: string;
	deletedAt?: string;
}
export interface TeamRecord {
	id: string;
	name: string;
	/** User ids. */
	members: string[];
	createdAt: string;
}
export interface QueueRecord {
	id: string;
	name: string;
	createdAt: string;
}
export interface AgentStatusRecord {
	id: string;
	name: string;
	statusType: 'available' | 'unavailable' | 'busy' | 'offline';
	system: boolean;
	/** True unless told. */
	enabled?: boolean;
	/** Whether agents can choose it. True unless told, except for busy ones. */
	selectable?: boolean;
	createdAt: string;
}
export interface WorkSessionRecord {
	id: string;
	userId: string;
	teamId?: string;
	statusId: string;
	/** By status id: when it last began, milliseconds in all until it last ended, and how often it was chosen. */
	times: Map<string, { statusAt: string; time?: number; count: number }>;
	signedInAt: string;
	signedOutAt?: string;
	createdAt: string;
	updatedAt: string;
	modifiedAt: string;
	modifiedBy: string;
	rev: number;
}
export interface TagRecord {
	id: string;
	name: string;
	color: string;
	deleted: boolean;
	createdAt: string;
}
export interface AttributeDefinition {
	type: string;
	displayName: string;
	enumeration?: string[];
	[key: string]: unknown;
}
