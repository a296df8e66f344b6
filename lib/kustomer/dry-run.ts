/**
 * Dry run (rule X7): reads are sent, writes are only noted down and answered as if they had gone well.
 */
import { type KustomerAnswer, type KustomerClient, type KustomerRequest, encodePath } from './client';
import { REQUEST_ROLES } from './roles';

/** A write that was not sent. */
export interface PlannedRequest {
	/** In plain words, for example "create a conversation". */
	does: string;
	method: string;
	/** For example `/v1/conversations`. Ids that do not exist yet are told as `000000000000000000000001` and so on. */
	path: string;
	body?: unknown;
}

/** A client that sends reads only. */
export interface DryRun {
	client: KustomerClient;
	/** Grows with every write that was not sent, in order. */
	planned: PlannedRequest[];
}

/**
 * Wraps a client so that nothing is written. Searches are reads, although Kustomer wants them as POST.
 */
export function dryRun(client: KustomerClient): DryRun {
	const planned: PlannedRequest[] = [];
	const request = async <Body>(wanted: KustomerRequest): Promise<KustomerAnswer<Body>> => {
		if (isRead(wanted)) return await client.request<Body>(wanted);
		const path = encodePath(wanted.path);
		planned.push({
			does: REQUEST_ROLES[wanted.operation].does,
			method: wanted.method,
			path,
			...(wanted.body === undefined ? {} : { body: wanted.body }),
		});
		return {
			status: wanted.method === 'POST' ? 201 : 200,
			body: answerFor(wanted, planned.length) as Body,
			headers: {},
			attempts: 0,
			mayHaveRunBefore: false,
		};
	};
	return {
		planned,
		client: {
			credentialKey: client.credentialKey,
			organization: client.organization,
			webBaseUrl: client.webBaseUrl,
			clock: client.clock,
			get requestsSent() {
				return client.requestsSent;
			},
			request,
			list: client.list.bind(client),
			fork: () => dryRun(client.fork()).client,
			errorFor: client.errorFor.bind(client),
		},
	};
}

function isRead(request: KustomerRequest): boolean {
	return request.method === 'GET' || request.operation.endsWith('.search');
}

/** Names of collections in paths, and the type of object that Kustomer answers for them. */
const TYPES: Readonly<Record<string, string>> = {
	customers: 'customer',
	conversations: 'conversation',
	messages: 'message',
	notes: 'note',
	metadata: 'metadata',
};

/** An object as Kustomer would answer it: what was sent, under the id that was chosen or one that stands for it. */
function answerFor(request: KustomerRequest, position: number): unknown {
	const segments = request.path.map((segment) => (typeof segment === 'string' ? segment : segment.value));
	const collection = segments.findLast((segment) => Object.hasOwn(TYPES, segment)) ?? '';
	const after = segments[segments.lastIndexOf(collection) + 1];
	const sent = typeof request.body === 'object' && request.body !== null ? request.body : {};
	const { id, ...attributes } = Array.isArray(sent) ? {} : (sent as Record<string, unknown>);
	return {
		data: {
			type: TYPES[collection] ?? 'object',
			id: after ?? (typeof id === 'string' ? id : position.toString(16).padStart(24, '0')),
			attributes,
			relationships: {},
		},
	};
}
