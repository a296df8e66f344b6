/**
 * The way to Kustomer and back, with everything that goes wrong on it: answers that are lost, limits, failures of the server,
 * lists that lag behind, and processes that die at any request.
 */
import { NoAnswer, type HttpRequest, type HttpResponse } from '../../lib/http/http';
import { createKustomerClient, type KustomerClient } from '../../lib/kustomer/client';
import type { FormBody } from '../../lib/files/form-body';
import type { SendForm } from '../../lib/kustomer/form-upload';
import { kustomerInProcess, type InProcessKustomer } from '../../sandbox/kustomer/in-process';
import type { Scheduler } from './scheduler';

/** What becomes of one request. */
export const FAULT_KINDS = [
	/** The connection breaks before Kustomer has read it. */
	'lostRequest',
	/** Kustomer has done it, the answer does not arrive. */
	'lostAnswer',
	/** 429, nothing was done. */
	'limited',
	/** 503, nothing was done. */
	'failed',
	/** 502 from something in between, Kustomer has done it. */
	'failedAfter',
	/** The process dies, the request is never sent. */
	'crash',
	/** Kustomer has done it, the process dies before it learns of it. */
	'crashAfter',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** The n-th request of all, counted from 0, meets this. */
export interface Fault {
	request: number;
	kind: FaultKind;
}

/** What a planted fault changes on the way: a request, or the answer to it. */
export interface Tampering {
	request?: (request: HttpRequest) => HttpResponse | undefined;
	answer?: (request: HttpRequest, answer: HttpResponse) => HttpResponse;
}

/** Statuses that say that a request should not have been sent like this. */
const REFUSALS = [400, 401, 403, 413, 422];

export class Network {
	readonly kustomer: InProcessKustomer = kustomerInProcess();
	/** Requests that were answered, and not only read. */
	writes: string[] = [];
	/** What Kustomer would not take, with its reason. */
	readonly refused: string[] = [];
	requests = 0;
	/** Called after the n-th request was carried out. */
	onRequest: (count: number) => void = () => undefined;
	tampering: Tampering = {};
	private readonly bornAt = new Map<string, number>();
	private faults: Map<number, FaultKind>;
	private nextId = 0;

	/** @param lag requests that pass before a list shows a new object */
	constructor(
		readonly scheduler: Scheduler,
		faults: readonly Fault[],
		private lag: number,
	) {
		this.faults = new Map(faults.map(({ request, kind }) => [request, kind]));
		const { store } = this.kustomer;
		// The same ids in every run.
		store.newId = () => (0xa0_0000 + this.nextId++).toString(16).padStart(24, '0');
		store.onChange(({ id }) => {
			if (!this.bornAt.has(id)) this.bornAt.set(id, this.requests);
		});
	}

	/** Everything that is there now has been there for long. */
	begin(): void {
		this.bornAt.clear();
		for (const all of Object.values(this.kustomer.store)) {
			if (!(all instanceof Map)) continue;
			for (const id of all.keys()) this.bornAt.set(String(id), Number.NEGATIVE_INFINITY);
		}
	}

	/** From now on everything goes well, nobody interferes, and lists are up to date. */
	calmDown(): void {
		this.onRequest = () => undefined;
		this.faults = new Map();
		this.lag = 0;
	}

	/** Sends a request of a job of a process. Never answers once the process is dead. */
	send(job: number, process: Process, request: HttpRequest): Promise<HttpResponse> {
		return new Promise((resolve, reject) => {
			const line = `${process.name}, job ${job}: ${request.method} ${request.path}`;
			this.scheduler.add(job, line, () => {
				const kind = this.faults.get(this.requests);
				if (kind === 'crash') {
					this.requests += 1;
					this.scheduler.tell(`${line}: never sent, the process dies`);
					process.die();
					return;
				}
				const answer = this.carryOut(request, kind);
				this.scheduler.tell(`${line}: ${kind === undefined ? '' : `${kind}, `}${wordsFor(answer)}`);
				if (kind === 'crashAfter') {
					process.die();
					return;
				}
				this.scheduler.add(job, `${line}: answer`, () => {
					if (answer === undefined) reject(new NoAnswer('connection'));
					else resolve(answer);
				});
			});
		});
	}

	/** @returns undefined when there is no answer */
	private carryOut(request: HttpRequest, kind: FaultKind | undefined): HttpResponse | undefined {
		this.requests += 1;
		if (kind === 'lostRequest') return undefined;
		if (kind === 'limited') return answerOf(429, { 'retry-after': '1' });
		if (kind === 'failed') return answerOf(503);
		const answer = this.tampering.request?.(request) ?? this.ask(request);
		this.onRequest(this.requests);
		if (kind === 'lostAnswer') return undefined;
		if (kind === 'failedAfter') return answerOf(502);
		return this.tampering.answer?.(request, answer) ?? answer;
	}

	private ask(request: HttpRequest): HttpResponse {
		const { status, body } = this.kustomer.answer(request);
		const isRead = request.method === 'GET' || request.path.endsWith('/search');
		if (!isRead && status < 300) this.writes.push(`${request.method} ${request.path}`);
		if (REFUSALS.includes(status)) {
			this.refused.push(
				`${request.method} ${request.path} ${JSON.stringify(request.body)}: ${status} ${JSON.stringify(body)}`,
			);
		}
		return { status, headers: {}, body: isRead ? this.asListed(request, body) : body };
	}

	/** A list does not show yet what is new; what is asked for by its id is there. */
	private asListed({ path }: HttpRequest, body: unknown): unknown {
		const { data } = (body ?? {}) as { data?: unknown };
		if (this.lag === 0 || !Array.isArray(data) || /\/\w+=/.test(path)) return body;
		const isOld = ({ id }: { id: string }) => (this.bornAt.get(id) ?? 0) + this.lag < this.requests;
		return { ...(body as object), data: (data as Array<{ id: string }>).filter(isOld) };
	}

	/** Sends a file to the storage, which keeps it. */
	sendForm(job: number, process: Process): SendForm {
		return async (_url, form) => {
			const content = await contentOf(form);
			const id = /name="X-Amz-Meta-Attachment-Id"\r\n\r\n(\w+)/i.exec(content)?.[1] ?? '';
			return await new Promise((resolve) => {
				this.scheduler.add(job, `${process.name}, job ${job}: upload`, () => {
					const attachment = this.kustomer.store.attachments.get(id);
					if (attachment !== undefined) this.kustomer.store.fileArrived(attachment, Buffer.from(content));
					this.scheduler.tell(`${process.name}, job ${job}: upload of ${id}`);
					this.scheduler.add(job, 'upload answered', () => resolve({ status: 204, text: '' }));
				});
			});
		};
	}
}

async function contentOf(form: FormBody): Promise<string> {
	let content = '';
	for await (const piece of form.stream() as unknown as AsyncIterable<Uint8Array>) {
		content += Buffer.from(piece).toString('latin1');
	}
	return content;
}

function answerOf(status: number, headers: Record<string, string> = {}): HttpResponse {
	return { status, headers, body: { errors: [{ status, code: 'fault', title: 'Injected fault' }] } };
}

function wordsFor(answer: HttpResponse | undefined): string {
	return answer === undefined ? 'no answer' : String(answer.status);
}

let processes = 0;

/**
 * One life of one n8n process. What a process remembers, its turns and its pauses are kept by the credential's key, so a
 * process is a key of its own, and the next life another one.
 */
export class Process {
	/** Never the same twice: turns that a dead process has taken are never given back. */
	private readonly key = `process ${(processes += 1)}`;
	readonly jobs = new Set<number>();
	isDead = false;

	/** @param skew milliseconds by which its clock is ahead */
	constructor(
		readonly name: string,
		private readonly network: Network,
		private readonly skew: number,
		private readonly onDeath: (process: Process) => void,
	) {}

	die(): void {
		this.isDead = true;
		this.network.scheduler.forget((job) => this.jobs.has(job));
		this.onDeath(this);
	}

	client(job: number): KustomerClient {
		const { scheduler } = this.network;
		this.jobs.add(job);
		return createKustomerClient({
			credentialKey: this.key,
			clock: {
				now: () => scheduler.now + this.skew,
				sleep: (milliseconds) => scheduler.sleep(job, milliseconds),
				random: () => scheduler.chance(),
			},
			send: (request) => this.network.send(job, this, request),
		});
	}
}
