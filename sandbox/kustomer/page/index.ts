/** The page that shows the organization as an agent sees it, its data, and the form that places calls. */
import { join } from 'node:path';
import express, { Router, type Response } from 'express';
import { ASSUMPTIONS } from '../assumptions';
import type { Recorder } from '../recorder';
import type { Change, KustomerStore } from '../store';
import type { Choice, KustomerStandInOptions, RecordedRequest } from '../types';
import { agentsView, customerView, overview } from './view';
import { webApp } from './web-app';

/** How long changes are collected before they are sent to the page. */
const COLLECT_MS = 80;
const SHOWN_REQUESTS = 100;

const SCENARIOS: Choice[] = [
	{ value: 'answered', label: 'Answered: rings, an agent answers' },
	{ value: 'abandoned', label: 'Abandoned: rings, the caller hangs up' },
	{ value: 'anonymous', label: 'Anonymous caller: the number is withheld' },
	{ value: 'duplicate', label: 'Duplicate delivery: every event arrives twice' },
];

export interface PageParts {
	store: KustomerStore;
	recorder: Recorder;
	organization: string;
	placeCall: KustomerStandInOptions['placeCall'];
	callForm: NonNullable<KustomerStandInOptions['callForm']>;
}

/** Sends what changed to every open page; costs nothing while no page is open. */
class Live {
	private readonly pages = new Set<Response>();
	private changes: Change[] = [];
	private requests: RecordedRequest[] = [];
	private timer: NodeJS.Timeout | undefined;

	constructor(private readonly recorder: Recorder) {}

	open(response: Response): void {
		response.writeHead(200, {
			'content-type': 'text/event-stream',
			'cache-control': 'no-store',
			connection: 'keep-alive',
		});
		response.write('retry: 1000\n\n');
		this.pages.add(response);
		response.on('close', () => this.pages.delete(response));
	}

	changed(change: Change): void {
		if (this.pages.size === 0) return;
		this.changes.push(change);
		this.later();
	}

	requested(request: RecordedRequest): void {
		if (this.pages.size === 0) return;
		this.requests.push(request);
		if (this.requests.length > SHOWN_REQUESTS) this.requests.shift();
		this.later();
	}

	close(): void {
		clearTimeout(this.timer);
		for (const response of this.pages) response.end();
	}

	private later(): void {
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			const message = {
				changes: this.changes.slice(-SHOWN_REQUESTS),
				requests: this.requests.map(requestView),
				requestCount: this.recorder.count,
			};
			this.changes = [];
			this.requests = [];
			const text = `data: ${JSON.stringify(message)}\n\n`;
			for (const response of this.pages) response.write(text);
		}, COLLECT_MS).unref();
	}
}

/** Without body and key: the page shows what happened, not secrets. */
function requestView({ at, method, path, status, ms, keyName }: RecordedRequest) {
	return { at, method, path, status, ms, keyName };
}

export function page({ store, recorder, organization, placeCall, callForm }: PageParts): {
	router: Router;
	close(): void;
} {
	const live = new Live(recorder);
	const stopListening = store.onChange((change) => live.changed(change));
	recorder.onRequest = (request) => live.requested(request);

	const router = Router();
	router.use((_request, response, next) => {
		response.setHeader(
			'content-security-policy',
			"default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
		);
		response.setHeader('x-content-type-options', 'nosniff');
		response.setHeader('cache-control', 'no-store');
		next();
	});
	router.get('/sandbox/state', (_request, response) => {
		response.json({
			organization,
			...overview(store),
			...agentsView(store),
			requestCount: recorder.count,
			requests: recorder.requests.slice(-SHOWN_REQUESTS).map(requestView),
			assumptions: ASSUMPTIONS,
			callForm:
				placeCall === undefined
					? null
					: {
							agents: callForm.agents ?? agentsOf(store),
							scenarios: callForm.scenarios ?? SCENARIOS,
							from: callForm.from ?? callersOf(store),
							to: callForm.to ?? [],
						},
		});
	});
	router.get('/sandbox/customers/:id', (request, response) => {
		const customer = store.customers.get(request.params.id);
		if (customer === undefined) response.status(404).json({ message: 'No such customer' });
		else response.json(customerView(store, customer));
	});
	router.post('/sandbox/agents/:id/status', express.json(), (request, response) => {
		const { status } = (request.body ?? {}) as { status?: unknown };
		const { id } = request.params;
		if (!store.users.has(id) || typeof status !== 'string' || !store.statuses.has(status)) {
			response.status(404).json({ ok: false, message: 'No such agent or status' });
			return;
		}
		store.workSessions.choose(id, status);
		response.json({ ok: true });
	});
	router.get('/sandbox/live', (_request, response) => live.open(response));
	router.post(
		'/sandbox/calls',
		express.json(),
		express.urlencoded({ extended: false }),
		(request, response, next) => {
			if (placeCall === undefined) {
				response.status(404).json({ ok: false, message: 'This sandbox places no calls.' });
				return;
			}
			const form: Record<string, string> = {};
			for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, unknown>)) {
				form[name] = String(value);
			}
			placeCall(form)
				.then(
					(result) => void response.json(result),
					(error: unknown) => {
						response
							.status(500)
							.json({ ok: false, message: error instanceof Error ? error.message : String(error) });
					},
				)
				.catch(next);
		},
	);
	router.use(webApp(store));
	router.use(express.static(join(__dirname, 'static'), { etag: false, lastModified: false }));

	return {
		router,
		close() {
			stopListening();
			recorder.onRequest = undefined;
			live.close();
		},
	};
}

function agentsOf(store: KustomerStore): Choice[] {
	return [...store.users.values()]
		.filter((user) => user.userType === 'user')
		.map((user) => ({ value: user.id, label: user.name }));
}

function callersOf(store: KustomerStore): Choice[] {
	return [...store.customers.values()].flatMap((customer) =>
		customer.phones.map(({ phone }) => ({ value: phone, label: `${phone} ${customer.name ?? ''}`.trim() })),
	);
}
