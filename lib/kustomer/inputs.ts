/**
 * What the operations of this package take and give. The nodes fill these from their panels; nothing here knows n8n.
 */
import type { Conversation, ConversationStatus, Customer, Email, Message, Note, Phone } from './documents';

/** Custom attributes by name. Values are checked against the name's suffix (rule B4). */
export type CustomAttributes = Record<string, unknown>;

/** What to do when the organization has not defined a custom attribute. */
export type UnknownAttributePolicy = 'stop' | 'leaveOut';

/**
 * What to do when Kustomer refuses the value of a field that the write can do without: `stop`, or write without it and name it
 * in `leftOut`.
 */
export type RefusedValuePolicy = 'stop' | 'leaveOut';

/** Fields of a customer that can be written. Undefined leaves a field as it is, null empties it. */
export interface CustomerFields {
	name?: string | null;
	company?: string | null;
	externalId?: string | null;
	username?: string | null;
	phones?: Phone[];
	emails?: Email[];
	sharedPhones?: Phone[];
	sharedEmails?: Email[];
	tags?: string[];
	locale?: string | null;
	timeZone?: string | null;
	custom?: CustomAttributes;
}

export interface FindOrCreateCustomerInput {
	/** As people or platforms write it. */
	phone?: string;
	/**
	 * The other end of the call: the company's number that was called, or that the call was made from. Where no default country
	 * is set and this number is international, numbers without a country code are of its country.
	 */
	calledNumber?: string;
	email?: string;
	externalId?: string;
	phoneRules: {
		/** ISO 3166-1 alpha-2 country of numbers written without a country code. */
		defaultCountry?: string;
		/** The company's own numbers, in any format: never matched as a customer (rule X4). */
		ownNumbers: string[];
		/**
		 * `automatic` asks for the number as +E.164 and leaves the rest to Kustomer's own uniqueness check;
		 * `everyForm` also asks without the plus before it creates anyone (one more request for unknown callers).
		 */
		lookUp: 'automatic' | 'everyForm';
		/** What to do when the number is withheld, too short, or the company's own, and nothing else identifies the caller. */
		whenUnusable: 'createWithoutPhone' | 'skip' | 'stop';
	};
	/** Which customer to take when Kustomer knows several. */
	severalMatches: 'mostRecentlyActive' | 'oldest' | 'stop';
	/**
	 * External id for a customer who has to be created without phone, email and external id (an anonymous caller):
	 * makes creating safe to repeat. The session's external id serves well.
	 */
	anonymousExternalId?: string;
	/**
	 * Whoever tells of the call says that it has no number, or not yet: then one that is not given is no mistake, and the customer
	 * is created under `anonymousExternalId`.
	 */
	hasNoNumber?: boolean;
	/** Written only when the customer is created. */
	create: CustomerFields;
	unknownAttributes: UnknownAttributePolicy;
}

export interface FindOrCreateCustomerResult {
	outcome: 'found' | 'created' | 'skipped';
	customer?: Customer;
	/** What the customer was found by. */
	matchedBy?: 'externalId' | 'phone' | 'email' | 'anonymousExternalId';
	/** E.164, when the number was usable. */
	phone?: string;
	/** The number for people to read: E.164, else as it came. Undefined when it is withheld, or not told. */
	number?: string;
	/** The caller withheld the number: the caller id says "anonymous", "restricted" or the like. */
	withheld?: true;
	/** In plain words, for the person who reads the execution. Holds no phone number. */
	reason: string;
	/**
	 * Names of custom attributes that Kustomer does not know, and of fields that cannot be read: `phone` for a number that could
	 * not be brought into E.164. They were left out.
	 */
	leftOut: string[];
}

/** Finds a conversation by Kustomer's id, or by the external id it was created with. */
export type ConversationTarget = { id: string } | { externalId: string };

