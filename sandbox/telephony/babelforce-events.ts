/**
 * The webhooks that babelforce sends during an inbound call. Its HTTP action sends "buckets": the event "Inbound call"
 * has only the Call bucket, "Call bridged" has Call, Agent and Queue. Values are flat, names carry a dot, dates are Unix
 * seconds, ids have no hyphens. `event` is a custom variable that the person who sets up the automation adds.
 *
 * The vendor publishes no sample of such a request; the names come from its help center and from its REST API.
 */
import { randomBytes } from 'node:crypto';

export type BabelforceEventName = 'call.inbound' | 'call.bridged' | 'call.finished';

/** Flat fields, as they stand in a form or a query. */
export type BucketFields = Record<string, string | number | boolean | null>;

export interface SimulatedAgent {
	/** The platform's id, 32 hex digits. */
	id: string;
	/** For agents synced from Kustomer: the Kustomer user id. */
	sourceId?: string;
	name: string;
	email?: string;
	/** Extension. */
	number?: string;
}

export interface SimulatedQueue {
	id: string;
	name: string;
}

/** One inbound call with everything that its events can tell. */
export interface SimulatedCall {
	/** Id of the customer's leg, 32 hex digits. */
	id: string;
	sessionId: string;
	conversationId: string;
	/** Id of the agent's leg. */
	agentLegId: string;
	/** The caller as babelforce writes it: E.164, or `anonymous`. */
	from: string;
	to: string;
	anonymous: boolean;
	/** Milliseconds since the epoch. */
	startedAt: number;
	/** Seconds until an agent answered, or until the caller gave up. */
	waitSeconds: number;
	/** Seconds of talk; 0 when nobody answered. */
	talkSeconds: number;
	agent?: SimulatedAgent;
	queue?: SimulatedQueue;
}

/** An id as babelforce writes them: 32 hex digits without hyphens. */
export function newPlatformId(): string {
	return randomBytes(16).toString('hex');
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

function callBucket(call: SimulatedCall): BucketFields {
	return {
		'call.id': call.id,
		'call.sessionId': call.sessionId,
		'call.conversationId': call.conversationId,
		'call.type': 'inbound',
		'call.domain': 'external',
		'call.source': 'queue',
		'call.from': call.from,
		'call.to': call.to,
		'call.anonymous': call.anonymous,
		'call.dateCreated': seconds(call.startedAt),
	};
}

function agentBucket(agent: SimulatedAgent): BucketFields {
	return {
		'agent.id': agent.id,
		'agent.name': agent.name,
		...(agent.number === undefined ? {} : { 'agent.number': agent.number }),
		...(agent.email === undefined ? {} : { 'agent.email': agent.email }),
		...(agent.sourceId === undefined ? {} : { 'agent.sourceId': agent.sourceId }),
	};
}

function queueBucket(queue: SimulatedQueue): BucketFields {
	return { 'queue.id': queue.id, 'queue.name': queue.name };
}

/**
 * The fields of one event.
 *
 * "Call bridged" is about the agent's leg: its `call.id` is the leg's and `call.parentId` is the customer's call.
 */
export function eventFields(name: BabelforceEventName, call: SimulatedCall): BucketFields {
	const common: BucketFields = { event: name, ...callBucket(call) };
	if (name === 'call.inbound') return { ...common, 'call.state': 'ringing' };

	const people: BucketFields = {
		...(call.agent === undefined ? {} : agentBucket(call.agent)),
		...(call.queue === undefined ? {} : queueBucket(call.queue)),
	};
	const answeredAt = call.startedAt + call.waitSeconds * 1000;
	if (name === 'call.bridged') {
		return {
			...common,
			'call.id': call.agentLegId,
			'call.parentId': call.id,
			'call.domain': 'internal',
			'call.state': 'bridged',
			'call.dateEstablished': seconds(answeredAt),
			'call.duration': call.waitSeconds,
			...people,
		};
	}
	const answered = call.talkSeconds > 0;
	return {
		...common,
		'call.state': 'completed',
		'call.finishReason': 'hangup',
		...(answered ? { 'call.dateEstablished': seconds(answeredAt) } : {}),
		'call.dateFinished': seconds(answeredAt + call.talkSeconds * 1000),
		'call.duration': call.waitSeconds + call.talkSeconds,
		...(answered ? people : {}),
	};
}

/** `{'call.id': 'x'}` becomes `{call: {id: 'x'}}`, as a task automation with a JSON body would send it. */
export function nestFields(fields: BucketFields): Record<string, unknown> {
	const nested: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(fields)) {
		const [bucket, field] = name.split('.');
		if (bucket === undefined || field === undefined) nested[name] = value;
		else nested[bucket] = { ...(nested[bucket] as Record<string, unknown> | undefined), [field]: value };
	}
	return nested;
}
