/**
 * Plays CCAI Platform with a custom CRM behind its generic API, as the flows of its documentation go: find the account (by ID, then
 * by query), create it; find the record, create it or use it again; comments, updates, uploads, rating. What is answered 400 is
 * sent again for a week, ever more slowly; nothing else is.
 */
import { evaluate } from '../../../lib/domain/parameter-functions';
import type { EndpointName } from '../../../lib/crm-api/request';
import {
	variablesOf,
	type CrmApiPlatformSettings,
	type EndpointSettings,
	type SessionFacts,
	type SimulatedSession,
} from './settings';
import { complaintsAbout, isExpected, objectAt } from './strict-answers';
import type { CrmApiReply, CrmApiTransport, SimulatedFile } from './transport';

const SECOND = 1000;
const WEEK = 7 * 24 * 3600 * SECOND;
/** assumes: how the pauses between repetitions grow is not documented. */
const FIRST_PAUSE = 10 * SECOND;
const LONGEST_PAUSE = 24 * 3600 * SECOND;

/** One request that was sent, for tests and people. */
export interface SentRequest {
	endpoint: EndpointName;
	session: string;
	/** Milliseconds of simulated time after its first attempt. */
	after: number;
	parameters: Readonly<Record<string, string>>;
	reply: CrmApiReply;
}

/** What the platform knows of a session that is under way. */
export interface OpenSession {
	session: SimulatedSession;
	accountId?: string;
	recordId?: string;
	attachments: string[];
}

export interface CrmApiPlatformOptions {
	/** Called in place of waiting before a repetition, with the milliseconds that the platform would wait. */
	pause?: (milliseconds: number) => Promise<void>;
}

const SEARCHES: readonly EndpointName[] = ['findAccountByQuery'];

export class CrmApiPlatform {
	/** Everything that was sent, in the order of the answers. */
	readonly sent: SentRequest[] = [];
	/** What is wrong with answers. */
	readonly complaints: string[] = [];
	/** Requests that the platform has given up: refused for good, or repeated for a week in vain. */
	readonly lost: SentRequest[] = [];
	/** While the platform queues because of a rate limit: what is to be sent later. */
	private queued: Array<() => Promise<void>> | undefined;

	constructor(
		readonly settings: CrmApiPlatformSettings,
		private readonly transport: CrmApiTransport,
		private readonly options: CrmApiPlatformOptions = {},
	) {}

	/** A session begins: account and record are found or created. */
	async open(session: SimulatedSession, known: Pick<OpenSession, 'accountId'> = {}): Promise<OpenSession> {
		const open: OpenSession = { session, attachments: [] };
		open.accountId = await this.account(open, known.accountId);
		if (open.accountId !== undefined) open.recordId = await this.record(open);
		if (open.recordId !== undefined) await this.comment(open, `${wordFor(session)} started.`);
		return open;
	}

	/** A comment, where the endpoint is configured. */
	async comment(open: OpenSession, text: string): Promise<void> {
		const comment = this.settings.htmlComments ? `<p>${text}</p>` : text;
		await this.orLater(async () => void (await this.send('addComment', open, { comment })));
	}

	/** Facts that have become known. */
	async update(open: OpenSession, facts: SessionFacts): Promise<void> {
		await this.orLater(async () => void (await this.send('updateRecord', open, facts)));
	}

	/** A recording, transcript, photo … */
	async upload(open: OpenSession, file: SimulatedFile): Promise<void> {
		await this.orLater(async () => {
			const answer = await this.send('uploadFile', open, {}, file);
			const id = answer?.id ?? answer?.url;
			if (typeof id === 'string') open.attachments.push(id);
		});
	}

	/** The session ends, with what becomes of it. */
	async finish(open: OpenSession, facts: SessionFacts & { callDuration: number }): Promise<void> {
		await this.update(open, { disconnectedBy: 'end_user', ...facts });
		await this.comment(open, `${wordFor(open.session)} ended after ${facts.callDuration} seconds.`);
	}

	/** The end user has rated the session. */
	async rate(open: OpenSession, rating: number, feedback?: string): Promise<void> {
		await this.update(open, { rating, feedback });
		await this.comment(open, `CSAT: ${rating}${feedback === undefined ? '' : `, ${feedback}`}`);
	}

	/** A rate limit: what follows the opening of sessions is queued. */
	hold(): void {
		this.queued ??= [];
	}

