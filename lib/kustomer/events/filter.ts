/**
 * Which events start the workflow, beyond their name: pure.
 */
import { isRecord, ownValue } from '../../domain/record';
import type { KustomerEvent } from './envelope';
import type { EventName } from './names';

/** What the user wants to hear of. Empty lists want everything. */
export interface EventFilter {
	events: readonly EventName[];
	/** Updates count only when one of these fields has changed, for example `status` or `custom.orderNum`. */
	changedFields: readonly string[];
	/** Only events after which one of these holds and did not hold before. */
	changedTo: ReadonlyArray<{ field: string; value: string }>;
	/** Id of the user behind the credential, when its own changes are not wanted. */
	ignoreBy?: string;
}

/** Why an event does not start the workflow, in a sentence; undefined when it does. */
export function whyIgnored(event: KustomerEvent, filter: EventFilter): string | undefined {
	if (!filter.events.includes(event.name)) {
		return `The event '${event.name}' is not ticked in the parameter 'Events' of this node.`;
	}
	if (filter.ignoreBy !== undefined && event.by === filter.ignoreBy) {
		return "The change was made with this node's own Kustomer credential.";
	}
	const { changedFields, changedTo } = filter;
	// A new object has no changes: all of it is new.
	if (
		changedFields.length > 0 &&
		event.action === 'update' &&
		!changedFields.some((field) => hasChanged(event, field))
	) {
		return `None of the fields has changed: ${changedFields.join(', ')}.`;
	}
	if (changedTo.length > 0 && !changedTo.some(({ field, value }) => hasBecome(event, field, value))) {
		return `No field has changed to a wanted value: ${changedTo.map(({ field }) => field).join(', ')}.`;
	}
	return undefined;
}

/** `custom` stands for any custom attribute. */
function hasChanged({ changes }: KustomerEvent, field: string): boolean {
	return (
		Object.hasOwn(changes, field) ||
		(field === 'custom' && Object.keys(changes).some((name) => name.startsWith('custom.')))
	);
}

function hasBecome(event: KustomerEvent, field: string, value: string): boolean {
	if (event.action === 'create') return matches(fieldOf(event.data.attributes, field), value);
	const change = ownValue(event.changes, field);
	return change !== undefined && matches(change.after, value) && !matches(change.before, value);
}

function fieldOf(attributes: Record<string, unknown>, field: string): unknown {
	const custom: unknown = attributes.custom;
	if (!field.startsWith('custom.')) return ownValue(attributes, field);
	return isRecord(custom) ? ownValue(custom, field.slice('custom.'.length)) : undefined;
}

/** Lists match when one of their entries does. Compared as text, without case: the panel gives text. */
function matches(actual: unknown, wanted: string): boolean {
	if (Array.isArray(actual)) return actual.some((entry) => matches(entry, wanted));
	// What an object would say of itself is for nobody to choose.
	if (typeof actual === 'object' && actual !== null) return false;
	const text = actual === null || actual === undefined ? '' : String(actual);
	return text.trim().toLowerCase() === wanted.trim().toLowerCase();
}
