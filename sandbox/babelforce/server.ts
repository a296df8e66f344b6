import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express, { type Request } from 'express';
import type { Agent, Call, Recording } from '../../lib/platforms/babelforce/api/documents';
import { Faults, type Met } from '../kustomer/faults';
import { SANDBOX } from '../kustomer/seed';
import { Access } from './access';
import { AgentStates, filledAgent } from './agent-states';
import { ApiError } from './errors';
import { ROUTES } from './routes';
import { BABELFORCE, seed } from './seed';
import { Storage } from './storage';
import type { BabelforceRequest, BabelforceStandIn, BabelforceStandInOptions } from './types';

const HOUR = 60 * 60_000;

/** Starts a stand-in on the loopback address. Several can run side by side. */
export async function startBabelforceStandIn(
	options: BabelforceStandInOptions = {},
): Promise<BabelforceStandIn> {
	const access = new Access(options.users ?? Object.values(BABELFORCE.users), options.tokenLifeMs ?? HOUR);
	const storage = new Storage(options.linkLifeMs ?? HOUR / 12);
	const agents = new Map<string, Agent>();
	const calls = new Map<string, Call>();
	const states = new AgentStates(agents);
	const faults = new Faults();
	const requests: BabelforceRequest[] = [];
	let url = '';
	let storageUrl = '';

	const world = {
		agents,
		calls,
		states,
		link: (fileId: string) => {
			const path = storage.link(fileId);
			return path === undefined ? undefined : `${storageUrl}${path}`;
		},
		url: () => url,
		place: (call: Partial<Call>) => standIn.addCall(call),
	};

	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use(express.urlencoded({ extended: false }));
	app.use(express.json());
	app.use((request, response) => {
		const path = request.originalUrl.split('?', 1)[0] ?? '';
		const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
			requests.push({
				method: request.method,
				path,
				query: [...new URL(request.originalUrl, 'http://x.invalid').searchParams],
				status,
				...(bodyOf(request) === undefined ? {} : { body: bodyOf(request) }),
				signedInBy: Access.wayOf(request.headers),
			});
			response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers });
			response.end(body === undefined ? '' : JSON.stringify(body));
		};
		const met = faults.take(request.method, path, Date.now());
		const go = () => {
			try {
				if (met !== undefined && strike(met, request)) return;
				const answer = answerTo(request, path);
				if (met?.fault.kind === 'closeAfterCommit') request.socket.destroy();
				else send(answer.status, answer.body, answer.headers);
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				send(error.status, error.body, error.headers);
			}
		};
		if (met?.fault.kind === 'delay') setTimeout(go, met.fault.ms).unref();
		else go();
	});

	function answerTo(
		request: Request,
		path: string,
	): { status: number; body?: unknown; headers?: Record<string, string> } {
		if (request.method === 'POST' && path === '/oauth/token') {
			if (request.is('application/x-www-form-urlencoded') === false) {
				throw new ApiError(415, 'Unsupported Media Type');
			}
			return access.signIn((request.body ?? {}) as Record<string, unknown>);
		}
		access.check(request.headers);
		let isKnown = false;
		for (const route of ROUTES) {
			const match = route.path.exec(path);
			if (match === null) continue;
			isKnown = true;
			if (request.method !== (route.method ?? 'GET')) continue;
			const pairs = [...new URL(request.originalUrl, 'http://x.invalid').searchParams];
			const answer = route.handle({
				params: match.slice(1).map(decodeURIComponent),
				pairs,
				body: bodyOf(request),
				world,
			});
			return answer.status === 302
				? { status: 302, headers: { location: answer.location } }
				: { status: answer.status, body: answer.body };
		}
		if (isKnown) throw new ApiError(405, 'Method Not Allowed');
		throw new ApiError(404, 'Not Found');
	}

	const server = createServer(app);
	server.keepAliveTimeout = 65_000;
	storage.server.keepAliveTimeout = 65_000;
	const sockets = new Set<Socket>();
	for (const one of [server, storage.server]) {
		one.on('connection', (socket) => {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
		});
	}
	url = `http://127.0.0.1:${await listen(server, options.port ?? 0, '127.0.0.1')}`;
	// Another name, so that a client that tells hosts apart by name or by port sees another one either way.
	storageUrl = `http://localhost:${await listen(storage.server, options.storagePort ?? 0, 'localhost')}`;

	const standIn: BabelforceStandIn = {
		url,
		storageUrl,
		port: Number(new URL(url).port),
		agents,
		calls,
		presences: states.presences,
		statusChanges: states.changes,
		agentControls: {
			add(given) {
				const agent = filledAgent(given);
				agents.set(agent.id, agent);
				return agent;
			},
			rings: (id) => states.line(id, 'ringing'),
			callStarts: (id) => states.line(id, 'in-call'),
			callEnds: (id) => states.line(id, 'wrap-up'),
			wrapUpEnds: (id) => states.line(id, 'available'),
			picks(id, presence) {
				const agent = agents.get(id);
				if (agent === undefined) throw new Error(`There is no agent ${id}`);
				states.change(agent, 'agent', { presence });
			},
		},
		requests,
		storageRequests: storage.requests,
		faults,
		storageFaults: storage.faults,
		addCall(given, recordings = []) {
			const call = filledCall(given);
			call.recordings = recordings.map((one) => {
				const recording = filledRecording(one, call, storage);
				return { ...recording, url: recording.url ?? world.link(recording.file?.id ?? '') ?? '' };
			});
			calls.set(call.id, call);
			return call;
		},
		endTokens: () => access.endTokens(),
		setPassword: (user, password) => access.setPassword(user, password),
		reset() {
			access.reset();
			storage.clear();
			faults.clear();
			agents.clear();
			states.reset();
			calls.clear();
			requests.length = 0;
			if (options.seed !== false) seed(standIn, Date.now());
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			await Promise.all([server, storage.server].map(closed));
		},
	};
	standIn.reset();
	return standIn;
}

