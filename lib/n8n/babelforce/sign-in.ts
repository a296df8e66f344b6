/**
 * How the babelforce credential proves itself: a pair of headers, or a bearer token for which user and password are
 * exchanged. https://help.babelforce.com/hc/en-us/articles/6418329977108-Authentication-Best-Practice
 */
import { createHash } from 'node:crypto';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IN8nHttpFullResponse } from 'n8n-workflow';

import { SIGN_IN } from '../../platforms/babelforce/api/errors';
import { isHostProblem, pasted, type HostProblem } from '../../http/host';
import { babelforceHost, type BabelforceHost } from './host';

/** The values of the credential's field `method`. */
export type BabelforceMethod = 'accessToken' | 'password';

/** Milliseconds. */
const TIMEOUT = 30_000;

export function methodOf(credential: ICredentialDataDecryptedObject): BabelforceMethod {
	return credential.method === 'password' ? 'password' : 'accessToken';
}

/** Where a credential signs in, or what is missing in it. */
export function signInHost(credential: ICredentialDataDecryptedObject): BabelforceHost | HostProblem {
	const host = babelforceHost(credential);
	if (isHostProblem(host)) return host;
	if (methodOf(credential) === 'password') {
		const isComplete = pasted(credential.user) !== '' && (credential.password ?? '') !== '';
		return isComplete
			? host
			: {
					message: 'User or password is missing in the babelforce credential',
					advice: 'Enter both, or choose the method Access Token.',
				};
	}
	return pasted(credential.accessId) !== '' && pasted(credential.accessToken) !== ''
		? host
		: {
				message: 'Access ID or Access Token is missing in the babelforce credential',
				advice:
					'Both stand in the manager app of babelforce, on the account overview. Or choose the method User and Password.',
			};
}

/** The headers of a request. Without any, babelforce answers 401, upon which n8n asks for a new token. */
export function authenticationHeaders(credential: ICredentialDataDecryptedObject): Record<string, string> {
	if (methodOf(credential) === 'accessToken') {
		return {
			'X-Auth-Access-Id': pasted(credential.accessId),
			'X-Auth-Access-Token': pasted(credential.accessToken),
		};
	}
	const token = tokenOf(credential);
	return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** Body of the request that exchanges user and password for a token. */
export function signInForm(credential: ICredentialDataDecryptedObject): string {
	return new URLSearchParams({
		grant_type: 'password',
		username: pasted(credential.user),
		password: String(credential.password ?? ''),
	}).toString();
}

/** An answer of the sign-in that brought no token, in the form in which n8n hands errors of requests on. */
class SignInError extends Error {
	constructor(
		readonly response: { status: number; headers: Record<string, unknown>; data: Record<string, unknown> },
	) {
		super('babelforce gave no token for user and password');
		this.name = 'SignInError';
	}
}

/**
 * Exchanges user and password for a token.
 *
 * @returns the token as it is kept in the credential: together with a mark of host and user, so that it is never sent to
 *   another host, or used for another user, after somebody has changed the credential
 * @throws {SignInError} when babelforce gives none
 */
export async function signIn(
	http: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	const host = babelforceHost(credential);
	if (isHostProblem(host)) throw new SignInError(answerFor(400, { message: host.message }));
	const answer = (await http.httpRequest({
		method: 'POST',
		url: `${host.baseUrl}/oauth/token`,
		headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
		body: signInForm(credential),
		timeout: TIMEOUT,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	})) as IN8nHttpFullResponse;
	const token = readToken(answer.statusCode, answer.body);
	if (token === undefined) throw new SignInError(answerFor(answer.statusCode, answer.body, answer.headers));
	return `${markOf(credential)}:${token}`;
}

/** The token in an answer of the sign-in. */
export function readToken(status: number, body: unknown): string | undefined {
	const token = status === 200 ? bodyOf(body).access_token : undefined;
	return typeof token === 'string' && token !== '' ? token : undefined;
}

function answerFor(
	status: number,
	body: unknown,
	headers: Record<string, unknown> = {},
): SignInError['response'] {
	return {
		// n8n answers a 401 by signing in again, and a second wrong password brings an account closer to being locked.
		status: status === 401 ? 400 : status === 200 ? 404 : status,
		headers,
		data: { ...bodyOf(body), [SIGN_IN]: true },
	};
}

function bodyOf(body: unknown): Record<string, unknown> {
	if (typeof body === 'string') {
		try {
			return bodyOf(JSON.parse(body));
		} catch {
			return {};
		}
	}
	return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
}

function tokenOf(credential: ICredentialDataDecryptedObject): string | undefined {
	const [mark, ...token] = String(credential.sessionToken ?? '').split(':');
	return token.length > 0 && mark === markOf(credential) ? token.join(':') : undefined;
}

function markOf(credential: ICredentialDataDecryptedObject): string {
	const host = babelforceHost(credential);
	const place = isHostProblem(host) ? '' : host.baseUrl;
	return createHash('sha256')
		.update(`${place}\n${pasted(credential.user)}`)
		.digest('hex')
		.slice(0, 16);
}
