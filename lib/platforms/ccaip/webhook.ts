/**
 * Google Cloud CCAI Platform, also known as UJET. Four ways lead from it to one webhook, told apart by their shape:
 *
 * | source | shape | file |
 * |---|---|---|
 * | external session events | `{ count, events: [{ item }] }` | `ccaip/session-events.ts` |
 * | session metadata, API objects | `{ id, call_type or chat_type, … }` | `ccaip/session-metadata.ts` |
 * | chat webhooks | `{ event_type, chat_id, body }` | `ccaip/chat-webhooks.ts` |
 * | agent adapter | `{ type, data }` | `ccaip/agent-adapter.ts` |
 *
 * Calls and chats have ids of their own, so a session is `call-123` or `chat-987`. The platform adds fields and events
 * over time: fields that are not known stay in the raw event, and so does an event of an unknown type.
 */
import { isAdapterEvent, readAdapterEvent } from './agent-adapter';
import { readChatWebhook } from './chat-webhooks';
import { isMetadata, readMetadataEvent } from './session-metadata';
import { readSessionEvent } from './session-events';
import type { Fields } from '../fields';
import type { PlatformSettings } from '../platform';
import { eventReader, type EventPart, type Reading } from '../webhook-events';

export const parse = eventReader(readEvent);

type Reader = (part: EventPart, settings: PlatformSettings) => Reading;

const FORMS: ReadonlyArray<readonly [is: (fields: Fields) => boolean, read: Reader]> = [
	[isSessionState, readSessionEvent],
	[isChatWebhook, readChatWebhook],
	[(fields) => isAdapterEvent(fields.text('type')), readAdapterEvent],
	[(fields) => fields.text('type') !== undefined && fields.value('data') !== undefined, readAdapterEvent],
	[isRedaction, readAdapterEvent],
	[isMetadata, readMetadataEvent],
	// A type that is not known, of a session or of none.
	[(fields) => fields.text('callId', 'call.id', 'chatId', 'chat.id') !== undefined, readSessionEvent],
	[(fields) => fields.text('type', 'eventType', 'eventName', 'event') !== undefined, readSessionEvent],
];

function readEvent(part: EventPart, settings: PlatformSettings): Reading {
	const item = part.fields.value('item');
	if (item !== undefined && (typeof item !== 'object' || Array.isArray(item))) {
		return { field: 'item', reason: "The event's 'item' is not an object with the facts of a call or chat." };
	}
	const form = FORMS.find(([is]) => is(part.fields));
	if (form !== undefined) return form[1](part, settings);
	return {
		field: 'type',
		reason:
			'This is none of the forms in which CCAI Platform tells of a session: an external session event, session metadata, a chat webhook or an event of the agent adapter.',
	};
}

function isSessionState(fields: Fields): boolean {
	if (fields.value('item') !== undefined) return true;
	if (/^(call|chat|agent|session)state$/i.test(fields.text('type') ?? '')) return true;
	return (
		fields.text('callId', 'chatId') !== undefined &&
		fields.value('data') === undefined &&
		fields.value('body') === undefined &&
		(fields.text('state') !== undefined || fields.value('participants') !== undefined)
	);
}

function isChatWebhook(fields: Fields): boolean {
	return fields.text('eventType') !== undefined && fields.text('chatId', 'chat.id') !== undefined;
}

/** The adapter's events about redaction are printed without a type. */
function isRedaction(fields: Fields): boolean {
	return (
		fields.text('type', 'eventType', 'event') === undefined &&
		fields.text('agentId') !== undefined &&
		fields.text('callId', 'chatId') !== undefined
	);
}
