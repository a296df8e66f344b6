/**
 * An authorization server for OAuth 2.0, in a process of its own: the library oidc-provider, with one client that stands for
 * CCAI Platform and one that asks about tokens.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Who may do what at the server. */
export const AUTHORIZATION = {
	/** The platform: gets tokens. */
	platform: { id: 'ccai-platform', secret: 'platform-secret-0123456789' },
	/** Another client of the same server. */
	stranger: { id: 'wiki', secret: 'stranger-secret-0123456789' },
	/** This n8n: asks about tokens. */
	own: { id: 'n8n', secret: 'own-secret-0123456789' },
	/** Tokens for it are signed, and can be checked with the server's keys. */
	audience: 'https://n8n.example.com',
	/** Tokens for it are understood by the server only. */
	opaqueAudience: 'https://opaque.example.com',
	scope: 'crm',
} as const;

export interface AuthorizationServer {
	/** Address of the server, without a slash at the end. */
	issuer: string;
	/** A token for a client. @param resource one of the audiences; anything else gets no token */
	token(options?: {
		client?: { id: string; secret: string };
		resource?: string;
		scope?: string;
	}): Promise<string>;
	stop(): void;
}

/**
 * Starts the server and waits for its address.
 *
 * @throws Error when it ends before it has one
 */
export async function startAuthorizationServer(): Promise<AuthorizationServer> {
	const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'server.ts')], {
		stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
	});
	const output = child.stdout;
	if (output === null) throw new Error('The process has no output to read.');
	for await (const line of createInterface({ input: output })) {
		if (!line.startsWith('{')) continue;
		const { issuer } = JSON.parse(line) as { issuer: string };
		return {
			issuer,
			token: async ({ client = AUTHORIZATION.platform, resource = AUTHORIZATION.audience, scope } = {}) =>
				await fetchToken(issuer, client, resource, scope),
			stop: () => void child.kill(),
		};
	}
	throw new Error('The authorization server ended before it was ready.');
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
async function fetchToken(
	issuer: string,
	client: { id: string; secret: string },
	resource: string,
	scope: string = AUTHORIZATION.scope,
): Promise<string> {
	const answer = await fetch(`${issuer}/token`, {
		method: 'POST',
		headers: {
			authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`,
			'content-type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
	});
	const body = (await answer.json()) as { access_token?: string };
	if (body.access_token === undefined) throw new Error(`No token: ${JSON.stringify(body)}`);
	return body.access_token;
}
