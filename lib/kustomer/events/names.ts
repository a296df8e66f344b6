/**
 * The events that Kustomer's outbound webhooks can send: https://developer.kustomer.com/docs/events/event-catalog
 */

export const EVENT_OBJECTS = ['customer', 'conversation', 'message', 'user', 'team', 'tag'] as const;
export const EVENT_ACTIONS = ['create', 'update'] as const;

export type EventObject = (typeof EVENT_OBJECTS)[number];
export type EventAction = (typeof EVENT_ACTIONS)[number];

/** An event as the node's panel saves it, for example `conversation.update`. */
export type EventName = `${EventObject}.${EventAction}`;

export const EVENT_NAMES: readonly EventName[] = EVENT_OBJECTS.flatMap((object) =>
	EVENT_ACTIONS.map((action) => `${object}.${action}` as const),
);

const PREFIX = 'kustomer.';

/** `conversation.update` as Kustomer writes it: `kustomer.conversation.update`. */
export function kustomerName(event: EventName): string {
	return `${PREFIX}${event}`;
}

/** The event behind Kustomer's name for it; undefined for those that are not in the list. */
export function eventOf(name: unknown): EventName | undefined {
	return EVENT_NAMES.find((event) => name === kustomerName(event));
}

/** What was ticked, in the order of the list. Unknown values drop out. */
export function tickedEvents(values: unknown): EventName[] {
	return Array.isArray(values) ? EVENT_NAMES.filter((event) => values.includes(event)) : [];
}
