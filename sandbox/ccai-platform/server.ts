import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { Faults } from '../kustomer/faults';
import { AgentStore } from './agents';
import { api } from './api';
import { RateLimit } from './rate-limit';
import { signatureOf, storage } from './storage';
import { SessionStore } from './store';
import type { CcaiPlatformStandIn, CcaiPlatformStandInOptions, RecordedRequest } from './types';

/** Who signs in to the stand-in, unless told otherwise. */
export const SANDBOX_TENANT = { subdomain: 'acme', token: 'sandbox-token-of-ccai-platform' } as const;

/** Starts a stand-in on the loopback address: the API on one port, the storage on another. */
export async function startCcaiPlatformStandIn(
	options: CcaiPlatformStandInOptions = {},
): Promise<CcaiPlatformStandIn> {
	const subdomain = options.subdomain ?? SANDBOX_TENANT.subdomain;
	const token = options.token ?? SANDBOX_TENANT.token;
	const store = new SessionStore();
	const agents = new AgentStore();
	const faults = new Faults();
	const limit = new RateLimit(options.requestsPerSecond ?? 10);
	const requests: RecordedRequest[] = [];
	const record = (request: RecordedRequest) => void requests.push(request);

	const apiServer = await listen(
		api({ subdomain, token, store, agents, limit, faults, record, standIn: () => standIn }),
		options.port ?? 0,
	);
	const storageServer = await listen(storage({ store, faults, record }), options.storagePort ?? 0);

	const standIn: CcaiPlatformStandIn = {
		url: apiServer.url,
		port: apiServer.port,
		storageUrl: storageServer.url,
		subdomain,
		token,
		store,
		agents,
		requests,
		onRequest: undefined,
		faults,
		// assumes: recordings-redirect
		recordingUrl: (name) => `${apiServer.url}/recordings/${encodeURIComponent(name)}`,
		storageFileUrl: (name) =>
			`${storageServer.url}/files/${encodeURIComponent(name)}?signature=${signatureOf(name)}`,
		reset() {
			store.clear();
			agents.reset();
			faults.clear();
			limit.reset();
			requests.length = 0;
			standIn.onRequest = undefined;
		},
		close: async () => {
			await Promise.all([apiServer.close(), storageServer.close()]);
		},
	};
	return standIn;
}

async function listen(app: Express, port: number) {
	const server: Server = createServer(app);
	server.keepAliveTimeout = 65_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const address = server.address() as AddressInfo;
	return {
		port: address.port,
		url: `http://127.0.0.1:${address.port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
