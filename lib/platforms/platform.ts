/**
 * What a telephony platform is to this package. Adding one means a folder that exports a {@link TelephonyPlatform} and a
 * line in `platforms.ts`: then the Contact Center Trigger offers it, Session: Log reads its records, and Agent Status:
 * Compare its agents. What signs in to its API needs n8n and stands in `lib/n8n`, see `platform-api.ts` there.
 */
import type { PlatformAgent } from '../domain/agent-status';
import type { EventKind, OtherEvent, SessionEvent } from '../domain/session';
import type { WebhookMethod } from '../webhooks/authentication';
import type { Item } from './item-fields';

/** A webhook as it arrived, already authenticated. */
export interface WebhookRequest {
	method: string;
	/** Names in lower case. */
	headers: Record<string, string | string[] | undefined>;
	query: Record<string, unknown>;
	/** Parsed JSON or form fields; an object, array, or the text when it was neither. Undefined when empty. */
	body: unknown;
}

/** What the user can set in the panel, the same for every platform. */
export interface PlatformSettings {
	/** Name that goes into the session's `source` and so into the external id. */
	sourceName: string;
	/** Which of the platform's ids stands for the whole session. */
	sessionIdFrom: 'call' | 'session' | 'conversation';
	/** Name of the field that holds the session's id; undefined for the fields that the platform's reader knows. */
	sessionIdField?: string;
}

/** A part of a webhook that could not be understood. */
export interface Rejection {
	/** Position in the batch, 0 when the webhook carries one event. */
	index: number;
	/** Name of the field at fault as the sender knows it, for example `call.id`. */
	field: string;
	/** One sentence: what is wrong and what is expected. No values. */
	reason: string;
}

export interface ParsedWebhook {
	events: SessionEvent[];
	/** Events about no session, and events of a type that is not known. */
	others: OtherEvent[];
	rejected: Rejection[];
}

/** What a person does on the platform's side, once, so that its events arrive. */
export interface PlatformSetup {
	/** Where: "In babelforce". */
	title: string;
	/** The page of the documentation, below `docs/`. */
	page: string;
	/** Sentences, in their order. Plain text. */
	steps: readonly string[];
}

/** Reads agents out of items, as the platform or its node give them. */
export interface AgentReader {
	/** Whether an item is an agent of this platform. The first platform that says so reads it. */
	recognizes(item: Item): boolean;
	/** @returns undefined when the item does not say which agent it is */
	read(item: Item): PlatformAgent | undefined;
	/** Whether the status is the agent's choice also while the agent must be left alone (rule S8). */
	readonly tellsChoiceDuringCalls: boolean;
}

/** A call that never took place. */
export interface TestCall {
	/** See `newTestCallId`. */
	id: string;
	/** Milliseconds since the epoch. */
	startedAt: number;
	/** The agent who answers, when one is to be assigned. */
	agentEmail?: string;
}

/** A webhook of a {@link TestCall}. */
export interface TestWebhook {
	/** The kind of event as which it is read. */
	event: EventKind;
	/** To be sent as JSON. */
	body: Record<string, unknown>;
}

export interface TelephonyPlatform {
	/** Stands in `session.source` by default. Saved in workflows: it never changes. */
	readonly name: string;
	/** In lists, in Title Case. */
	readonly label: string;
	/** What its events are, for the list of platforms. */
	readonly description: string;
	/** Kinds of event that the platform can send, in the order of a call. */
	readonly eventKinds: readonly EventKind[];
	/** Those that start a workflow unless a person ticks others. */
	readonly defaultEvents: readonly EventKind[];
	readonly setup: PlatformSetup;
	/** How it can show who it is. A webhook credential with another method lets none of its own webhooks in. */
	readonly webhookMethods: readonly WebhookMethod[];
	/** The settings that the panel offers for it. None unless told. */
	readonly ownSettings?: ReadonlyArray<keyof PlatformSettings>;
	/** The webhooks of a call that never took place, in their order: it rings, an agent answers, it is over. */
	testCall(call: TestCall): TestWebhook[];
	/** Pure; throws nothing: what it cannot read, it reports in `rejected`. */
	parse(request: WebhookRequest, settings: PlatformSettings): ParsedWebhook;
	/**
	 * Reads what the platform writes about a session where no webhook is involved, such as a file or an email. Pure; throws
	 * nothing. Absent where it writes no such thing.
	 */
	readRecord?(record: Readonly<Record<string, unknown>>): ParsedWebhook;
	/** Absent where agents come in the general shape that the documentation asks for. */
	readonly agents?: AgentReader;
}
