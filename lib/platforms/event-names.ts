/**
 * The names that platforms give to events, and what they mean here. Case, punctuation, the order of the words and
 * the word "call" make no difference: "Inbound call", `call.inbound` and `CALL_INBOUND` are one name.
 */
import { EVENT_KINDS, type EventKind } from '../domain/session';

/** `created` is a call of either direction that begins: the direction says which kind it is. */
export type NamedEvent = EventKind | 'created';

const NAMES: Readonly<Record<NamedEvent, readonly string[]>> = {
	created: ['created', 'started', 'start', 'session started', 'initiated', 'new', 'ringing'],
	incoming: ['incoming', 'inbound', 'inbound created', 'inbound started', 'incoming started', 'received'],
	outgoing: ['outgoing', 'outbound', 'outbound created', 'outbound started', 'dialed', 'dialled', 'dialing'],
	queued: ['queued', 'enqueued', 'queue', 'queue entered', 'added to queue', 'in queue', 'waiting'],
	assigned: [
		'assigned',
		'selected',
		'offered',
		'alerting',
		'agent assigned',
		'agent selected',
		'agent offered',
		'agent ringing',
	],
	bridged: [
		'bridged',
		'connected',
		'answered',
		'accepted',
		'picked up',
		'agent bridged',
		'agent connected',
		'agent answered',
		'agent accepted',
		'bridged to agent',
		'inbound bridged',
		'outbound bridged',
	],
	message: [
		'message',
		'message received',
		'message sent',
		'message created',
		'new message',
		'inbound message',
		'outbound message',
		'customer message',
		'consumer message',
	],
	transferred: ['transferred', 'transfer', 'transfer finished', 'transfer completed', 'forwarded'],
	ended: [
		'ended',
		'end',
		'session ended',
		'finished',
		'inbound finished',
		'outbound finished',
		'completed',
		'hangup',
		'hang up',
		'hung up',
		'disconnected',
		'terminated',
		'released',
		'closed',
		'canceled',
		'cancelled',
		'missed',
		'abandoned',
		'failed',
		'busy',
		'no answer',
	],
	voicemail: ['voicemail', 'voice mail', 'voicemail left', 'voicemail received', 'voicemail created'],
	recording: [
		'recording',
		'recorded',
		'recording created',
		'recording stored',
		'recording stopped',
		'recording finished',
		'recording completed',
		'recording ready',
		'recording available',
	],
	disposition: ['disposition', 'disposition submitted', 'disposition selected', 'dispositions submitted'],
	rated: ['rated', 'rating', 'rating received', 'csat', 'csat completed', 'survey completed', 'feedback'],
	metadata: ['metadata', 'session metadata', 'metadata created', 'metadata updated'],
	updated: [
		'updated',
		'update',
		'changed',
		'state changed',
		'status changed',
		'established',
		'in progress',
		'wrap up',
		'wrapup',
		'wrap up finished',
		'wrapup finished',
	],
	other: ['other'],
};

/** Words that say nothing about which event it is. */
const FILLERS = new Set([
	'call',
	'calls',
	'chat',
	'event',
	'the',
	'a',
	'an',
	'is',
	'was',
	'has',
	'been',
	'on',
	'to',
]);

const KIND_BY_WORDS: ReadonlyMap<string, NamedEvent> = new Map(
	(Object.keys(NAMES) as NamedEvent[]).flatMap((kind) =>
		NAMES[kind].map((name) => [words(name), kind] as const),
	),
);

/** Understands an event's name. Undefined when it is not one that we know. */
export function namedEvent(name: string): NamedEvent | undefined {
	const key = words(name);
	return key === '' ? undefined : KIND_BY_WORDS.get(key);
}

/** The names to use in new integrations, for messages to people: one for every kind. */
export function knownEventNames(kinds: readonly EventKind[] = EVENT_KINDS): string {
	return kinds.join(', ');
}

function words(name: string): string {
	return name
		.slice(0, 100)
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter((word) => word !== '' && !FILLERS.has(word))
		.sort()
		.join(' ');
}
