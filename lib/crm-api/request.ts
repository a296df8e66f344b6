/**
 * The seam between what receives the requests of CCAI Platform's "Custom CRM" generic API (rule G1) and what answers them.
 * Whoever receives them makes a {@link CrmApiRequest}; `answer-request.ts` gives the {@link CrmApiAnswer}.
 * https://docs.cloud.google.com/contact-center/ccai-platform/docs/custom-crm
 */
import type { FileSource } from '../files/file-source';
import type { SendForm } from '../kustomer/form-upload';
import type { LogSessionInput } from '../session-log/inputs';

/** The endpoints, in the order in which the platform's settings list them. */
export const ENDPOINT_NAMES = [
	'findAccountByQuery',
	'findAccountById',
	'createAccount',
	'findRecord',
	'createRecord',
	'updateRecord',
	'uploadFile',
	'addComment',
] as const;
export type EndpointName = (typeof ENDPOINT_NAMES)[number];

/** One request, read and believed. */
export interface CrmApiRequest {
	endpoint: EndpointName;
	/**
	 * What arrived in path, query and body, containers opened: names as the administrator has written them, values as text.
	 * What has no value (an unreplaced `{VARIABLE}`, empty text, `null`) is left out (rule G6). The id of the path is `id`.
	 */
	fields: Readonly<Record<string, string>>;
	/** For `uploadFile`. One that can be opened again is better: then a broken upload is repeated, and its length is counted. */
	file?: FileSource;
	receivedAt: Date;
}

/** An answer as the platform reads it. It repeats a request after 400, and after nothing else (rule G8). */
export interface CrmApiAnswer {
	status: 200 | 201 | 400 | 404 | 409 | 413 | 422 | 500 | 503;
	/** An {@link AnswerBody}, at the place that the settings say. */
	body: Readonly<Record<string, unknown>>;
	/** What happened, for the item that leaves the node. Holds no secrets. */
	item: CrmApiItem;
	/** Where the deadline came before the end of the work: what becomes of it. Never rejects; until then the file is read. */
	rest?: Promise<CrmApiItem>;
}

/** What the platform reads. `error` is a sentence for the administrator; no answer with another field has it. */
export interface AnswerBody {
	id?: string;
	name?: string;
	phone?: string;
	email?: string;
	subject?: string;
	status?: 'open' | 'closed';
	contactId?: string;
	url?: string;
	error?: string;
}

/** What a step after the node may use. */
export interface CrmApiItem {
	endpoint: EndpointName;
	/** `found`, `created`, `notFound`, `refused`, `retry` (a 400), else the outcome of the operation behind it. */
	outcome: string;
	/** Id of the record rule that decided, where one did. */
	rule?: string;
	/** One or two sentences for the person who reads the execution. Holds no phone number. */
	reason: string;
	/** `<prefix>ccaip:call-123`, where the request names a session. */
	externalId?: string;
	conversationId?: string;
	customerId?: string;
	/** What was told and not understood or not written. */
	leftOut?: string[];
	/** Requests sent to Kustomer. */
	requests: number;
}

/** Where a response is to be put into: the platform's "Response Data Location", from the outside in. Empty: nowhere. */
export type ResponseLocation = readonly string[];

/** What a person sets up, once for all requests. */
export interface CrmApiSettings {
	/** Everything of Session: Log that a person sets (rule X12). */
	log: Omit<
		LogSessionInput,
		'session' | 'observedAt' | 'notUnderstood' | 'event' | 'byMail' | 'externalId' | 'dryRun'
	>;
	/** `ccaip`: sessions have the same external ids as in session events. */
	source: string;
	responseLocation?: ResponseLocation;
	/** For `uploadFile`: the way to Kustomer's storage. */
	sendForm: SendForm;
	/** Where a person finds a file again: `{RECORD_ID}` and `{ATTACHMENT_ID}` are replaced. without it, Kustomer's page of the conversation. */
	fileUrl?: string;
}
