/**
 * How a session is kept in Kustomer: as one message, with everything that is known of it in the message's `meta`. So the
 * message alone says whether a session was logged, where, and what of it was written.
 */
import { createHash } from 'node:crypto';

import type { Message } from '../kustomer/documents';
import { isRecord } from '../domain/record';
import { fromSnapshot, toSnapshot, type SessionRecord } from '../domain/session-record';

/** The `app` of every message that stands for a session. Kustomer wants one name per integration. */
export const SESSION_APP = 'contact-center';

/** Where in `meta` the session stands. */
const META_KEY = 'contactCenter';

/** Form of what is stored. A later version of the package may write another one. */
const VERSION = 1;

/** Bytes of a session in `meta`: with the session fields it stays far below Kustomer's limit for one request. */
export const MAX_SNAPSHOT = 30_000;

/** Who the conversation was given to. */
export interface Assigned {
	/** How the platform names the agent: all that was known then. */
	agent: { id?: string; sourceId?: string; email?: string; name?: string };
	userId?: string;
	/** Users who kept the conversation because the agent was not found. */
	left?: string[];
	/**
	 * There as long as the message only announces the assignment: users who had the conversation before. Whoever reads it looks
	 * whether it was carried out, see `assignment.ts`.
	 */
	from?: string[];
	by: 'userId' | 'email' | 'fallback' | 'nobody';
}

/**
 * A custom attribute that was written: a hash of its value, when the value was observed, the value itself unless it is long,
 * and a mark when nobody knows whether it still stands there.
 */
export type WrittenAttribute = [hash: string, at: number, value?: unknown, unsure?: string];

/** What was written for a session, apart from its message. */
export interface Done {
	/**
	 * Comments by key, with a hash of the text that is known to be there. See `merge-done.ts` for those of which nobody knows
	 * what they say.
	 */
	notes: Record<string, string>;
	assigned?: Assigned;
	/** Custom attributes of the conversation and of the customer, by name. */
	conversation: Record<string, WrittenAttribute>;
	customer: Record<string, WrittenAttribute>;
}

/** A session as Kustomer holds it. */
export interface StoredSession {
	record: SessionRecord;
	done: Done;
	/** True when the conversation had not been created for this session. */
	appended: boolean;
	/** True when the customer was created for this session. */
	newCustomer: boolean;
	/** True when that customer has nothing to be recognized by. */
	anonymous: boolean;
	/** By what the customer was looked for. Undefined in messages of earlier versions. */
	names?: Names;
}

/** What a customer is recognized by, the strongest first. */
export const NAME_KINDS = ['customerId', 'identifier', 'phone', 'email'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** Hashes of what the session tells of its customer, and by which of it the customer was found; none for one who was created. */
export interface Names extends Partial<Record<NameKind, string>> {
	by?: NameKind;
}

/** Where a session is logged. */
export interface LoggedSession extends Omit<StoredSession, 'record'> {
	/** Undefined when the message does not say it any more, because somebody else has written over its `meta`. */
	record: SessionRecord | undefined;
	messageId: string;
	conversationId: string;
	customerId?: string;
	seen: Seen;
}

/** What a look at the message tells of who else writes it. */
export interface Seen {
	/** Its revision. Kustomer's published schema does not have it, its answers do. */
	rev?: number;
	status?: string;
	/** Name of the process that wrote it last, and the revision that it had then. */
	writer?: string;
	writtenRev?: number;
	/** When it was written last, by Kustomer's clock. ISO 8601. */
	updatedAt?: string;
}

/** Nothing written yet. */
export function nothingDone(): Done {
	return { notes: {}, conversation: {}, customer: {} };
}

/** A short, stable name for a value. */
export function hashOf(value: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(value) ?? '')
		.digest('hex')
		.slice(0, 12);
}

/**
 * The message's `meta`. Besides the session it holds the few names that messages of phone calls usually have in Kustomer.
 *
 * @returns `shortened` names what had to be cut, in plain words
 */
