/** What leaves the node. */
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { relatedId, type KustomerEvent } from '../../lib/kustomer/events/envelope';
import { EVENT_NAMES, type EventObject } from '../../lib/kustomer/events/names';
import type { StatusChange, StatusProblem } from '../../lib/agent-status/watch/status-changes';
import type {
	Conversation,
	Customer,
	KustomerObject,
	Message,
	Tag,
	Team,
	User,
} from '../../lib/kustomer/documents';
import {
	simpleConversation,
	simpleCustomer,
	simpleMessage,
	simpleTag,
	simpleTeam,
	simpleUser,
} from '../../lib/n8n/kustomer/objects';

/** What the node can be told to wait for. */
export type TriggerOn = 'events' | 'agentStatus';

/** Name of the event in the items of status changes. */
export const STATUS_CHANGED = 'agentStatus.changed';

const LABELS: Record<EventObject, string> = {
	customer: 'Customer',
	conversation: 'Conversation',
	message: 'Message',
	user: 'User',
	team: 'Team',
	tag: 'Tag',
};

/** The entries of the parameter 'Events'. */
export function eventOptions(): INodePropertyOptions[] {
	return EVENT_NAMES.map((value): INodePropertyOptions => {
		const [object = '', action] = value.split('.');
		const label = LABELS[object as EventObject];
		return {
			value,
			name: `${label} ${action === 'create' ? 'Created' : 'Updated'}`,
			description:
				action === 'create'
					? `A ${label.toLowerCase()} is new in Kustomer`
					: `Something about a ${label.toLowerCase()} has changed`,
		};
	});
}

/** One output for events, two for status changes. Built from data alone: the editor evaluates it as text. */
export const OUTPUTS_EXPRESSION =
	'={{ $parameter["triggerOn"] === "agentStatus" ? [{ type: "main", displayName: "Changed" }, { type: "main", displayName: "Attention" }] : [{ type: "main" }] }}' as const;

const SIMPLE: Record<EventObject, (object: KustomerObject) => IDataObject> = {
	customer: (object) => simpleCustomer(object as unknown as Customer),
	conversation: (object) => simpleConversation(object as unknown as Conversation),
	message: (object) => simpleMessage(object as unknown as Message),
	user: (object) => simpleUser(object as unknown as User),
	team: (object) => simpleTeam(object as unknown as Team),
	tag: (object) => simpleTag(object as unknown as Tag),
};

/** The item of one event. */
export function eventItem(
	event: KustomerEvent,
	{ receivedAt, raw, simplify }: { receivedAt: string; raw?: unknown; simplify: boolean },
): IDataObject {
	const { data, object } = event;
	const flat = simplified(event);
	return {
		event: event.name,
		eventId: event.id ?? null,
		occurredAt: event.createdAt ?? null,
		receivedAt,
		objectType: object,
		objectId: data.id,
		customerId: object === 'customer' ? data.id : (relatedId(data, 'customer') ?? null),
		conversationId: object === 'conversation' ? data.id : (relatedId(data, 'conversation') ?? null),
		changedBy: event.by ?? null,
		client: event.client ?? null,
		changes: event.changes as unknown as IDataObject,
		[object]: simplify && flat !== undefined ? flat : (data as unknown as IDataObject),
		...(raw === undefined ? {} : { raw: raw as IDataObject }),
	};
}

/** Undefined when the object is not as expected: then it leaves as it came. */
function simplified({ data, object }: KustomerEvent): IDataObject | undefined {
	try {
		return SIMPLE[object](data);
	} catch {
		return undefined;
	}
}

/** The item of a status change. */
export function changeItem(change: StatusChange): IDataObject {
	const { id, ...rest } = change;
	return { event: STATUS_CHANGED, eventId: id, ...(rest as unknown as IDataObject) };
}

/** The item of a problem. */
export function problemItem(problem: StatusProblem): IDataObject {
	const { id, ...rest } = problem;
	return { event: 'agentStatus.problem', eventId: id, ...(rest as unknown as IDataObject) };
}
