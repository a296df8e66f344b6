/** What CCAI Platform sends in the situations that happen in life: pure, sending is in `ccaip.ts`. */
import {
	newSessionId,
	sessionEvent,
	type CcaipAgent,
	type CcaipCustomer,
	type CcaipDisposition,
	type CcaipParticipant,
	type CcaipSession,
	type CcaipStep,
	type Spelling,
} from './ccaip-events';
import { sessionMetadata, type CcaipRecord } from './ccaip-metadata';

/** Names of the scenarios with a label for people. */
export const CCAIP_SCENARIOS = {
	inboundCall: 'Call: an agent answers, wraps up, metadata twice',
	abandonedCall: 'Abandoned: the caller hangs up in the queue',
	voicemail: 'Voicemail: left, later read by an agent',
	outboundCall: 'Outbound: an agent calls a customer',
	callBack: 'Call back: cut off after seconds, the agent calls back',
	chatWithTransferAndRating: 'Web chat: transferred to another agent and queue, rated',
	groupRing: 'Group: five agents ring, one of them answers',
	smartActions: 'App call: verification, a failed one, photos',
} as const satisfies Record<string, string>;

export type CcaipScenarioName = keyof typeof CCAIP_SCENARIOS;

/** True for the name of a scenario. */
export function isCcaipScenario(name: string): name is CcaipScenarioName {
	return Object.hasOwn(CCAIP_SCENARIOS, name);
}

/** Where a webhook goes: the platform has an address for session events; metadata has one of its own. */
export type CcaipTarget = 'events' | 'metadata';

export interface SimulatedWebhook {
	/** What happened, for people and tests, for example `accepted`. Not sent. */
	name: string;
	target: CcaipTarget;
	/** As it is known to this package: `call-123` or `chat-987`. Not sent. */
	sessionId: string;
	/** When the platform sends it, milliseconds since the epoch. */
	at: number;
	body: Record<string, unknown>;
}

export interface CcaipOptions {
	/** The platform's id of the session; of the first call for `callBack`. Default: a fresh one. */
	id?: number;
	/** Id of the second call of `callBack`. Default: the one after `id`. */
	secondId?: number;
	/** Parts that are left out keep their default. `phone: undefined` withholds the number. */
	customer?: Partial<CcaipCustomer>;
	/** The company's number. */
	supportNumber?: string;
	/** The first one answers; the second one gets the transfer. Missing ones are invented. */
	agents?: readonly CcaipAgent[];
	/** Menu from the top to the leaf. */
	queuePath?: readonly string[];
	/** Where a transfer goes. */
	secondQueuePath?: readonly string[];
	/** Milliseconds since the epoch. Default: so that the last webhook is sent now. */
	startedAt?: number;
	/** Seconds until an agent answers, or until the caller gives up. Default 12. */
	waitSeconds?: number;
	/** Seconds of talk. Default 95; the first call of `callBack` has 6. */
	talkSeconds?: number;
	language?: string;
	customData?: Record<string, unknown>;
	disposition?: CcaipDisposition;
	rating?: { score: number; comment?: string };
	/** Default `snake`. Calls only. */
	spelling?: Spelling;
	/** Whether events tell the agents' email addresses. Metadata always does. Default true. */
	agentEmails?: boolean;
}

const AGENTS: readonly CcaipAgent[] = [
	{ id: 11, name: 'Ana Reis', email: 'ana.reis@sandbox.example', number: '101' },
	{ id: 12, name: 'Ben Okafor', email: 'ben.okafor@sandbox.example', number: '102' },
	{ id: 13, name: 'Chloé Martin', email: 'chloe.martin@sandbox.example', number: '103' },
	{ id: 14, name: 'Dara Singh', email: 'dara.singh@sandbox.example', number: '104' },
	{ id: 15, name: 'Elif Kaya', email: 'elif.kaya@sandbox.example', number: '105' },
];

const SECOND = 1000;
/** The record is written fifteen minutes after the end. */
const METADATA_DELAY = 15 * 60 * SECOND;
const WRAP_UP = 20 * SECOND;
const VIRTUAL_AGENT = 'virtual_agent_15';

const external = (state: string): CcaipParticipant => ({ type: 'external', state });
const agentIs = (state: string, agent: CcaipAgent): CcaipParticipant => ({ type: 'agent', state, agent });