export interface CreateConversationInput {
	/** Kustomer id of the customer. */
	customerId: string;
	externalId?: string;
	/** Whether to send an id derived from the external id. Off only if a Kustomer organization refuses it. */
	chooseId: boolean;
	/** What the id is derived from instead of the external id, so that several senders create one conversation together. */
	idFrom?: string;
	name?: string;
	status?: 'open' | 'done';
	/** 1 (lowest) to 5. */
	priority?: number;
	direction?: 'in' | 'out';
	tags?: string[];
	assignedUsers?: string[];
	assignedTeams?: string[];
	queueId?: string;
	defaultLang?: string;
	custom?: CustomAttributes;
	unknownAttributes: UnknownAttributePolicy;
	/** See {@link RefusedValuePolicy}; `stop` unless told. */
	refusedValues?: RefusedValuePolicy;
	/** Note to add, with a key that names the fact: the same key is written once. */
	note?: NoteText;
}

export interface NoteText {
	body: string;
	/**
	 * Names the fact within its conversation, for example `phone-number` or `bridged`: writing it again changes nothing.
	 * Without a key every run adds a note.
	 */
	key?: string;
}

export interface CreateConversationResult {
	conversation: Conversation;
	/** False when a conversation with this external id was there already; it is then left as it is. */
	created: boolean;
	note: 'added' | 'alreadyThere' | 'none';
	leftOut: string[];
}

/** How a list of users or teams changes. `replace` with an empty list unassigns everyone. */
export interface AssignmentChange {
	mode: 'replace' | 'add' | 'remove';
	ids: string[];
}

export interface UpdateConversationInput {
	target: ConversationTarget;
	chooseId: boolean;
	/** Empty or undefined leaves the name as it is (rule B3). */
	name?: string;
	status?: ConversationStatus;
	/** ISO 8601; required with status `snoozed`. */
	snoozeUntil?: string;
	priority?: number;
	direction?: 'in' | 'out';
	users?: AssignmentChange;
	teams?: AssignmentChange;
	tags?: { replace?: string[]; add?: string[]; remove?: string[] };
	queueId?: string;
	custom?: CustomAttributes;
	unknownAttributes: UnknownAttributePolicy;
	/** See {@link RefusedValuePolicy}; `stop` unless told. */
	refusedValues?: RefusedValuePolicy;
	note?: NoteText;
}

export interface UpdateConversationResult {
	conversation: Conversation;
	note: 'added' | 'alreadyThere' | 'none';
	leftOut: string[];
}

/** Who to assign, in the order in which it is tried: id, then email, then the fallback. */
export interface AgentIdentity {
	/** Kustomer user id, for babelforce the agent's `sourceId`. Ignored when it is not 24 hexadecimal characters. */
	userId?: string;
	email?: string;
	/** Kustomer user id of the user who gets conversations that no agent can be found for. */
	fallbackUserId?: string;
}

export interface ResolvedAgent {
	userId?: string;
	by: 'userId' | 'email' | 'fallback' | 'nobody';
	reason: string;
}

export interface CreateNoteInput {
	target: ConversationTarget;
	note: NoteText;
	chooseId: boolean;
}

export interface CreateNoteResult {
	note?: Note;
	noteId: string;
	created: boolean;
}

export interface MessageFields {
	channel?:
		| 'email'
		| 'sms'
		| 'chat'
		| 'voice'
		| 'whatsapp'
		| 'facebook'
		| 'instagram'
		| 'twitter-dm'
		| 'twitter-tweet';
	app?: string;
	direction?: 'in' | 'out';
	subject?: string;
	preview?: string;
	status?: 'sent' | 'received' | 'error';
	/** ISO 8601. */
	sentAt?: string;
	meta?: Record<string, unknown>;
	custom?: CustomAttributes;
}

export interface CreateMessageInput extends MessageFields {
	channel: NonNullable<MessageFields['channel']>;
	app: string;
	target: ConversationTarget | { customerId: string };
	externalId?: string;
	chooseId: boolean;
	unknownAttributes: UnknownAttributePolicy;
	/** See {@link RefusedValuePolicy}; `stop` unless told. */
	refusedValues?: RefusedValuePolicy;
}

export interface UpdateMessageInput extends Omit<MessageFields, 'channel' | 'app' | 'direction'> {
	target: { id: string } | { externalId: string };
	chooseId: boolean;
	unknownAttributes: UnknownAttributePolicy;
	/** See {@link RefusedValuePolicy}; `stop` unless told. */
	refusedValues?: RefusedValuePolicy;
	/** That the request is sent once only: see `KustomerRequest.once`. */
	once?: boolean;
}

