import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Faults } from '../kustomer/faults';
import { answer } from './api';
import { Tokens } from './tokens';
import type { CloudStorageStandIn, CloudStorageStandInOptions } from './types';

/** Starts a stand-in with one bucket on the loopback address. */
export async function startCloudStorageStandIn(
	options: CloudStorageStandInOptions = {},
): Promise<CloudStorageStandIn> {
	const tokens = new Tokens();
	let isAllowed = true;
	const server = createServer((request, response) => {
		void answer(request, response, {
			standIn,
			tokens,
			pageSize: options.pageSize ?? Infinity,
			isAllowed: () => isAllowed,
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const standIn: CloudStorageStandIn = {
		url,
		tokenUrl: `${url}/token`,
		bucket: options.bucket ?? 'acme-sessions',
		objects: new Map(),
		requests: [],
		faults: new Faults(),
		oauthTokenData: () => ({
			access_token: tokens.issue(),
			refresh_token: tokens.refreshToken,
			token_type: 'Bearer',
		}),
		expireTokens: () => tokens.expire(),
		allow: (allowed) => {
			isAllowed = allowed;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return standIn;
}