/** The options with every default filled in. */
interface Plan {
	id: number;
	secondId: number;
	customer: CcaipCustomer;
	supportNumber: string;
	agents: readonly CcaipAgent[];
	queuePath: readonly string[];
	secondQueuePath: readonly string[];
	startedAt: number;
	wait: number;
	talk: number;
	language: string;
	customData?: Record<string, unknown>;
	disposition: CcaipDisposition;
	rating: { score: number; comment?: string };
	spelling: Spelling;
	agentEmails: boolean;
}

/** The same end user for the same number or identifier. */
function customerOf(given: CcaipOptions['customer'], sessionId: number): CcaipCustomer {
	const customer = { phone: '+12125550187', ...given };
	const digits = (customer.phone ?? customer.identifier ?? '').replace(/\D/g, '').slice(-6);
	return { id: digits === '' ? sessionId : Number(digits), ...customer };
}

function planOf(options: CcaipOptions, startedAt: number): Plan {
	const id = options.id ?? newSessionId();
	const given = options.agents ?? [];
	const invented = AGENTS.filter((agent) => !given.some((one) => one.id === agent.id));
	return {
		id,
		secondId: options.secondId ?? id + 1,
		customer: customerOf(options.customer, id),
		supportNumber: options.supportNumber ?? '+493023125000',
		agents: [...given, ...invented].slice(0, Math.max(AGENTS.length, given.length)),
		queuePath: options.queuePath ?? ['Support', 'Orders', 'Status'],
		secondQueuePath: options.secondQueuePath ?? ['Support', 'Billing'],
		startedAt,
		wait: (options.waitSeconds ?? 12) * SECOND,
		talk: (options.talkSeconds ?? 95) * SECOND,
		language: options.language ?? 'en',
		customData: options.customData,
		disposition: options.disposition ?? {
			code: 'Order status',
			customCodeId: 'ORD-1',
			note: 'Parcel is on its way.',
		},
		rating: options.rating ?? { score: 4, comment: 'Quick and friendly.' },
		spelling: options.spelling ?? 'snake',
		agentEmails: options.agentEmails ?? true,
	};
}

/** Collects the webhooks of one session. */
class Story {
	readonly webhooks: SimulatedWebhook[] = [];
	private readonly sessionId: string;

	constructor(
		private readonly plan: Plan,
		readonly session: CcaipSession,
	) {
		this.sessionId = `${session.kind}-${session.id}`;
	}

	event(
		name: string,
		at: number,
		step: Omit<CcaipStep, 'at' | 'queuePath'> & Partial<Pick<CcaipStep, 'queuePath'>>,
	): void {
		const { sessionId, session } = this;
		this.webhooks.push({
			name,
			target: 'events',
			sessionId,
			at,
			body: sessionEvent(session, { at, ...step }),
		});
	}

	/** The first two steps of an inbound call: it has arrived, and it is in the queue. */
	arrive(): void {
		const { startedAt, queuePath, customer } = this.plan;
		const participants = [external('connected')];
		const initiator = customer.phone ?? `end_user_${customer.id}`;
		this.event('start', startedAt, { state: 'connected', participants, initiator });
		this.event('routing', startedAt + 4 * SECOND, {
			state: 'connected',
			participants,
			initiator: VIRTUAL_AGENT,
			queuePath,
		});
	}

	/** An agent takes it. @returns when they were connected, and when it ended */
	talk(agent: CcaipAgent, acceptedAt: number, talk: number): { connectedAt: number; endsAt: number } {
		const { queuePath } = this.plan;
		const initiator = `agent_${agent.id}`;
		const connectedAt = acceptedAt + 2 * SECOND;
		const endsAt = connectedAt + talk;
		const common = { initiator, queuePath };
		const both = (state: string) => [external(state), agentIs(state, agent)];
		this.event('accepted', acceptedAt, {
			...common,
			state: 'connected',
			participants: [external('connected'), agentIs('accepted', agent)],
		});
		this.event('connected', connectedAt, {
			...common,
			state: 'connected',
			participants: both('connected'),
			connectedAt,
		});
		this.event('disconnected', endsAt, {
			...common,
			state: 'disconnected',
			participants: both('disconnected'),
			connectedAt,
			endsAt,
		});
		return { connectedAt, endsAt };
	}

