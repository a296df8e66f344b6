/** The process behind `index.ts`. Prints its address as one line of JSON. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { AUTHORIZATION } from './index';

type Provider = new (
	issuer: string,
	configuration: Record<string, unknown>,
) => { callback(): RequestListener };

/** The library is an ES module without types of its own. */
const LIBRARY = 'oidc-provider';

function clientOf({ id, secret }: { id: string; secret: string }, grants: string[]) {
	return {
		client_id: id,
		client_secret: secret,
		grant_types: grants,
		redirect_uris: [],
		response_types: [],
		token_endpoint_auth_method: 'client_secret_basic',
	};
}

function configuration(): Record<string, unknown> {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'first' };
	const audiences: string[] = [AUTHORIZATION.audience, AUTHORIZATION.opaqueAudience];
	return {
		jwks: { keys: [key] },
		scopes: [AUTHORIZATION.scope, 'other'],
		clients: [
			clientOf(AUTHORIZATION.platform, ['client_credentials']),
			clientOf(AUTHORIZATION.stranger, ['client_credentials']),
			clientOf(AUTHORIZATION.own, []),
		],
		features: {
			devInteractions: { enabled: false },
			clientCredentials: { enabled: true },
			introspection: { enabled: true, allowedPolicy: () => true },
			resourceIndicators: {
				enabled: true,
				getResourceServerInfo: (_: unknown, resource: string) => {
					if (!audiences.includes(resource)) throw new Error('invalid_target');
					const isOpaque = resource === AUTHORIZATION.opaqueAudience;
					return {
						scope: `${AUTHORIZATION.scope} other`,
						audience: resource,
						accessTokenTTL: 600,
						accessTokenFormat: isOpaque ? 'opaque' : 'jwt',
						...(isOpaque ? {} : { jwt: { sign: { alg: 'RS256' } } }),
					};
				},
			},
		},
	};
}

async function start(): Promise<void> {
	const { default: Provider } = (await import(LIBRARY)) as { default: Provider };
	let listener: RequestListener = (_, response) => void response.writeHead(503).end();
	const server = createServer((request, response) => listener(request, response));
	server.listen(0, '127.0.0.1', () => {
		const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		listener = new Provider(issuer, configuration()).callback();
		console.log(JSON.stringify({ issuer }));
	});
}

void start();
// Never outlives whoever started it.
process.on('disconnect', () => process.exit(0));
