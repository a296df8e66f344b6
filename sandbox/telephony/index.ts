/**
 * Plays babelforce: sends the webhooks of one inbound call, in the orders and with the accidents that happen in life.
 */
import axios from 'axios';

import {
	eventFields,
	nestFields,
	newPlatformId,
	type BabelforceEventName,
	type BucketFields,
	type SimulatedAgent,
	type SimulatedCall,
	type SimulatedQueue,
} from './babelforce-events';
import { credentialHeaders, type WebhookCredential } from './credential';

export type { BabelforceEventName, SimulatedAgent, SimulatedCall, SimulatedQueue } from './babelforce-events';
export { eventFields, nestFields, newPlatformId } from './babelforce-events';
export { credentialHeaders } from './credential';
export type { BasicCredential, HeaderCredential, HmacCredential, WebhookCredential } from './credential';

const ANSWER_TIMEOUT_MS = 30_000;

/** `json` has nested objects, `jsonDotted` and the others have dotted names. `query` is a GET. */
export const ENCODINGS = ['json', 'jsonDotted', 'form', 'query'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What each scenario sends: a list of steps; the events of one step leave at the same moment. */
export const SCENARIOS = {
	answered: {
		label: 'Answered: rings, an agent answers',
		steps: [['call.inbound'], ['call.bridged']],
	},
	finished: {
		label: 'Answered and finished: rings, an agent answers, hangs up',
		steps: [['call.inbound'], ['call.bridged'], ['call.finished']],
	},
	abandoned: {
		label: 'Abandoned: rings, the caller hangs up',
		steps: [['call.inbound'], ['call.finished']],
	},
	anonymous: {
		label: 'Anonymous caller: the number is withheld',
		steps: [['call.inbound'], ['call.bridged']],
	},
	duplicate: {
		label: 'Duplicate delivery: every event arrives twice',
		steps: [['call.inbound'], ['call.inbound'], ['call.bridged'], ['call.bridged']],
	},
	simultaneous: {
		label: 'At the same time: ring and answer, each twice, all at once',
		steps: [['call.inbound', 'call.bridged', 'call.inbound', 'call.bridged']],
	},
	bridgedFirst: {
		label: 'Wrong order: the answer arrives before the ring',
		steps: [['call.bridged'], ['call.inbound']],
	},
} as const satisfies Record<string, { label: string; steps: ReadonlyArray<readonly BabelforceEventName[]> }>;

export type Scenario = keyof typeof SCENARIOS;

/** True for the name of a scenario. */
export function isScenario(name: string): name is Scenario {
	return Object.hasOwn(SCENARIOS, name);
}

export interface PlaceCallOptions {
	webhookUrl: string;
	/** Absent: nothing is presented. */
	credential?: WebhookCredential;
	/** The caller's number as babelforce would write it. */
	from: string;
	/** The company's number. */
	to: string;
	/** Who answers. */
	agent?: SimulatedAgent;
	queue?: SimulatedQueue;
	/** Default `form`, which is what an HTTP action with buckets is most likely to send. */
	encoding?: Encoding;
	/** Default `answered`. */
	scenario?: Scenario;
	/** To send events of a call that was placed before. */
	callId?: string;
	/** Default 12. */
	waitSeconds?: number;
	/** Default 95; abandoned calls have 0. */
	talkSeconds?: number;
	/** Milliseconds between the steps. Default 0. */
	pauseMs?: number;
	/** Called before each step, for example to wait until the one before is done. */
	beforeStep?: (step: number) => Promise<void>;
}

/** One webhook and its answer. */
export interface Delivery {
	/** What it told of, for example `call.inbound`. */
	event: string;
	/** HTTP status; 0 when no answer came. */
	status: number;
	/** Parsed JSON, text, or the reason why no answer came. */
	body: unknown;
	/** Milliseconds until the answer. */
	ms: number;
}

export interface PlacedCall {
	call: SimulatedCall;
	/** In the order in which they were sent. */
	deliveries: Delivery[];
}

/** A webhook as it goes over the wire. */
export interface WireRequest {
	method: 'POST' | 'GET';
	url: string;
	headers: Record<string, string>;
	/** Empty for a GET. */
	body: string;
}

function asText(fields: BucketFields): URLSearchParams {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(fields))
		parameters.append(name, value === null ? '' : String(value));
	return parameters;
}