	metadata(
		name: string,
		at: number,
		record: Partial<CcaipRecord> & Pick<CcaipRecord, 'status' | 'waitDuration' | 'talkDuration'>,
	): void {
		const { session, plan, sessionId } = this;
		const body = sessionMetadata({
			session,
			queuePath: plan.queuePath,
			createdAt: plan.startedAt,
			queuedAt: plan.startedAt + 4 * SECOND,
			updatedAt: at,
			customData: plan.customData,
			...record,
		});
		this.webhooks.push({ name, target: 'metadata', sessionId, at, body });
	}
}

function sessionOf(plan: Plan, parts: Partial<CcaipSession> & Pick<CcaipSession, 'type'>): CcaipSession {
	return {
		kind: 'call',
		id: plan.id,
		direction: 'incoming',
		customer: plan.customer,
		supportNumber: plan.supportNumber,
		language: plan.language,
		spelling: plan.spelling,
		agentEmails: plan.agentEmails,
		...parts,
	};
}

/** Where the platform keeps a recording. */
function recordingOf(session: CcaipSession): string {
	return `https://sandbox.ccaip.example/recordings/call-${session.id}.mp3`;
}

function first(plan: Plan): CcaipAgent {
	return plan.agents[0]!;
}

/** What a talk of an inbound call puts into the record. */
function answered(
	plan: Plan,
	{ connectedAt, endsAt }: { connectedAt: number; endsAt: number },
	agent = first(plan),
) {
	return {
		status: 'finished',
		assignedAt: connectedAt - 2 * SECOND,
		connectedAt,
		endsAt,
		waitDuration: Math.round((connectedAt - plan.startedAt) / SECOND),
		talkDuration: Math.round((endsAt - connectedAt) / SECOND),
		agent,
		disconnectedBy: 'end_user',
	};
}

function inboundCall(plan: Plan): SimulatedWebhook[] {
	const story = new Story(plan, sessionOf(plan, { type: 'Voice Inbound (IVR)' }));
	const agent = first(plan);
	story.arrive();
	const times = story.talk(agent, plan.startedAt + plan.wait, plan.talk);
	story.event('disposition', times.endsAt + WRAP_UP, {
		state: 'disconnected',
		participants: [external('disconnected'), agentIs('dispositionSubmitted', agent)],
		initiator: `agent_${agent.id}`,
		queuePath: plan.queuePath,
		...times,
		disposition: plan.disposition,
	});
	const record = {
		...answered(plan, times),
		holdDuration: 8,
		disposition: plan.disposition,
		recordingUrl: recordingOf(story.session),
	};
	story.metadata('metadata', times.endsAt + METADATA_DELAY, record);
	story.metadata('metadataAgain', times.endsAt + METADATA_DELAY + 60 * SECOND, record);
	return story.webhooks;
}

function abandonedCall(plan: Plan): SimulatedWebhook[] {
	const story = new Story(plan, sessionOf(plan, { type: 'Voice Inbound (IVR)' }));
	const endsAt = plan.startedAt + plan.wait;
	story.arrive();
	story.event('disconnected', endsAt, {
		state: 'disconnected',
		participants: [external('disconnected')],
		initiator: `end_user_${plan.customer.id}`,
		queuePath: plan.queuePath,
		endsAt,
	});
	story.metadata('metadata', endsAt + METADATA_DELAY, {
		status: 'failed',
		endsAt,
		waitDuration: plan.wait / SECOND,
		talkDuration: 0,
		disconnectedBy: 'end_user',
		failReason: 'eu_abandoned',
	});
	return story.webhooks;
}

function voicemail(plan: Plan): SimulatedWebhook[] {
	const story = new Story(plan, sessionOf(plan, { type: 'Voice Inbound (IVR)' }));
	const endsAt = plan.startedAt + plan.wait + 25 * SECOND;
	story.arrive();
	story.event('voicemail', endsAt, {
		state: 'voicemail',
		participants: [external('disconnected')],
		initiator: `end_user_${plan.customer.id}`,
		queuePath: plan.queuePath,
		endsAt,
	});
	const record = {
		endsAt,
		waitDuration: plan.wait / SECOND,
		talkDuration: 0,
		voicemailReason: 'over_capacity',
		recordingUrl: recordingOf(story.session),
	};
	story.metadata('metadata', endsAt + METADATA_DELAY, { ...record, status: 'voicemail_received' });
	story.metadata('metadataRead', endsAt + 2 * METADATA_DELAY, {
		...record,
		status: 'voicemail_read',
		agent: first(plan),
	});
	return story.webhooks;
}