export function metaOf(
	stored: StoredSession,
	by: Pick<Seen, 'writer' | 'writtenRev'>,
): { meta: Record<string, unknown>; shortened: string[] } {
	const { session } = stored.record;
	const { snapshot, shortened } = toSnapshot(stored.record, MAX_SNAPSHOT);
	const call = {
		from: session.direction === 'out' ? session.line : session.endUser.phone,
		to: session.direction === 'out' ? session.endUser.phone : session.line,
		placedAt: session.startedAt,
		answeredAt: session.connectedAt,
		endedAt: session.endedAt,
		status: session.outcome ?? session.state,
	};
	const { done, appended, newCustomer, anonymous, names } = stored;
	const facts = Object.fromEntries(Object.entries(call).filter(([, value]) => value !== undefined));
	return {
		meta: {
			...facts,
			[META_KEY]: { version: VERSION, ...snapshot, done, appended, newCustomer, anonymous, names, ...by },
		},
		shortened,
	};
}

/**
 * What a message says of its session. A message whose `meta` somebody else has overwritten is still the session's: then
 * nothing is known, and what was written is found already there.
 *
 * @returns undefined when the message belongs to no conversation, which Kustomer does not do
 */
export function readStored(message: Message): LoggedSession | undefined {
	const conversationId = message.relationships?.conversation?.data?.id;
	if (conversationId === undefined) return undefined;
	const customerId = message.relationships?.customer?.data?.id;
	const held = recordIn(message.attributes?.meta, META_KEY);
	const record = held.version === VERSION ? fromSnapshot(held) : undefined;
	const done = recordIn(held, 'done');
	const { rev, status, updatedAt } = message.attributes ?? {};
	return {
		messageId: message.id,
		conversationId,
		...(customerId === undefined ? {} : { customerId }),
		record,
		done: {
			notes: textsIn(recordIn(done, 'notes')),
			...assignedIn(done.assigned),
			conversation: writtenIn(recordIn(done, 'conversation')),
			customer: writtenIn(recordIn(done, 'customer')),
		},
		appended: held.appended === true,
		newCustomer: held.newCustomer === true,
		anonymous: held.anonymous === true,
		...(isRecord(held.names) ? { names: namesIn(held.names) } : {}),
		seen: {
			...(typeof rev === 'number' ? { rev } : {}),
			...(typeof status === 'string' ? { status } : {}),
			...(typeof held.writer === 'string' ? { writer: held.writer } : {}),
			...(typeof held.writtenRev === 'number' ? { writtenRev: held.writtenRev } : {}),
			...(typeof updatedAt === 'string' ? { updatedAt } : {}),
		},
	};
}

/** Whether a message is one that this package wrote for a session. */
export function isSessionMessage(message: Message): boolean {
	return Object.keys(recordIn(message.attributes?.meta, META_KEY)).length > 0;
}

function recordIn(value: unknown, name: string): Record<string, unknown> {
	const inner = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
	return isRecord(inner) ? inner : {};
}

function textsIn(value: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
	);
}

function writtenIn(value: Record<string, unknown>): Record<string, WrittenAttribute> {
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, written]): Array<[string, WrittenAttribute]> => {
			const [hash, at, ...rest] = Array.isArray(written) ? (written as unknown[]) : [];
			return typeof hash === 'string' && typeof at === 'number'
				? [[name, [hash, at, ...rest] as WrittenAttribute]]
				: [];
		}),
	);
}

function namesIn(value: Record<string, unknown>): Names {
	const { by, ...texts } = textsIn(value);
	const kind = NAME_KINDS.find((one) => one === by);
	return {
		...Object.fromEntries(NAME_KINDS.flatMap((one) => (texts[one] === undefined ? [] : [[one, texts[one]]]))),
		...(kind === undefined ? {} : { by: kind }),
	};
}

function assignedIn(value: unknown): { assigned?: Assigned } {
	if (!isRecord(value) || !isRecord(value.agent)) return {};
	const { id, sourceId, email, name } = textsIn(value.agent);
	const by = (['userId', 'email', 'fallback', 'nobody'] as const).find((way) => way === value.by);
	if (by === undefined) return {};
	return {
		assigned: {
			agent: { id, sourceId, email, name },
			...(typeof value.userId === 'string' ? { userId: value.userId } : {}),
			...usersIn(value, 'left'),
			...usersIn(value, 'from'),
			by,
		},
	};
}

function usersIn<Name extends string>(
	value: Record<string, unknown>,
	name: Name,
): Partial<Record<Name, string[]>> {
	const users = value[name];
	if (!Array.isArray(users)) return {};
	const ids = users.filter((user): user is string => typeof user === 'string');
	return { [name]: ids } as Partial<Record<Name, string[]>>;
}
