/** Access tokens: https://developers.google.com/identity/protocols/oauth2/web-server#offline */
import { randomBytes } from 'node:crypto';

/** assumes: one-refresh-token */
export class Tokens {
	readonly refreshToken = randomBytes(12).toString('hex');
	private readonly valid = new Set<string>();

	issue(): string {
		const token = `ya29.${randomBytes(12).toString('hex')}`;
		this.valid.add(token);
		return token;
	}

	expire(): void {
		this.valid.clear();
	}

	/** @param header `Authorization` of a request */
	accepts(header: string | undefined): boolean {
		return this.valid.has(/^Bearer (\S+)$/.exec(header ?? '')?.[1] ?? '');
	}

	/** Answers a request for a token with its status and body. */
	exchange(form: URLSearchParams): { status: number; body: Record<string, unknown> } {
		if (form.get('grant_type') !== 'refresh_token')
			return { status: 400, body: { error: 'unsupported_grant_type' } };
		if (form.get('refresh_token') !== this.refreshToken)
			return { status: 400, body: { error: 'invalid_grant' } };
		return {
			status: 200,
			body: { access_token: this.issue(), expires_in: 3599, token_type: 'Bearer' },
		};
	}
}