export interface MessageResult {
	message: Message;
	created: boolean;
	leftOut: string[];
}

/** Finds a customer by Kustomer's id or by something that belongs to one customer only. */
export type CustomerTarget = { id: string } | { externalId: string } | { phone: string } | { email: string };

export interface CreateCustomerInput {
	fields: CustomerFields;
	/** ISO 3166-1 alpha-2 country of phone numbers written without a country code. */
	defaultCountry?: string;
	unknownAttributes: UnknownAttributePolicy;
}

export interface CustomerResult {
	customer: Customer;
	/** False when a customer with this external id was there already; the customer is then left as it is. */
	created: boolean;
	leftOut: string[];
}

export interface UpdateCustomerInput {
	target: CustomerTarget;
	/** Written as they are: a list replaces the whole list. */
	fields: CustomerFields;
	/** Contact points to add to, or remove from, those that the customer has. Not together with the same list in `fields`. */
	addPhones?: Phone[];
	removePhones?: string[];
	addEmails?: Email[];
	removeEmails?: string[];
	/** ISO 3166-1 alpha-2 country of phone numbers written without a country code. */
	defaultCountry?: string;
	unknownAttributes: UnknownAttributePolicy;
	/** See {@link RefusedValuePolicy}; `stop` unless told. */
	refusedValues?: RefusedValuePolicy;
}

export interface UpdateCustomerResult {
	customer: Customer;
	leftOut: string[];
}

/** Which of a customer's conversations is wanted. Only conversations with the status `open` count (rule C6). */
export interface FindOpenConversationInput {
	/** Kustomer id of the customer. */
	customerId: string;
	/** Only conversations with a message of this channel, for example `voice`. */
	channel?: string;
	/** Name or id of a tag that the conversation must have. */
	tag?: string;
	/** Only conversations whose external id begins like this, for example `babelforce:`. */
	externalIdPrefix?: string;
	/** Only conversations in which something happened during the last so many hours. */
	maxAgeHours?: number;
	/** Only conversations with this value in this custom attribute, for example the menu selection. */
	attribute?: { name: string; value: unknown };
}

export interface FindOpenConversationResult {
	/** The one with the latest activity, when there is any. */
	conversation?: Conversation;
	/** How many conversations fit. */
	matches: number;
	/** In plain words, for the person who reads the execution. */
	reason: string;
}

/** What a file belongs to. A session is named by the external id that it was logged with. */
export type FileTarget =
	| { session: string }
	| { conversation: ConversationTarget }
	| { message: { id: string } | { externalId: string } };

export interface UploadRecordingInput {
	target: FileTarget;
	/** `note` writes a note of its own for each file; `message` adds it to the session's message. */
	addTo: 'note' | 'message';
	/** Whether the file is stored in Kustomer, stays where it is with a link, or both (rule U6). */
	store: 'file' | 'link' | 'both';
	/** https address that people open; required for `link` and `both`. */
	externalUrl?: string;
	/** Overrides what the source says; cleaned. */
	fileName?: string;
	/** Overrides what the content shows. */
	contentType?: string;
	/** Bytes that the file must have. One that is only linked need not be opened then. */
	fileSize?: number;
	/** Seconds, for the note. */
	duration?: number;
	/** Text of the note; made from the file's name when empty. */
	noteText?: string;
	/** Whether the text of a transcript becomes the text of the note. */
	textAsNote: boolean;
	chooseId: boolean;
}

export interface UploadRecordingResult {
	outcome: 'uploaded' | 'linked' | 'alreadyThere';
	/** The stored file, or the link when only a link was registered. */
	attachmentId?: string;
	/** The link, when there is one beside the file. */
	linkAttachmentId?: string;
	noteId?: string;
	messageId?: string;
	conversationId: string;
	name: string;
	contentType: string;
	/** Bytes. */
	contentLength: number;
	/** How often the file was sent; 0 when it was not. */
	attempts: number;
}
