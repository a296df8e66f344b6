/** `POST /v1/customers/search`: criteria on attributes, over customers, conversations, messages and notes. */
import { badParameter } from '../errors';
import type { Resource } from '../documents';
import type {
	ConversationRecord,
	CustomerRecord,
	CustomizableKind,
	MessageRecord,
	NoteRecord,
} from '../records';
import { checkSearch } from '../schemas/search';
import type { KustomerStore } from '../store';
import { bodyOf, type Call, type Endpoint } from './endpoint';
import { pageOf } from './paging';

/** What one hit is made of: its customer, and the objects below it that criteria may speak of. */
interface Candidate {
	customers: CustomerRecord[];
	conversations: ConversationRecord[];
	messages: MessageRecord[];
	notes: NoteRecord[];
}

type Value = string | number | boolean | null | undefined;
type Criterion = Record<string, Record<string, unknown>>;
type Reader<T> = (item: T) => Value | readonly Value[];

const CUSTOMER: Record<string, Reader<CustomerRecord>> = {
	id: (one) => one.id,
	name: (one) => one.name,
	phone: (one) => one.phones.map((entry) => entry.phone),
	shared_phone: (one) => one.sharedPhones.map((entry) => entry.phone),
	email: (one) => one.emails.map((entry) => entry.email),
	shared_email: (one) => one.sharedEmails.map((entry) => entry.email),
	externalId: (one) => one.externalIds.map((entry) => entry.externalId),
	created_at: (one) => one.createdAt,
	updated_at: (one) => one.updatedAt,
	tags: (one) => one.tags,
};
const CONVERSATION: Record<string, Reader<ConversationRecord>> = {
	id: (one) => one.id,
	status: (one) => one.status,
	customer_id: (one) => one.customerId,
	channels: (one) => one.channels,
	direction: (one) => one.direction,
	priority: (one) => one.priority,
	tags: (one) => one.tags,
	assigned_users: (one) => one.assignedUsers,
	assigned_teams: (one) => one.assignedTeams,
	queue: (one) => one.queueId,
	external_queue: (one) => one.externalQueue,
	created_at: (one) => one.createdAt,
	updated_at: (one) => one.updatedAt,
	ended: (one) => one.other.ended === true,
};
const MESSAGE: Record<string, Reader<MessageRecord>> = {
	id: (one) => one.id,
	external_id: (one) => one.externalId,
	channel: (one) => one.channel,
	direction: (one) => one.direction,
	direction_type: (one) => one.directionType,
	customer_id: (one) => one.customerId,
	sent_at: (one) => one.sentAt,
};
const NOTE: Record<string, Reader<NoteRecord>> = {
	id: (one) => one.id,
	external_id: (one) => one.externalId,
	conversation_id: (one) => one.conversationId,
};

/** All values that a hit has for an attribute such as `customer_phone`. */
function valuesOf(store: KustomerStore, candidate: Candidate, attribute: string): readonly Value[] {
	const split = attribute.indexOf('_');
	const object = attribute.slice(0, split);
	const name = attribute.slice(split + 1);
	const read = <T extends { custom?: Record<string, unknown> }>(
		readers: Record<string, Reader<T>>,
		items: readonly T[],
		kind?: CustomizableKind,
	): readonly Value[] => {
		const custom = /^custom_(.+)$/.exec(name)?.[1];
		if (custom !== undefined && kind !== undefined && store.definitions[kind].has(custom)) {
			return items.map((item) => item.custom?.[custom] as Value);
		}
		const reader = readers[name];
		if (reader === undefined) throw badParameter(attribute, 'Unknown attribute');
		return items.flatMap((item) => reader(item));
	};
	switch (object) {
		case 'customer':
			return read(CUSTOMER, candidate.customers, 'customer');
		case 'conversation':
			return read(CONVERSATION, candidate.conversations, 'conversation');
		case 'message':
			return read(MESSAGE, candidate.messages, 'message');
		case 'note':
			return read(NOTE as Record<string, Reader<NoteRecord & { custom?: never }>>, candidate.notes);
		default:
			throw badParameter(attribute, 'Unknown attribute');
	}
}

const same = (value: Value, wanted: unknown): boolean =>
	typeof value === 'string' && typeof wanted === 'string'
		? value.toLowerCase() === wanted.toLowerCase()
		: value === wanted;

/** assumes: search-operators */
const OPERATORS: Record<string, (values: readonly Value[], wanted: unknown) => boolean> = {
	equals: (values, wanted) => values.some((value) => same(value, wanted)),
	contains: (values, wanted) =>
		typeof wanted === 'string' &&
		values.some((value) => typeof value === 'string' && value.toLowerCase().includes(wanted.toLowerCase())),
	in: (values, wanted) =>
		Array.isArray(wanted) && wanted.some((one: unknown) => values.some((value) => same(value, one))),
	not_set: (values) => values.every((value) => value === undefined || value === null || value === ''),
	gte: (values, wanted) => values.some((value) => ordered(value, wanted, (difference) => difference >= 0)),
	lte: (values, wanted) => values.some((value) => ordered(value, wanted, (difference) => difference <= 0)),
};

function ordered(value: Value, wanted: unknown, accept: (difference: number) => boolean): boolean {
	if (typeof value === 'number' && typeof wanted === 'number') return accept(value - wanted);
	if (typeof value !== 'string' || typeof wanted !== 'string') return false;
	return accept(Date.parse(value) - Date.parse(wanted));
}