/** @param parentId the earlier call that this one returns */
function outboundCall(plan: Plan, parentId?: number): SimulatedWebhook[] {
	const agent = first(plan);
	const story = new Story(plan, sessionOf(plan, { type: 'Voice Outbound', direction: 'outgoing' }));
	const initiator = `agent_${agent.id}`;
	const connectedAt = plan.startedAt + plan.wait;
	const endsAt = connectedAt + plan.talk;
	story.event('agentConnected', plan.startedAt, {
		state: 'connected',
		participants: [external('ringing'), agentIs('connected', agent)],
		initiator,
	});
	story.event('customerConnected', connectedAt, {
		state: 'connected',
		participants: [external('connected'), agentIs('connected', agent)],
		initiator,
		connectedAt,
	});
	story.event('disconnected', endsAt, {
		state: 'disconnected',
		participants: [external('disconnected'), agentIs('disconnected', agent)],
		initiator,
		connectedAt,
		endsAt,
	});
	story.metadata('metadata', endsAt + METADATA_DELAY, {
		...answered(plan, { connectedAt, endsAt }),
		queuedAt: undefined,
		assignedAt: plan.startedAt,
		queuePath: [],
		parentId,
		disconnectedBy: 'agent',
		recordingUrl: recordingOf(story.session),
	});
	return story.webhooks;
}

function callBack(plan: Plan): SimulatedWebhook[] {
	const story = new Story(plan, sessionOf(plan, { type: 'Voice Inbound (IVR)' }));
	story.arrive();
	const times = story.talk(first(plan), plan.startedAt + plan.wait, plan.talk);
	story.metadata('metadata', times.endsAt + METADATA_DELAY, answered(plan, times));
	const again: Plan = {
		...plan,
		id: plan.secondId,
		startedAt: times.endsAt + 15 * SECOND,
		wait: 9 * SECOND,
		talk: 80 * SECOND,
	};
	return [...story.webhooks, ...outboundCall(again, plan.id)].sort((one, other) => one.at - other.at);
}

function chatWithTransferAndRating(plan: Plan): SimulatedWebhook[] {
	const session = sessionOf(plan, {
		kind: 'chat',
		type: 'Messaging Inbound (Web Chat)',
		supportNumber: undefined,
	});
	const story = new Story(plan, session);
	const [from, to] = [first(plan), plan.agents[1]!];
	const { startedAt, queuePath, secondQueuePath } = plan;
	const acceptedAt = startedAt + plan.wait;
	const connectedAt = acceptedAt + 2 * SECOND;
	const transferredAt = connectedAt + Math.round(plan.talk / 2);
	const endsAt = connectedAt + plan.talk;
	story.event('start', startedAt, {
		state: 'waiting',
		participants: [external('connected')],
		initiator: `end_user_${plan.customer.id}`,
		queuePath,
	});
	story.event('accepted', acceptedAt, {
		state: 'connected',
		participants: [external('connected'), agentIs('accepted', from)],
		initiator: `agent_${from.id}`,
		queuePath,
	});
	story.event('connected', connectedAt, {
		state: 'connected',
		participants: [external('connected'), agentIs('connected', from)],
		initiator: `agent_${from.id}`,
		queuePath,
		connectedAt,
	});
	story.event('transferred', transferredAt, {
		state: 'connected',
		participants: [external('connected'), agentIs('transferred', from), agentIs('connected', to)],
		initiator: `agent_${from.id}`,
		queuePath: secondQueuePath,
		connectedAt,
	});
	story.event('disconnected', endsAt, {
		state: 'disconnected',
		participants: [external('disconnected'), agentIs('disconnected', to)],
		initiator: `end_user_${plan.customer.id}`,
		queuePath: secondQueuePath,
		connectedAt,
		endsAt,
	});
	story.metadata('metadata', endsAt + METADATA_DELAY, {
		...answered(plan, { connectedAt, endsAt }, to),
		messageCount: 9,
		rating: plan.rating,
		transfers: [
			{
				id: session.id * 10 + 1,
				at: transferredAt,
				fromAgent: from,
				toAgent: to,
				fromQueue: queuePath,
				toQueue: secondQueuePath,
			},
		],
	});
	return story.webhooks;
}

