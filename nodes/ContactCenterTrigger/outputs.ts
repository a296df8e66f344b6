import type { INodePropertyOptions } from 'n8n-workflow';

import { EVENT_KINDS, type EventKind } from '../../lib/domain/session';

/** How people see a kind of event. */
export interface EventLabel {
	/** In the list of events, in Title Case. */
	name: string;
	/** On the canvas, where n8n cuts off what is longer than about twelve letters. */
	output: string;
	description: string;
}

export const EVENT_LABELS: Readonly<Record<EventKind, EventLabel>> = {
	incoming: {
		name: 'Incoming Call or Chat',
		output: 'Incoming',
		description: 'A call or chat from a customer has started',
	},
	outgoing: {
		name: 'Outgoing Call',
		output: 'Outgoing',
		description: 'An agent, or software that dials for them, has started a call to a customer',
	},
	queued: { name: 'Waiting in a Queue', output: 'Queued', description: 'The customer waits for an agent' },
	assigned: {
		name: 'Agent Assigned',
		output: 'Assigned',
		description: 'An agent was chosen and is being called',
	},
	bridged: {
		name: 'Answered',
		output: 'Answered',
		description: 'An agent and the customer are connected. babelforce calls it bridged.',
	},
	message: {
		name: 'Chat Message',
		output: 'Message',
		description: 'A message was written in a chat',
	},
	transferred: {
		name: 'Transferred',
		output: 'Transferred',
		description: 'The call went to another agent or queue',
	},
	ended: { name: 'Ended', output: 'Ended', description: 'The call or chat is over, answered or not' },
	voicemail: { name: 'Voicemail', output: 'Voicemail', description: 'The customer has left a voicemail' },
	recording: {
		name: 'Recording Ready',
		output: 'Recording',
		description: 'A recording can be downloaded',
	},
	disposition: {
		name: 'Wrapped Up (Disposition)',
		output: 'Disposition',
		description: 'The agent has finished wrapping up and chosen how the call or chat ended',
	},
	rated: {
		name: 'Rated by the Customer',
		output: 'Rated',
		description: 'The customer has rated the call or chat',
	},
	metadata: {
		name: 'Session Metadata',
		output: 'Metadata',
		description:
			'Everything about the whole call or chat, which CCAI Platform writes about 15 minutes after its end',
	},
	updated: {
		name: 'Something Else Has Changed',
		output: 'Updated',
		description: 'For example that a voicemail was listened to',
	},
	other: {
		name: 'Other Events',
		output: 'Other',
		description:
			'About no call or chat, such as an agent who signs in, or of a kind that is not known yet; also what could not be read, with the reason',
	},
};

/** What the parameter 'Outputs' can be. */
export type OutputsChoice = 'perEvent' | 'single';

/** The entries of the parameter 'Events' for a platform, in the order of a call. */
export function eventOptions(kinds: readonly EventKind[]): INodePropertyOptions[] {
	return kinds.map((kind) => {
		const { name, description } = EVENT_LABELS[kind];
		return { value: kind, name, description };
	});
}

/** The ticked kinds, always in the order of the list. Unknown values are left out. */
export function tickedEvents(events: unknown): EventKind[] {
	return Array.isArray(events) ? EVENT_KINDS.filter((kind) => events.includes(kind)) : [];
}

/**
 * The node's `outputs`: one labeled output per ticked event in the order of {@link tickedEvents}, or a single one.
 * Built from data alone, because the editor evaluates it as text and has no access to this module.
 */
export const OUTPUTS_EXPRESSION =
	`={{ $parameter["outputs"] === "perEvent" && Array.isArray($parameter["events"]) && $parameter["events"].length > 0 ? ${JSON.stringify(
		EVENT_KINDS.map((kind) => [kind, EVENT_LABELS[kind].output]),
	)}.filter((event) => $parameter["events"].includes(event[0])).map((event) => ({ type: "main", displayName: event[1] })) : [{ type: "main" }] }}` as const;

/**
 * The output on which an event leaves the node.
 *
 * @returns the output's index, or undefined when the event was not ticked
 */
export function outputIndex(
	kind: EventKind,
	ticked: readonly EventKind[],
	outputs: OutputsChoice,
): number | undefined {
	const position = ticked.indexOf(kind);
	if (position < 0) return undefined;
	return outputs === 'perEvent' ? position : 0;
}
