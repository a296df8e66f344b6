/**
 * A tiny Kustomer that keeps customers, conversations and notes, enforces unique ids and contact points, and can lose
 * answers. It exists for races and repetitions, which a script of answers cannot play.
 */
import { type HttpRequest, type HttpResponse, NoAnswer } from '../../../lib/http/http';
import { asksForSharedPhones, conflict, nobodyShares, notFound } from './scripted';

interface Stored {
	id: string;
	attributes: Record<string, unknown>;
}

export class InMemoryKustomer {
	readonly customers: Stored[] = [];
	readonly conversations: Stored[] = [];
	readonly notes: Stored[] = [];
	readonly lines: string[] = [];
	/** Called before a request is carried out, and after; may return what happens instead of the answer. */
	trouble: (moment: 'before' | 'after', request: HttpRequest) => HttpResponse | NoAnswer | undefined = () =>
		undefined;
	private nextId = 1;

	readonly send = async (request: HttpRequest): Promise<HttpResponse> => {
		if (asksForSharedPhones(request)) return nobodyShares;
		this.lines.push(`${request.method} ${request.path}`);
		// Requests that are sent together arrive together.
		await new Promise((resolve) => setImmediate(resolve));
		const before = this.trouble('before', request);
		if (before instanceof NoAnswer) throw before;
		if (before !== undefined) return before;
		const result = this.carryOut(request);
		const after = this.trouble('after', request);
		if (after instanceof NoAnswer) throw after;
		return after ?? result;
	};

	private carryOut({ method, path, body }: HttpRequest): HttpResponse {
		const [, , resource, id, part] = path.split('/').map(decodeURIComponent);
		const sent = (body ?? {}) as Record<string, unknown>;
		if (resource === 'customers' && method === 'POST') return this.createCustomer(sent);
		if (resource === 'customers' && method === 'GET') {
			const [field, value] = split(id ?? '');
			return one(
				'customer',
				this.customers.find((customer) => contacts(customer.attributes, field).includes(value)),
			);
		}
		if (resource === 'conversations' && part === 'notes') {
			if (!this.conversations.some((one_) => one_.id === id)) return notFound;
			return this.create('note', this.notes, sent);
		}
		if (resource === 'conversations' && method === 'POST')
			return this.create('conversation', this.conversations, sent);
		const [field, value] = split(id ?? '');
		const there = this.conversations.find((one_) =>
			field === 'id' ? one_.id === value : one_.attributes[field] === value,
		);
		if (there !== undefined && method === 'PATCH') Object.assign(there.attributes, sent);
		return one('conversation', there);
	}

	private createCustomer(sent: Record<string, unknown>): HttpResponse {
		const taken = (['phone', 'email', 'externalId'] as const).some((field) =>
			contacts(sent, field).some((value) =>
				this.customers.some((customer) => contacts(customer.attributes, field).includes(value)),
			),
		);
		return taken ? conflict : this.create('customer', this.customers, sent);
	}

	private create(type: string, list: Stored[], sent: Record<string, unknown>): HttpResponse {
		const id = typeof sent.id === 'string' ? sent.id : (this.nextId++).toString(16).padStart(24, '0');
		if (list.some((one_) => one_.id === id)) return conflict;
		const stored = { id, attributes: { ...sent } };
		list.push(stored);
		return { ...one(type, stored), status: 201 };
	}
}

function one(type: string, stored: Stored | undefined): HttpResponse {
	return stored === undefined ? notFound : { status: 200, headers: {}, body: { data: { type, ...stored } } };
}

function split(segment: string): [field: string, value: string] {
	const at = segment.indexOf('=');
	return at < 0 ? ['id', segment] : [segment.slice(0, at), segment.slice(at + 1)];
}

function contacts(attributes: Record<string, unknown>, field: string): unknown[] {
	const list = (name: string, key: string) =>
		((attributes[name] ?? []) as Array<Record<string, unknown>>).map((entry) => entry[key]);
	if (field === 'phone') return list('phones', 'phone');
	if (field === 'email') return list('emails', 'email');
	return attributes.externalId === undefined ? [] : [attributes.externalId];
}