/** What was sent as JSON; undefined when nothing was. The body of the sign-in is a form, and a secret. */
function bodyOf(request: Request): unknown {
	return request.is('application/json') ? (request.body as unknown) : undefined;
}

/** Carries out a fault. Returns whether the request has got its answer by that. */
function strike({ fault, endsAt }: Met, request: Request): boolean {
	switch (fault.kind) {
		case 'closeBeforeCommit':
			request.socket.destroy();
			return true;
		case 'status':
			throw new FaultAnswer(fault.status, fault.body, fault.headers);
		case 'rateLimitFor':
			// assumes: rate-limit-retry-after
			throw new ApiError(429, 'Too Many Requests', {
				'retry-after': String(Math.max(1, Math.ceil(((endsAt ?? Date.now()) - Date.now()) / 1000))),
			});
		default:
			return false;
	}
}

/** An answer that a test has written down. */
class FaultAnswer extends ApiError {
	constructor(
		status: number,
		private readonly given: unknown,
		headers: Record<string, string> = {},
	) {
		super(status, 'Injected fault', headers);
	}

	override get body(): unknown {
		return this.given ?? super.body;
	}
}

async function listen(server: Server, port: number, host: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
	await new Promise<void>((resolve) => server.close(() => resolve()));
}

const newId = (): string => randomBytes(16).toString('hex');

function filledCall(given: Partial<Call>): Call {
	const created = given.dateCreated ?? new Date().toISOString();
	const call: Call = {
		id: newId(),
		sessionId: newId(),
		conversationId: newId(),
		dateCreated: created,
		lastUpdated: created,
		dateEstablished: created,
		dateFinished: created,
		state: 'completed',
		finishReason: 'hangup',
		type: 'inbound',
		from: SANDBOX.unknownCaller,
		to: SANDBOX.ownNumbers[0],
		source: 'queue',
		domain: 'external',
		duration: 60,
		anonymous: false,
		...given,
	};
	return call;
}

function filledRecording(
	{ bytes = 1000, ...given }: Partial<Recording> & { bytes?: number },
	call: Call,
	storage: Storage,
): Recording {
	const fileId = given.file?.id ?? newId();
	const contentType = given.file?.contentType ?? 'audio/wav';
	const state = given.state ?? 'stored';
	const file = {
		id: fileId,
		state: 'stored',
		name: `${fileId}.wav`,
		size: bytes,
		contentType,
		...given.file,
	};
	if (file.state === 'stored') storage.files.set(fileId, { fileId, size: bytes, contentType });
	return {
		id: newId(),
		duration: call.duration,
		tags: [],
		call: {
			id: call.id,
			conversationId: call.conversationId,
			type: call.type,
			from: call.from,
			to: call.to,
		},
		...given,
		state,
		file,
	};
}
