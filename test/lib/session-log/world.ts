/**
 * Sessions, workers and a strict stand-in Kustomer for the tests of session logging. A worker is what an n8n process is: it
 * has its own memory and its own turns, and shares nothing with the others but Kustomer.
 */
import { createKustomerClient, type KustomerClient } from '../../../lib/kustomer/client';
import { NoAnswer, type HttpRequest, type HttpResponse } from '../../../lib/http/http';
import { DEFAULT_RECORD_SETTINGS, type RecordSettings } from '../../../lib/session-log/rules/record-settings';
import { COMMENT_KINDS } from '../../../lib/session-log/rules/session-comments';
import { SESSION_FIELDS } from '../../../lib/session-log/rules/session-fields';
import type { LogSessionInput } from '../../../lib/session-log/inputs';
import { logSession } from '../../../lib/session-log/log-session';
import type { Agent, Session } from '../../../lib/domain/session';
import { forgetEverything } from '../../../lib/process/forget';
import {
	SANDBOX,
	startKustomerStandIn,
	type KustomerStandIn,
	type KustomerStandInOptions,
} from '../../../sandbox/kustomer';
import { useStandIn } from '../../setup/stand-in';

export const KNOWN = SANDBOX.customers.jonas;
export const UNKNOWN_PHONE = SANDBOX.unknownCaller;
export const ANA = SANDBOX.users.ana;
export const BEN = SANDBOX.users.ben;

/** A moment in the life of the test's calls, `seconds` after they begin. */
export function at(seconds: number): string {
	return new Date(Date.UTC(2026, 10, 20, 9, 0, seconds)).toISOString();
}

let nextSession = 1000;

/** A call to the company, as its first event knows it. */
export function inboundCall(facts: Partial<Session> = {}): Session {
	nextSession += 1;
	return {
		source: 'ccaip',
		id: `call-${nextSession}`,
		channel: 'voice',
		type: 'Voice Inbound (IVR)',
		origin: 'phone',
		direction: 'in',
		language: 'en',
		endUser: { phone: KNOWN.phone },
		line: '+493023125000',
		menuPath: ['Orders', 'Delivery'],
		state: 'started',
		startedAt: at(0),
		...facts,
	};
}

export const AGENT_ANA: Agent = { id: '11', name: ANA.name, email: ANA.email };
export const AGENT_BEN: Agent = { id: '12', name: BEN.name, email: BEN.email };

/** What events of the same call tell later on. */
export const stages = {
	queued: (call: Session): Session => ({ ...call, state: 'queued', queuedAt: at(5) }),
	assigned: (call: Session, agent = AGENT_ANA): Session => ({
		...call,
		state: 'assigned',
		assignedAt: at(20),
		agent,
	}),
	connected: (call: Session, agent = AGENT_ANA): Session => ({
		...call,
		state: 'connected',
		connectedAt: at(25),
		agent,
	}),
	ended: (call: Session, agent = AGENT_ANA): Session => ({
		...call,
		state: 'ended',
		outcome: 'answered',
		connectedAt: at(25),
		endedAt: at(205),
		duration: 180,
		waitTime: 25,
		agent,
	}),
	abandoned: (call: Session): Session => ({
		...call,
		state: 'ended',
		outcome: 'abandoned',
		endedAt: at(30),
	}),
	voicemail: (call: Session): Session => ({
		...call,
		state: 'ended',
		outcome: 'voicemail',
		endedAt: at(60),
		voicemail: { status: 'left', at: at(60) },
	}),
};

/** Settings as the panel has them when nothing is changed, with every comment on. */
export function settings(changes: {
	rules?: Partial<RecordSettings>;
	conversation?: Partial<LogSessionInput['conversation']>;
	customer?: Partial<LogSessionInput['customer']>;
	agent?: Partial<LogSessionInput['agent']>;
	other?: Partial<Omit<LogSessionInput, 'session'>>;
}): Omit<LogSessionInput, 'session'> {
	return {
		rules: { ...DEFAULT_RECORD_SETTINGS, ...changes.rules },
		queues: [],
		customer: {
			phoneRules: {
				defaultCountry: 'DE',
				ownNumbers: [...SANDBOX.ownNumbers],
				lookUp: 'automatic',
				whenUnusable: 'createWithoutPhone',
			},
			severalMatches: 'mostRecentlyActive',
			create: {},
			...changes.customer,
		},
		conversation: {
			title: '{CALL_TYPE}: {PHONE_NUMBER}',
			timeZone: 'Europe/Berlin',
			typeTag: true,
			platformTag: 'UJET',
			...changes.conversation,
		},
		agent: { assign: 'assigned', ...changes.agent },
		comments: new Set(COMMENT_KINDS),
		sessionFields: true,
		unknownAttributes: 'leaveOut',
		chooseId: true,
		dryRun: false,
		...changes.other,
	};
}

