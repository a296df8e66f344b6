/**
 * Events as Kustomer sends them: what happened, to which object, and what has changed.
 * https://developer.kustomer.com/docs/events#the-event-envelope
 */
import { isRecord, ownValue } from '../../domain/record';
import { shownText } from '../../http/shown-text';
import type { KustomerObject } from '../documents';
import { eventOf, type EventAction, type EventName, type EventObject } from './names';

/** One changed field. */
export interface FieldChange {
	before: unknown;
	after: unknown;
}

/** One event, read. */
export interface KustomerEvent {
	/** Stays the same when Kustomer sends the event again. Undefined when it has none. */
	id?: string;
	name: EventName;
	object: EventObject;
	action: EventAction;
	/** ISO 8601, as Kustomer has it. */
	createdAt?: string;
	/** The part of Kustomer through which the change was made, for example `api-gw`. */
	client?: string;
	data: KustomerObject;
	/** Changed fields of the object by their name; empty for something new. Custom attributes are `custom.<name>`. */
	changes: Record<string, FieldChange>;
	/** Id of the user who made the change, as far as the event tells: API keys are users of their own. */
	by?: string;
}

/** Why an event cannot be used, in a sentence. */
export interface Unreadable {
	reason: string;
}

/** Reads an event. Fields that are missing or of another type are left out; only name and object are indispensable. */
export function readEvent(body: unknown): KustomerEvent | Unreadable {
	if (!isRecord(body)) return { reason: 'The body is not a Kustomer event: it is no JSON object.' };
	const name = eventOf(body.name);
	if (name === undefined) {
		return {
			reason:
				typeof body.name === 'string'
					? `The event '${shownText(body.name, 100) ?? ''}' is not known to this node.`
					: "The body is not a Kustomer event: it has no 'name'.",
		};
	}
	const { data } = body;
	if (!isRecord(data) || typeof data.id !== 'string' || data.id === '') {
		return { reason: `The event '${name}' carries no object with an ID.` };
	}
	const [object = '', action = ''] = name.split('.');
	const read = {
		...data,
		type: object,
		id: data.id,
		attributes: isRecord(data.attributes) ? data.attributes : {},
		relationships: isRecord(data.relationships) ? data.relationships : {},
	} as KustomerObject;
	return {
		id: text(body.id),
		name,
		object: object as EventObject,
		action: action as EventAction,
		createdAt: text(body.createdAt),
		client: text(body.client),
		data: read,
		changes: readChanges(body.changes),
		by: authorOf(read, action as EventAction),
	};
}

/** Id of a related object, for example of the customer of a conversation. */
export function relatedId(data: KustomerObject, name: string): string | undefined {
	const relationship: unknown = data.relationships?.[name];
	const target = isRecord(relationship) ? relationship.data : undefined;
	return isRecord(target) ? text(target.id) : undefined;
}

function authorOf(data: KustomerObject, action: EventAction): string | undefined {
	const modifiedBy = relatedId(data, 'modifiedBy');
	return action === 'create' ? (relatedId(data, 'createdBy') ?? modifiedBy) : modifiedBy;
}

function readChanges(changes: unknown): Record<string, FieldChange> {
	const attributes = isRecord(changes) ? changes.attributes : undefined;
	if (!isRecord(attributes)) return {};
	const read: Array<[string, FieldChange]> = [];
	for (const [field, change] of Object.entries(attributes)) {
		if (!isRecord(change)) continue;
		const { before = null, after = null } = change;
		if (field === 'custom') read.push(...customChanges(before, after));
		else read.push([field, { before, after }]);
	}
	return Object.fromEntries(read);
}

/** Kustomer tells all custom attributes before and after; what differs is what has changed. */
function customChanges(before: unknown, after: unknown): Array<[string, FieldChange]> {
	const was = isRecord(before) ? before : {};
	const is = isRecord(after) ? after : {};
	return [...new Set([...Object.keys(was), ...Object.keys(is)])]
		.map((name): [string, FieldChange] => [
			`custom.${name}`,
			{ before: ownValue(was, name) ?? null, after: ownValue(is, name) ?? null },
		])
		.filter(([, change]) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