function holds(store: KustomerStore, candidate: Candidate, criterion: Criterion): boolean {
	return Object.entries(criterion).every(([attribute, conditions]) => {
		const values = valuesOf(store, candidate, attribute);
		return Object.entries(conditions).every(([operator, wanted]) => {
			const accepts = OPERATORS[operator];
			if (accepts === undefined) throw badParameter(operator, 'Unknown operator');
			return accepts(values, wanted);
		});
	});
}

/** Tells about unknown attributes and operators even when there is nothing to compare with. */
function checkCriteria(store: KustomerStore, criteria: readonly Criterion[]): void {
	const nobody: Candidate = { customers: [], conversations: [], messages: [], notes: [] };
	for (const criterion of criteria) {
		for (const [attribute, conditions] of Object.entries(criterion)) {
			valuesOf(store, nobody, attribute);
			if (typeof conditions !== 'object' || conditions === null)
				throw badParameter(attribute, 'Wrong type, expected object');
			for (const operator of Object.keys(conditions)) {
				if (OPERATORS[operator] === undefined) throw badParameter(operator, 'Unknown operator');
			}
		}
	}
}

const listOf = (value: unknown): Criterion[] =>
	value === undefined ? [] : ((Array.isArray(value) ? value : [value]) as Criterion[]);

function candidatesOf(
	call: Call,
	context: string,
	includeDeleted: boolean,
): Array<{ candidate: Candidate; resource: () => Resource; record: object }> {
	const { store, documents } = call;
	const conversationsOf = (id: string) => store.conversationsOf(id).map((one) => store.wake(one));
	const customerOf = (id: string) => [store.customers.get(id)].flatMap((one) => one ?? []);
	const conversationOf = (id: string) => [store.conversations.get(id)].flatMap((one) => one ?? []);
	switch (context) {
		case 'customer':
			return [...store.customers.values()].map((record) => {
				const conversations = conversationsOf(record.id);
				return {
					record,
					candidate: {
						customers: [record],
						conversations,
						messages: conversations.flatMap((one) => store.messagesOf(one.id)),
						notes: conversations.flatMap((one) => store.notesOf(one.id)),
					},
					resource: () => documents.customer(record),
				};
			});
		case 'conversation':
			return [...store.conversations.values()].map((record) => ({
				record,
				candidate: {
					customers: customerOf(record.customerId),
					conversations: [store.wake(record)],
					messages: store.messagesOf(record.id),
					notes: store.notesOf(record.id),
				},
				resource: () => documents.conversation(record),
			}));
		case 'message':
			return [...store.messages.values(), ...(includeDeleted ? store.deletedMessages.values() : [])].map(
				(record) => ({
					record,
					candidate: {
						customers: customerOf(record.customerId),
						conversations: conversationOf(record.conversationId),
						messages: [record],
						notes: [],
					},
					resource: () => {
						const document = documents.message(record);
						// assumes: search-finds-deleted
						const deleted = store.deletedMessages.has(record.id) ? { deleted: true } : {};
						return { ...document, attributes: { ...document.attributes, ...deleted } };
					},
				}),
			);
		case 'note':
			return [...store.notes.values()].map((record) => ({
				record,
				candidate: {
					customers: customerOf(record.customerId),
					conversations: conversationOf(record.conversationId),
					messages: [],
					notes: [record],
				},
				resource: () => documents.note(record),
			}));
		default:
			return [];
	}
}

const SORTABLE: Record<string, (record: CustomerRecord) => string> = {
	customer_name: (record) => record.name ?? '',
	customer_created_at: (record) => record.createdAt,
	customer_updated_at: (record) => record.updatedAt,
};

export const endpoints: Endpoint[] = [
	{
		method: 'post',
		path: '/customers/search',
		access: 'search',
		handle: (call) => {
			call.limits.search(call.now);
			checkSearch(call.body);
			const body = bodyOf(call);
			const [and, or, not] = [listOf(body.and), listOf(body.or), listOf(body.not)];
			checkCriteria(call.store, [...and, ...or, ...not]);
			const context = body.queryContext as string;
			const hits = candidatesOf(call, context, body.includeDeleted === true).filter(
				({ candidate }) =>
					and.every((one) => holds(call.store, candidate, one)) &&
					(or.length === 0 || or.some((one) => holds(call.store, candidate, one))) &&
					!not.some((one) => holds(call.store, candidate, one)),
			);
			for (const order of listOf(body.sort).reverse()) {
				for (const [attribute, direction] of Object.entries(order) as unknown as Array<[string, string]>) {
					const read = SORTABLE[attribute];
					if (read === undefined || context !== 'customer')
						throw badParameter(attribute, 'Cannot sort by this attribute');
					if (direction !== 'asc' && direction !== 'desc')
						throw badParameter(attribute, 'Not one of: asc, desc');
					const sign = direction === 'asc' ? 1 : -1;
					hits.sort(
						(a, b) => sign * read(a.record as CustomerRecord).localeCompare(read(b.record as CustomerRecord)),
					);
				}
			}
			const answer = pageOf(call, hits, (hit) => hit.resource(), {
				totals: true,
				maxSize: 500,
				maxPages: 100,
				meta: { aggregations: {} },
			});
			if (call.query.idsOnly === 'true') {
				const { data } = answer.body as { data: Resource[] };
				return {
					...answer,
					body: { ...(answer.body as object), data: data.map(({ type, id }) => ({ type, id })) },
				};
			}
			return answer;
		},
	},
];