/**
 * Writes an event as babelforce would put it on the wire.
 *
 * @param now milliseconds since the epoch, for signatures with a timestamp
 */
export function encodeEvent(
	fields: BucketFields,
	target: { webhookUrl: string; encoding: Encoding; credential?: WebhookCredential },
	now: number,
): WireRequest {
	const withCredential = (request: WireRequest): WireRequest => ({
		...request,
		headers: { ...request.headers, ...credentialHeaders(target.credential, request.body, now) },
	});
	const post = (type: string, body: string) =>
		withCredential({ method: 'POST', url: target.webhookUrl, headers: { 'content-type': type }, body });
	switch (target.encoding) {
		case 'json':
			return post('application/json', JSON.stringify(nestFields(fields)));
		case 'jsonDotted':
			return post('application/json', JSON.stringify(fields));
		case 'form':
			return post('application/x-www-form-urlencoded', asText(fields).toString());
		case 'query': {
			const url = new URL(target.webhookUrl);
			for (const [name, value] of asText(fields)) url.searchParams.append(name, value);
			return withCredential({ method: 'GET', url: url.toString(), headers: {}, body: '' });
		}
	}
}

/** Sends one webhook. Never rejects: a missing answer is a delivery with status 0. */
export async function deliver(event: string, request: WireRequest): Promise<Delivery> {
	const began = Date.now();
	const ms = () => Date.now() - began;
	return await axios
		.request<unknown>({
			method: request.method,
			url: request.url,
			headers: request.headers,
			data: request.method === 'POST' ? request.body : undefined,
			// The body is signed text already; axios must not touch it.
			transformRequest: (data: unknown) => data,
			timeout: ANSWER_TIMEOUT_MS,
			proxy: false,
			validateStatus: () => true,
		})
		.then((answer): Delivery => ({ event, status: answer.status, body: answer.data, ms: ms() }))
		.catch((error: Error): Delivery => ({ event, status: 0, body: error.message, ms: ms() }));
}

/** A call with fresh ids. */
export function newCall(
	options: Pick<
		PlaceCallOptions,
		'from' | 'to' | 'agent' | 'queue' | 'callId' | 'waitSeconds' | 'talkSeconds'
	> & {
		scenario?: Scenario;
	},
): SimulatedCall {
	const anonymous = options.scenario === 'anonymous';
	return {
		id: options.callId ?? newPlatformId(),
		sessionId: newPlatformId(),
		conversationId: newPlatformId(),
		agentLegId: newPlatformId(),
		from: anonymous ? 'anonymous' : options.from,
		to: options.to,
		anonymous,
		startedAt: Date.now(),
		waitSeconds: options.waitSeconds ?? 12,
		talkSeconds: options.scenario === 'abandoned' ? 0 : (options.talkSeconds ?? 95),
		agent: options.agent,
		queue: options.queue,
	};
}

/**
 * Sends the webhooks of one inbound call.
 *
 * @returns every delivery with its answer; never rejects because of an answer
 */
export async function placeInboundCall(options: PlaceCallOptions): Promise<PlacedCall> {
	const scenario = options.scenario ?? 'answered';
	const call = newCall({ ...options, scenario });
	const target = {
		webhookUrl: options.webhookUrl,
		encoding: options.encoding ?? ('form' as const),
		credential: options.credential,
	};
	const deliveries: Delivery[] = [];
	for (const [index, events] of SCENARIOS[scenario].steps.entries()) {
		if (index > 0 && options.pauseMs) await new Promise((next) => setTimeout(next, options.pauseMs));
		await options.beforeStep?.(index);
		const sent = events.map(
			async (event) => await deliver(event, encodeEvent(eventFields(event, call), target, Date.now())),
		);
		deliveries.push(...(await Promise.all(sent)));
	}
	return { call, deliveries };
}
