/**
 * Looks up in Kustomer what became of a call, over Kustomer's own REST API, so that it says the same about the stand-in
 * and about a real Kustomer.
 */
import axios, { type AxiosInstance } from 'axios';

import type { KustomerTarget } from './stack';

const REQUEST_TIMEOUT_MS = 20_000;
const POLL_MS = 200;

interface Resource {
	id: string;
	attributes: Record<string, unknown>;
	relationships?: Record<string, { data?: { id: string } | null } | undefined>;
}

/** A conversation as far as the report tells of it. */
export interface CallInKustomer {
	conversation: {
		id: string;
		name: string;
		status: string;
		direction?: string;
		tags: string[];
		custom: Record<string, unknown>;
		/** Ids of the users. */
		assignedUsers: string[];
	};
	customer?: { id: string; name: string; createdAt?: string; phones: string[] };
	/** Names, or ids where the name could not be read. */
	assignees: string[];
	/** Oldest first. */
	notes: string[];
	/** On the notes, in the same order. Length in bytes. */
	files: Array<{ name: string; length: number }>;
}

/** A client of Kustomer with its own name in the log, so that it does not count as the workflow's. */
function client(kustomer: KustomerTarget): AxiosInstance {
	return axios.create({
		baseURL: kustomer.baseUrl,
		timeout: REQUEST_TIMEOUT_MS,
		headers: { authorization: `Bearer ${kustomer.apiKey}` },
		validateStatus: () => true,
	});
}

async function read<T>(http: AxiosInstance, path: string): Promise<T | undefined> {
	const answer = await http.get<{ data?: T }>(`/v1${path}`);
	if (answer.status === 404) return undefined;
	if (answer.status !== 200)
		throw new Error(`Kustomer answered GET /v1${path.split('/')[1] ?? ''} with ${answer.status}.`);
	return answer.data.data;
}

function strings(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : [];
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function filesIn(attachments: unknown): CallInKustomer['files'] {
	return (Array.isArray(attachments) ? (attachments as Array<Record<string, unknown>>) : []).map(
		({ name, contentLength }) => ({ name: text(name), length: Number(contentLength) }),
	);
}

/**
 * Reads the conversation of a call with its customer, assignees and notes.
 *
 * @param externalId for example `babelforce:7c3f...`
 * @returns undefined when there is none
 */
export async function readCall(
	kustomer: KustomerTarget,
	externalId: string,
): Promise<CallInKustomer | undefined> {
	const http = client(kustomer);
	const conversation = await read<Resource>(
		http,
		`/conversations/externalId=${encodeURIComponent(externalId)}`,
	);
	if (conversation === undefined) return undefined;
	const { attributes } = conversation;
	const assignedUsers = strings(attributes.assignedUsers);
	const customerId = conversation.relationships?.customer?.data?.id;
	const [customer, notes, users] = await Promise.all([
		customerId === undefined ? undefined : read<Resource>(http, `/customers/${customerId}`),
		read<Resource[]>(http, `/conversations/${conversation.id}/notes`),
		Promise.all(assignedUsers.map(async (id) => await read<Resource>(http, `/users/${id}`))),
	]);
	const phones = Array.isArray(customer?.attributes.phones)
		? (customer.attributes.phones as Array<{ phone?: unknown }>).map(({ phone }) => text(phone))
		: [];
	const oldestFirst = [...(notes ?? [])].sort((one, other) =>
		text(one.attributes.createdAt).localeCompare(text(other.attributes.createdAt)),
	);
	return {
		conversation: {
			id: conversation.id,
			name: text(attributes.name),
			status: text(attributes.status),
			direction: typeof attributes.direction === 'string' ? attributes.direction : undefined,
			tags: strings(attributes.tags),
			custom: (attributes.custom ?? {}) as Record<string, unknown>,
			assignedUsers,
		},
		customer:
			customer === undefined
				? undefined
				: {
						id: customer.id,
						name: text(customer.attributes.displayName) || text(customer.attributes.name),
						createdAt: text(customer.attributes.createdAt),
						phones,
					},
		assignees: assignedUsers.map((id, index) => {
			const user = users[index];
			return text(user?.attributes.displayName) || text(user?.attributes.name) || id;
		}),
		notes: oldestFirst.map((note) => text(note.attributes.body)),
		files: oldestFirst.flatMap((note) => filesIn(note.attributes.attachments)),
	};
}

/**
 * Waits until a call has reached a state in Kustomer.
 *
 * @returns what was found last, also when the time is over
 */
export async function waitForCall(
	kustomer: KustomerTarget,
	externalId: string,
	isDone: (call: CallInKustomer) => boolean,
	timeoutMs: number,
): Promise<{ call: CallInKustomer | undefined; done: boolean }> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const call = await readCall(kustomer, externalId);
		if (call !== undefined && isDone(call)) return { call, done: true };
		if (Date.now() > deadline) return { call, done: false };
		await new Promise((next) => setTimeout(next, POLL_MS));
	}
}
