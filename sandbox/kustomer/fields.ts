/** What belongs to a field by itself: how it is compared, merged, and which code writes it. */
import { conflict } from './errors';
import type {
	ConversationRecord,
	Custom,
	CustomerRecord,
	Direction,
	EmailEntry,
	PhoneEntry,
} from './records';

/** A request body that has passed its schema. */
export type Body = Record<string, unknown>;

/** Digits only: the plus and the way of writing do not count. assumes: phone-uniqueness */
export function phoneKey(phone: string): string {
	return phone.replace(/\D/g, '');
}

/** assumes: email-format */
export function emailKey(email: string): string {
	return email.toLowerCase();
}

export function keysOf(customer: CustomerRecord) {
	return {
		phones: customer.phones.map((entry: PhoneEntry) => phoneKey(entry.phone)),
		whatsapps: customer.whatsapps.map((entry: PhoneEntry) => phoneKey(entry.phone)),
		emails: customer.emails.map((entry: EmailEntry) => emailKey(entry.email)),
		socials: customer.socials.map((entry) => `${entry.type}:${entry.username}`),
		externalIds: customer.externalIds.map((entry) => entry.externalId),
	};
}

/** assumes: custom-merged-by-key */
export function mergeCustom(before: Custom, changes: Custom | undefined): Custom {
	if (changes === undefined) return before;
	const merged = { ...before };
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) delete merged[name];
		else merged[name] = value;
	}
	return merged;
}

/** assumes: conflict-is-409 */
export function checkRev(record: { rev: number }, body: Body): void {
	if (body.rev !== undefined && body.rev !== record.rev) {
		throw conflict('rev', `rev: the object has changed since, it is at ${record.rev}`);
	}
}

export function directionType(conversation: ConversationRecord, direction: Direction): string {
	if (conversation.lastMessageDirection === undefined) return `initial-${direction}`;
	return `${conversation.lastMessageDirection === direction ? 'followup' : 'response'}-${direction}`;
}

export function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

export function remove(ids: string[], id: string): void {
	const position = ids.lastIndexOf(id);
	if (position !== -1) ids.splice(position, 1);
}

/** The properties that nothing else takes care of. */
export function rest(body: Body, handled: ReadonlySet<string>): Record<string, unknown> {
	let others: Record<string, unknown> | undefined;
	for (const key of Object.keys(body)) if (!handled.has(key)) (others ??= {})[key] = body[key];
	return others ?? {};
}

export const CUSTOMER_FIELDS = new Set([
	'name',
	'externalId',
	'externalIds',
	'phones',
	'sharedPhones',
	'whatsapps',
	'emails',
	'sharedEmails',
	'socials',
	'tags',
	'custom',
	'createdAt',
	'lastActivityAt',
	'rev',
]);
export const CONVERSATION_FIELDS = new Set([
	'id',
	'customer',
	'externalId',
	'name',
	'status',
	'priority',
	'direction',
	'satisfaction',
	'tags',
	'assignedUsers',
	'assignedTeams',
	'custom',
	'queue',
	'snooze',
	'createdAt',
	'rev',
	'campaign',
]);
export const MESSAGE_FIELDS = new Set([
	'id',
	'customer',
	'conversation',
	'externalId',
	'channel',
	'app',
	'direction',
	'subject',
	'preview',
	'status',
	'size',
	'sentAt',
	'meta',
	'custom',
	'attachments',
	'createdAt',
	'modifiedAt',
	'updatedAt',
	'createdBy',
	'modifiedBy',
	'queue',
]);
export const NOTE_FIELDS = new Set([
	'id',
	'conversation',
	'externalId',
	'body',
	'userMentions',
	'attachments',
	'createdAt',
	'modifiedAt',
	'updatedAt',
	'createdBy',
	'modifiedBy',
]);

export const EMPTY_CUSTOMER_FIELDS = () => ({
	name: null,
	externalId: null,
	externalIds: [],
	phones: [],
	sharedPhones: [],
	whatsapps: [],
	emails: [],
	sharedEmails: [],
	socials: [],
	tags: [],
	custom: {},
	other: {},
});
export const EMPTY_CUSTOMER = () => ({
	...EMPTY_CUSTOMER_FIELDS(),
	conversationIds: [],
	noteIds: [],
	counts: { all: 0, open: 0, snoozed: 0, done: 0 },
});