	/** Everything that was queued is sent at once, in the order that is given: late, in a burst and out of order. */
	async burst(inOrder: <T>(all: T[]) => T[] = (all) => all): Promise<void> {
		const all = this.queued ?? [];
		this.queued = undefined;
		await Promise.all(inOrder(all).map((send) => send()));
	}

	private async orLater(send: () => Promise<void>): Promise<void> {
		if (this.queued === undefined) await send();
		else this.queued.push(send);
	}

	private async account(open: OpenSession, knownId: string | undefined): Promise<string | undefined> {
		const byId =
			knownId === undefined ? undefined : await this.send('findAccountById', open, { accountId: knownId });
		const found = byId ?? (await this.send('findAccountByQuery', open, { accountId: knownId }));
		return idOf(found ?? (await this.send('createAccount', open, {})));
	}

	private async record(open: OpenSession): Promise<string | undefined> {
		const found = await this.send('findRecord', open, {});
		if (found !== undefined && this.settings.reuseRecords) return idOf(found);
		return idOf(await this.send('createRecord', open, {}));
	}

	/**
	 * Sends, again for as long as the answer is 400.
	 *
	 * @returns the object of the answer; undefined for 404, for what is lost, and where the endpoint is not configured
	 */
	private async send(
		endpoint: EndpointName,
		open: OpenSession,
		facts: SessionFacts,
		file?: SimulatedFile,
	): Promise<Record<string, unknown> | undefined> {
		const endpointSettings = this.settings.endpoints[endpoint];
		if (endpointSettings === undefined) return undefined;
		const call = this.callFor(endpoint, endpointSettings, open, facts);
		if (call === undefined) return undefined;
		let pause = FIRST_PAUSE;
		for (let after = 0; ; after += pause, pause = Math.min(pause * 2, LONGEST_PAUSE)) {
			const reply = await this.transport({ ...call, file }, this.settings);
			const sent: SentRequest = {
				endpoint,
				session: `${open.session.kind}-${open.session.id}`,
				after,
				parameters: call.parameters,
				reply,
			};
			this.sent.push(sent);
			const location = endpointSettings.responseLocation;
			this.complaints.push(...this.complaintsAbout(sent, location));
			const isRepeated = reply.status === 400 && after + pause <= WEEK;
			if (!isRepeated) {
				if (!isExpected(endpoint, reply.status)) this.lost.push(sent);
				return reply.status < 300 && reply.status > 0 ? objectAt(reply.body, location) : undefined;
			}
			await this.options.pause?.(pause);
		}
	}

	private complaintsAbout({ endpoint, reply }: SentRequest, location: readonly string[]): string[] {
		const { status, body, milliseconds } = reply;
		const limit = this.settings.timeoutSeconds * SECOND;
		if (status === 0 || milliseconds > limit) {
			return [`${endpoint}: no answer within ${this.settings.timeoutSeconds} s`];
		}
		return complaintsAbout(endpoint, status, body, location);
	}

	/** The request; undefined where its path needs a value that is missing: then the platform does not use the endpoint. */
	private callFor(
		endpoint: EndpointName,
		settings: EndpointSettings,
		{ session, accountId, recordId }: OpenSession,
		facts: SessionFacts,
	): Omit<Parameters<CrmApiTransport>[0], 'file'> | undefined {
		const { phoneFormat, missingVariables } = this.settings;
		const isSearch = SEARCHES.includes(endpoint);
		const variables = variablesOf(
			session,
			{ accountId, recordId, ...definedOnly(facts) },
			{ phoneFormat, isSearch },
		);
		const valueOf = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
		const path = evaluate(settings.path, (name) => {
			const value = valueOf(name);
			return value === undefined ? undefined : encodeURIComponent(value);
		});
		if (path === undefined) return undefined;
		const parameters: Record<string, string> = {};
		for (const [name, template] of Object.entries(settings.parameters)) {
			const value = evaluate(template, valueOf);
			if (value !== undefined) parameters[name] = value;
			else if (missingVariables !== 'dropped' && !template.startsWith('=')) {
				parameters[name] = missingVariables === 'empty' ? '' : template;
			}
		}
		return { endpoint, settings, path, parameters };
	}
}

function definedOnly(facts: SessionFacts): SessionFacts {
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function idOf(object: Record<string, unknown> | undefined): string | undefined {
	const id = object?.id;
	return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function wordFor({ kind }: SimulatedSession): string {
	return kind === 'call' ? 'Call' : 'Chat';
}
