/** Who asks: a pair of headers, or a token that user and password were exchanged for. */
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './errors';
import type { StandInUser } from './types';

interface Token {
	user: StandInUser;
	/** Milliseconds since the epoch. */
	endsAt: number;
}

export class Access {
	private readonly tokens = new Map<string, Token>();
	private users: StandInUser[] = [];

	constructor(
		private readonly given: readonly StandInUser[],
		private readonly lifeMs: number,
	) {
		this.reset();
	}

	reset(): void {
		this.tokens.clear();
		this.users = this.given.map((user) => ({ ...user }));
	}

	endTokens(): void {
		this.tokens.clear();
	}

	setPassword(name: string, password: string): void {
		const user = this.users.find((one) => one.user === name);
		if (user === undefined) throw new Error(`There is no user ${name}`);
		user.password = password;
	}

	/** The answer to `POST /oauth/token`. assumes: token-answer */
	signIn(form: Record<string, unknown>): { status: number; body: unknown } {
		const refuse = (error: string, error_description: string) => ({
			status: 400,
			body: { error, error_description },
		});
		const known = ['grant_type', 'username', 'password', 'client_id', 'scope'];
		const unknown = Object.keys(form).find((name) => !known.includes(name));
		if (unknown !== undefined) return refuse('invalid_request', `Unknown parameter ${unknown}`);
		if (form.grant_type !== 'password') return refuse('unsupported_grant_type', 'Only password is supported');
		const user = this.users.find((one) => one.user === form.username && one.password === form.password);
		if (user === undefined) return refuse('invalid_grant', 'Bad credentials');
		const token = randomBytes(24).toString('base64url');
		this.tokens.set(token, { user, endsAt: Date.now() + this.lifeMs });
		return {
			status: 200,
			body: {
				access_token: token,
				token_type: 'bearer',
				expires_in: Math.floor(this.lifeMs / 1000),
				refresh_token: randomBytes(24).toString('base64url'),
				scope: '*',
			},
		};
	}

	/** How the request is signed in; empty without any credential. */
	static wayOf(headers: IncomingHttpHeaders): string {
		if (headers.authorization !== undefined) return 'bearer';
		return headers['x-auth-access-id'] === undefined ? '' : 'pair';
	}

	/**
	 * Lets a request pass or not.
	 *
	 * @throws {ApiError} assumes: wrong-credential-is-401, and no-rights-is-403
	 */
	check(headers: IncomingHttpHeaders): void {
		const user = this.userOf(headers);
		if (user === undefined) throw new ApiError(401, 'Unauthorized');
		// assumes: no-rights-is-403
		if (!user.manager) throw new ApiError(403, 'Access is denied');
	}

	private userOf(headers: IncomingHttpHeaders): StandInUser | undefined {
		const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
		if (headers.authorization !== undefined) {
			const token = this.tokens.get(bearer ?? '');
			return token !== undefined && Date.now() < token.endsAt ? token.user : undefined;
		}
		const id = headers['x-auth-access-id'];
		const token = headers['x-auth-access-token'];
		return this.users.find(
			(user) => user.accessId !== undefined && user.accessId === id && user.accessToken === token,
		);
	}
}
