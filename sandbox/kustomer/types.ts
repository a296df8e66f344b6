/** What the stand-in takes and gives. Everything else in this folder is its inside. */
import type { Faults } from './faults';
import type { KustomerStore } from './store';
import type { Deliveries } from './webhooks/deliveries';

/** An API key of the organization: in Kustomer a machine user with a fixed list of roles. */
export interface ApiKey {
	name: string;
	/** What callers send as bearer token. */
	token: string;
	/** A role also covers the longer ones below it: `org.permission` covers `org.permission.note.create`. */
	roles: string[];
	/** Set when the key belongs to another region: the pod that it belongs to, for example `prod2`. */
	pod?: string;
	/** True when the key is past its end: answered like a wrong one. */
	expired?: boolean;
}

/** A choice in the page's call form. */
export interface Choice {
	value: string;
	label: string;
	/** Heading under which it stands in a list. */
	group?: string;
}

export interface KustomerStandInOptions {
	/** 0 takes a free port. Default 0. */
	port?: number;
	/** Default `sandbox`. */
	organization?: string;
	/** Default: the keys of {@link SANDBOX}. The first one with full access becomes `apiKey`. */
	apiKeys?: ApiKey[];
	/** Requests per minute over all keys. Default 1000, Kustomer's Enterprise plan. 0 switches every limit off. */
	rateLimitPerMinute?: number;
	/**
	 * How `customers/phone=` compares: `normalized` ignores a leading plus, `exact` compares the text as it was stored.
	 * Default `normalized`.
	 */
	phoneLookup?: 'normalized' | 'exact';
	/** Whether two conversations, messages or notes may carry the same external id. Default `unique`. */
	externalIds?: 'unique' | 'free';
	/** What happens to an `id` that the client chose: `refuse` answers that there is no such property. Default `accept`. */
	chosenIds?: 'accept' | 'refuse';
	/**
	 * What defining custom attributes does to those that the request does not name: `merge` leaves them as they are,
	 * `replace` removes them. Default `merge`. A client that sends back everything that it has read is safe with both.
	 */
	metadataPut?: 'merge' | 'replace';
	/** Waited before every answer of the API. Default 0. */
	latencyMs?: number;
	/** Default true: agents, teams, queues, tags, attributes and a few customers. */
	seed?: boolean;
	/** Requests kept in `requests`; older ones are dropped. Default 5000. */
	maxRecordedRequests?: number;
	/** Milliseconds before each repetition of an event. Default: Kustomer's waits, an hour in all. */
	webhookRetryWaits?: readonly number[];
	/** Where events go that are meant for a public https address. Default: to that address. */
	webhookRedirect?: (url: string) => string;
	/** Bytes that one uploaded file may have. Default 100 MiB. */
	maxUploadBytes?: number;
	/** Where uploads are told to go instead of to the stand-in itself: whoever answers there keeps the files. */
	storageUrl?: string;
	/** Places a call for the page's form. Without it the form is not shown. */
	placeCall?: (form: Record<string, string>) => Promise<{ ok: boolean; message: string }>;
	/** Fills the call form's lists. Default: the seeded agents and a plain list of scenarios. */
	callForm?: { agents?: Choice[]; scenarios?: Choice[]; from?: Choice[]; to?: Choice[] };
}

/** One request to the API, in the order of the answers. */
export interface RecordedRequest {
	/** Milliseconds since the epoch, when the request arrived. */
	at: number;
	method: string;
	/** As sent, percent-encoding included, without the query. */
	path: string;
	query: Record<string, string>;
	body: unknown;
	/** 0 when the connection was closed without an answer. */
	status: number;
	/** Name of the API key, empty when there was none or a wrong one. */
	keyName: string;
	/** Time until the answer was sent. */
	ms: number;
}

export interface KustomerStandIn {
	/** Without a slash at the end, for example `http://127.0.0.1:40123`. */
	url: string;
	port: number;
	/** The key with full access. */
	apiKey: string;
	store: KustomerStore;
	/** Newest last. The array stays the same object. */
	requests: RecordedRequest[];
	/** Counts on when `requests` has dropped old entries. */
	readonly requestCount: number;
	faults: Faults;
	/** Events that were sent to outbound webhooks. */
	deliveries: Deliveries;
	/** Back to the seed; clears requests, faults and limits. */
	reset(): void;
	close(): Promise<void>;
}