function groupRing(plan: Plan): SimulatedWebhook[] {
	const story = new Story(plan, sessionOf(plan, { type: 'Voice Inbound (IVR)' }));
	const ringing = plan.agents.slice(0, 5);
	const [agent, declining, ...others] = ringing as [CcaipAgent, CcaipAgent, ...CcaipAgent[]];
	const rangAt = plan.startedAt + 6 * SECOND;
	const ring = (name: string, at: number, states: ReadonlyMap<CcaipAgent, string>) =>
		story.event(name, at, {
			state: 'ringing',
			participants: [
				external('connected'),
				...ringing.map((one) => agentIs(states.get(one) ?? 'ringing', one)),
			],
			initiator: VIRTUAL_AGENT,
			queuePath: plan.queuePath,
		});
	story.arrive();
	ring('ringing', rangAt, new Map());
	const states = new Map([[declining, 'declined']]);
	ring('declined', rangAt + 2 * SECOND, states);
	for (const [index, other] of others.entries()) {
		states.set(other, 'missed');
		ring(`missed${index + 1}`, rangAt + (4 + index) * SECOND, states);
	}
	const acceptedAt = Math.max(plan.startedAt + plan.wait, rangAt + (4 + others.length) * SECOND);
	const times = story.talk(agent, acceptedAt, plan.talk);
	story.metadata('metadata', times.endsAt + METADATA_DELAY, {
		...answered(plan, times),
		recordingUrl: recordingOf(story.session),
		notAnswering: [
			{ agent: declining, status: 'declined' },
			...others.map((other) => ({ agent: other, status: 'missed' })),
		],
	});
	return story.webhooks;
}

function smartActions(plan: Plan): SimulatedWebhook[] {
	const session = sessionOf(plan, { type: 'Voice Inbound (Mobile)' });
	const story = new Story(plan, session);
	story.arrive();
	const times = story.talk(first(plan), plan.startedAt + plan.wait, plan.talk);
	const at = (seconds: number) => times.connectedAt + seconds * SECOND;
	const actionId = (number: number) => session.id * 10 + number;
	story.metadata('metadata', times.endsAt + METADATA_DELAY, {
		...answered(plan, times),
		legacyType: 'Voice Inbound (App)',
		recordingUrl: recordingOf(session),
		smartActions: [
			{
				id: actionId(1),
				type: 'verification',
				status: 'failed',
				errorMessage: 'Fingerprint is not enabled on this device.',
				at: at(10),
			},
			{ id: actionId(2), type: 'verification', status: 'succeeded', at: at(25) },
			{ id: actionId(3), type: 'text_input', status: 'succeeded', text: 'Order 4711', at: at(40) },
		],
		photos: [1, 2].map((number) => ({
			id: actionId(number + 4),
			url: `https://sandbox.ccaip.example/media/call-${session.id}-photo-${actionId(number + 4)}.jpg`,
		})),
	});
	return story.webhooks;
}

const STORIES: Record<CcaipScenarioName, (plan: Plan) => SimulatedWebhook[]> = {
	inboundCall,
	abandonedCall,
	voicemail,
	outboundCall: (plan) => outboundCall(plan),
	callBack,
	chatWithTransferAndRating,
	groupRing,
	smartActions,
};

/** What else a scenario has by default. */
const DEFAULTS: Partial<Record<CcaipScenarioName, CcaipOptions>> = {
	callBack: { talkSeconds: 6 },
	chatWithTransferAndRating: { customer: { phone: undefined, identifier: 'web-user-1042' } },
	smartActions: { customer: { identifier: 'app-user-1042' } },
};

/** The webhooks of a scenario, in the order in which the platform sends them. */
export function ccaipScenario(name: CcaipScenarioName, options: CcaipOptions = {}): SimulatedWebhook[] {
	const defaults = DEFAULTS[name] ?? {};
	const all: CcaipOptions = {
		...defaults,
		...options,
		id: options.id ?? newSessionId(),
		talkSeconds: options.talkSeconds ?? defaults.talkSeconds,
		customer: { ...defaults.customer, ...options.customer },
	};
	const tell = (startedAt: number) => STORIES[name](planOf(all, startedAt));
	return tell(options.startedAt ?? Date.now() - (tell(0).at(-1)?.at ?? 0));
}
