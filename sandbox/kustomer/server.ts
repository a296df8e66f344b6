import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import { api } from './api';
import { Documents } from './documents';
import { Faults } from './faults';
import { page } from './page';
import { RateLimit } from './rate-limit';
import { Recorder } from './recorder';
import { hasRole, Keys } from './roles';
import { downloadHandler, uploadHandler } from './routes/attachments';
import { DEFAULT_KEYS, SANDBOX, seed } from './seed';
import { KustomerStore } from './store';
import { Deliveries } from './webhooks/deliveries';
import type { ApiKey, KustomerStandIn, KustomerStandInOptions } from './types';

const FULL_ACCESS = ['org.permission', 'org.user', 'org.admin'];

/** Starts a stand-in on the loopback address. Several can run side by side. */
export async function startKustomerStandIn(options: KustomerStandInOptions = {}): Promise<KustomerStandIn> {
	const keys = options.apiKeys ?? DEFAULT_KEYS;
	const store = new KustomerStore({
		phoneLookup: options.phoneLookup ?? 'normalized',
		externalIds: options.externalIds ?? 'unique',
		metadataPut: options.metadataPut ?? 'merge',
	});
	const faults = new Faults();
	const limits = new RateLimit(options.rateLimitPerMinute ?? 1000);
	const recorder = new Recorder(options.maxRecordedRequests ?? 5000);
	const fill = (): void => {
		if (options.seed !== false) seed(store, Date.now());
		else
			store.addUser({ ...SANDBOX.users.machine, userType: 'machine', createdAt: new Date().toISOString() });
	};
	fill();

	let url = '';
	const documents = new Documents(
		store,
		SANDBOX.organizationId,
		() => url,
		() => options.storageUrl ?? `${url}/files`,
	);
	const deliveries = new Deliveries(store, documents, store.outboundWebhooks, {
		organization: options.organization ?? SANDBOX.organization,
		organizationId: SANDBOX.organizationId,
		retryWaits: options.webhookRetryWaits,
		redirect: options.webhookRedirect,
	});
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.use(
		'/v1',
		api({
			store,
			documents,
			keys: new Keys(keys),
			limits,
			faults,
			recorder,
			latencyMs: options.latencyMs ?? 0,
			chosenIds: options.chosenIds ?? 'accept',
			// assumes: one-machine-user
			userId: SANDBOX.users.machine.id,
		}),
	);
	app.post('/files', uploadHandler(store, documents, options.maxUploadBytes ?? 100 * 1024 * 1024));
	app.get('/files/:id', downloadHandler(store));
	const pages = page({
		store,
		recorder,
		organization: options.organization ?? SANDBOX.organization,
		placeCall: options.placeCall,
		callForm: options.callForm ?? {},
	});
	app.use(pages.router);

	const server = createServer(app);
	// Longer than the usual idle time of clients' connections, so that no request meets a connection that is just closing.
	server.keepAliveTimeout = 65_000;
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	url = `http://127.0.0.1:${port}`;

	return {
		url,
		port,
		apiKey: fullAccessKey(keys),
		store,
		requests: recorder.requests,
		get requestCount() {
			return recorder.count;
		},
		faults,
		deliveries,
		reset() {
			faults.clear();
			limits.reset();
			recorder.clear();
			store.clear();
			fill();
		},
		async close() {
			pages.close();
			deliveries.close();
			for (const socket of sockets) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function fullAccessKey(keys: readonly ApiKey[]): string {
	const full = keys.find(
		(key) => key.pod === undefined && key.expired !== true && FULL_ACCESS.every((role) => hasRole(key, role)),
	);
	return (full ?? keys[0])?.token ?? '';
}