/** One n8n process. */
export class Worker {
	readonly client: KustomerClient;
	/** Called before each request; what it gives back happens instead. */
	trouble: (request: HttpRequest) => NoAnswer | undefined = () => undefined;
	/** Called before each request; Kustomer refuses what it gives back a parameter for, or nothing at all. */
	refuse: (request: HttpRequest) => { parameter?: string } | undefined = () => undefined;

	constructor(standIn: KustomerStandIn, name: string) {
		this.client = createKustomerClient({
			credentialKey: name,
			maxWaitMs: 2000,
			clock: {
				now: () => Date.now(),
				sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 20))),
				random: () => Math.random(),
			},
			send: async (request) => {
				const trouble = this.trouble(request);
				if (trouble !== undefined) throw trouble;
				const refused = this.refuse(request);
				if (refused !== undefined) {
					const error = { status: 400, code: 'badparam', title: 'Bad Request', source: refused };
					return { status: 400, headers: {}, body: { errors: [error] } };
				}
				return await send(standIn, request);
			},
		});
	}

	log(session: Session, changes: Parameters<typeof settings>[0] = {}) {
		return logSession(this.client, { ...settings(changes), session });
	}
}

async function send(standIn: KustomerStandIn, request: HttpRequest): Promise<HttpResponse> {
	const url = new URL(request.path, standIn.url);
	for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
	const answer = await fetch(url, {
		method: request.method,
		headers: { authorization: `Bearer ${standIn.apiKey}`, 'content-type': 'application/json' },
		body: request.body === undefined ? undefined : JSON.stringify(request.body),
	}).catch((cause: unknown) => {
		throw new NoAnswer('connection', { cause });
	});
	const text = await answer.text();
	return {
		status: answer.status,
		headers: Object.fromEntries(answer.headers),
		body: text === '' ? undefined : (JSON.parse(text) as unknown),
	};
}

/** A stand-in that knows the session fields, and what is in it. */
export class World {
	constructor(readonly standIn: KustomerStandIn) {}

	worker(name = 'worker'): Worker {
		return new Worker(this.standIn, name);
	}

	close(): Promise<void> {
		return this.standIn.close();
	}

	/** Empties Kustomer and forgets everything that this process remembers. */
	reset(): void {
		this.standIn.reset();
		forgetEverything();
		for (const kind of ['customer', 'conversation', 'message'] as const) {
			const fields = SESSION_FIELDS.filter((field) => field.kind === kind);
			this.standIn.store.defineAttributes(
				kind,
				Object.fromEntries(fields.map(({ name, displayName }) => [name, { displayName }])),
			);
		}
	}

	/** Conversations, messages and notes that were written since the reset, without what changes at every write. */
	get written() {
		const { conversations, messages, notes } = this.standIn.store;
		const ours = [...conversations.values()].filter(({ externalId }) => externalId !== undefined);
		return {
			conversations: ours,
			messages: [...messages.values()].filter(({ app }) => app === 'contact-center'),
			notes: [...notes.values()].filter(({ externalId }) => externalId !== undefined),
		};
	}

	/** What an agent would see, the same for the same state: ids and times of writing left out. */
	get picture(): unknown {
		const { conversations, messages, notes } = this.written;
		return {
			conversations: conversations
				.map(({ id, name, status, direction, customerId, assignedUsers, tags, custom }) => ({
					...{ id, name, status, direction, customerId, assignedUsers, tags, custom },
				}))
				.sort(byId),
			messages: messages
				.map(({ id, conversationId, channel, direction, subject, preview, status, custom, meta }) => ({
					...{ id, conversationId, channel, direction, subject, preview, status, custom },
					session: (meta.contactCenter as { session?: unknown }).session,
				}))
				.sort(byId),
			notes: notes.map(({ id, conversationId, body }) => ({ id, conversationId, body })).sort(byId),
		};
	}

	/** Texts of the notes, in alphabetical order. */
	get notes(): string[] {
		return this.written.notes.map(({ body }) => body).sort();
	}

	/** Requests since a mark, as "METHOD /path". */
	requestsSince(mark: number): string[] {
		return this.standIn.requests.slice(mark).map(({ method, path }) => `${method} ${path}`);
	}

	get mark(): number {
		return this.standIn.requests.length;
	}
}

/** Requests that write. */
export function writes(requests: readonly string[]): string[] {
	return requests.filter((line) => !line.startsWith('GET ') && !line.endsWith('/search'));
}

/** One world for all tests of a file, empty before each of them. */
export function useWorld(options?: KustomerStandInOptions): World {
	return useStandIn(async () => new World(await startKustomerStandIn(options)));
}

function byId(a: { id: string }, b: { id: string }): number {
	return a.id.localeCompare(b.id);
}
