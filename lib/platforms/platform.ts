/**
 * What a telephony platform is to this package: a name and a function that turns a webhook into session events.
 * Adding a platform means one file that exports a {@link TelephonyPlatform}, one line in `platforms.ts`, one test.
 */
import type { EventKind, OtherEvent, SessionEvent } from '../domain/session';

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

export interface TelephonyPlatform {
	/** Stands in `session.source` by default and in the trigger's list of platforms. */
	readonly name: string;
	/** Kinds of event that the platform can send, in the order of a call. */
	readonly eventKinds: readonly EventKind[];
	/** Pure; throws nothing: what it cannot read, it reports in `rejected`. */
	parse(request: WebhookRequest, settings: PlatformSettings): ParsedWebhook;
}
